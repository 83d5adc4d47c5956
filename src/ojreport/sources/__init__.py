"""From files to Results."""

from ojreport.sources.load import example_folder, load_results

__all__ = ["example_folder", "load_results"]
