"""A report with its finished files."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from ojreport import batch
from ojreport.compose.worksheet import Report
from ojreport.render.pdf import render_pdf
from ojreport.render.pptx import render_pptx
from ojreport.render.xlsx import render_xlsx


@dataclass(frozen=True)
class Made:
    """A report and its finished files, each made when it is asked for."""

    chain: batch.Chain
    report: Report

    @functools.cached_property
    def pdf(self) -> bytes:
        """The tagged PDF."""
        return render_pdf(self.report.document, self.chain.theme)

    @functools.cached_property
    def pptx(self) -> bytes:
        """The deck."""
        return render_pptx(self.report.deck, self.chain.theme, self.chain.deck_template)

    @functools.cached_property
    def xlsx(self) -> bytes:
        """The action plan."""
        return render_xlsx(self.report.workbook, self.chain.theme)


Make = Callable[[str], Made]
