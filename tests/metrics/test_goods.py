"""Products, baskets, first-order products and roles agree with a recount in pandas."""

from datetime import date
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.assortment import list_best, spread_products, total_products
from diagnostics.metrics.baskets import count_companions, count_pairs, count_sizes, list_baskets, list_orders
from diagnostics.metrics.days import purchase_days
from diagnostics.metrics.gateway import count_gateways
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.products import cover_products, keep_itemised, list_itemised, name_products
from diagnostics.metrics.returns import first_buys, pick_firsts
from diagnostics.metrics.roles import count_first_orders, list_products, measure_margins
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines

SINCE, AS_OF, DAYS = date(2023, 3, 1), date(2025, 1, 1), 90
CURRENT = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))
CATEGORIES = np.array(["cup", "tea", "pot", None], dtype=object)


@pytest.fixture(scope="module", params=[21, 22])
def lines(request):
    rng = np.random.default_rng(request.param)
    found = invent_lines(request.param, count=1500)
    code = rng.integers(0, 12, len(found))
    found["product_id"] = np.where(code < 10, [f"P{number}" for number in code], None)
    found["product"] = np.where(code < 11, [f"product {number}" for number in code], None)
    found["category"] = CATEGORIES[code % 4]
    found["sku"] = found.product_id.where(found.product_id.notna(), found["product"])
    found["gmv"] = found.paid_amount - found.refund_amount
    return found


@pytest.fixture(scope="module")
def tables(lines):
    costs = pd.DataFrame({"product_id": ["P0", "P1", "P1"], "unit_cost": [10, 20, 40]})
    return open_frames(connect(), {"order_lines": lines.drop(columns=["sku", "gmv"]), "products": costs})


@pytest.fixture(scope="module")
def valued(tables):
    return value_lines(tables["order_lines"], "paid_net")


@pytest.fixture(scope="module")
def kept(valued):
    return keep_itemised(valued, list_itemised(valued))


@pytest.fixture(scope="module")
def baskets(kept):
    return list_baskets(kept)


def sell(lines):
    selling = lines[~lines.is_return & lines.sku.notna()]
    return selling.assign(day=selling.ordered_at.dt.normalize())


def test_a_product_without_a_code_goes_by_its_name(lines, kept):
    ours = fetch(total_products(kept)).set_index("sku")
    keyed = lines[lines.sku.notna()]
    assert ours.gmv.to_dict() == pytest.approx(keyed.groupby("sku").gmv.sum().to_dict())
    orders = sell(lines).drop_duplicates(["sku", "channel", "order_id"]).groupby("sku").size()
    assert ours.orders.to_dict() == orders.to_dict()
    assert "product 10" in ours.index


def test_the_spread_counts_the_best_products_up_to_a_half(lines, kept):
    row = fetch(spread_products(total_products(kept))).iloc[0]
    gmv = lines.groupby("sku").gmv.sum().sort_values(ascending=False)
    share = gmv / gmv.sum()
    assert row.top_gmv == pytest.approx(gmv.iloc[0])
    assert row.top10_gmv == pytest.approx(gmv.iloc[:10].sum())
    assert row.concentration == pytest.approx((share**2).sum())
    assert row.for_half == int((share.cumsum() < 0.5).sum()) + 1
    assert row.for_most == int((share.cumsum() < 0.8).sum()) + 1
    best = fetch(list_best(total_products(kept), 3)).sort_values("place")
    assert best.sku.tolist() == gmv.index[:3].tolist()


def tell_whole_orders(names):
    frame = pd.DataFrame({"product": names, "channel": "youzan", "ordered_at": "2024-01-01", "paid_amount": 1})
    frame["line_id"] = frame["order_id"] = [str(number) for number in range(len(frame))]
    frame["quantity"], frame["refund_amount"], frame["is_return"], frame["product_id"] = 1, 0, False, "A"
    listed = frame.assign(channel="tmall", product="tea")
    table = open_frames(connect(), {"order_lines": pd.concat([frame, listed], ignore_index=True)})["order_lines"]
    lines = value_lines(table, "paid")
    return (
        fetch(cover_products(lines, keep_itemised(lines, list_itemised(lines))))
        .set_index("channel")
        .itemised_gmv.fillna(0)
        .to_dict()
    )


def test_a_channel_that_exports_whole_orders_is_not_itemised():
    assert tell_whole_orders(["tea"] * 30 + ["tea;cup"] * 10) == {"tmall": 40, "youzan": 0}


