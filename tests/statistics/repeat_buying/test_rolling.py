"""Groups are fitted apart where they are large enough; totals, misses and ranges are what they say."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.statistics.between_cohorts import foretell_share
from diagnostics.statistics.repeat_buying.forecast import combine
from diagnostics.statistics.repeat_buying.misses import Miss, look_back, measure_misses
from diagnostics.statistics.repeat_buying.nbd import NBD
from diagnostics.statistics.repeat_buying.rolling import ALL, Cut, fit_bases
from diagnostics.statistics.repeat_buying.season import Season, find_season
from diagnostics.statistics.repeat_buying.states import band_active
from diagnostics.statistics.repeat_buying.totals import foretell, weigh_now, weigh_past
from diagnostics.statistics.repeat_buying.yardsticks import BUYERS, PURCHASES, measure_money

AHEAD = 60.0


def draw_cut(name, rng, *, sizes, days=300, pace=1.0, back=0.0, later_back=0.0):
    """Customers of an NBD with a mean of 0.01 purchases a day, each purchase for about 100.

    A share `back` of purchases is paid back whole with the order, `later_back` on another day, first purchases too.
    """
    frames = []
    for group, size in sizes.items():
        rate = rng.gamma(1.0, 0.01, size)
        age = rng.integers(50, days, size).astype(float)
        repeats = rng.poisson(rate * age)
        last = np.where(repeats > 0, np.ceil(age * rng.random(size) ** (1 / np.maximum(repeats, 1))), 0.0)
        later = rng.poisson(pace * rate * AHEAD)
        kept = rng.binomial(repeats, 1 - back)
        sold = kept * 100.0 * rng.gamma(20, 1 / 20, size)
        spend = sold / np.maximum(repeats, 1)
        frames.append(
            pd.DataFrame(
                {
                    "group": group,
                    "half": np.where(np.arange(size) % 2, "a", "b"),
                    "repeats": repeats,
                    "last": np.minimum(last, age),
                    "age": age,
                    "later": later,
                    "customers": 1,
                    "spend": spend,
                    "square": spend**2,
                    "kept": kept,
                    "sold": sold + 100.0,
                    "net": (sold + 100.0) * (1 - later_back),
                    "later_net": later * 100.0 * (1 - back) * (1 - later_back),
                }
            )
        )
    rows = pd.concat(frames, ignore_index=True)
    paid = rows[rows.kept > 0].assign(spend=lambda own: own.spend * own.repeats / own.kept)
    paid = paid[["group", "kept", "spend", "customers"]]
    return Cut(name=name, ahead=AHEAD, rows=rows, spending=paid)


def draw_bases(sizes, pace=1.0, seed=1):
    rng = np.random.default_rng(seed)
    now = draw_cut("now", rng, sizes=sizes)
    return fit_bases([draw_cut(str(place), rng, sizes=sizes, pace=pace) for place in range(3)], now, (NBD,)), now


@pytest.fixture(scope="module")
def bases():
    return draw_bases({"newer": 1500, "older": 800})[0]


def test_groups_have_models_of_their_own_where_they_are_large(bases):
    assert [base.name for base in bases] == ["newer", "older"]
    assert sum(base.now.rows.customers.sum() for base in bases) == 2300


def test_a_group_that_is_too_small_goes_with_the_smallest_large_one():
    found, _ = draw_bases({"newer": 1500, "older": 800, "rest": 50})
    assert [base.name for base in found] == [ALL, "newer"]
    assert [float(base.now.rows.customers.sum()) for base in found] == [850, 1500]


def test_too_few_customers_have_no_base():
    sizes = {"newer": 100}
    rng = np.random.default_rng(0)
    empty = draw_cut("now", rng, sizes=sizes)
    without = Cut(name="0", ahead=AHEAD, rows=empty.rows.assign(repeats=0, last=0.0))
    assert fit_bases([without], empty, (NBD,)) == ()


def test_the_total_of_the_segments_is_the_total(bases):
    for yardstick in (PURCHASES, BUYERS, measure_money()):
        weighed = weigh_now(bases, yardstick, AHEAD)
        (whole,) = foretell(weighed)
        halves = foretell(weighed, "half")
        assert sum(half.forecast.mean for half in halves) == pytest.approx(whole.forecast.mean)
        assert whole.customers == sum(half.customers for half in halves) == 2300


def test_totals_are_near_what_the_rates_say(bases):
    (whole,), (money,) = (foretell(weigh_now(bases, own, AHEAD)) for own in (PURCHASES, measure_money()))
    assert whole.forecast.mean == pytest.approx(2300 * 0.01 * AHEAD, rel=0.1)
    assert money.forecast.mean == pytest.approx(100 * whole.forecast.mean, rel=0.05)


@pytest.mark.parametrize(("back", "later_back"), [(0.0, 0.0), (0.3, 0.0), (0.0, 0.2), (0.3, 0.2)])
def test_orders_paid_back_whole_count_as_purchases_that_bring_nothing(back, later_back):
    """As few as bought once are valued by the others' mean: it must be that of all purchases, not of those kept."""
    rng = np.random.default_rng(9)
    cuts = [draw_cut(str(at), rng, sizes={"newer": 8000}, back=back, later_back=later_back) for at in range(2)]
    (base,) = fit_bases(cuts[:1], cuts[1], (NBD,))
    (stand,) = base.past
    money, bought = (weigh_past((base,), own)[0][0] for own in (measure_money(), PURCHASES))
    mean = 100 * (1 - back) * (1 - later_back)
    assert stand.kept == pytest.approx((1 - back) * (1 - later_back), rel=0.02)
    for few in (stand.rows.repeats == 0, stand.rows.repeats == 1, stand.rows.repeats > 1):
        assert money.means[few].sum() == pytest.approx(mean * bought.means[few].sum(), rel=0.03)


