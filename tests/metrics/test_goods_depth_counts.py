"""Margins, coupons, next products, price bands, votes, moves, spend and touches agree with a recount in pandas."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.acquisition import AGES, count_newcomers, list_costs, value_newcomers
from diagnostics.metrics.assortment import total_products, total_tenths
from diagnostics.metrics.campaign_days import list_campaigns, total_daily_sales
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.concentration import measure_squares
from diagnostics.metrics.coupons import count_coupon_orders, count_coupon_returns
from diagnostics.metrics.customers import total_customers
from diagnostics.metrics.days import purchase_days
from diagnostics.metrics.entry_codes import count_codes
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.margins import list_margin_lines, total_margin_buckets, total_margin_months
from diagnostics.metrics.moved import count_moves, count_sides, list_places
from diagnostics.metrics.next_items import count_next, list_turns
from diagnostics.metrics.price_bands import EDGES, count_band_lines, mark_bands, total_bands
from diagnostics.metrics.products import key_products
from diagnostics.metrics.profit import cost_lines, spend_days
from diagnostics.metrics.returns import pick_firsts
from diagnostics.metrics.touch_load import compare_within, count_loads, list_losses, mark_loads
from diagnostics.metrics.votes import count_votes
from diagnostics.model.period import Horizon, Period
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines

SINCE, AS_OF = date(2023, 3, 1), date(2025, 1, 1)
HISTORY = Period(start=date(2023, 1, 1), end=AS_OF)
PREVIOUS, CURRENT = (Period(start=date(year, 1, 1), end=date(year + 1, 1, 1)) for year in (2023, 2024))
HORIZON = Horizon(history=HISTORY, current=CURRENT, previous=PREVIOUS)
COSTS = {f"P{place}": 10.0 + place for place in range(6)}


@pytest.fixture(scope="module")
def lines():
    rng = np.random.default_rng(31)
    found = invent_lines(31, count=1600)
    code = rng.integers(0, 8, len(found))
    found["product_id"] = [f"P{number}" for number in code]
    found["product"] = [f"product {number}" for number in code]
    found["category"] = np.array(["cup", "tea", None], dtype=object)[code % 3]
    found["used_coupon"] = np.where(rng.random(len(found)) < 0.2, None, rng.random(len(found)) < 0.5)
    return found


@pytest.fixture(scope="module")
def tables(lines):
    costs = pd.DataFrame({"product_id": list(COSTS), "unit_cost": list(COSTS.values())})
    return open_frames(connect(), {"order_lines": lines, "products": costs})


@pytest.fixture(scope="module")
def valued(tables):
    return value_lines(tables["order_lines"], "paid")


@pytest.fixture(scope="module")
def firsts(valued):
    return pick_firsts(purchase_days(valued), SINCE)


def sell(lines):
    selling = lines[~lines.is_return].assign(day=lambda frame: frame.ordered_at.dt.normalize())
    return selling.assign(year=selling.day.dt.year, month=selling.day.dt.to_period("M").dt.to_timestamp())


def list_days(lines):
    """One row a known customer and day: channel of the day's first line, turn and the next day."""
    known = sell(lines)[lambda frame: frame.customer.notna()].sort_values(["ordered_at", "channel"])
    days = known.groupby(["customer", "day"], as_index=False).channel.first()
    days["turn"] = days.groupby("customer").cumcount()
    days["next_day"] = days.groupby("customer").day.shift(-1)
    return days


def test_margins_count_what_was_paid_and_what_it_cost(lines, tables, valued):
    marked = mark_compared(key_products(cost_lines(valued, tables["products"])), PREVIOUS, CURRENT)
    known = list_margin_lines(marked)
    theirs = sell(lines).assign(unit=lambda frame: frame.category.fillna(""), cost=lambda frame: frame.product_id)
    theirs["cost"] = theirs.product_id.map(COSTS) * theirs.quantity
    theirs = theirs[theirs.cost.notna()].assign(is_current=lambda frame: frame.year == 2024)
    wanted = theirs.groupby(["unit", "is_current"])[["paid_amount", "cost"]].sum()
    for ours in (fetch(total_margin_months(known, "unit")), fetch(total_margin_buckets(known, "unit"))):
        sums = ours.groupby(["unit", "is_current"])[["sold", "cost"]].sum()
        assert sums.to_numpy() == pytest.approx(wanted.to_numpy())
    by_sku = fetch(total_margin_months(known, "sku")).groupby("unit").sold.sum()
    assert by_sku.to_dict() == pytest.approx(theirs.groupby("product_id").paid_amount.sum().to_dict())


