"""Sections as text that is the same where they say the same: rows in any order, sums rounded as floats may be."""

import re

import pandas as pd

LONG_NUMBER = re.compile(r"-?\d+\.\d{7,}(?:e[-+]?\d+)?")


def word(told, exhibits):
    """What a section says, and its tables: equal rows of a rank come in any order, even from one engine."""
    tables = [
        (
            one.name,
            repr(one.title),
            repr(one.note),
            sorted(word_row(row) for row in one.frame.to_dict("records")),
        )
        for one in exhibits
    ]
    return round_floats(repr(told)), tables


def word_row(row):
    """A row of an exhibit; None, NaN and NaT all stand for "not observed" there."""
    return round_floats(repr({name: None if is_missing(cell) else cell for name, cell in row.items()}))


def is_missing(cell):
    return pd.api.types.is_scalar(cell) and pd.isna(cell)


def round_floats(text):
    """Engines add floating point numbers in another order from run to run."""
    return LONG_NUMBER.sub(lambda number: f"{float(number[0]):.6g}", text)
