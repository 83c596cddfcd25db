"""Hold our totals against every other source, by channel and month, and say what makes the gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from diagnostics.intake.totals.explain_gap import OpenGap, explain_gaps, name_main_cause
from diagnostics.intake.totals.own_totals import OwnTotals, Sources, sum_own
from diagnostics.intake.totals.platform_totals import StatedTotal, read_stated
from diagnostics.intake.totals.stated_totals import LEAST_MONTHS, read_years
from diagnostics.model.account import Against, GapPart, Reconciliation
from diagnostics.model.brief import Brief
from diagnostics.model.gaps import TIES, name_cause
from diagnostics.model.names import name_channel
from diagnostics.model.period import SLACK_DAYS
from diagnostics.model.wording import NOTHING, Text, join_texts, word_change

if TYPE_CHECKING:
    import pandas as pd

# Postage, cut-off at midnight and late refunds move a month by about this much.
TIES_OUT = 0.03
# Orders and items come from one system and name the same money: only rounding may differ.
ITEMS_TIE_OUT = 0.005
# Platforms count both shops of the group together in one report.
_ONE_REPORT = ("tmall", "taobao")
_NOT_COMPARABLE = Text(zh="无法比较：{cause}", en="can't be compared: {cause}")
_PART = Text(zh="{cause} {share}", en="{cause} {share}")
_ABSENT = Text(zh="；没有收到这些渠道的订单：{channels}", en="; no orders came from {channels}")

Why = Literal["", "no_orders", "other_shop", "other_period", "partial_month", "too_few_months", "no_amounts"]


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """Two totals before their gap is explained; money in currency. `doubt` counts unless the two tie out."""

    channel: str
    month: str
    ours: float
    theirs: float
    against: Against
    basis: str = ""
    why: Why = ""
    doubt: Why = ""
    slack: float = 0.0
    known: Mapping[str, float] = field(default_factory=dict)
    possible: Mapping[str, float] = field(default_factory=dict)
    shortfalls: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    note: Text = NOTHING

    @property
    def tolerance(self) -> float:
        share = ITEMS_TIE_OUT if self.against == "order_items" else TIES_OUT
        return share * abs(self.theirs) + self.slack

    @property
    def ties(self) -> bool:
        return abs(self.ours - self.theirs) <= self.tolerance

    @property
    def reason(self) -> Why:
        return self.why or ("" if self.ties else self.doubt)


def reconcile(days: pd.DataFrame, sources: Sources, brief: Brief, as_of: date | None) -> tuple[Reconciliation, ...]:
    """Our totals beside theirs, with the gap (ours less theirs) split into its likely causes.

    `days` are our order lines by channel and day (`count_days`): channel, day, paid, refunded. `as_of` is the first
    day that is not observed; without it the day after the last order. Sources that did not come give no rows.
    """
    if days.empty:
        return ()
    own = sum_own(days, sources.set_aside)
    end = as_of or own.days["day"].max().date() + timedelta(days=1)
    pairs = [
        *_against_sheet(own, brief, end),
        *_against_sycm(own, sources),
        *_against_items(sources.items),
        *_against_settlements(sources.settled),
        *_against_after_sales(sources.after_sales),
    ]
    groups = groupby(pairs, key=lambda pair: (pair.against, pair.channel))
    return tuple(line for _, group in groups for line in _say(group))


def _against_sheet(own: OwnTotals, brief: Brief, end: date) -> Iterator[_Pair]:
    stated = [str(row.get("channel", "")) for row in brief.rows("main_channels")]
    absent = [name for name in stated if name and name not in own.channels]
    for year in read_years(own, brief, end):
        is_channel = bool(year.channel)
        why: Why = "no_orders" if is_channel and year.channel not in own.channels else ""
        yield _Pair(
            channel=year.channel,
            month="",
            ours=year.ours,
            theirs=year.theirs,
            against="sheet_channel" if is_channel else "sheet",
            basis=year.basis,
            why=why,
            doubt="too_few_months" if year.months < LEAST_MONTHS else "",
            slack=year.rounding,
            possible=year.effects,
            shortfalls=year.shortfalls,
            note=NOTHING if is_channel or not absent else _ABSENT.fill(channels=join_texts(map(name_channel, absent))),
        )


def _against_sycm(own: OwnTotals, sources: Sources) -> Iterator[_Pair]:
    totals = read_stated(sources.traffic)
    reported = {total.channel for total in totals}
    for total in totals:
        group = _ONE_REPORT if total.channel in _ONE_REPORT else (total.channel,)
        channels = frozenset(name for name in group if name == total.channel or name not in reported)
        yield _pair_sycm(own, total, channels, sources)


def _pair_sycm(own: OwnTotals, total: StatedTotal, channels: frozenset[str], sources: Sources) -> _Pair:
    sums = [own.sum_between(channels, *span) for span in total.spans]
    ours = {name: sum(one[name] for one in sums) for name in sums[0]}
    silent = [own.expect_silent(channels, *span, net=False) for span in total.spans]
    why, doubt = _judge_cover(own.span(channels), total)
    sold = frozenset[str]().union(*(sources.shops.get(name, frozenset()) for name in channels))
    if not why and total.shops and sold and total.shops != sold:
        doubt = "other_shop"
    return _Pair(
        channel=total.channel,
        month=total.month,
        ours=ours["paid"],
        theirs=total.paid,
        against="sycm",
        basis=total.kind,
        why=why,
        doubt=doubt,
        possible={
            "refunds": ours["refunded"],
            "unpaid": -ours["unpaid"],
            "duplicates": -ours["duplicates"],
            "set_aside": -ours["set_aside"],
        },
        shortfalls={"missing_days": (sum(one for one, _ in silent), sum(most for _, most in silent))},
    )


def _judge_cover(span: tuple[date, date] | None, total: StatedTotal) -> tuple[Why, Why]:
    """Why a period can't be compared at all, and why it can't unless it ties out."""
    if span is None:
        return "no_orders", ""
    first, end = span
    if total.end <= first or total.start >= end:
        return "other_period", ""
    begins_late = (first - total.start).days > SLACK_DAYS
    ends_early = (total.end - end).days > SLACK_DAYS
    return "", "partial_month" if begins_late or ends_early else ""


def _against_items(items: pd.DataFrame) -> Iterator[_Pair]:
    """Order report beside item report, where a channel has both."""
    has_report = items["tied"] + items["items_alone"] + items["unpriced"] > 0
    counted = items[items["channel"].isin(items.loc[has_report, "channel"])]
    for row in counted.sort_values(["channel", "month"]).to_dict("records"):
        tied = row["order_paid"] - row["item_paid"]
        has_items = row["tied"] + row["items_alone"] > 0
        unpriced: Why = "no_amounts" if row["unpriced"] and not has_items else ""
        yield _Pair(
            channel=str(row["channel"]),
            month=str(row["month"]),
            ours=row["order_paid"] + row["orders_alone_paid"],
            theirs=row["item_paid"] + row["items_alone_paid"],
            against="order_items",
            why=unpriced or ("" if has_items else "other_period"),
            known={
                "order_level": tied,
                "orders_without_items": row["orders_alone_paid"],
                "items_without_orders": -row["items_alone_paid"],
            },
        )


def _against_settlements(settled: pd.DataFrame) -> Iterator[_Pair]:
    told = settled["orders"] + settled["unknown_orders"] > 0
    for row, why in _list_covered(settled, told):
        yield _Pair(
            channel=str(row["channel"]),
            month=str(row["month"]),
            ours=row["net"] + row["open_net"],
            theirs=row["amount"] + row["unknown_amount"],
            against="settlement",
            why=why or ("" if row["orders"] + row["open_orders"] else "no_orders"),
            known={
                "fees": row["fees"],
                "subsidy": -row["subsidy"],
                "unsettled": row["open_net"],
                "unknown_orders": -row["unknown_amount"],
            },
        )


def _against_after_sales(after_sales: pd.DataFrame) -> Iterator[_Pair]:
    """Refunds in the orders beside refunds in the after-sales report."""
    told = (after_sales["recorded"] > 0) | (after_sales["unknown_orders"] > 0)
    for row, why in _list_covered(after_sales, told):
        yield _Pair(
            channel=str(row["channel"]),
            month=str(row["month"]),
            ours=row["refunded"] + row["alone_refunded"],
            theirs=row["recorded"] + row["unknown_amount"],
            against="after_sales",
            why=why,
            known={
                "no_record": row["alone_refunded"],
                "unknown_orders": -row["unknown_amount"],
                "order_differs": row["refunded"] - row["recorded"],
            },
        )


def _list_covered(frame: pd.DataFrame, told: pd.Series[bool]) -> Iterator[tuple[dict[str, Any], Why]]:
    """Rows of channels that the other report tells of; months before its first and after its last one differ."""
    for _, own in frame.assign(told=told).sort_values(["channel", "month"]).groupby("channel"):
        months = own.loc[own["told"], "month"]
        if months.empty:
            continue
        for row in own.to_dict("records"):
            covered = months.min() <= row["month"] <= months.max()
            yield {str(name): value for name, value in row.items()}, "" if covered else "other_period"


def _say(group: Iterable[_Pair]) -> Iterator[Reconciliation]:
    """The pairs of one channel and source, their gaps explained together."""
    pairs = list(group)
    explained = iter(explain_gaps([_open(pair) for pair in pairs if not pair.reason]))
    for pair in pairs:
        yield _word(pair, () if pair.reason else next(explained))


def _open(pair: _Pair) -> OpenGap:
    return OpenGap(
        gap=_cents(pair.ours) - _cents(pair.theirs),
        tolerance=_cents(pair.tolerance),
        known={name: _cents(amount) for name, amount in pair.known.items()},
        possible={name: _cents(amount) for name, amount in pair.possible.items()},
        shortfalls={name: (_cents(low), _cents(most)) for name, (low, most) in pair.shortfalls.items()},
    )


def _cents(amount: float) -> int:
    return round(amount * 100)


def _word(pair: _Pair, parts: tuple[GapPart, ...]) -> Reconciliation:
    code = pair.reason or name_main_cause(parts)
    return Reconciliation(
        channel=pair.channel,
        month=pair.month,
        ours=_cents(pair.ours) / 100,
        theirs=_cents(pair.theirs) / 100,
        gap=(_cents(pair.ours) - _cents(pair.theirs)) / 100,
        cause=_word_cause(pair, code, parts),
        against=pair.against,
        basis=pair.basis,
        cause_code=code,
        parts=parts,
        comparable=not pair.reason,
    )


def _word_cause(pair: _Pair, code: str, parts: tuple[GapPart, ...]) -> Text:
    if pair.reason:
        return _NOT_COMPARABLE.fill(cause=name_cause(pair.reason))
    if code == TIES:
        return name_cause(TIES)
    ordered = sorted(parts, key=lambda part: -abs(part.amount))
    words = [
        _PART.fill(cause=name_cause(part.cause), share=word_change(part.amount / pair.theirs if pair.theirs else None))
        for part in ordered
        if abs(part.amount) >= 0.001 * abs(pair.theirs)
    ]
    said = join_texts(words)
    return Text(zh=said.zh + pair.note.zh, en=said.en + pair.note.en)