def test_an_order_has_a_coupon_if_one_of_its_lines_has(lines, valued):
    ours = fetch(count_coupon_orders(valued)).set_index(["channel", "with_coupon"])
    told = sell(lines)[lambda frame: frame.used_coupon.notna()].astype({"used_coupon": bool})
    orders = told.groupby(["channel", "order_id"]).agg(
        with_coupon=("used_coupon", "max"), listed=("list_amount", "sum"), paid=("paid_amount", "sum")
    )
    wanted = orders.groupby(["channel", "with_coupon"]).agg(
        orders=("paid", "size"), listed=("listed", "sum"), paid=("paid", "sum")
    )
    assert ours.orders.to_dict() == wanted.orders.to_dict()
    assert ours.listed.to_dict() == pytest.approx(wanted.listed.to_dict())
    assert ours.paid.to_dict() == pytest.approx(wanted.paid.to_dict())


def test_returns_are_split_by_the_coupon_of_the_first_day(lines, valued, firsts):
    ours = fetch(count_coupon_returns(valued, firsts, AS_OF, 90))
    told = sell(lines)[lambda frame: frame.used_coupon.notna() & frame.customer.notna()].astype({"used_coupon": bool})
    coupon = told.groupby(["customer", "day"]).used_coupon.max()
    counts = {}
    days = list_days(lines)
    for row in days[days.turn == 0].itertuples():
        key = (row.customer, row.day)
        if row.day < pd.Timestamp(SINCE) or row.day + pd.Timedelta(days=90) >= pd.Timestamp(AS_OF) or key not in coupon:
            continue
        returned = pd.notna(row.next_day) and (row.next_day - row.day).days <= 90
        plain = returned and coupon.get((row.customer, row.next_day)) == False  # noqa: E712 - None is not False
        cell = (row.channel, row.day.to_period("M").to_timestamp(), bool(coupon[key]))
        counts[cell] = np.add(counts.get(cell, (0, 0, 0)), (1, returned, plain))
    found = ours.set_index(["channel", "month", "with_coupon"])[["followed", "returned", "returned_plain"]]
    assert {key: tuple(row) for key, row in zip(found.index, found.to_numpy(), strict=True)} == {
        key: tuple(row) for key, row in counts.items()
    }


def test_next_products_are_set_against_their_cell(lines, valued):
    ours = fetch(count_next(list_turns(key_products(valued), purchase_days(valued)))).set_index(["sku", "other"])
    bought = sell(lines)[lambda frame: frame.customer.notna()].drop_duplicates(["customer", "day", "product_id"])
    held = bought.groupby(["customer", "day"]).product_id.apply(frozenset)
    days = list_days(lines)
    rows = []
    for customer, part in days[days.turn <= 1].groupby("customer"):
        if len(part) == 2:
            one, two = part.day
            size = sum(len(held[customer, two]) > 2**power for power in range(6))
            rows.append((held[customer, one], held[customer, two], (part.channel.iloc[1], two.to_period("Q"), size)))
    together, expected, began = {}, {}, {}
    for cell in {row[2] for row in rows}:
        mine = [row for row in rows if row[2] == cell]
        if len(mine) < 5:
            continue
        for sku in {sku for first, _, _ in mine for sku in first}:
            began[sku] = began.get(sku, 0) + sum(sku in row[0] for row in mine)
            for other in {sku for _, second, _ in mine for sku in second}:
                a, b = sum(sku in row[0] for row in mine), sum(other in row[1] for row in mine)
                both = sum(sku in row[0] and other in row[1] for row in mine)
                together[sku, other] = together.get((sku, other), 0) + both
                expected[sku, other] = expected.get((sku, other), 0.0) + a * b / len(mine)
    assert ours.together.to_dict() == together
    assert ours.expected.to_dict() == pytest.approx(expected)
    assert ours.customers.to_dict() == {(sku, other): began[sku] for sku, other in together}


