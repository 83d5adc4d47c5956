"""A drawing as a matplotlib figure, and as a picture: PNG and SVG."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.transforms import Affine2D

from ojreport.render.charts.sheet import MM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

POINTS = 72  # in an inch


def as_figure(artists: Iterable[Artist], size: tuple[float, float]) -> Figure:
    """A figure of *artists*, which are placed in points, on a white sheet of *size*, width and height in millimetres."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - a quarter of a second, and a PDF does without

    figure = Figure(figsize=(size[0] * MM / POINTS, size[1] * MM / POINTS), dpi=POINTS, facecolor="white")
    points = Affine2D().scale(1 / POINTS) + figure.dpi_scale_trans
    for artist in artists:
        artist.set_transform(points)
        figure.add_artist(artist)
    return figure


def as_png(figure: Figure, dpi: int = 200) -> bytes:
    """The figure as PNG; the same figure gives the same bytes."""
    file = BytesIO()
    with mpl.rc_context({"text.hinting": "none"}):  # letters as wide as they were measured
        figure.savefig(file, format="png", dpi=dpi, metadata={"Software": None})
    return file.getvalue()


def as_svg(figure: Figure) -> bytes:
    """The figure as SVG, its texts as outlines; the same figure gives the same bytes."""
    file = BytesIO()
    with mpl.rc_context({"svg.hashsalt": "ojreport", "svg.fonttype": "path"}):
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return file.getvalue()
