"""What the pictures show can be read off the figure's own objects."""

import numpy as np
import pytest

from diagnostics.charts.heat import draw_heat
from diagnostics.charts.ranges import draw_ranges
from diagnostics.charts.steps import Steps, draw_steps
from diagnostics.charts.theme import ALERT, apply_theme


@pytest.fixture(autouse=True)
def theme():
    with apply_theme():
        yield


def word(share):
    return f"{share:.0%}"


def test_an_unobserved_cell_stays_empty():
    values = np.array([[0.5, np.nan], [0.0, 0.25]])
    axes = draw_heat(["a", "b"], ["1", "2"], values, axis_label="x", word=word).axes[0]
    assert sorted(text.get_text() for text in axes.texts) == ["0%", "25%", "50%"]


def test_partial_cells_are_hatched_and_alerts_framed():
    values = np.array([[0.5, 0.2]])
    figure = draw_heat(
        ["a"],
        ["1", "2"],
        values,
        axis_label="x",
        word=word,
        partial=np.array([[False, True]]),
        alert=np.array([[True, False]]),
    )
    hatched, framed = sorted(figure.axes[0].patches, key=lambda patch: patch.get_linewidth())
    assert hatched.get_hatch() == "////"
    assert hatched.get_x() == 1
    assert framed.get_edgecolor()[:3] == pytest.approx([int(ALERT[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def test_without_words_a_scale_stands_beside():
    values = np.array([[0.5, 0.2]])
    assert len(draw_heat(["a"], ["1", "2"], values, axis_label="x").axes) == 2
    assert len(draw_heat(["a"], ["1", "2"], values, axis_label="x", word=word).axes) == 1


def test_a_step_curve_starts_at_nothing_and_counts_stand_below():
    days = np.array([10.0, 20.0])
    curve = Steps(
        label="all", days=days, values=np.array([0.1, 0.3]), low=days / 200, high=days / 50, counts=["9", "5", ""]
    )
    above, below = draw_steps([curve], [0, 10, 30], axis_label="y", count_label="x").axes
    assert above.lines[0].get_xydata().tolist() == [[0, 0], [10, 0.1], [20, 0.3]]
    assert [text.get_text() for text in below.texts] == ["9", "5", ""]


def test_a_range_reaches_from_low_to_high():
    figure = draw_ranges(
        ["tea"],
        ["30 days"],
        low=[20],
        middle=[30],
        high=[45],
        far=[80],
        axis_label="days",
        middle_label="median",
        range_label="half",
        far_label="late",
    )
    (bar,) = figure.axes[0].patches
    assert (bar.get_x(), bar.get_width()) == (20, 25)
    assert figure.axes[0].get_xlim()[1] > 80


@pytest.mark.parametrize("shape", [(0, 3), (2, 0)])
def test_a_map_of_nothing_is_an_empty_page(shape):
    rows, columns = ([str(place) for place in range(size)] for size in shape)
    assert not draw_heat(rows, columns, np.empty(shape), axis_label="x").axes[0].axison
