"""The bundled example, read once."""

import functools

from ojreport.catalogue import load_catalogue
from ojreport.sources import example_folder, load_results


@functools.cache
def example():
    return load_results([example_folder()], load_catalogue())