def test_margin_and_discount_lower_the_value(bases):
    (sales,), (margin,) = (
        foretell(weigh_now(bases, measure_money(0.0, margins), AHEAD)) for margins in ({}, {"newer": 0.5, "older": 0.5})
    )
    (discounted,) = foretell(weigh_now(bases, measure_money(0.1), AHEAD))
    assert margin.forecast.mean == pytest.approx(0.5 * sales.forecast.mean)
    assert discounted.forecast.mean == pytest.approx(sales.forecast.mean * 1.1 ** (-AHEAD / 2 / 365.25), rel=1e-3)


def test_misses_tell_what_was_foretold_and_what_came(bases):
    misses = look_back(weigh_past(bases, PURCHASES))
    assert [miss.cut for miss in misses] == ["0", "1", "2"]
    came = sum(float((base.past[0].rows.later * base.past[0].rows.customers).sum()) for base in bases)
    assert misses[0].came == came
    assert abs(misses[0].error) < 0.15


def test_a_season_that_was_missed_widens_the_range(bases):
    slow, _ = draw_bases({"newer": 1500, "older": 800}, pace=0.5)
    narrow, wide = (measure_misses(look_back(weigh_past(own, PURCHASES))) for own in (bases, slow))
    assert narrow.size < 0.1 < wide.size
    now = weigh_now(slow, PURCHASES, AHEAD)
    ranges = [foretell(now, misfit=misfit)[0].forecast for misfit in (narrow, wide)]
    assert ranges[0].high - ranges[0].low < ranges[1].high - ranges[1].low


def test_overlapping_windows_count_as_fewer_tests():
    misses = [Miss(cut=str(cut), segment="", ahead=9, foretold=200, came=100, noise=0.0) for cut in range(3)]
    apart, together = measure_misses(misses), measure_misses(misses, independent=1.3)
    assert (apart.cuts, together.cuts) == (3, 1.3)
    assert together.size == apart.size == pytest.approx(np.log(2))


def test_a_next_miss_like_those_before_is_held_four_times_in_five():
    rng = np.random.default_rng(5)
    held = []
    for _ in range(2_000):
        # Four misses and the next, of one size; what is foretold has no noise of its own.
        logs = rng.normal(0, 0.1, 5)
        misses = [
            Miss(cut=str(cut), segment="", ahead=9, foretold=100 * np.exp(log), came=100, noise=0.0)
            for cut, log in enumerate(logs[:4])
        ]
        told = combine(100.0, np.ones(2), 0.0, confidence=0.8, misfit=measure_misses(misses))
        held.append(told.low <= 100 * np.exp(logs[4]) <= told.high)
    assert np.mean(held) == pytest.approx(0.8, abs=0.03)


def test_half_of_what_was_missed_a_year_before_is_season_and_half_is_doubt():
    quiet = measure_misses([Miss(cut="0", segment="", ahead=9, foretold=100, came=100, noise=0.0)])
    season = Season(miss=Miss(cut="0", segment="", ahead=9, foretold=100, came=400, noise=0.0))
    assert season.factor == pytest.approx(2.0)
    assert season.widen(quiet).size == pytest.approx(np.log(2))


def test_a_season_is_read_off_the_year_before():
    rng = np.random.default_rng(1)
    sizes = {"newer": 1500, "older": 800}
    cuts = [draw_cut(str(place), rng, sizes=sizes) for place in range(2)]
    before, now = draw_cut("a year before", rng, sizes=sizes, pace=1.5), draw_cut("now", rng, sizes=sizes)
    with_it, without = fit_bases(cuts, now, (NBD,), year_before=before), fit_bases(cuts, now, (NBD,))
    assert find_season(without, PURCHASES) is None
    season = find_season(with_it, PURCHASES)
    assert season.factor == pytest.approx(np.sqrt(1.5), rel=0.1)
    # A year before that is one of the cuts is not fitted again.
    assert fit_bases(cuts, now, (NBD,), year_before=cuts[1])[0].year_before is not None
    (plain,), (seasonal,) = (foretell(weigh_now(with_it, PURCHASES, AHEAD), factor=own) for own in (1.0, season.factor))
    assert seasonal.forecast.mean == pytest.approx(plain.forecast.mean * season.factor)


def test_bands_of_activity_hold_every_customer(bases):
    found = pd.DataFrame(band_active([base.now for base in bases], AHEAD))
    assert found.customers.sum() == 2300
    # Customers of the NBD never leave.
    assert found.customers[found.band == "active"].sum() == 2300


def test_the_next_cohort_is_ranged_by_how_far_cohorts_differ():
    rng = np.random.default_rng(3)
    held = []
    for _ in range(400):
        truth = rng.normal(0.4, 0.06, 7)
        seen = foretell_share(truth[:6] + rng.normal(0, 0.02, 6), np.full(6, 0.02))
        held.append(seen.low <= truth[6] <= seen.high)
    assert 0.75 <= np.mean(held) <= 0.86
    assert foretell_share([0.3, 0.4], [0.1, 0.1]) is None


def test_few_cohorts_have_a_range_that_holds_the_next_four_times_in_five():
    rng = np.random.default_rng(6)
    held = []
    for count, ratio in [(4, 1), (4, 2), (4, 5), (5, 1), (5, 2), (5, 5)] * 600:
        truth = rng.normal(0.4, 0.01 * ratio, count + 1)
        seen = foretell_share(truth[:-1] + rng.normal(0, 0.01, count), np.full(count, 0.01))
        held.append(seen.low <= truth[-1] <= seen.high)
    assert np.mean(held) == pytest.approx(0.8, abs=0.015)
