import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.account_assets import hold_accounts
from diagnostics.metrics.item_master import count_range
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.mechanics import count_pushes
from diagnostics.metrics.private_economics import count_contacts, count_loyal, sum_earnings
from diagnostics.metrics.profit import cost_lines
from diagnostics.metrics.tag_response import count_category_buyers, count_responses, mark_carriers
from diagnostics.metrics.tags import list_tagged
from diagnostics.metrics.two_views import total_views
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames

DAY = pd.Timestamp("2024-01-01")
YEAR = Period(start=DAY.date(), end=pd.Timestamp("2024-12-01").date())


def invent(seed):
    rng = np.random.default_rng(seed)
    names = np.array([f"{number:016x}" for number in rng.integers(0, 2**60, 60)])
    who = rng.integers(0, 60, 400)
    lines = pd.DataFrame(
        {
            "line_id": np.arange(400),
            "order_id": np.arange(400),
            "channel": "youzan",
            "customer": np.where(rng.random(400) < 0.1, None, names[who]),
            "ordered_at": DAY + pd.to_timedelta(rng.integers(0, 330, 400), unit="D"),
            "category": np.array(["a", "b", "c"])[rng.integers(0, 3, 400)],
            "product_id": np.array(["p", "q"])[rng.integers(0, 2, 400)],
            "quantity": 1,
            "paid_amount": rng.integers(10, 100, 400),
            "refund_amount": 0,
            "is_return": rng.random(400) < 0.05,
            "is_private": rng.random(400) < 0.4,
        }
    )
    held = rng.integers(0, 60, 120)
    contacts = pd.DataFrame(
        {
            "contact": [f"k{one}" for one in held],
            "customer": np.where(rng.random(120) < 0.2, None, names[held]),
            "staff": [f"s{one}" for one in rng.integers(0, 5, 120)],
            "added_at": DAY + pd.to_timedelta(rng.integers(0, 300, 120), unit="D"),
            "lost_at": np.where(rng.random(120) < 0.1, DAY + pd.Timedelta(days=310), pd.NaT),
            "tags": np.array(["宝妈,干皮", "学生", None])[rng.integers(0, 3, 120)],
        }
    )
    contacts["lost_at"] = pd.to_datetime(contacts.lost_at)
    touched = rng.integers(0, 60, 200)
    touches = pd.DataFrame(
        {
            "customer": names[touched],
            "touched_at": DAY + pd.to_timedelta(rng.integers(0, 300, 200), unit="D"),
            "answered": rng.random(200) < 0.3,
        }
    )
    products = pd.DataFrame({"product_id": ["p"], "unit_cost": [4.0], "category": ["a"], "list_price": [9.0]})
    frames = {"order_lines": lines, "contacts": contacts, "touches": touches, "products": products}
    return frames, open_frames(connect(), frames)


@pytest.fixture(scope="module", params=[1, 2])
def world(request):
    return invent(request.param)


def test_accounts_hold_alone_whom_no_other_account_holds(world):
    frames, tables = world
    asked = hold_accounts(tables["contacts"], value_lines(tables["order_lines"], "paid"), YEAR.end)
    got = fetch(asked).set_index("staff")
    kept = frames["contacts"][lambda one: one.lost_at.isna() | (one.lost_at >= pd.Timestamp(YEAR.end))]
    accounts = kept.dropna(subset="customer").groupby("customer").staff.nunique()
    alone = kept[kept.customer.isin(accounts[accounts == 1].index)].drop_duplicates(["customer", "staff"])
    sold = frames["order_lines"][~frames["order_lines"].is_return].groupby("customer").paid_amount.sum()
    for staff, row in got.iterrows():
        mine = alone[alone.staff == staff].customer
        assert row.contacts == kept[kept.staff == staff].contact.nunique()
        assert row.sole == len(mine)
        assert row.buyers == mine.isin(sold.index).sum()
        assert row.gmv == pytest.approx(sold.reindex(mine).sum())


def test_private_earnings_are_net_of_cost_where_it_is_known(world):
    frames, tables = world
    costed = cost_lines(value_lines(tables["order_lines"], "paid"), tables["products"])
    got = fetch(sum_earnings(costed)).sum()
    ours = frames["order_lines"][lambda one: one.is_private]
    known = ours[ours.product_id == "p"]
    assert float(got.net) == pytest.approx(ours.paid_amount.sum())
    assert float(got.earned) == pytest.approx(known.paid_amount.sum() - 4 * len(known))
    assert float(got.uncosted) == pytest.approx(ours[ours.product_id == "q"].paid_amount.sum())
    assert float(got.whole) == pytest.approx(frames["order_lines"].paid_amount.sum())


