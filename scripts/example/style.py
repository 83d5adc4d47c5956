"""How the cells look: the same few styles on every sheet."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

_FACE, _INK, _PRIMARY, _HIGHLIGHT, _PANEL = "Calibri", "1B2733", "14406B", "C2410C", "EEF3F7"

TITLE = Font(name=_FACE, bold=True, size=16, color=_PRIMARY)
EXAMPLE = Font(name=_FACE, bold=True, size=13, color=_HIGHLIGHT)
STRONG = Font(name=_FACE, bold=True, size=11, color=_INK)
SMALL = Font(name=_FACE, italic=True, size=10, color=_INK)
HEAD = Font(name=_FACE, bold=True, size=10, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor=_PRIMARY)
PANEL_FILL = PatternFill("solid", fgColor=_PANEL)
WRAPPED = Alignment(wrap_text=True, vertical="top")
CENTRED = Alignment(horizontal="center")
HEAD_BORDER = Border(left=Side("thin", color="FFFFFF"), right=Side("thin", color="FFFFFF"))
LINE = 15.5  # points, a line of text at 11 points
