"""Joins by day and buyers of new items among those told agree with a recount in pandas."""

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.campaign_openings import (
    count_groups,
    count_joins,
    count_new_buyers,
    count_told,
    list_pushes,
    rank_customers,
)
from diagnostics.metrics.lines import value_lines
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines

DAY = pd.Timedelta(days=1)


@pytest.fixture(scope="module", params=[1, 2])
def world(request):
    rng = np.random.default_rng(request.param)
    lines = invent_lines(request.param)
    lines["product_id"] = rng.choice([f"p{number}" for number in range(12)], len(lines))
    people = lines.customer.dropna().unique()
    last = lines.ordered_at.max().normalize()
    customers = pd.DataFrame(
        {
            "customer": [*people, "never"],
            "joined_on": last - pd.to_timedelta(rng.integers(0, 120, len(people) + 1), "D"),
        }
    )
    touches = pd.DataFrame(
        {
            "customer": rng.choice(people, 400),
            "touched_at": last - pd.to_timedelta(rng.choice([20, 25, 40], 400), "D"),
            "kind": rng.choice(["上新推送", "关怀"], 400),
            "campaign": None,
        }
    )
    items = lines.product_id.unique()
    launches = last - pd.to_timedelta(rng.integers(10, 90, len(items)), "D")
    products = pd.DataFrame({"product_id": items, "launched_on": launches})
    frames = {"order_lines": lines, "customers": customers, "touches": touches, "products": products}
    return frames, open_frames(connect(), frames), (last + DAY).date()


def sold(lines):
    mine = lines[~lines.is_return & lines.customer.notna()]
    return mine.assign(day=mine.ordered_at.dt.normalize())


def test_joins_agree(world):
    frames, tables, _ = world
    found = fetch(count_joins(tables["customers"], value_lines(tables["order_lines"], "paid"))).set_index("day")
    first = sold(frames["order_lines"]).groupby("customer").day.min()
    mine = frames["customers"].assign(first=frames["customers"].customer.map(first))
    mine["known"] = mine["first"] < mine.joined_on
    mine["bought"] = (mine["first"] >= mine.joined_on) & (mine["first"] < mine.joined_on + 30 * DAY)
    expected = mine.groupby("joined_on").agg(
        joins=("customer", "size"), known=("known", "sum"), bought=("bought", "sum")
    )
    found.index = pd.to_datetime(found.index)
    pd.testing.assert_frame_equal(
        found.sort_index().astype(int),
        expected.astype(int),
        check_names=False,
        check_index_type=False,
        check_freq=False,
    )


def test_buyers_of_new_items_agree(world):
    frames, tables, until = world
    lines = value_lines(tables["order_lines"], "paid")
    named, pushes = list_pushes(tables["touches"], until)
    people = rank_customers(lines, pushes)
    told = fetch(count_told(named, pushes, people)).set_index(["push", "is_high"])
    bought = fetch(count_new_buyers(named, pushes, people, lines, tables["products"])).set_index(["push", "is_high"])
    groups = fetch(count_groups(people)).set_index("is_high").n
    mine = sold(frames["order_lines"])
    touches = frames["touches"][frames["touches"].kind == "上新推送"]
    days = sorted(touches.touched_at.unique())
    assert sorted(pd.to_datetime(told.index.get_level_values("push").unique())) == days
    spent = mine[mine.day < days[0]].groupby("customer").paid_amount.sum()
    assert groups.sum() == len(spent)
    assert groups[True] == -(-len(spent) // 5)
    high = set(fetch(people.filter(people.is_high)).customer)
    assert spent[spent.index.isin(high)].min() >= spent[~spent.index.isin(high)].max()
    items = mine.merge(frames["products"], on="product_id")
    for (push, is_high), row in told.iterrows():
        day = pd.Timestamp(push)
        group = {name for name in spent.index if (name in high) == is_high}
        near = set(touches[touches.touched_at.between(day, day + 13 * DAY)].customer) & group
        on_day = set(touches[touches.touched_at == day].customer) & group
        fresh = items[items.day.between(day, day + 13 * DAY)]
        fresh = fresh[(fresh.launched_on > day - 60 * DAY) & (fresh.launched_on <= day)]
        buyers = set(fresh.customer) & group
        assert (row.told, row.near) == (len(on_day), len(near))
        if buyers:
            counted = bought.loc[(push, is_high)]
            assert (counted.bought, counted.told_bought, counted.near_bought) == (
                len(buyers),
                len(buyers & on_day),
                len(buyers & near),
            )
