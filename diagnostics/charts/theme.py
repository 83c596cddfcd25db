"""The one look of all figures: fonts, colours, axes."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import matplotlib as mpl
from cycler import cycler
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

FONT_FAMILY = "Noto Sans SC"
FONT_FILES = ("NotoSansSC-Regular.gbk.ttf", "NotoSansSC-Bold.gb2312.ttf")

INK = "#1f2933"
MUTED = "#6b7785"
GRID = "#e3e8ec"
ACCENT = "#0f5c5c"
ALERT = "#b4472e"
GAIN = "#3b8a6b"
QUIET = "#c3ced6"
# Told apart by people who see colours differently, and in grey print by their order of lightness.
SERIES = (ACCENT, "#d08a2e", "#5b7fb5", ALERT, "#7a6c9d", "#8aa05a", "#9b6a52", "#6b7785")

RC = {
    "font.family": [FONT_FAMILY],
    "font.size": 10,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.labelsize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.unicode_minus": False,
    "axes.prop_cycle": cycler(color=list(SERIES)),
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "figure.constrained_layout.use": True,
    "svg.fonttype": "none",
    "svg.hashsalt": "private-domain-diagnosis",
}
WIDTH = 7.2
HEIGHT = 3.8
TALLEST = 9.0


@cache
def register_fonts() -> None:
    """Make the bundled Chinese fonts known to matplotlib."""
    for name in FONT_FILES:
        with as_file(files("diagnostics.catalog") / "fonts" / name) as path:
            fontManager.addfont(path)


@contextmanager
def apply_theme() -> Iterator[None]:
    """Everything drawn inside has the look of the house."""
    register_fonts()
    with mpl.rc_context(RC):
        yield


def new_figure(height: float = HEIGHT, width: float = WIDTH) -> tuple[Figure, Axes]:
    """An empty figure with one pair of axes; sizes in inches."""
    figure = Figure(figsize=(width, min(height, TALLEST)))
    return figure, figure.add_subplot()
