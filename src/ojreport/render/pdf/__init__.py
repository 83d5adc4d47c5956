"""Reports as tagged PDF (PDF/UA-1) on ReportLab's canvas."""

from ojreport.render.pdf.document import render_pdf

__all__ = ["render_pdf"]
