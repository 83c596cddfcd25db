"""Who looks after top customers, and what orders say of the market, agree with a recount in pandas."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.market_facts import spread_unit_prices, total_period
from diagnostics.metrics.vip_care import count_care, count_keepers, list_keepers, mark_care, rank_buyers
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames
from tests.metrics.invented import invent_lines

AS_OF = date(2025, 1, 1)
YEAR = Period(start=date(2024, 1, 1), end=AS_OF)


@pytest.fixture(scope="module", params=[1, 2])
def lines(request):
    return invent_lines(request.param)


@pytest.fixture(scope="module")
def table(lines):
    return value_lines(open_frames(connect(), {"order_lines": lines})["order_lines"], "paid")


def inside(lines):
    return lines[(lines.ordered_at >= "2024-01-01") & ~lines.is_return]


def test_sales_and_unit_prices_of_a_period_agree(lines, table):
    row = fetch(total_period(table, YEAR)).iloc[0]
    mine = inside(lines)
    orders = mine.drop_duplicates(["channel", "order_id"])
    assert row.orders == len(orders)
    assert (row.known_orders, row.buyers) == (orders.customer.notna().sum(), orders.customer.nunique())
    prices = fetch(spread_unit_prices(table, YEAR)).iloc[0]
    own = (mine.paid_amount / mine.quantity).round(2)
    expected = [np.quantile(own, share, method="inverted_cdf") for share in (0.25, 0.5, 0.75)]
    # Half a cent goes up on the engine and to the even cent in numpy.
    assert [prices.low, prices.middle, prices.high] == pytest.approx(expected, abs=0.011)
    assert prices.n == len(mine)


def test_keepers_and_talk_agree(lines):
    rng = np.random.default_rng(3)
    customers = lines.customer.dropna().unique()
    contacts = pd.DataFrame(
        {
            "contact": [f"k{number}" for number in range(80)],
            "customer": rng.choice(customers, 80),
            "staff": rng.choice(["a", "b", None], 80),
            "added_at": pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.permutation(700)[:80], unit="D"),
            "lost_at": np.where(rng.random(80) < 0.2, "2024-06-01", None),
        }
    )
    touches = pd.DataFrame(
        {
            "customer": rng.choice(customers, 60),
            "touched_at": pd.Timestamp("2024-08-01") + pd.to_timedelta(rng.integers(0, 153, 60), unit="D"),
        }
    )
    tables = open_frames(connect(), {"order_lines": lines, "contacts": contacts, "touches": touches})
    ranked = rank_buyers(value_lines(tables["order_lines"], "paid"))
    marked = mark_care(ranked, list_keepers(tables["contacts"], AS_OF), tables["touches"], AS_OF)
    found = fetch(count_care(marked)).set_index("is_top")

    known = lines[lines.customer.notna() & ~lines.is_return]
    gmv = known.groupby("customer").paid_amount.sum().reset_index()
    gmv = gmv.sort_values(["paid_amount", "customer"], ascending=[False, True], ignore_index=True)
    top = set(gmv.customer.head(-(-len(gmv) // 5)))
    held = contacts[contacts.lost_at.isna()].sort_values("added_at").groupby("customer").tail(1)
    kept = set(held[held.staff.notna()].customer)
    last = touches.groupby("customer").touched_at.max()
    recent = {who for who, day in last.items() if (pd.Timestamp(AS_OF) - day).days <= 30}
    assert found.buyers[True] == len(top)
    assert found.kept[True] == len(top & kept)
    assert found.contacts[True] == len(top & set(held.customer))
    assert found.recent[True] == len(top & kept & recent)
    assert found.kept[False] == len((set(gmv.customer) - top) & kept)
    assert found.recent[False] + found.late[False] + found.silent[False] == found.kept[False]
    assert fetch(count_keepers(marked)).tops.sum() == len(top & kept)