def test_loyal_buyers_bought_on_two_days(world):
    frames, tables = world
    got = fetch(count_loyal(value_lines(tables["order_lines"], "paid"))).set_index("is_private")
    sold = frames["order_lines"][lambda one: ~one.is_return].dropna(subset="customer")
    people = sold.groupby("customer").agg(ours=("is_private", "max"), days=("ordered_at", "nunique"))
    for kind in (True, False):
        mine = people[people.ours == kind]
        assert got.buyers.get(kind, 0) == len(mine)
        assert got["repeat"].get(kind, 0) == (mine.days > 1).sum()


def test_contacts_of_stores_are_those_held_nowhere_else():
    held = pd.DataFrame(
        {"contact": ["a", "a", "b", "c", "c"], "staff": list("12345"), "store": ["S", None, None, "S", "T"]}
    )
    got = fetch(count_contacts(open_frames(connect(), {"contacts": held})["contacts"])).iloc[0]
    assert (got.contacts, got.in_stores) == (3, 1)


def test_views_count_all_sales_and_known_buyers(world):
    frames, tables = world
    got = fetch(total_views(within(value_lines(tables["order_lines"], "paid"), YEAR))).iloc[0]
    lines = frames["order_lines"]
    sold = lines[~lines.is_return]
    assert float(got.gmv) == lines.paid_amount.sum()
    assert got.orders == sold.order_id.nunique()
    assert got.buyers == sold.customer.dropna().nunique()


def test_responses_follow_the_touch_within_a_week(world):
    frames, tables = world
    carriers = mark_carriers(list_tagged([tables["contacts"]]), {"mother": "宝妈"})
    lines = value_lines(tables["order_lines"], "paid")
    got = fetch(count_responses(tables["touches"], lines, carriers, ("mother",), 7)).iloc[0]
    tagged = frames["contacts"].dropna(subset=["customer", "tags"])
    mothers = set(tagged[tagged.tags.str.contains("宝妈")].customer)
    touches = frames["touches"][frames["touches"].customer.isin(set(tagged.customer))]
    sold = frames["order_lines"][~frames["order_lines"].is_return]

    def ordered(touch):
        after = sold[sold.customer == touch.customer].ordered_at - touch.touched_at
        return ((after > pd.Timedelta(0)) & (after <= pd.Timedelta(days=7))).any()

    hits = np.array([ordered(touch) for touch in touches.itertuples()])
    is_mother = touches.customer.isin(mothers).to_numpy()
    assert (got.touched, got.ordered) == (len(touches), hits.sum())
    assert (got.mother_touched, got.mother_ordered) == (is_mother.sum(), (hits & is_mother).sum())
    assert got.answered == touches.answered.sum()


def test_category_buyers_are_people_not_orders(world):
    frames, tables = world
    carriers = mark_carriers(list_tagged([tables["contacts"]]), {"mother": "宝妈"})
    got = fetch(count_category_buyers(value_lines(tables["order_lines"], "paid"), carriers, ("mother",)))
    tagged = frames["contacts"].dropna(subset=["customer", "tags"])
    mothers = set(tagged[tagged.tags.str.contains("宝妈")].customer)
    sold = frames["order_lines"][lambda one: ~one.is_return & one.customer.isin(set(tagged.customer))]
    for row in got.itertuples():
        people = set(sold.customer if pd.isna(row.category) else sold[sold.category == row.category].customer)
        assert (row.buyers, row.mother) == (len(people), len(people & mothers))


def test_pushes_are_counted_by_person_and_week(world):
    frames, tables = world
    got = fetch(count_pushes(tables["touches"], YEAR, 1)).iloc[0]
    weeks = frames["touches"].groupby(["customer", frames["touches"].touched_at.dt.to_period("W-SUN")]).size()
    assert (got.weeks, got.over) == (len(weeks), (weeks > 1).sum())


def test_the_range_of_a_category_is_its_items_on_file(world):
    _, tables = world
    assert fetch(count_range(tables["products"])).to_dict("records") == [
        {"category": "a", "products": 1, "low": 9.0, "high": 9.0}
    ]
