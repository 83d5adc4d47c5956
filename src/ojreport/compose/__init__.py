"""Truth into words and figures: analysis in, a Document out."""

from ojreport.compose.report import Report, build_report

__all__ = ["Report", "build_report"]
