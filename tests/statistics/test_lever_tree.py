"""The tree reaches as deep as the counts, its terms sum to the change, and its intervals hold what they promise."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from diagnostics.statistics.decomposition import split_by_logs, split_by_orders
from diagnostics.statistics.lever_levels import SUMS, find_factors
from diagnostics.statistics.lever_tree import grow_tree

KEYS = ["channel", "is_current", "known", "covered", "bucket"]
NO_VISITORS = pd.DataFrame()
POSITIVE = st.floats(0.05, 50.0)


def make_sums(channel, *, now, bucket=0, known=True, covered=False, **sums):
    values = {"buyers": 4, "buyer_months": 5, "orders": 6, "units": 12.0, "listed": 0.0, "listed_paid": 0.0}
    values |= {"paid": 600.0, "gmv": 570.0} | sums
    return {
        "channel": channel,
        "is_current": now,
        "known": known,
        "covered": covered,
        "bucket": bucket,
        **{name: values[name] for name in SUMS},
    }


def pair(channel, before, after, **both):
    return [make_sums(channel, now=now, **both, **side) for now, side in ((False, before), (True, after))]


def effects(tree):
    return {(term.channel, term.lever): term.effect for term in tree.terms}


def test_items_list_price_and_discount_are_terms_where_list_amounts_are_known():
    # An item listed at 100 is sold at 90, then at 72: the list price is 100 throughout.
    before = {"listed": 1200.0, "listed_paid": 1080.0, "paid": 1080.0, "gmv": 1080.0}
    after = {"listed": 1200.0, "listed_paid": 864.0, "paid": 864.0, "gmv": 864.0}
    tree = grow_tree(pd.DataFrame(pair("jd", before, after)), NO_VISITORS)
    assert effects(tree)["jd", "discount"] == pytest.approx(-216)
    assert {lever: effect for (_, lever), effect in effects(tree).items() if lever != "discount"} == {
        "buyers": 0,
        "frequency": 0,
        "items": 0,
        "list_price": 0,
        "kept": 0,
    }
    now = tree.levels[1]
    assert (now.items, now.price, now.charged, now.basket) == pytest.approx((2, 100, 0.72, 144))


def test_the_discount_of_lines_with_a_list_amount_stands_for_a_few_without():
    side = {"listed": 1000.0, "listed_paid": 900.0, "paid": 960.0, "gmv": 960.0}
    level = grow_tree(pd.DataFrame(pair("jd", side, side)), NO_VISITORS).levels[0]
    assert level.charged == pytest.approx(0.9)
    assert level.price == pytest.approx(960 / 12 / 0.9)


@pytest.mark.parametrize(
    ("sums", "money"),
    [
        ({"listed": 500.0, "listed_paid": 400.0}, "units"),
        ({"units": 0.0}, "spend"),
        ({"units": 6.0}, "spend"),
        ({"units": 6.0, "listed": 700.0, "listed_paid": 600.0}, "listed"),
    ],
)
def test_spend_is_taken_apart_as_far_as_it_is_known_in_both_periods(sums, money):
    tree = grow_tree(pd.DataFrame(pair("jd", {"listed": 700.0, "listed_paid": 600.0, **sums}, sums)), NO_VISITORS)
    assert {level.money for level in tree.levels} == {money}
    assert [level.basket for level in tree.levels] == pytest.approx([100, 100])


def test_entering_leaving_and_unknown_are_terms_of_their_own():
    rows = [
        make_sums("new", now=True),
        make_sums("old", now=False),
        *pair("jd", {}, {"gmv": 600.0}),
        *pair("jd", {"gmv": 50.0}, {"gmv": 70.0}, known=False),
    ]
    found = effects(grow_tree(pd.DataFrame(rows), NO_VISITORS))
    assert (found["new", "entered"], found["old", "left"], found["jd", "unknown"]) == (570, -570, 20)
    assert sum(effect for (channel, _), effect in found.items() if channel == "jd") == pytest.approx(50)


def test_a_lever_at_zero_is_split_without_a_logarithm():
    after = {"paid": 0.0, "gmv": -30.0}
    found = effects(grow_tree(pd.DataFrame(pair("jd", {}, {"gmv": 0.0}) + pair("b", {}, after)), NO_VISITORS))
    assert np.isfinite(list(found.values())).all()
    assert sum(effect for (channel, _), effect in found.items() if channel == "jd") == pytest.approx(-570)
    assert found["b", "unknown"] == pytest.approx(-600)


def test_conversion_that_rises_in_every_channel_counts_as_a_rise_though_the_total_falls():
    # Simpson: 50 to 55 % and 5 to 6 %, while visitors move to the second channel.
    def side(buyers):
        orders = {"buyers": buyers, "buyer_months": buyers, "orders": buyers, "units": 2.0 * buyers}
        return {**orders, "paid": 100.0 * buyers, "gmv": 100.0 * buyers}

    rows = pair("own", side(500), side(275), covered=True) + pair("mall", side(50), side(90), covered=True)
    visitors = pd.DataFrame(
        {"channel": ["own", "mall"], "turn": 0, "visitors_before": [1000, 1000], "visitors_after": [500, 1500]}
    )
    tree = grow_tree(pd.DataFrame(rows), visitors)
    totals = {term.lever: term.effect for term in tree.totals}
    assert (275 + 90) / 2000 < (500 + 50) / 2000
    assert totals["conversion"] > 0 > totals["users"]
    assert sum(totals.values()) == pytest.approx(tree.after - tree.before)


def test_spend_per_order_has_a_term_before_and_a_term_after_discounts():
    side = {"buyers": 100, "buyer_months": 100, "orders": 100, "units": 150.0, "listed": 9000.0}
    rows = pair(
        "jd",
        {**side, "listed_paid": 9000.0, "paid": 9000.0, "gmv": 9000.0},
        {**side, "listed_paid": 6300.0, "paid": 6300.0, "gmv": 6300.0},
    )
    tree = grow_tree(pd.DataFrame(rows), pd.DataFrame())
    effects = {term.lever: term.effect for term in tree.terms}
    (basket,), (spend,) = tree.baskets, tree.spends
    assert basket.effect == pytest.approx(effects["items"] + effects["list_price"])
    assert basket.effect == pytest.approx(0, abs=0.01)
    assert (spend.channel, spend.lever) == ("jd", "basket")
    assert spend.effect == pytest.approx(basket.effect + effects["discount"], abs=0.01)
    assert spend.effect == pytest.approx(-2700, abs=0.01)


CENTS = st.integers(0, 10**7).map(lambda cents: cents / 100)
SIDES = st.fixed_dictionaries(
    {
        "buyers": st.integers(0, 40),
        "buyer_months": st.integers(0, 60),
        "orders": st.integers(0, 80),
        "units": st.integers(0, 200).map(float),
        "listed": CENTS,
        "listed_paid": CENTS,
        "paid": CENTS,
        "gmv": st.integers(-(10**6), 10**7).map(lambda cents: cents / 100),
    }
)


@given(st.lists(st.tuples(SIDES, SIDES, st.booleans(), st.booleans()), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_terms_sum_to_the_change_whatever_the_counts(channels):
    rows = []
    for number, (before, after, known, covered) in enumerate(channels):
        rows += pair(f"c{number}", before, after, known=known, covered=covered and known)
    visitors = pd.DataFrame(
        {
            "channel": [f"c{number}" for number in range(len(channels))],
            "turn": 0,
            "visitors_before": 90,
            "visitors_after": 70,
        }
    )
    tree = grow_tree(pd.DataFrame(rows), visitors)
    size = sum(abs(row["gmv"]) for row in rows)
    change = tree.after - tree.before
    assert round(sum(round(term.effect * 100) for term in tree.terms)) == round(change * 100)
    assert sum(term.effect for term in tree.totals) == pytest.approx(change, abs=0.005 + 1e-9 * size)


@given(st.lists(POSITIVE, min_size=8, max_size=8), st.lists(POSITIVE, min_size=8, max_size=8))
@settings(max_examples=40, deadline=None)
def test_deeper_levers_sum_to_the_shallow_one(before, after):
    # LMDI is consistent in aggregation: items, list price and discount make up spend per order, whatever else moves.
    old, new = np.array(before), np.array(after)
    deep = split_by_logs(old, new)
    shallow = split_by_logs(np.append(old[:5], old[5:].prod()), np.append(new[:5], new[5:].prod()))
    size = old.prod() + new.prod()
    assert deep[5:].sum() == pytest.approx(shallow[5], abs=1e-9 * size)


@given(st.lists(POSITIVE, min_size=3, max_size=3), st.lists(st.floats(0.99, 1.01), min_size=3, max_size=3))
@settings(max_examples=40, deadline=None)
def test_shapley_and_logarithms_agree_on_small_changes(before, ratios):
    old = np.array(before)
    new = old * np.array(ratios)
    np.testing.assert_allclose(split_by_orders(old, new), split_by_logs(old, new), atol=1e-5 * old.prod())


def test_factors_multiply_to_gmv_at_every_depth():
    rng = np.random.default_rng(3)
    segments = pd.DataFrame(
        [(d + m, d, m) for d in ("traffic", "buyers", "orders") for m in ("listed", "units", "spend")],
        columns=["channel", "depth", "money"],
    )
    counts = rng.uniform(1, 100, (len(segments), 2, len(SUMS)))
    factors = find_factors(counts, rng.uniform(100, 200, (len(segments), 2)), segments)
    np.testing.assert_allclose(factors.prod(axis=-1), counts[..., SUMS.index("gmv")])


def simulate_sums(rng, customers, buckets=50):
    """Two periods of one channel: customers order by a gamma-Poisson law, orders are dear by a heavy-tailed one."""
    keen = rng.gamma(0.8, 1.0, customers)
    taste = rng.lognormal(0.0, 0.5, customers)
    frames = []
    for now, (lift, price) in enumerate(((1.6, 100.0), (1.3, 95.0))):
        orders = rng.poisson(lift * keen)
        units = orders + rng.poisson(0.6 * orders)
        listed = price * taste * units * rng.lognormal(-0.08, 0.4, customers)
        paid = 0.9 * listed
        gmv = paid * np.where(rng.random(customers) < 0.05, 0.0, 1.0)
        bucket = np.arange(customers) % buckets
        columns = {"buyers": orders > 0, "buyer_months": orders > 0, "orders": orders, "units": units}
        columns |= {"listed": listed, "listed_paid": paid, "paid": paid, "gmv": gmv}
        summed = {name: np.bincount(bucket, values, buckets) for name, values in columns.items()}
        keys = {"channel": "jd", "is_current": bool(now), "known": True, "covered": False, "bucket": range(buckets)}
        frames.append(pd.DataFrame({**keys, **summed}))
    return pd.concat(frames, ignore_index=True)


def test_intervals_hold_the_truth_about_as_often_as_promised():
    whole = grow_tree(simulate_sums(np.random.default_rng(0), 200_000), NO_VISITORS)
    truth = {term.lever: term.effect / 250 for term in whole.terms}
    narrower = t.ppf(0.9, 49) / t.ppf(0.975, 49)
    held = {0.95: dict.fromkeys(truth, 0), 0.8: dict.fromkeys(truth, 0)}
    rng, runs = np.random.default_rng(20), 80
    for _ in range(runs):
        for term in grow_tree(simulate_sums(rng, 800), NO_VISITORS).terms:
            miss, half = abs(term.effect - truth[term.lever]), (term.high - term.low) / 2
            held[0.95][term.lever] += miss <= half
            held[0.8][term.lever] += miss <= half * narrower
    for confidence, least, most in ((0.95, 0.87, 1.0), (0.8, 0.67, 0.92)):
        shares = {lever: count / runs for lever, count in held[confidence].items() if lever != "discount"}
        assert all(least <= share <= most for share in shares.values()), shares
