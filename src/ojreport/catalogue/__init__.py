"""The field's facts as data (TOML, CSV) and the loader that validates them."""

from ojreport.catalogue.catalogue import Catalogue, load_catalogue
from ojreport.catalogue.indicators import Dimension

__all__ = ["Catalogue", "Dimension", "load_catalogue"]
