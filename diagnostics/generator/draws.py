"""Seeded draws that give the same numbers on every machine.

Only uniform numbers come from the generator; every other law is read off a rounded table of its quantiles, so
that no result hangs on the last bit of a mathematics library.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

STEPS = 4096
DIGITS = 9


def open_stream(seed: int, name: str) -> np.random.Generator:
    """A stream of its own for each purpose, so that one trouble does not move the draws of another."""
    return np.random.Generator(np.random.PCG64([seed, crc32(name.encode("utf-8"))]))


def _grid() -> Floats:
    grid = np.arange(STEPS + 1, dtype=np.float64) / STEPS
    edge = 1 / (4 * STEPS)
    clipped: Floats = np.clip(grid, edge, 1 - edge)
    return clipped


EXPONENTIAL: Floats = np.array([round(-math.log1p(-p), DIGITS) for p in _grid().tolist()])
NORMAL: Floats = np.array([round(NormalDist().inv_cdf(p), DIGITS) for p in _grid().tolist()])


def tabulate_gamma(shape: float) -> Floats:
    """Quantiles of a gamma law with mean 1."""
    quantiles: Floats = np.round(special.gammaincinv(shape, _grid()) / shape, DIGITS)
    return quantiles


def tabulate_beta(a: float, b: float) -> Floats:
    """Quantiles of a beta law."""
    quantiles: Floats = np.round(special.betaincinv(a, b, _grid()), DIGITS)
    return quantiles


def draw(stream: np.random.Generator, table: Floats, count: int) -> Floats:
    """Draw from a table of quantiles, between its points in a straight line."""
    place = stream.random(count) * (len(table) - 1)
    left = place.astype(np.int64)
    return table[left] + (table[left + 1] - table[left]) * (place - left)


def choose(stream: np.random.Generator, weights: Floats, count: int) -> Ints:
    """Draw positions with these weights.

    >>> choose(open_stream(1, "x"), np.array([0.0, 1.0]), 3).tolist()
    [1, 1, 1]
    """
    edges = np.cumsum(weights)
    places: Ints = np.searchsorted(edges, stream.random(count) * edges[-1], side="right").astype(np.int64)
    return np.minimum(places, len(weights) - 1)


def round_by_chance(stream: np.random.Generator, values: npt.NDArray[np.floating[Any]]) -> Ints:
    """Whole numbers whose mean is the value."""
    return np.floor(values + stream.random(len(values))).astype(np.int64)
