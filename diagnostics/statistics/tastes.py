"""Whether people of one tag buy a product more often than the other people of the same audience."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product as pair_up

from diagnostics.statistics.proportions import newcombe_difference

LEAST_PEOPLE = 30
LEVEL = 0.05
BETWEEN = re.compile(r"[,，;；、|/\s]+")


@dataclass(frozen=True, kw_only=True)
class Taste:
    """One tag and product: carriers, buyers among them, the share among the others, and the difference's interval."""

    tag: str
    product: str
    carriers: int
    buyers: int
    other: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of carriers who bought it."""
        return self.buyers / self.carriers

    @property
    def lift(self) -> float | None:
        """How many times as often as the others; `None` where none of the others bought."""
        return self.share / self.other if self.other else None


def find_tastes(rows: Iterable[tuple[str, str | None, int]]) -> tuple[Taste, ...]:
    """Every tag and product with 30 carriers and 30 others, the clearest first.

    Rows are a content of the tag column, a product (`None` for all buyers of that content) and people. Intervals of the
    difference are Newcombe's, for all pairs at once (Bonferroni).

    >>> rows = [("干皮", None, 100), ("油皮", None, 100), ("干皮", "面霜", 60), ("油皮", "面霜", 20)]
    >>> [(one.tag, round(one.lift, 1)) for one in find_tastes(rows) if one.low > 0]
    [('干皮', 3.0)]
    """
    carriers: Counter[str] = Counter()
    bought: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    everybody = 0
    for said, product, people in rows:
        tags = {tag for tag in BETWEEN.split(said) if tag}
        if product is None:
            everybody += people
            carriers.update(dict.fromkeys(tags, people))
        else:
            totals[product] += people
            bought.update({(tag, product): people for tag in tags})
    return _compare(carriers, bought, totals, everybody)


def _compare(
    carriers: Mapping[str, int], bought: Mapping[tuple[str, str], int], totals: Mapping[str, int], everybody: int
) -> tuple[Taste, ...]:
    judged = [tag for tag, n in carriers.items() if n >= LEAST_PEOPLE and everybody - n >= LEAST_PEOPLE]
    pairs = list(pair_up(judged, totals))
    found = []
    for tag, product in pairs:
        n, won = carriers[tag], bought.get((tag, product), 0)
        others, others_won = everybody - n, totals[product] - won
        low, high = newcombe_difference(won, n, others_won, others, 1 - LEVEL / len(pairs))
        found.append(
            Taste(
                tag=tag,
                product=product,
                carriers=n,
                buyers=won,
                other=others_won / others,
                low=float(low),
                high=float(high),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.low, one.tag, one.product)))
