"""What the checks of data and of repeat buying say, and what they leave unsaid."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.checks.check import Replies
from diagnostics.checks.data import coverage, ties_out
from diagnostics.checks.examination import resolve_limits
from diagnostics.checks.retention import cohorts, cycle, return_curve
from diagnostics.model.account import IntakeAccount, MissingTable, Reconciliation
from diagnostics.model.engagement import Engagement
from diagnostics.model.period import Horizon, Period, choose_horizon
from diagnostics.model.section import NotComputable
from diagnostics.model.wording import NOTHING, name_verbatim

HORIZON = choose_horizon(date(2023, 1, 1), date(2024, 12, 31))


def answer(check, frames, *, account=None, horizon=HORIZON):
    engagement = Engagement(
        client="c",
        title=name_verbatim("C"),
        currency="CNY",
        horizon=horizon,
        gmv_basis="paid",
        annual_gmv=1e6,
        account=account or IntakeAccount(),
    )
    return check.measure(Replies(frames=frames, engagement=engagement))


def find(check, measured, **limits):
    return check.judge(measured, resolve_limits(check, limits))


def reconcile(channel, month, ours, theirs):
    return Reconciliation(channel=channel, month=month, ours=ours, theirs=theirs, gap=ours - theirs, cause=NOTHING)


def tie(*lines):
    return answer(ties_out.CHECK, {}, account=IntakeAccount(reconciliation=lines))


def test_months_that_cancel_out_are_no_gap():
    measured = tie(reconcile("tmall", "2024-01", 90, 100), reconcile("tmall", "2024-02", 110, 100))
    assert find(ties_out.CHECK, measured) == ()
    assert measured.totals.pairs.months.tolist() == [2]


def test_a_wide_gap_of_the_whole_client_is_medium_and_has_no_channel():
    (finding,) = find(ties_out.CHECK, tie(reconcile("", "", 80, 100)))
    assert (finding.scope, finding.severity, finding.impact) == ({}, "medium", None)


def test_without_a_second_total_nothing_is_said():
    assert isinstance(tie(), NotComputable)
    assert isinstance(tie(reconcile("", "", 80, 0)), NotComputable)


def test_tables_that_answer_nothing_are_not_asked_for():
    frame = pd.DataFrame({"channel": ["jd"], "lines": [4], "keyed": [0], "orders": [4], "gmv": [1.0]})
    missing = tuple(
        MissingTable(table=table, export=NOTHING, unlocks=unlocks)
        for table, unlocks in {"events": (), "contacts": ("a.a",), "traffic": ("a.a", "a.b", "b.c")}.items()
    )
    frames = {"channels": frame, **count_daily(jd=[])}
    measured = answer(coverage.CHECK, frames, account=IntakeAccount(missing=missing))
    found = {finding.scope["table"]: finding.severity for finding in find(coverage.CHECK, measured)}
    assert found == {"traffic": "low", "contacts": "info"}
    assert "they would answer: 3" in coverage.tell(measured).en
    assert "JD" in coverage.caveats(measured)[0].en


def count_daily(**silent):
    days = pd.date_range(HORIZON.history.start, HORIZON.history.end, inclusive="left")
    frames = [
        pd.DataFrame({"channel": channel, "day": [day for day in days if day not in set(gap)], "orders": 20})
        for channel, gap in silent.items()
    ]
    return {"daily": pd.concat(frames)}


def cover(**silent):
    daily = count_daily(**silent)
    lines = daily["daily"].groupby("channel", as_index=False).agg(lines=("orders", "sum"))
    return answer(coverage.CHECK, daily | {"channels": lines.assign(keyed=0, orders=lines.lines, gmv=1.0)})


def test_a_holiday_of_everybody_is_no_gap_but_a_silent_month_is():
    holiday = pd.date_range("2024-05-01", periods=4)
    month = pd.date_range("2024-02-01", periods=29)
    closed = cover(jd=holiday, tmall=holiday)
    assert find(coverage.CHECK, closed) == ()
    assert "No day is missing in 731 days; on 4 days no channel had an order" in coverage.tell(closed).en
    (finding,) = find(coverage.CHECK, cover(jd=month, tmall=month))
    assert (finding.scope, finding.severity) == ({}, "medium")


def test_one_channel_alone_is_judged_as_the_whole():
    measured = cover(jd=pd.date_range("2024-03-01", periods=9))
    (finding,) = find(coverage.CHECK, measured)
    assert finding.scope == {}
    assert "Gaps found: 1; the longest is that of All channels" in coverage.tell(measured).en


def follow_cohorts(shares):
    months = pd.date_range(HORIZON.history.start, periods=len(shares), freq="MS")
    returns = pd.DataFrame({"cohort": months, "customers": 400, "followed": 400})
    returns["returned"] = [round(400 * share) for share in shares]
    active = pd.DataFrame({"cohort": months, "age": 0, "customers": 400})
    second = pd.DataFrame({"customers": [100], "gmv": [5000.0]})
    waits = pd.DataFrame({"quarter": months[:1], "days": [30], "events": [100], "censored": [300]})
    return answer(cohorts.CHECK, {"active": active, "returns": returns, "second": second, "waits": waits})


def test_a_season_that_comes_back_every_year_is_no_decay():
    assert find(cohorts.CHECK, follow_cohorts(([0.4] * 6 + [0.2] * 6) * 2)) == ()


def test_cohorts_older_than_the_data_are_not_judged():
    measured = follow_cohorts([0.9] * 3 + [0.3] * 18)
    assert find(cohorts.CHECK, measured) == ()
    assert measured.older.share == pytest.approx(0.3)


def test_a_decay_is_sized_by_lost_second_purchases():
    measured = follow_cohorts([0.4] * 15 + [0.3] * 6)
    (finding,) = find(cohorts.CHECK, measured)
    assert finding.scope == {"cohort": "2024-04"}
    newcomers = 400 * 9  # of April to September; later months are not in the replies
    assert measured.newcomers == newcomers
    assert finding.impact.mid == pytest.approx(0.1 * newcomers * 50)
    assert finding.impact.low < finding.impact.mid < finding.impact.high


def test_too_short_a_history_has_no_cohorts_to_compare():
    assert isinstance(follow_cohorts([0.4] * 4), NotComputable)


WEEKS = pd.DataFrame({"age": [300.0], "days": [30.0], "events": [1], "censored": [1]})
QUARTERS = pd.DataFrame({"quarter": [pd.Timestamp("2024-01-01")], "days": [30], "events": [1], "censored": [1]})


def wait(n, returned, channel):
    return pd.DataFrame({"channel": channel, "days": [30, 300], "events": [returned, 0], "censored": [0, n - returned]})


def follow_channels(*channels):
    times = pd.concat([wait(n, returned, name) for name, n, returned in channels])
    later = pd.DataFrame({"channel": [name for name, *_ in channels], "gmv": 1000.0, "paid": 1100.0})
    return answer(return_curve.CHECK, {"times": times, "quarters": QUARTERS, "weeks": WEEKS, "later": later})


def test_channels_that_differ_by_chance_are_left_alone():
    assert find(return_curve.CHECK, follow_channels(("jd", 300, 150), ("tmall", 300, 120), ("douyin", 300, 110))) == ()


def test_a_channel_of_one_time_buyers_is_sized_by_what_it_would_sell_later():
    (finding,) = find(return_curve.CHECK, follow_channels(("jd", 3000, 1500), ("douyin", 3000, 600)))
    assert finding.scope == {"channel": "douyin"}
    # Half of what lacks: returns would grow from 0.2 to 0.5, later purchases of 1,000 to 2,500.
    assert finding.impact.mid == pytest.approx(0.5 * 1500)
    # The high end is all of the gap's high end, before refunds.
    assert finding.impact.high > 1.1 * 1500
    assert finding.impact.low < 0.25 * 1500


def test_one_channel_has_nothing_to_be_compared_with():
    measured = follow_channels(("jd", 3000, 1500))
    assert find(return_curve.CHECK, measured) == ()
    assert return_curve.caveats(measured) == (return_curve.NO_CHANNEL,)


def follow_gaps(touched=None):
    counts = pd.DataFrame({"category": "tea", "days": np.arange(1, 201), "events": 2, "censored": 1})
    spread = counts.assign(days=counts.days // 7 * 7, bucket=counts.days % 25)
    frames = {"gaps": counts, "spread": spread}
    if touched is not None:
        frames["touched"] = pd.DataFrame([touched]).assign(category="tea")
    return answer(cycle.CHECK, frames)


def test_without_touches_a_missed_cycle_can_not_be_seen():
    assert find(cycle.CHECK, follow_gaps()) == ()


@pytest.mark.parametrize(
    ("touched", "found"),
    [
        ({"middle": 50, "due": 400, "touched": 20, "lapsed": 200}, 1),
        ({"middle": 50, "due": 400, "touched": 200, "lapsed": 150}, 0),
        ({"middle": 50, "due": 400, "touched": 20, "lapsed": 40}, 0),
        ({"middle": 50, "due": 40, "touched": 0, "lapsed": 40}, 0),
    ],
)
def test_a_missed_cycle_needs_many_due_few_touched_and_many_lapsed(touched, found):
    assert len(find(cycle.CHECK, follow_gaps(touched))) == found


def test_a_short_history_is_said_to_hide_long_gaps():
    assert "look shorter than they are" in cycle.caveats(follow_gaps())[0].en


def test_an_unequal_horizon_is_scaled_to_a_year():
    half = Horizon(history=HORIZON.history, current=Period(start=date(2024, 7, 1), end=date(2025, 1, 1)), previous=None)
    times = wait(3000, 1500, "jd")
    later = pd.DataFrame({"channel": ["jd"], "gmv": [1000.0], "paid": [1000.0]})
    frames = {"times": times, "quarters": QUARTERS, "weeks": WEEKS, "later": later}
    measured = answer(return_curve.CHECK, frames, horizon=half)
    assert measured.later == {"jd": 2000.0}
