"""Sums by promotion phase, by quarter, by kind of product and of the private domain agree with a recount in pandas."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.lever_quarters import sum_quarters
from diagnostics.metrics.levers import cover_months
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.phases import sum_phases
from diagnostics.metrics.private_share import sum_private
from diagnostics.metrics.product_changes import compare_products, sum_products
from diagnostics.model.period import Period
from diagnostics.model.promotions import list_inside, read_promotions
from diagnostics.statistics.product_bridge import bridge_products
from diagnostics.workbook.catalog import read_catalog
from diagnostics.workbook.engine import connect, fetch, open_frames, print_sql, unbound_tables
from tests.metrics.invented import invent_lines

PREVIOUS = Period(start=date(2023, 1, 1), end=date(2024, 1, 1))
CURRENT = Period(start=date(2024, 1, 1), end=date(2025, 1, 1))
PROMOTIONS = list_inside(read_promotions(read_catalog("promotions.csv"), "CNY"), PREVIOUS, CURRENT)


def invent(seed):
    rng = np.random.default_rng(seed)
    lines = invent_lines(seed)
    late = lines.ordered_at >= "2024-01-01"
    code = rng.integers(0, 30, len(lines))
    # Codes from 20 on sell only in one of the two years, some lines carry none.
    code = np.where((code >= 25) & ~late, code - 25, np.where((code >= 20) & (code < 25) & late, code - 20, code))
    lines["product_id"] = [f"p{number}" if rng.random() < 0.95 else None for number in code]
    lines["is_private"] = rng.choice([True, False, None], len(lines), p=[0.3, 0.6, 0.1])
    lines["gmv"] = lines.paid_amount - lines.refund_amount
    lines = lines[lines.ordered_at < "2025-01-01"]
    tables = open_frames(connect(), {"order_lines": lines.drop(columns="gmv")})
    return lines.assign(late=late), value_lines(tables["order_lines"], "paid_net")


def test_phases_agree_with_a_walk_through_the_days():
    lines, valued = invent(1)
    phase = pd.Series("ordinary", index=lines.index)
    for promotion in PROMOTIONS:
        inside = (lines.ordered_at.dt.date >= promotion.days.start) & (lines.ordered_at.dt.date < promotion.days.end)
        phase[inside] = promotion.phase
    ours = fetch(sum_phases(mark_compared(valued, PREVIOUS, CURRENT), PROMOTIONS))
    theirs = lines.groupby(["channel", lines.late, phase]).gmv.sum()
    found = ours.groupby(["channel", "is_current", "phase"]).gmv.sum()
    np.testing.assert_allclose(found.sort_index().to_numpy(), theirs.sort_index().to_numpy(), atol=1e-6)
    assert phase.nunique() > 6


def test_quarters_agree_with_a_recount():
    lines, valued = invent(2)
    ours = fetch(sum_quarters(cover_months(mark_compared(valued, PREVIOUS, CURRENT), None)))
    selling = lines[~lines.is_return & lines.customer.notna()]
    keys = [selling.channel, selling.late, (selling.ordered_at.dt.month - 1) // 3]
    known = ours[ours.known].set_index(["channel", "is_current", "quarter"]).sort_index()
    assert known.buyers.tolist() == selling.groupby(keys).customer.nunique().sort_index().tolist()
    assert ours.gmv.sum() == pytest.approx(lines.gmv.sum())


@pytest.mark.parametrize("seed", [3, 4])
def test_products_agree_with_a_recount_and_the_bridge_with_the_change(seed):
    lines, valued = invent(seed)
    marked = mark_compared(valued, PREVIOUS, CURRENT)
    changes = compare_products(marked)
    bridge = bridge_products(fetch(sum_products(marked, changes)))
    wide = lines.pivot_table(
        index="product_id", columns="late", values=["quantity", "paid_amount"], aggfunc="sum", fill_value=0
    )
    old, new = wide.quantity[False], wide.quantity[True]
    came, went, stayed = (old == 0) & (new > 0), (old > 0) & (new == 0), (old > 0) & (new > 0)
    counts = fetch(changes).kind.value_counts()
    assert (counts["entered"], counts["left"], counts["stayed"]) == (came.sum(), went.sum(), stayed.sum())
    assert counts.sum() == lines.product_id.nunique()
    paid = wide.paid_amount
    prices = (paid[True] / new - paid[False] / old)[stayed]
    assert bridge.effects["entered"] == pytest.approx(paid[True][came].sum())
    assert bridge.effects["left"] == pytest.approx(-paid[False][went].sum())
    assert bridge.effects["price"] == pytest.approx((prices * (old + new)[stayed] / 2).sum())
    assert bridge.effects["refunds"] == pytest.approx(
        -lines.refund_amount[lines.late].sum() + lines.refund_amount[~lines.late].sum()
    )
    assert sum(bridge.effects.values()) == pytest.approx(bridge.after - bridge.before, abs=1e-6)
    assert bridge.after == pytest.approx(lines.gmv[lines.late].sum())


def test_the_private_share_agrees_with_a_recount():
    lines, valued = invent(5)
    ours = fetch(sum_private(valued))
    assert ours.private.sum() == pytest.approx(lines.gmv[lines.is_private == True].sum())  # noqa: E712 - may be empty
    assert ours.undecided.sum() == pytest.approx(lines.gmv[lines.is_private.isna()].sum())
    assert ours.gmv.sum() == pytest.approx(lines.gmv.sum())


@pytest.mark.parametrize("dialect", ["duckdb", "trino", "clickhouse"])
def test_the_questions_can_be_asked_of_other_engines(dialect):
    valued = value_lines(unbound_tables()["order_lines"], "paid")
    marked = mark_compared(valued, PREVIOUS, CURRENT)
    for expression in (
        sum_phases(marked, PROMOTIONS),
        sum_quarters(cover_months(marked, None)),
        sum_products(marked, compare_products(marked)),
        sum_private(valued),
    ):
        assert "SELECT" in print_sql(expression, dialect)