def test_price_bands_hold_every_priced_line_once(lines, valued, firsts):
    marked = mark_bands(valued, EDGES)
    ours = fetch(total_bands(marked)).set_index("band")
    theirs = sell(lines)[lambda frame: (frame.quantity > 0) & (frame.paid_amount > 0)]
    theirs = theirs.assign(band=np.searchsorted(EDGES, theirs.paid_amount / theirs.quantity, side="right"))
    assert ours.gmv.to_dict() == pytest.approx(theirs.groupby("band").paid_amount.sum().to_dict())
    orders = theirs.drop_duplicates(["band", "channel", "order_id"]).groupby("band").size()
    assert ours.orders.to_dict() == orders.to_dict()
    counted = fetch(count_band_lines(marked, firsts)).groupby("band")[["first", "later"]].sum()
    opened = list_days(lines)[lambda frame: (frame.turn == 0) & (frame.day >= pd.Timestamp(SINCE))]
    known = theirs[theirs.customer.notna()].merge(opened[["customer", "day"]].assign(new=True), how="left")
    assert counted["first"].to_dict() == known.groupby("band").new.count().to_dict()
    assert counted.sum(axis=1).to_dict() == known.groupby("band").size().to_dict()


def test_votes_count_before_the_first_sale_only(lines, valued):
    first = sell(lines).groupby("product_id").day.min()
    rng = np.random.default_rng(3)
    code = rng.choice([f"P{number}" for number in range(8)], 200)
    day = [
        first[sku] + pd.Timedelta(days=int(shift)) for sku, shift in zip(code, rng.integers(-9, 9, 200), strict=True)
    ]
    votes = pd.DataFrame({"product_id": code, "day": day, "score": rng.choice(["0", "1", None], 200)})
    feedback = open_frames(connect(), {"feedback": votes, "order_lines": lines})
    ours = fetch(count_votes(feedback["feedback"], value_lines(feedback["order_lines"], "paid"), AS_OF, 90))
    counted = votes[(votes.day < votes.product_id.map(first)) & (votes.score != "0")].groupby("product_id").size()
    assert ours.set_index("sku").votes.to_dict() == counted.to_dict()
    early = sell(lines)[lambda frame: frame.day < frame.product_id.map(first) + pd.Timedelta(days=90)]
    units = early.groupby("product_id").quantity.sum()
    assert ours.set_index("sku").units.to_dict() == units[counted.index].to_dict()


def test_moves_are_those_of_customers_who_left_and_arrived(lines, valued):
    places = list_places(valued, PREVIOUS, CURRENT)
    sides = fetch(count_sides(places)).groupby(["channel", "state"]).customers.sum()
    moves = fetch(count_moves(places)).groupby(["first", "second"])[["took", "took_left", "others", "left"]].sum()
    known = sell(lines)[lambda frame: frame.customer.notna()]
    bought = {key: set(part.customer) for key, part in known.groupby(["channel", "year"])}
    for channel in known.channel.unique():
        before, now = bought[channel, 2023], bought[channel, 2024]
        assert sides[channel, "lost"] == len(before - now)
        assert sides[channel, "new"] == len(now - before)
    for (first, second), row in moves.iterrows():
        fresh = bought[first, 2023] - bought[second, 2023]
        took = fresh & bought[second, 2024]
        gone = fresh - bought[first, 2024]
        assert row.tolist() == [len(took), len(took & gone), len(fresh - took), len(gone - took)]


