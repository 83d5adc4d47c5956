"""The deck as PowerPoint: native charts and tables in the placeholders of a template."""

from ojreport.render.pptx.deck import render_pptx

__all__ = ["render_pptx"]
