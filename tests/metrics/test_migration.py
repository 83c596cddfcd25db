"""Hops agree with a recount in pandas, regions are compared by hand, and money follows the missed people."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.migration import total_hops
from diagnostics.model.period import Period
from diagnostics.statistics.hops import Worth, compare_regions, is_leaking, size_leak
from diagnostics.statistics.proportions import wilson
from diagnostics.workbook.engine import connect, fetch, open_frames, print_sql, unbound_tables

YEAR = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))
LIMITS = {"scans": 500, "ratio": 0.7}


def invent(seed, count=2000):
    rng = np.random.default_rng(seed)
    place = rng.integers(0, 12, count)
    scans = rng.integers(0, 30, count).astype(object)
    guides = rng.random(count) < 0.5
    passed = np.array([rng.binomial(number, 0.6) for number in scans], dtype=object)
    scans[rng.random(count) < 0.05] = None
    return pd.DataFrame(
        {
            "day": pd.Timestamp("2023-12-01") + pd.to_timedelta(rng.integers(0, 420, count), unit="D"),
            "entrance": [f"e{number}" for number in place],
            "region": [None if number == 11 else f"r{number % 3}" for number in place],
            "scans": scans,
            "added": np.where(guides, passed, None),
            "group_joined": np.where(guides, None, passed),
        }
    )


def make_hops(regions, hop="scan_to_add", entrances=4):
    rows = [
        (hop, region, f"{region}{number}", scans // entrances, passed // entrances)
        for region, (scans, passed) in regions.items()
        for number in range(entrances)
    ]
    return pd.DataFrame(rows, columns=["hop", "region", "entrance", "scans", "passed"])


@pytest.mark.parametrize("seed", [1, 2])
def test_hops_agree_with_a_recount(seed):
    entries = invent(seed)
    found = fetch(total_hops(open_frames(connect(), {"entry_days": entries})["entry_days"], YEAR))
    inside = entries[entries.day.dt.year == 2024]
    checked = 0
    for hop, column in (("scan_to_add", "added"), ("scan_to_group", "group_joined")):
        known = inside[inside.scans.notna() & inside[column].notna()]
        for entrance, part in known.groupby("entrance"):
            mine = found[(found.hop == hop) & (found.entrance == entrance)].iloc[0]
            assert mine.scans == part.scans.sum()
            assert mine.passed == part[column].sum()
            checked += 1
    assert checked == len(found) == 24


def test_a_region_is_held_against_all_others_together():
    leaks = {
        leak.region: leak for leak in compare_regions(make_hops({"a": (800, 200), "b": (800, 480), "c": (400, 300)}))
    }
    leak = leaks["a"]
    assert leak.others == pytest.approx(780 / 1200)
    assert leak.missed == pytest.approx(0.65 * 800 - 200)
    assert (leak.below, leak.entrances) == (4, 4)
    assert leak.high == pytest.approx(float(wilson(200, 800, 1 - 0.05 / 3)[1]))
    assert [region for region, each in leaks.items() if is_leaking(each, **LIMITS)] == ["a"]


@pytest.mark.parametrize(
    "regions",
    [
        {"a": (800, 400), "b": (800, 480), "c": (800, 480)},  # lower, but not by so much
        {"a": (400, 80), "b": (800, 480), "c": (800, 480)},  # too few scans
        {"a": (800, 200), "b": (400, 240)},  # others too small to compare with
    ],
)
def test_a_region_is_not_raised_without_clear_grounds(regions):
    assert not any(is_leaking(leak, **LIMITS) for leak in compare_regions(make_hops(regions)))


def test_hops_are_not_mixed():
    hops = pd.concat(
        [make_hops({"a": (800, 400), "b": (800, 400)}), make_hops({"a": (800, 80), "b": (800, 80)}, "scan_to_group")]
    )
    assert not any(is_leaking(leak, **LIMITS) for leak in compare_regions(hops))


def test_entrances_without_a_region_are_in_no_comparison():
    hops = make_hops({"a": (800, 480), "b": (800, 480), "c": (8000, 0)})
    hops.loc[hops.region == "c", "region"] = None
    assert {leak.others for leak in compare_regions(hops)} == {0.6}


def test_many_scans_may_be_second_tries():
    doubled = compare_regions(make_hops({"a": (2000, 480), "b": (800, 480), "c": (800, 480)}))[0]
    assert doubled.has_many_scans
    assert doubled.missed == pytest.approx(720)
    assert doubled.least_missed == 0
    usual = compare_regions(make_hops({"a": (800, 200), "b": (800, 480), "c": (800, 480)}))[0]
    assert not usual.has_many_scans
    assert usual.least_missed == pytest.approx(usual.missed) == pytest.approx(280)


def test_money_follows_the_missed_people():
    leak = compare_regions(make_hops({"a": (800, 200), "b": (800, 480), "c": (800, 480)}))[0]
    worth = Worth(difference=100.0, is_clear=True, others=300.0, share=0.5, matched=0.8)
    # 280 missed; a buyer among the contacts is worth 100: 25 × 0.5 × 0.8, 50 × 0.5 and 100 each.
    assert size_leak(leak, worth, 0.3, 1.0) == pytest.approx((2800, 7000, 28000))
    # Not clear: nothing, half of 30 % of 300 for half of them, all of it for all.
    assert size_leak(leak, replace(worth, is_clear=False), 0.3, 1.0) == pytest.approx((0, 6300, 25200))


@pytest.mark.parametrize("dialect", ["duckdb", "trino", "clickhouse"])
def test_the_question_can_be_asked_of_other_engines(dialect):
    assert "SELECT" in print_sql(total_hops(unbound_tables()["entry_days"], YEAR), dialect)
