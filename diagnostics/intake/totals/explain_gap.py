"""Split the gap between two totals into what each likely cause explains, to the cent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

from diagnostics.model.account import GapPart
from diagnostics.model.gaps import TIES, UNEXPLAINED

# A difference of definitions holds for a whole channel: it is named only where at least this part of the months
# that did not tie out tie out with it, or a chance fit of one month would speak for all.
LEAST_MENDED = 0.5


@dataclass(frozen=True, kw_only=True)
class OpenGap:
    """One pair of totals whose gap asks for causes; all amounts in cents.

    `known` parts are measured and count always. `possible` are effects that apply in full or not at all: a
    difference of definitions. `shortfalls` are amounts that ours may lack, with the most that they may be: they
    explain a shortfall as far as they go. `tolerance` is how much may stay open in a pair that ties out.
    """

    gap: int
    tolerance: int
    known: Mapping[str, int] = field(default_factory=dict)
    possible: Mapping[str, int] = field(default_factory=dict)
    shortfalls: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """What a set of causes makes of all gaps together; less is better, in this order.

    `misfit` is what stays open, and by how much estimates were not used up, with one tolerance for every cause: a
    cause that brings the totals closer by less is not worth naming.
    """

    open_pairs: int
    excess: int
    misfit: int

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.open_pairs, self.excess, self.misfit)


def explain_gaps(gaps: Sequence[OpenGap]) -> tuple[tuple[GapPart, ...], ...]:
    """The parts of each gap; they sum to the gap exactly, what no cause explains is a part of its own.

    The gaps are those of one channel and source: of all sets of possible causes the one is taken with which most
    of them tie out, of equals the one that fits best with few causes. A gap that ties out has no parts.

    >>> gap = OpenGap(gap=-900, tolerance=30, possible={"unpaid": -880, "refunds": 400})
    >>> [(part.cause, part.amount) for part in explain_gaps([gap])[0]]
    [('unpaid', -8.8), ('unexplained', -0.2)]
    """
    chosen = _choose(gaps)
    return tuple(_split(gap, chosen) for gap in gaps)


def name_main_cause(parts: Sequence[GapPart]) -> str:
    """The cause with the largest part; `ties` where there is nothing to explain."""
    return max(parts, key=lambda part: abs(part.amount)).cause if parts else TIES


def _choose(gaps: Sequence[OpenGap]) -> frozenset[str]:
    definitions = {name for gap in gaps for name, effect in gap.possible.items() if effect}
    shortfalls = {name for gap in gaps for name, (amount, _) in gap.shortfalls.items() if amount}
    readings = {lacking: _read(gaps, lacking) for lacking in _subsets(shortfalls)}
    before = readings[frozenset()].open_pairs
    for defined in filter(None, _subsets(definitions)):
        for lacking in _subsets(shortfalls):
            reading = _read(gaps, defined | lacking)
            if reading.open_pairs <= (1 - LEAST_MENDED) * before < before:
                readings[defined | lacking] = reading
    return min(readings, key=lambda names: (*readings[names].order, sorted(names)))


def _subsets(names: set[str]) -> Iterator[frozenset[str]]:
    ordered = sorted(names)
    for chosen in chain.from_iterable(combinations(ordered, size) for size in range(len(ordered) + 1)):
        yield frozenset(chosen)


def _read(gaps: Sequence[OpenGap], chosen: frozenset[str]) -> _Reading:
    open_pairs = excess = misfit = 0
    used: set[str] = set()
    for gap in gaps:
        parts, left = _apply(gap, chosen)
        used |= set(parts) & chosen
        over = max(0, abs(left) - gap.tolerance)
        open_pairs += over > 0
        excess += over
        estimated = sum(amount + parts[name] for name, (amount, _) in gap.shortfalls.items() if name in parts)
        misfit += abs(left) + abs(estimated)
    named = len(used) * sum(gap.tolerance for gap in gaps)
    return _Reading(open_pairs=open_pairs, excess=excess, misfit=misfit + named)


def _apply(gap: OpenGap, chosen: frozenset[str]) -> tuple[dict[str, int], int]:
    """The parts under a set of causes, and what stays open; shortfalls only fill what would not tie out."""
    parts = {name: effect for name, effect in gap.known.items() if effect}
    parts |= {name: effect for name, effect in gap.possible.items() if name in chosen and effect}
    left = gap.gap - sum(parts.values())
    lacking = {name: limits for name, limits in gap.shortfalls.items() if name in chosen and limits[0]}
    if left >= -gap.tolerance or not lacking:
        return parts, left
    filled = _fill(-left, lacking)
    return {**parts, **{name: -amount for name, amount in filled.items()}}, left + sum(filled.values())


def _fill(shortfall: int, lacking: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Amounts up to the estimates, then up to the most they may be, until the shortfall is filled."""
    filled = dict.fromkeys(lacking, 0)
    for bound in (0, 1):
        for name, limits in lacking.items():
            more = min(max(limits[bound] - filled[name], 0), shortfall - sum(filled.values()))
            filled[name] += more
    return {name: amount for name, amount in filled.items() if amount}


def _split(gap: OpenGap, chosen: frozenset[str]) -> tuple[GapPart, ...]:
    if abs(gap.gap) <= gap.tolerance and not any(abs(effect) > gap.tolerance for effect in gap.known.values()):
        return ()
    parts, left = _apply(gap, chosen)
    if left:
        parts[UNEXPLAINED] = left
    return tuple(GapPart(cause=name, amount=amount / 100) for name, amount in parts.items())
