"""What the data say on stated figures agrees with a recount in pandas."""

import pandas as pd
import pytest

from diagnostics.metrics.claims import (
    count_contacts,
    count_members,
    count_stores,
    share_categories,
    share_private,
    total_claims,
)
from diagnostics.metrics.lines import value_lines
from diagnostics.statistics.claims import judge_ratio, judge_share
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines


@pytest.fixture(scope="module", params=[1, 2])
def lines(request):
    frame = invent_lines(request.param)
    frame["category"] = [("面霜", "精华", None)[number % 3] for number in range(len(frame))]
    frame["store"] = [f"s{number % 5}" if number % 2 else None for number in range(len(frame))]
    frame["is_private"] = [(True, False, None)[number % 3] for number in range(len(frame))]
    return frame


@pytest.fixture(scope="module")
def table(lines):
    return value_lines(open_frames(connect(), {"order_lines": lines})["order_lines"], "paid")


def test_totals_agree(lines, table):
    row = fetch(total_claims(table)).iloc[0]
    selling = lines[~lines.is_return]
    known = selling[selling.customer.notna()].drop_duplicates(["customer", "channel", "order_id"])
    orders = known.groupby("customer").size()
    assert row.gmv == pytest.approx(lines.paid_amount.sum())
    assert row.orders == len(selling.drop_duplicates(["channel", "order_id"]))
    assert (row.orders_known, row.buyers, row.repeat_buyers) == (orders.sum(), len(orders), (orders > 1).sum())


def test_shares_and_counts_agree(lines, table):
    categories = fetch(share_categories(table)).set_index("category").gmv.dropna()
    expected = lines.groupby("category").paid_amount.sum()
    assert categories[expected.index].to_numpy() == pytest.approx(expected.to_numpy())
    assert fetch(count_stores(table)).stores.iloc[0] == lines[~lines.is_return].store.nunique()
    told = lines[lines.is_private.notna()]
    row = fetch(share_private(table)).iloc[0]
    assert row.gmv == pytest.approx(told.paid_amount.sum())
    assert row.private == pytest.approx(told[told.is_private.astype(bool)].paid_amount.sum())


def test_lost_contacts_and_former_members_are_not_counted():
    contacts = pd.DataFrame({"contact": ["a", "b", "b"], "lost_at": [None, "2024-01-01", None]})
    customers = pd.DataFrame({"customer": ["a", "b"], "channel": ["tmall", "jd"], "is_member": ["true", "false"]})
    tables = open_frames(connect(), {"contacts": contacts, "customers": customers})
    assert fetch(count_contacts(tables["contacts"])).contacts.iloc[0] == 2
    assert fetch(count_members(tables["customers"])).members.iloc[0] == 1


def test_a_figure_agrees_within_its_limit_or_inside_its_interval():
    assert judge_ratio(109, 100, 30, most=0.1) == "agrees"
    assert judge_ratio(111, 100, 30, most=0.1) == "differs"
    assert judge_ratio(111, 100, 29, most=0.1) == "too_few"
    assert judge_ratio(5, 0, 30, most=0.1) == "differs"
    assert judge_share(0.27, 0.2, 40, most=0.05, interval=(0.1, 0.35)) == "agrees"
    assert judge_share(0.27, 0.2, 40, most=0.05, interval=(0.15, 0.26)) == "differs"
