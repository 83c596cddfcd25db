"""How far orders and other totals lie apart, by source and channel, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.data import _totals_words as words
from diagnostics.model.account import GapPart, Reconciliation
from diagnostics.model.gaps import SOURCES, TIES, UNEXPLAINED, name_cause
from diagnostics.model.names import name_channel
from diagnostics.model.wording import Text, join_texts, word_change, word_money, word_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.checks.check import Limits, Replies

SOURCES_BY_ID: dict[str, Text] = {str(key): name for key, name in SOURCES.items()}
# What always lies between an order and the money that arrives; it asks for no action.
EXPECTED = frozenset(["fees", "subsidy", "unsettled"])
MOST_NAMED = 4


@dataclass(frozen=True, kw_only=True)
class Totals:
    """One row a source and channel ("" for all), those that can be compared, the largest open gap first.

    `pairs`: against, channel, ours, theirs, gap (share of theirs), open (the gap without what is expected, such as
    fees), months (compared by month), tied (of them), cause (main).
    `parts`: against, channel, cause, amount, share. `lines` are all totals.
    """

    pairs: pd.DataFrame
    parts: pd.DataFrame
    lines: tuple[Reconciliation, ...]
    currency: str
    limits: Limits

    @property
    def barred(self) -> tuple[Reconciliation, ...]:
        """Totals that can't be compared."""
        return tuple(line for line in self.lines if not line.comparable)


def read_totals(replies: Replies, limits: Limits) -> Totals | None:
    """Add up the months of each source and channel; `None` without a second total."""
    lines = replies.engagement.account.reconciliation
    grouped: dict[tuple[str, str], list[Reconciliation]] = {}
    for line in lines:
        if line.comparable:
            grouped.setdefault((line.against, line.channel), []).append(line)
    grouped = {key: own for key, own in grouped.items() if sum(line.theirs for line in own) > 0}
    if not grouped and all(line.comparable for line in lines):
        return None
    pairs = pd.DataFrame(
        [_add_up(against, channel, own, limits["most_gap"]) for (against, channel), own in grouped.items()],
        columns=["against", "channel", "ours", "theirs", "gap", "open", "months", "tied", "cause"],
    )
    parts = [part for (against, channel), own in grouped.items() for part in _add_parts(against, channel, own)]
    return Totals(
        pairs=pairs.sort_values("open", key=lambda share: -share.abs(), kind="stable", ignore_index=True),
        parts=pd.DataFrame(parts, columns=["against", "channel", "cause", "amount", "share"]),
        lines=lines,
        currency=replies.engagement.currency,
        limits=limits,
    )


def _add_up(against: str, channel: str, lines: list[Reconciliation], most_gap: float) -> dict[str, object]:
    ours, theirs = sum(line.ours for line in lines), sum(line.theirs for line in lines)
    expected = sum(part.amount for line in lines for part in line.parts if part.cause in EXPECTED)
    sums = _sum_parts(lines)
    return {
        "against": against,
        "channel": channel,
        "ours": ours,
        "theirs": theirs,
        "gap": (ours - theirs) / theirs,
        "open": (ours - theirs - expected) / theirs,
        "months": sum(bool(line.month) for line in lines),
        "tied": sum(bool(line.month) and abs(open_share(line)) <= most_gap for line in lines),
        "cause": max(sums, key=lambda cause: abs(sums[cause])) if sums else TIES,
    }


def _sum_parts(lines: Sequence[Reconciliation]) -> dict[str, float]:
    """What each cause explains over all months; a gap that ties out or names no parts is not explained."""
    sums: dict[str, float] = {}
    for line in lines:
        rest = GapPart(cause=UNEXPLAINED, amount=line.gap)
        for part in line.parts or ((rest,) if line.gap and line.cause_code != TIES else ()):
            sums[part.cause] = sums.get(part.cause, 0.0) + part.amount
    return {cause: amount for cause, amount in sums.items() if round(amount, 2)}


def _add_parts(against: str, channel: str, lines: list[Reconciliation]) -> list[dict[str, object]]:
    theirs = sum(line.theirs for line in lines)
    return [
        {"against": against, "channel": channel, "cause": cause, "amount": amount, "share": amount / theirs}
        for cause, amount in _sum_parts(lines).items()
    ]


def name_pair(against: str, channel: str) -> Text:
    """The channel, or all of them, and what it is held against."""
    name = name_channel(channel) if channel else words.ALL
    return words.PAIR.fill(channel=name, source=SOURCES_BY_ID[against])


def name_month(line: Reconciliation) -> Text:
    """A month and what its total is held against."""
    return words.PAIR.fill(channel=line.month, source=SOURCES[line.against])


def find_far(lines: Sequence[Reconciliation], channel: str, limit: float) -> list[Reconciliation]:
    """Months of a channel whose open gap is beyond a limit, the widest first."""
    far = [line for line in lines if line.channel == channel and line.month and abs(open_share(line)) > limit]
    return sorted(far, key=lambda line: -abs(open_share(line)))


def open_share(line: Reconciliation) -> float:
    """The gap of a comparable total without what is expected, as a share of theirs."""
    if not line.comparable or line.theirs <= 0:
        return 0.0
    return (line.gap - sum(part.amount for part in line.parts if part.cause in EXPECTED)) / line.theirs


def tell_totals(measured: Totals) -> Text:
    """How many totals tie out, and the largest gap with its main cause."""
    count = word_number(len(measured.pairs))
    if measured.pairs.empty:
        return words.NONE_COMPARABLE.fill(n=word_number(len(measured.barred)), causes=_count_causes(measured.barred))
    first = measured.pairs.iloc[0]
    name, gap = name_pair(str(first.against), str(first.channel)), word_change(float(first.gap))
    is_open = measured.pairs.open.abs() > measured.limits["most_gap"]
    if not is_open.any():
        month_gap = measured.limits["month_gap"]
        said = words.ALL_TIE.fill(n=count, name=name, gap=gap)
        far = [
            month for key in sorted(set(measured.pairs.channel)) for month in find_far(measured.lines, key, month_gap)
        ]
        return said + words.FAR_MONTHS.fill(months=join_texts(map(name_month, far[:MOST_NAMED]))) if far else said
    return words.LARGEST.fill(
        n=count,
        open=word_number(int(is_open.sum())),
        name=name,
        ours=word_money(float(first.ours), measured.currency),
        theirs=word_money(float(first.theirs), measured.currency),
        gap=gap,
        cause=name_cause(str(first.cause)),
    )


def _count_causes(lines: Sequence[Reconciliation]) -> Text:
    counts = pd.Series([line.cause_code for line in lines]).value_counts()
    return join_texts(
        words.CAUSE_AND_COUNT.fill(cause=name_cause(str(cause)), n=word_number(int(n))) for cause, n in counts.items()
    )


def say_bounds(measured: Totals) -> tuple[Text, ...]:
    """What could not be compared, and totals that may count twice."""
    said = []
    if measured.barred and not measured.pairs.empty:
        said.append(words.NOT_COMPARED.fill(n=word_number(len(measured.barred)), causes=_count_causes(measured.barred)))
    if any(line.basis == "source" for line in measured.lines):
        said.append(words.BY_SOURCES)
    return tuple(said)
