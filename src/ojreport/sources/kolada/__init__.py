"""Kolada's figures: a source of its own, never mixed with the shares of Öppna jämförelser.

``fetch`` brings them into a file; what is imported here reads that file, and needs no network.
"""

from ojreport.model.kolada import KoladaGroup, KoladaSeries, Mean, unweighted_mean
from ojreport.sources.kolada.file import is_kolada, load_kolada, read_kolada

__all__ = ["KoladaGroup", "KoladaSeries", "Mean", "is_kolada", "load_kolada", "read_kolada", "unweighted_mean"]
