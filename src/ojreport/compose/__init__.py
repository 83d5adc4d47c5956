"""Truth into words and figures: analysis in, a Document out."""

from ojreport.compose.kind import Subject
from ojreport.compose.report import build_report, kind_of

__all__ = ["Subject", "build_report", "kind_of"]