def test_a_channel_that_is_gone_is_followed_too(lines):
    gone = lines[lines.ordered_at < "2024-01-01"].assign(channel="closed", paid_amount=1000.0)
    many = pd.concat([lines.assign(channel=[f"c{number % 7}" for number in range(len(lines))]), gone])
    many = many.assign(line_id=[str(number) for number in range(len(many))])
    valued = value_lines(open_frames(connect(), {"order_lines": many})["order_lines"], "paid")
    sides = fetch(count_sides(list_places(valued, PREVIOUS, CURRENT)))
    assert sides.channel.nunique() == 6
    lost = sides[(sides.channel == "closed") & (sides.state == "lost")].customers.sum()
    assert lost == sell(gone)[lambda frame: frame.year == 2023].customer.nunique()
    assert set(sides[sides.channel == "closed"].state) == {"lost"}


def test_newcomers_are_valued_as_long_as_they_were_seen(lines, tables, valued, firsts):
    days = spend_days(cost_lines(valued, tables["products"]))
    ours = fetch(value_newcomers(firsts, days, HORIZON)).groupby("channel").sum(numeric_only=True)
    opened = list_days(lines)[lambda frame: (frame.turn == 0) & (frame.day >= pd.Timestamp(SINCE))]
    spent = lines[lines.customer.notna()].assign(day=lines.ordered_at.dt.normalize())
    spent = spent.assign(net=spent.paid_amount - spent.refund_amount)
    joined = spent.merge(opened[["customer", "day", "channel"]], on="customer", suffixes=("", "_first"))
    joined["lived"] = (joined.day - joined.day_first).dt.days
    for age in AGES:
        followed = opened[opened.day + pd.Timedelta(days=30 * age) <= pd.Timestamp(AS_OF)]
        seen = joined[joined.lived.between(0, 30 * age - 1) & joined.customer.isin(followed.customer)]
        assert ours[f"followed_{age}"].to_dict() == followed.groupby("channel").size().to_dict()
        each = seen.groupby(["channel_first", "customer"]).net.sum()
        assert ours[f"net_{age}"].to_dict() == pytest.approx(each.groupby("channel_first").sum().to_dict())
        squares = (each**2).groupby("channel_first").sum()
        assert ours[f"squares_{age}"].to_dict() == pytest.approx(squares.to_dict())
    newcomers = fetch(count_newcomers(firsts)).groupby("channel").newcomers.sum()
    assert newcomers.to_dict() == opened.groupby("channel").size().to_dict()


def test_spend_and_campaigns_are_added_up_by_window(lines):
    rows = [
        ("a", "tmall", "2024-01-05", "2024-01-12", "10", "promo"),
        ("a", "tmall", "2024-01-05", "2024-01-12", "5", "promo"),
        ("b", None, "2024-02-01", "2024-03-01", "7", "ads"),
        ("old", "tmall", "2020-01-01", "2020-02-01", "9", "ads"),
        ("free", "store", "2024-05-01", "2024-05-03", None, "promo"),
    ]
    frame = pd.DataFrame(rows, columns=["campaign", "channel", "starts_on", "ends_on", "cost", "kind"])
    opened = open_frames(connect(), {"campaigns": frame, "order_lines": lines})
    costs = fetch(list_costs(opened["campaigns"], HORIZON)).set_index("campaign")
    assert costs.cost.to_dict() == {"a": 15.0, "b": 7.0}
    assert costs.channel["b"] == ""
    campaigns = list_campaigns(opened["campaigns"], HISTORY)
    assert set(fetch(campaigns).campaign) == {"a", "b", "free"}
    daily = fetch(total_daily_sales(value_lines(opened["order_lines"], "paid"), campaigns))
    assert set(daily.channel) == {"tmall", "store", ""}
    assert daily.gmv[daily.channel == ""].sum() == pytest.approx(lines.paid_amount.sum())


def test_codes_count_contacts_added_in_the_period():
    frame = pd.DataFrame(
        {"contact": ["a", "b", "b", "c"], "source": ["x", "x", "x", None], "added_at": ["2024-02-01"] * 3 + [None]}
    )
    table = open_frames(connect(), {"contacts": frame})["contacts"]
    assert fetch(count_codes(table, CURRENT)).set_index("code").added.to_dict() == {"x": 2}
    assert fetch(count_codes(table, PREVIOUS)).empty


