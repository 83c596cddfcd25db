from __future__ import annotations

import csv
import io
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.intake.reading import blocks, delimited
from diagnostics.intake.reading.grid import Grid, UnreadableError


def read_blocks(data: bytes) -> list[Grid]:
    return list(delimited.read_delimited(io.BytesIO(data)))


def read_delimited(data: bytes) -> Grid:
    (grid,) = read_blocks(data)
    return grid


def rows(data: bytes) -> list[list[str]]:
    return [list(row.values()) for grid in read_blocks(data) for row in grid.cells.to_pylist()]


CASES = {
    "comma in quotes": ('a,b\n1,"x, y"\n', [["1", "x, y"]]),
    "empty cells": ('a,b,c\n1,"",""\n2,3,4\n', [["1", "", ""], ["2", "3", "4"]]),
    "line ends of Windows": ("a,b\r\n1,2\r\n", [["1", "2"]]),
    "quotes in quotes": ('a,b\n1,"ha ""ha"" ha"\n', [["1", 'ha "ha" ha']]),
    "line break in quotes": ('a,b\n"one\ntwo",5\n7,8\n', [["one\ntwo", "5"], ["7", "8"]]),
    "an inch sign": ('a,b\n5" pot,2\n', [['5" pot', "2"]]),
    "a wrapped id": ('a,b\n="0012",2\n', [['="0012"', "2"]]),
    "a tab in quotes": ('a,b\n"\t690",2\n', [["\t690", "2"]]),
    "no line end": ("a,b\n1,ʤ", [["1", "ʤ"]]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_csv_reads_as_it_was_meant(text, expected):
    assert rows(text.encode())[1:] == expected


def test_short_rows_are_filled_and_overlong_ones_named():
    grid = read_delimited(b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,3,\n")
    assert [list(row.values()) for row in grid.cells.to_pylist()] == [
        ["a", "b", "c"],
        ["1", "2", "3"],
        ["4", "5", ""],
        ["1", "2", "3"],
    ]
    assert grid.rows.tolist() == [1, 2, 3, 5]
    assert grid.broken == ((4, "too_many_cells"),)


def test_notes_above_the_header_do_not_set_the_width():
    assert rows(b"report\nmade on,monday\na,b,c\n1,2,3\n4,5,6\n7,8,9\n")[2] == ["a", "b", "c"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(delimiter):
    assert rows(f"a{delimiter}b\n1{delimiter}2\n".encode())[1] == ["1", "2"]


def test_a_quote_that_nobody_closes_swallows_no_rows():
    data = 'a,b\n1,"open\n' + "".join(f"{number},x\n" for number in range(100))
    assert read_delimited(data.encode()).cells.num_rows == 102


def test_binary_is_no_table():
    with pytest.raises(UnreadableError):
        read_delimited(b"a,b\n\x00\x01\x02,3\n")


def cut_into(size: int, data: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Grid]:
    cut = blocks.cut_blocks
    monkeypatch.setattr(delimited, "cut_blocks", lambda stream, start=b"": cut(stream, start, size))
    return read_blocks(data)


def test_blocks_of_any_size_hold_the_same_rows_under_the_same_numbers(monkeypatch):
    text = "店铺,备注\n" + "".join(f'店{at},"第一行\n第二行 {at}"\n\n' for at in range(200))
    for encoding in ("utf-8", "gb18030", "utf-16"):
        whole = read_delimited(text.encode(encoding))
        parts = cut_into(97, text.encode(encoding), monkeypatch)
        monkeypatch.undo()
        assert len(parts) > 20
        assert [grid.begins for grid in parts] == [True] + [False] * (len(parts) - 1)
        assert list(chain.from_iterable(grid.rows.tolist() for grid in parts)) == whole.rows.tolist()
        assert list(chain.from_iterable(grid.cells.to_pylist() for grid in parts)) == whole.cells.to_pylist()
        assert {grid.encoding for grid in parts[2:]} == {encoding}


def test_a_stray_quote_costs_its_own_block_only(monkeypatch):
    lines = [f"{at},x" for at in range(400)]
    lines[10] = '10,"open'
    parts = cut_into(500, ("a,b\n" + "\n".join(lines) + "\n").encode(), monkeypatch)
    kept = [row["0"] for grid in parts for row in grid.cells.to_pylist()][1:]
    assert kept == [str(at) for at in range(400)]


def test_a_last_row_that_was_cut_off_is_named():
    grid = read_delimited(b"id,shop,paid\n1,a,20.00\n2,b,20.00\n3,b")
    assert (grid.rows.tolist(), grid.broken) == ([1, 2, 3], ((4, "cut_off"),))


def test_an_absurd_number_of_columns_is_refused():
    with pytest.raises(UnreadableError) as told:
        read_blocks(b",".join(b"x" for _ in range(100_000)) + b"\n1\n")
    assert told.value.reason == "too_many_columns"


def test_a_line_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(blocks, "_LONGEST_RECORD", 1000)
    with pytest.raises(UnreadableError) as told:
        cut_into(64, b"a,b\n" + b"x" * 5000, monkeypatch)
    assert told.value.reason == "not_text"


CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\x00"), max_size=8)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=12), st.sampled_from(["utf-8", "gb18030"])
)
def test_what_was_written_is_read(records, encoding):
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([["甲", "乙", "丙"], *records])
    assert rows(written.getvalue().encode(encoding))[1:] == records
