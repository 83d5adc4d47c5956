"""Truth into words and figures: analysis in, a Document out."""

from ojreport.compose.report import Subject, build_report, kind_of

__all__ = ["Subject", "build_report", "kind_of"]
