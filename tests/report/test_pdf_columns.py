import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.report.columns import INSET, NARROW_INSET, ROOM, SIZES, measure_text, plan_columns

CELLS = st.text(st.sampled_from("aW1, 私域。"), max_size=60)


@st.composite
def tables(draw):
    width = draw(st.integers(1, 18))
    row = st.lists(CELLS, min_size=width, max_size=width)
    return draw(row), draw(st.lists(row, max_size=4)), draw(st.lists(st.booleans(), min_size=width, max_size=width))


@settings(max_examples=40, deadline=None)
@given(tables())
def test_columns_fill_the_page_exactly(table):
    columns = plan_columns(*table)
    assert sum(columns.widths) == pytest.approx(ROOM, abs=0.2)
    assert min(columns.widths) > columns.inset
    assert columns.size in SIZES


@settings(max_examples=40, deadline=None)
@given(tables())
def test_whole_numbers_fit_on_one_line_unless_the_table_is_crowded(table):
    headers, rows, numeric = table
    columns = plan_columns(headers, rows, numeric)
    short = [
        measure_text(row[place]) * columns.size <= columns.widths[place] - columns.inset + 0.01
        for row in rows
        for place, is_number in enumerate(numeric)
        if is_number and len(row[place]) <= 24
    ]
    assert columns.crowded or all(short)


def test_few_short_columns_keep_large_letters_and_wide_insets():
    columns = plan_columns(["Shop", "GMV"], [["a", "1"]], [False, True])
    assert (columns.size, columns.inset, columns.longest_word) == (SIZES[0], INSET, 16)
    assert columns.widths[0] > columns.widths[1]


def test_many_columns_get_smaller_letters_and_narrow_insets():
    columns = plan_columns(["Number"] * 12, [["12,345.7"] * 12], [True] * 12)
    assert columns.size < SIZES[0]
    assert columns.inset == NARROW_INSET
    assert not columns.crowded


def test_in_a_crowded_table_even_numbers_may_break():
    columns = plan_columns(["Number"] * 16, [["123,456,789.00"] * 16], [True] * 16)
    assert columns.crowded
    assert columns.longest_word < 16


def test_a_table_without_columns_has_no_widths():
    assert plan_columns([], [], []).widths == ()
