"""Hold our totals against the annual GMV that the requirement sheet states, for the client and by channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from diagnostics.intake.totals.own_totals import OwnTotals
from diagnostics.model.brief import Brief, to_number
from diagnostics.model.period import MONTHS_A_YEAR, SLACK_DAYS, add_months

# Which year a client means is not asked; a shorter one than this is scaled from too few seasons.
LEAST_MONTHS = 6


@dataclass(frozen=True, kw_only=True)
class StatedYear:
    """One stated total and ours for the last whole months, scaled to a year; `channel` is "" for the client.

    `effects` are by cause what would apply if the client counts by another definition; `shortfalls` what ours may
    lack, with the most that it may be. All in currency. `months` were covered.
    """

    channel: str
    basis: str
    ours: float
    theirs: float
    months: int
    rounding: float
    effects: dict[str, float]
    shortfalls: dict[str, tuple[float, float]]


def read_years(own: OwnTotals, brief: Brief, end: date) -> Iterator[StatedYear]:
    """The stated year of the client and of each main channel; `end` is the day after the last one observed."""
    theirs = brief.number("annual_gmv")
    if not theirs:
        return
    shares = {
        str(row.get("channel", "")): (to_number(row.get("gmv_share")) or 0.0) for row in brief.rows("main_channels")
    }
    absent = {name: share for name, share in shares.items() if name and share and name not in own.channels}
    lacking = sum(absent.values()) * theirs
    yield _read_year(own, brief, end, "", theirs=theirs, lacking=lacking)
    # A share is told in whole percents: half a percent of the whole may be rounding.
    for name, share in shares.items():
        if name and share:
            yield _read_year(own, brief, end, name, theirs=theirs * share, rounding=theirs / 200)


def _read_year(
    own: OwnTotals,
    brief: Brief,
    end: date,
    channel: str,
    *,
    theirs: float,
    lacking: float = 0.0,
    rounding: float = 0.0,
) -> StatedYear:
    channels = frozenset([channel]) if channel else own.channels
    basis = brief.text("gmv_definition") or "paid"
    stop = add_months(date.fromordinal(end.toordinal() + SLACK_DAYS), 0)
    start = max(add_months(stop, -MONTHS_A_YEAR), add_months(own.first, 0 if own.first.day <= 1 + SLACK_DAYS else 1))
    months = max((stop.year - start.year) * MONTHS_A_YEAR + stop.month - start.month, 0)
    scale = MONTHS_A_YEAR / months if months else 0.0
    sums = {name: amount * scale for name, amount in own.sum_between(channels, start, stop).items()}
    ours, effects = _apply_basis(basis, sums)
    net = basis in ("paid_net", "settled")
    expected, most = (amount * scale for amount in own.expect_silent(channels, start, stop, net=net))
    if year := _find_calendar_year(own, channels, stop):
        told, _ = _apply_basis(basis, own.sum_between(channels, *year))
        effects["other_year"] = ours - told
    shortfalls = {"missing_days": (expected, most)} | ({"absent_channels": (lacking, lacking)} if lacking else {})
    return StatedYear(
        channel=channel,
        basis=basis,
        ours=ours,
        theirs=theirs,
        months=months,
        rounding=rounding,
        effects=effects,
        shortfalls=shortfalls,
    )


def _apply_basis(basis: str, sums: dict[str, float]) -> tuple[float, dict[str, float]]:
    """Our total by the client's definition, and what each other way of counting would make of the gap."""
    paid, refunded, unpaid = sums["paid"], sums["refunded"], sums["unpaid"]
    gone = {"duplicates": -sums["duplicates"], "set_aside": -sums["set_aside"]}
    if basis == "created":
        return paid + unpaid, {"refunds": refunded, "unpaid": unpaid, **gone}
    if basis in ("paid_net", "settled"):
        return paid - refunded, {"refunds": -refunded, "unpaid": -unpaid, **gone}
    return paid, {"refunds": refunded, "unpaid": -unpaid, **gone}


def _find_calendar_year(own: OwnTotals, channels: frozenset[str], stop: date) -> tuple[date, date] | None:
    """The last whole calendar year that the orders cover, if it is not the one compared."""
    span = own.span(channels)
    year = date(stop.year, 1, 1)
    start = date(stop.year - 1, 1, 1)
    if span is None or stop == year or (span[0] - start).days > SLACK_DAYS:
        return None
    return start, year