def test_a_channel_of_single_products_is_itemised():
    assert tell_whole_orders(["tea"] * 40) == {"tmall": 40, "youzan": 40}


def test_a_product_goes_by_its_most_frequent_name(valued):
    ours = fetch(name_products(valued)).set_index("sku")
    assert ours.name["P3"] == "product 3"
    assert ours.name["product 10"] == "product 10"


def split_orders(lines):
    return dict(list(sell(lines).groupby(["channel", "order_id"])))


def test_sizes_add_up_to_all_orders(lines, baskets):
    ours = fetch(count_sizes(list_orders(baskets)))
    sizes = pd.Series([min(part.sku.nunique(), 5) for part in split_orders(lines).values()])
    assert ours.groupby("size").orders.sum().to_dict() == sizes.value_counts().to_dict()
    assert ours.products.sum() == sum(part.sku.nunique() for part in split_orders(lines).values())
    assert ours.gmv.sum() == pytest.approx(sell(lines).gmv.sum())


@pytest.mark.parametrize("key", ["category", "sku"])
def test_an_order_is_attached_if_it_holds_another(lines, valued, key, baskets):
    ours = fetch(count_companions(baskets, list_orders(baskets), name_products(valued), by_category=key == "category"))
    totals = ours.groupby("unit")[["orders", "attached", "companion_gmv", "companion_squares"]].sum()
    orders = [part.groupby(key).gmv.sum().to_dict() for part in split_orders(lines).values()]
    for unit, row in totals.iterrows():
        others = [sum(order.values()) - order[unit] for order in orders if unit in order]
        attached = sum(len(order) > 1 for order in orders if unit in order)
        assert (row.orders, row.attached) == (len(others), attached)
        assert row.companion_gmv == pytest.approx(sum(others))
        assert row.companion_squares == pytest.approx(sum(float(other) ** 2 for other in others))


def test_pairs_are_counted_once_an_order(lines, valued, baskets):
    ours = fetch(count_pairs(baskets, list_orders(baskets), name_products(valued), 200)).set_index(["sku", "other"])
    pairs = pd.Series(
        [pair for part in split_orders(lines).values() for pair in combinations(sorted(part.sku.unique()), 2)]
    ).value_counts()
    assert ours.together.to_dict() == pairs.to_dict()
    assert (ours.orders == len(split_orders(lines))).all()
    holds = sell(lines).drop_duplicates(["sku", "channel", "order_id"]).groupby("sku").size()
    assert all(row.sku_orders == holds[sku] for (sku, _), row in ours.iterrows())


def recount_newcomers(lines):
    selling = lines[~lines.is_return & lines.customer.notna()]
    selling = selling.assign(day=selling.ordered_at.dt.normalize()).sort_values(["ordered_at", "order_id", "line_id"])
    rows = []
    for customer, part in selling.groupby("customer", sort=False):
        days = part.day.drop_duplicates().sort_values().tolist()
        if days[0] < pd.Timestamp(SINCE):
            continue
        followed = days[0] + pd.Timedelta(days=DAYS) < pd.Timestamp(AS_OF)
        returned = followed and len(days) > 1 and (days[1] - days[0]).days <= DAYS
        rows.append((customer, days[0], part.channel.iloc[0], followed, returned))
    return pd.DataFrame(rows, columns=["customer", "day", "channel", "followed", "returned"])


def gateways(valued):
    days = purchase_days(valued)
    firsts = pick_firsts(days, SINCE)
    return count_gateways(valued, days, firsts, current=CURRENT, as_of=AS_OF, followed_days=DAYS)


def test_gateways_are_set_against_newcomers_of_the_same_channel_and_month(lines, valued):
    # Few newcomers in this world: cells of a channel and month with 5 others are rare, those that count are exact.
    ours = fetch(gateways(valued)).set_index("sku")
    new = recount_newcomers(lines)
    everybody = len(new)
    new["month"] = new.day.dt.to_period("M")
    opening = sell(lines)[["customer", "day"]].drop_duplicates()
    new = new.merge(opening, on=["customer", "day"])
    bought = sell(lines).merge(new, on=["customer", "day"], suffixes=("_line", "")).drop_duplicates(["customer", "sku"])
    for sku, row in ours.iterrows():
        mine = bought[bought.sku == sku]
        followed = returned = expected = others = 0
        for (channel, month), part in mine.groupby(["channel", "month"]):
            cell = new[(new.channel == channel) & (new.month == month) & ~new.customer.isin(part.customer)]
            if cell.followed.sum() < 5:
                continue
            followed += part.followed.sum()
            returned += part.returned.sum()
            others += cell.followed.sum()
            expected += part.followed.sum() * cell.returned.sum() / cell.followed.sum()
        assert row.share == pytest.approx(len(mine) / len(new))
        assert row.known_share == pytest.approx(len(new) / everybody)
        assert row.new_now == ((mine.day >= "2024-01-01") & (mine.day < "2025-01-01")).sum()
        assert row[["followed", "returned", "others"]].fillna(0).tolist() == [followed, returned, others]
        assert np.nan_to_num(row.expected) == pytest.approx(expected)


