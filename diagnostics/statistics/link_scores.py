"""How well links found agree with the persons that are known: precision and recall over pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Pairs of identities that were put together, that belong together, and that are both."""

    found: int
    true: int
    both: int

    @property
    def precision(self) -> float:
        """The share of pairs put together that belong together; 1 where none was put together."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of pairs that belong together that were put together; 1 where there are none."""
        return self.both / self.true if self.true else 1.0


def score_pairs(found: Labels, true: Labels) -> Scores:
    """Scores of a grouping against the true one, one entry an identity.

    >>> scores = score_pairs(np.array([1, 1, 2]), np.array([7, 7, 7]))
    >>> scores.precision, round(scores.recall, 3)
    (1.0, 0.333)
    """
    cells = np.unique(np.stack([found, true]), axis=1, return_counts=True)[1]
    return Scores(found=_pairs(_count(found)), true=_pairs(_count(true)), both=_pairs(cells))


def _count(labels: Labels) -> Labels:
    return np.unique(labels, return_counts=True)[1]


def _pairs(sizes: Labels) -> int:
    return int((sizes * (sizes - 1) // 2).sum())
