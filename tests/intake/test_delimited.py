from __future__ import annotations

import pytest

from diagnostics.intake.delimited import read_delimited
from diagnostics.intake.grid import UnreadableError


def rows(data: bytes) -> list[list[str]]:
    return [list(row.values()) for row in read_delimited(data).cells.to_pylist()]


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