def test_the_later_spend_of_newcomers_is_set_against_others_of_channel_and_month(lines, valued):
    ours = fetch(gateways(valued)).set_index("sku")
    new = recount_newcomers(lines)
    days = lines[~lines.is_return & lines.customer.notna()].assign(day=lines.ordered_at.dt.normalize())
    days = days.merge(new[["customer", "day"]].rename(columns={"day": "first"}), on="customer", how="left")
    now = days[days.day.between("2024-01-01", "2024-12-31")]
    later = now[now.day > now["first"]].groupby("customer").gmv.sum()
    opening = sell(lines)[["customer", "day"]].drop_duplicates()
    named = new.merge(opening, on=["customer", "day"]).assign(month=lambda frame: frame.day.dt.to_period("M"))
    named["later"] = named.customer.map(later).fillna(0)
    repeat = now[~(now.day == now["first"])].gmv.sum()
    assert ours.seen_share.iloc[0] == pytest.approx(named.later.sum() / repeat)
    bought = sell(lines).merge(named, on=["customer", "day"], suffixes=("_line", ""))
    bought = bought.drop_duplicates(["customer", "sku"])
    for sku, row in ours.iterrows():
        own = expected = variance = customers = 0
        for (channel, month), part in bought[bought.sku == sku].groupby(["channel", "month"]):
            cell = named[(named.channel == channel) & (named.month == month)]
            rest = cell[~cell.customer.isin(part.customer)].later
            if len(rest) < 5:
                continue
            n = len(part)
            customers, own, expected = customers + n, own + part.later.sum(), expected + n * rest.mean()
            variance += cell.later.var() * n * (1 + n / len(rest))
        assert row[["customers", "later"]].fillna(0).tolist() == pytest.approx([customers, own])
        assert np.nan_to_num(row.later_expected) == pytest.approx(expected)
        assert np.nan_to_num(row.later_variance) == pytest.approx(variance, rel=1e-6, abs=1e-6)


def test_first_orders_are_those_of_a_newcomers_first_day(lines, valued, kept):
    ours = fetch(count_first_orders(kept, first_buys(valued, SINCE))).set_index("sku")
    new = recount_newcomers(lines).set_index("customer").day
    orders = sell(lines)[lambda frame: frame.customer.notna()].drop_duplicates(["sku", "channel", "order_id"])
    is_first = orders.customer.map(new) == orders.day
    assert ours["first"].to_dict() == is_first.groupby(orders.sku).sum().to_dict()
    assert ours.later.to_dict() == (~is_first).groupby(orders.sku).sum().to_dict()
    assert ours.all_first.unique().tolist() == [orders[is_first].drop_duplicates(["channel", "order_id"]).shape[0]]
    later = orders[~is_first]
    mine = later.drop_duplicates(["channel", "order_id"]).groupby("customer").size()
    assert ours.all_squares.unique().tolist() == [(mine**2).sum()]
    for sku, part in later.groupby("sku"):
        held = part.groupby("customer").size()
        assert (ours.later_squares[sku], ours.later_cross[sku]) == ((held**2).sum(), (held * mine[held.index]).sum())


def test_margins_take_the_mean_cost_of_a_code_given_twice(lines, tables, valued, kept):
    margins = measure_margins(kept, tables["products"])
    ours = fetch(margins).set_index("sku")
    units = sell(lines).groupby("sku").quantity.sum()
    assert ours.cost.to_dict() == pytest.approx({"P0": units["P0"] * 10, "P1": units["P1"] * 30})
    firsts = count_first_orders(kept, first_buys(valued, SINCE))
    best = fetch(list_products(total_products(kept), name_products(valued), firsts, margins, 5)).sort_values("place")
    assert best.gmv_before.tolist() == pytest.approx(best.gmv.cumsum().shift(fill_value=0).tolist())
    assert best.cost.notna().sum() == best.sku.isin(["P0", "P1"]).sum()
