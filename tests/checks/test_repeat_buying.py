"""Repeat buying on simulated shops: quiet where nothing is wrong, right where something is, and never failing."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import list_checks, load_check
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, make_sharer, open_frames

START, END = pd.Timestamp("2023-01-01"), pd.Timestamp("2025-01-01")
CHANNELS = ("tmall", "jd", "store")
CHECKS = tuple(list_checks("retention"))
JUDGING = tuple(name for name in CHECKS if load_check(name).finds)
VALUING = (*JUDGING, "retention.value")


def draw_lines(seed, *, customers=3000, staying=None):
    """Customers who come in evenly, and after each purchase stay with a chance and buy again some 45 days later."""
    rng = np.random.default_rng(seed)
    days = (END - START).days
    whose, when = np.arange(customers), rng.integers(0, days, customers).astype(float)
    channel = rng.choice(CHANNELS, customers)
    chance = np.array([(staying or {}).get(name, 0.55) for name in CHANNELS])
    chance = chance[[CHANNELS.index(name) for name in channel]]
    rows = []
    while len(whose):
        rows.append(pd.DataFrame({"customer": whose, "day": when, "channel": channel[whose]}))
        stays = rng.random(len(whose)) < chance[whose]
        whose, when = whose[stays], when[stays] + np.ceil(rng.exponential(45, stays.sum()))
        whose, when = whose[when < days], when[when < days]
    lines = pd.concat(rows, ignore_index=True)
    names = np.array([f"{number:032x}" for number in rng.integers(0, 2**60, customers)])
    return pd.DataFrame(
        {
            "line_id": np.arange(len(lines)),
            "order_id": np.arange(len(lines)),
            "channel": lines.channel,
            "customer": names[lines.customer],
            "ordered_at": START + pd.to_timedelta(lines.day, unit="D"),
            "quantity": 1,
            "paid_amount": rng.gamma(4, 25, len(lines)).round(2),
            "refund_amount": 0,
            "is_return": False,
        }
    )


def open_tables(frames):
    engine = connect()
    tables = open_frames(engine, frames)
    engagement = fix_engagement(tables, client="shop", title=name_verbatim("Shop"), currency="CNY")
    return Tables(
        by_name=tables,
        available=find_available(tables),
        engagement=engagement,
        fetch=fetch,
        share=make_sharer(engine),
    )


@cache
def examine_shop(seed, worst=0.55, names=CHECKS):
    tables = open_tables({"order_lines": draw_lines(seed, staying={"jd": worst})})
    return {name: examine(name, load_check(name), tables, languages=()) for name in names}


@pytest.mark.parametrize(("seed", "names"), [(1, CHECKS), (2, JUDGING), (4, JUDGING)])
def test_a_healthy_shop_has_no_finding(seed, names):
    found = examine_shop(seed, names=names)
    assert not [own.fault for own in found.values() if own.fault]
    assert not [finding for own in found.values() for finding in own.section.findings]


def test_a_channel_of_one_time_buyers_is_found_there_only():
    found = [finding for own in examine_shop(3, 0.2, VALUING).values() for finding in own.section.findings]
    assert [(finding.code, finding.scope) for finding in found] == [("retention.one_time_buyers", {"channel": "jd"})]


@pytest.mark.parametrize("seed", [1])
def test_the_forecast_of_a_steady_shop_holds(seed):
    section = examine_shop(seed, names=CHECKS)["retention.forecast"]
    holdouts = next(exhibit.frame for exhibit in section.exhibits if exhibit.name == "holdouts")
    assert holdouts.error.abs().max() < 0.2
    assert len(holdouts) == 4


def test_value_is_told_by_channel_and_cohort_and_sums_to_the_same():
    exhibits = {exhibit.name: exhibit.frame for exhibit in examine_shop(3, 0.2, VALUING)["retention.value"].exhibits}
    assert exhibits["channels"]["mean"].sum() == pytest.approx(exhibits["cohorts"]["mean"].sum(), rel=1e-6)
    ranged = exhibits["channels"].dropna()
    assert len(ranged) >= 3
    assert (ranged.low < ranged["mean"]).all()
    assert (ranged["mean"] < ranged.high).all()
    each = {
        label.en: value
        for label, value in zip(*(exhibits["channels"][name] for name in ("label", "mean_each")), strict=True)
    }
    # So few buy twice at JD that its customers have no model of their own.
    assert each["Others, and older than the data"] < min(each["Tmall"], each["Stores"])


def one_line(**changes):
    return pd.DataFrame([{**draw_lines(1, customers=1).iloc[0].to_dict(), **changes}])


EDGES = {
    "one order": one_line(),
    "no customers": one_line(customer=None),
    "only taken back": one_line(is_return=True, paid_amount=0, refund_amount=10),
    "two months": draw_lines(1, customers=300).query("ordered_at < '2023-02-20'"),
    "all refunded": draw_lines(1, customers=250).assign(refund_amount=lambda lines: lines.paid_amount),
}


@pytest.mark.parametrize("edge", EDGES)
def test_an_edge_is_survived(edge):
    tables = open_tables({"order_lines": EDGES[edge]})
    for name in CHECKS:
        examined = examine(name, load_check(name), tables, languages=["en"])
        assert not examined.fault, examined.fault
        assert examined.section.status in {"computed", "not_computable"}
        assert not examined.section.findings
