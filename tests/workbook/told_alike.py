"""Sections as text that is the same where they say the same: rows in any order, sums rounded as floats may be."""

import re

LONG_NUMBER = re.compile(r"-?\d+\.\d{7,}(?:e[-+]?\d+)?")


def word(told, exhibits):
    """What a section says, and its tables: equal rows of a rank come in any order, even from one engine."""
    tables = [
        (
            one.name,
            repr(one.title),
            repr(one.note),
            sorted(round_floats(repr(row)) for row in one.frame.to_dict("records")),
        )
        for one in exhibits
    ]
    return round_floats(repr(told)), tables


def round_floats(text):
    """Engines add floating point numbers in another order from run to run."""
    return LONG_NUMBER.sub(lambda number: f"{float(number[0]):.6g}", text)