def test_products_by_tenths_and_squared_shares_of_customers(lines, valued):
    tenths = fetch(total_tenths(total_products(key_products(valued)))).sort_values("tenth")
    gmv = lines.groupby("product_id").paid_amount.sum().sort_values(ascending=False)
    assert tenths["products"].sum() == len(gmv)
    assert tenths.gmv.tolist() == pytest.approx(gmv.tolist())
    spent = sell(lines)[lambda frame: frame.customer.notna()].groupby("customer").paid_amount.sum()
    squares = fetch(measure_squares(total_customers(spend_days(cost_lines(valued, None))))).concentration.iloc[0]
    assert squares == pytest.approx(((spent / spent.sum()) ** 2).sum())


def invent_touches(seed, count=1500):
    rng = np.random.default_rng(seed)
    who = rng.integers(0, 40, count)
    minute = rng.permutation(180 * 1440)[:count]
    frame = pd.DataFrame(
        {
            "customer": [f"{number:032x}" for number in who * 7919],
            "touched_at": pd.Timestamp("2024-01-01") + pd.to_timedelta(minute, unit="min"),
            "kind": rng.choice(["sms", "group"], count),
            "answered": rng.random(count) < 0.3,
        }
    )
    keys = sorted(set(frame.customer))
    contacts = pd.DataFrame({"contact": keys, "customer": keys, "lost_at": None})
    contacts.loc[:15, "lost_at"] = pd.Timestamp("2024-05-15")
    return frame.sort_values(["customer", "touched_at"], ignore_index=True), contacts


def test_the_load_of_a_touch_is_what_came_in_the_thirty_days_before():
    frame, contacts = invent_touches(5)
    opened = open_frames(connect(), {"touches": frame, "contacts": contacts})
    since, until = date(2024, 1, 1), date(2024, 7, 1)
    marked = mark_loads(opened["touches"], since, until, list_losses(opened["contacts"]))
    frame["load"] = 0
    for _, part in frame.groupby("customer"):
        for place, at in part.touched_at.items():
            earlier = ((part.touched_at < at) & (part.touched_at > at - pd.Timedelta(days=30))).sum()
            frame.loc[place, "load"] = sum(earlier >= step for step in (1, 2, 4, 8))
    frame["day"] = frame.touched_at.dt.normalize()
    kept = frame[frame.day >= "2024-01-31"].merge(contacts, on="customer")
    gone = kept.lost_at.astype("datetime64[ns]").dt.normalize()
    kept["followed"] = (gone.isna() | (gone >= kept.day)) & (kept.day + pd.Timedelta(days=14) <= pd.Timestamp(until))
    kept["lost"] = kept.followed & (gone <= kept.day + pd.Timedelta(days=14))
    ours = fetch(count_loads(marked)).groupby(["segment", "load"])[["touches", "answered", "followed", "lost"]].sum()
    wanted = kept.groupby(["kind", "load"]).agg(
        touches=("day", "size"), answered=("answered", "sum"), followed=("followed", "sum"), lost=("lost", "sum")
    )
    assert ours.to_numpy().tolist() == wanted.to_numpy().tolist()
    within = fetch(compare_within(marked)).groupby("segment")[["strata", "weight", "light", "heavy"]].sum()
    sums = {}
    for (kind, _, _), part in kept.groupby(["kind", "customer", kept.day.dt.to_period("Q")]):
        light, heavy = part[part.load <= 1], part[part.load >= 3]
        if len(light) and len(heavy):
            weight = len(light) * len(heavy) / (len(light) + len(heavy))
            shares = (1, weight, weight * light.answered.mean(), weight * heavy.answered.mean())
            sums[kind] = np.add(sums.get(kind, (0, 0, 0, 0)), shares)
    for kind, row in sums.items():
        assert within.loc[kind].tolist() == pytest.approx(list(row))
