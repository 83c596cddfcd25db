import math
from datetime import date

import numpy as np
import pytest

from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.period import Period
from diagnostics.model.reading import Reading
from diagnostics.model.wording import name_verbatim
from diagnostics.plan.follow_up import Side, follow_up, share_days
from diagnostics.statistics.before_after import Estimate, subtract_estimates
from diagnostics.statistics.proportions import newcombe_difference, wilson

FIRST = Period(start=date(2023, 1, 1), end=date(2024, 1, 1))
SECOND = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))


def read_share(count, n, metric="add_rate", scope=None, **parts):
    low, high = wilson(count, n)
    scope = {"channel": "tmall"} if scope is None else scope
    return Reading(
        metric=metric, scope=scope, unit="share", value=count / n, low=float(low), high=float(high), n=n, **parts
    )


def make_finding(code="people.low_reach", channel="tmall"):
    word = name_verbatim("x")
    return Finding(
        code=code,
        scope={"channel": channel},
        title=word,
        cause=word,
        action=word,
        owner_role="account",
        validation=Validation(metric="add_rate", direction="up", window_days=30),
        stop_rule=word,
        confidence=0.5,
        impact_reason=word,
        severity="low",
        evidence=(Evidence(check="people.reach"),),
    )


def make_side(findings=(), readings=(), current=FIRST, examined=("people.reach",), left_out=()):
    by_key = {(one.code, tuple(sorted(one.scope.items()))): one for one in findings}
    return Side(
        run_id="r",
        current=current,
        history=Period(start=FIRST.start, end=current.end),
        findings=by_key,
        homes=dict.fromkeys(by_key, "people.reach"),
        left_out=frozenset((one.code, tuple(sorted(one.scope.items()))) for one in left_out),
        examined=frozenset(examined),
        readings=readings,
    )


def estimate(count, n):
    low, high = wilson(count, n)
    return Estimate(value=count / n, low=float(low), high=float(high))


@pytest.mark.parametrize(("one", "other"), [((56, 70), (48, 80)), ((1, 40), (9, 50)), ((0, 30), (30, 30))])
def test_the_difference_of_two_shares_is_newcombes(one, other):
    found = subtract_estimates(estimate(*one), estimate(*other))
    expected = [float(end) for end in newcombe_difference(*one, *other)]
    assert found == pytest.approx(expected)


def test_more_metrics_widen_the_interval_around_the_same_middle():
    after, before = Estimate(value=2, low=1, high=3), Estimate(value=1, low=0, high=2)
    alone, among = (subtract_estimates(after, before, k) for k in (1, 20))
    assert sum(alone) == pytest.approx(sum(among))
    assert (among[1] - among[0]) / (alone[1] - alone[0]) == pytest.approx(3.0233 / 1.95996, rel=1e-3)


def test_twenty_metrics_without_a_change_seldom_show_one():
    random, runs, k, n = np.random.default_rng(5), 300, 20, 400
    counts = random.binomial(n, 0.3, size=(runs, 2, k))
    false = 0
    for before, after in counts:
        readings = [
            tuple(read_share(int(c), n, scope={"sku": str(i)}) for i, c in enumerate(side)) for side in (before, after)
        ]
        followed = follow_up(make_side(readings=readings[0]), make_side(readings=readings[1], current=SECOND))
        false += any(one.verdict == "moved" for one in followed.courses)
    # 5 % at most, three standard errors of the simulation allowed.
    assert false / runs <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / runs)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (read_share(100, 1000), read_share(200, 1000), "moved"),
        (read_share(100, 1000), read_share(105, 1000), "within_chance"),
        (read_share(2, 20), read_share(15, 20), "not_told"),
        (
            Reading(metric="gmv", unit="money", value=1.0, n=900),
            Reading(metric="gmv", unit="money", value=9.0, n=900),
            "not_told",
        ),
    ],
)
def test_a_metric_moved_only_beyond_chance(before, after, verdict):
    (course,) = follow_up(make_side(readings=[before]), make_side(readings=[after], current=SECOND)).courses
    assert course.verdict == verdict


def test_beyond_chance_by_itself_only_is_said_apart():
    others = [read_share(100, 1000, scope={"sku": str(i)}) for i in range(19)]
    before, after = [read_share(100, 1000), *others], [read_share(130, 1000), *others]
    courses = follow_up(make_side(readings=before), make_side(readings=after, current=SECOND)).courses
    assert courses[0].verdict == "moved_alone"


def test_the_same_days_are_not_judged():
    side = make_side(readings=[read_share(100, 1000)])
    (course,) = follow_up(side, make_side(readings=[read_share(300, 1000)])).courses
    assert (course.verdict, course.low) == ("same_days", None)


def test_amounts_of_periods_of_different_length_are_not_compared():
    half = Period(start=date(2024, 1, 1), end=date(2024, 7, 1))
    spend = Reading(metric="aov_user", unit="price", value=100.0, low=99.0, high=101.0, n=1000)
    more = Reading(metric="aov_user", unit="price", value=60.0, low=59.0, high=61.0, n=1000)
    (course,) = follow_up(make_side(readings=[spend]), make_side(readings=[more], current=half)).courses
    assert (course.verdict, course.low) == ("other_length", None)


def test_amounts_of_two_currencies_are_not_compared():
    money = Reading(metric="gmv", unit="money", value=1.0)
    assert follow_up(make_side(readings=[money]), make_side(readings=[money]), same_money=False).courses == ()


def test_a_metric_is_better_where_it_went_as_its_finding_wishes():
    finding = make_finding()
    before = make_side([finding], [read_share(100, 1000)])
    up = follow_up(before, make_side([finding], [read_share(300, 1000)], current=SECOND))
    down = follow_up(before, make_side([finding], [read_share(20, 1000)], current=SECOND))
    assert (up.courses[0].is_better, down.courses[0].is_better) == (True, False)
    assert up.findings[0].course is up.courses[0]


def test_what_became_of_each_finding():
    one, other = make_finding(), make_finding(channel="jd")

    def follow(before, after):
        (followed,) = follow_up(before, after).findings
        return followed.state

    assert follow(make_side([one]), make_side()) == "closed"
    assert follow(make_side([one]), make_side(examined=())) == "not_examined"
    assert follow(make_side([one]), make_side([one])) == "open"
    assert follow(make_side([one]), make_side([one], left_out=[one])) == "left_out"
    assert follow(make_side([one], left_out=[one]), make_side([one])) == "newly_shown"
    assert follow(make_side(), make_side([other])) == "new"
    assert follow(make_side(examined=()), make_side([other])) == "newly_examined"


def test_days_in_both_periods():
    assert share_days(FIRST, SECOND) == 0
    assert share_days(FIRST, Period(start=date(2023, 12, 30), end=SECOND.end)) == 2


def test_a_reading_has_both_ends_around_its_value():
    with pytest.raises(ValueError, match="two ends"):
        Reading(metric="x", unit="share", value=0.5, low=0.1)
    with pytest.raises(ValueError, match="outside"):
        Reading(metric="x", unit="share", value=0.5, low=0.6, high=0.7)
