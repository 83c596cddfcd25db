"""Purchase histories with equal ones as one row: that is where the speed of the models lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Histories:
    """Customers with the same history as one row; the x, t_x, T of the literature, and how many have it.

    `repeats` purchases after the first one, the last of them at time `last`, observed up to `age`, both since the
    first purchase and in one unit of time; `counts` customers. `ValueError` unless 0 <= last <= age, repeats are
    whole, counts are not negative, and `last` is 0 for who never bought again.
    """

    repeats: Numbers
    last: Numbers
    age: Numbers
    counts: Numbers

    def __post_init__(self) -> None:
        columns = (self.repeats, self.last, self.age, self.counts)
        if len({column.shape for column in columns}) > 1 or not all(np.isfinite(column).all() for column in columns):
            message = "histories need four finite columns of one length"
            raise ValueError(message)
        if np.any(self.last > self.age) or min((column.min(initial=0.0) for column in columns), default=0.0) < 0:
            message = "histories need 0 <= last <= age, repeats >= 0 and counts >= 0"
            raise ValueError(message)
        if np.any(self.repeats % 1 > 0) or np.any(self.last[self.repeats == 0] > 0):
            message = "repeats must be whole, and last 0 where there are none"
            raise ValueError(message)

    @property
    def customers(self) -> float:
        """How many customers there are."""
        return float(self.counts.sum())

    @property
    def bought_again(self) -> float:
        """How many repeat purchases there are."""
        return float(self.counts @ self.repeats)


def compress(repeats: ArrayLike, last: ArrayLike, age: ArrayLike, counts: ArrayLike | None = None) -> Histories:
    """Count equal histories; without `counts` each entry is one customer.

    >>> compress([1, 0, 1], [5, 0, 5], [9, 9, 9]).counts
    array([1., 2.])
    """
    columns = [np.asarray(column, dtype=np.float64) for column in (repeats, last, age)]
    weights = np.ones(len(columns[0])) if counts is None else np.asarray(counts, dtype=np.float64)
    first, place = group_rows(*columns)
    summed = np.bincount(place, weights, len(first)).astype(np.float64)
    x, t, end = (column[first] for column in columns)
    return Histories(repeats=x, last=t, age=end, counts=summed)


def thin_rows(counts: Numbers, most: int) -> tuple[Places, Numbers]:
    """At most so many rows that stand for all, by every n-th customer in the order of the rows; and their counts.

    >>> thin_rows(np.array([6.0, 1.0, 1.0]), 2)
    (array([0]), array([8.]))
    """
    if len(counts) <= most:
        return np.arange(len(counts)), counts
    whole = float(counts.sum())
    places = (np.arange(most) + 0.5) * whole / most
    chosen = np.searchsorted(np.cumsum(counts), places, side="left").clip(0, len(counts) - 1)
    kept, times = np.unique(chosen, return_counts=True)
    return kept, times * whole / most


def pick_rows(histories: Histories, rows: Places, counts: Numbers) -> Histories:
    """Some rows, with new counts."""
    return Histories(repeats=histories.repeats[rows], last=histories.last[rows], age=histories.age[rows], counts=counts)


def group_rows(*columns: Numbers) -> tuple[Places, Places]:
    """Where each distinct row first stands, in order of the columns, and to which of them every row belongs."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        values, code = np.unique(column, return_inverse=True)
        # Dense codes in every step keep the product of two counts of distinct values below 2^63.
        codes = np.unique(codes * max(len(values), 1) + code, return_inverse=True)[1]
    first = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.int64)
    # Written backwards, so that the first row of a kind is what stays.
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return first, codes
