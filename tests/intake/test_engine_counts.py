"""Order lines counted by expressions on an engine are counted as pile by pile in this process."""

import random
from datetime import datetime, timedelta

import pandas as pd
import pyarrow as pa
import pytest

from diagnostics.intake.orders.deal import choose_piles
from diagnostics.intake.totals.engine_counts import count_on_engine
from diagnostics.intake.totals.line_counts import LineCounter
from diagnostics.intake.vault import shape
from diagnostics.intake.working import column, filter_rows
from diagnostics.workbook.engine import connect, fetch

CHANNELS = ("douyin", "xiaohongshu", "store")
PILES = 3


def invent_rows(draw, count, times, amounts):
    """Rows of some seventy orders on three channels, a part of whose cells are empty."""
    start = datetime(2025, 1, 25)  # noqa: DTZ001 - platforms write their own clock
    rows = [
        {
            "order_id": f"{draw.randrange(70)}",
            "channel": draw.choice(CHANNELS),
            **{name: start + timedelta(hours=draw.randrange(2_000)) if draw.random() < 0.4 else None for name in times},
            **{name: draw.randrange(-500, 20_000) / 100 if draw.random() < 0.8 else None for name in amounts},
        }
        for _ in range(count)
    ]
    return pa.Table.from_pylist(rows)


def invent_tables(seed):
    draw = random.Random(seed)  # noqa: S311 - a fixed seed
    lines = invent_rows(draw, 80, (), ("paid_amount", "refund_amount"))
    days = [datetime(2025, 1, 1) + timedelta(days=draw.randrange(90)) for _ in range(80)]  # noqa: DTZ001 - as above
    lines = lines.append_column("ordered_at", pa.array(days, pa.timestamp("us")))
    lines = lines.append_column("shop", pa.array([draw.choice(["A", "B", None]) for _ in range(80)]))
    lines = lines.append_column("customer", pa.array([draw.choice(["k1", None]) for _ in range(80)]))
    settlements = invent_rows(
        draw, 60, ("settled_at", "ordered_at"), ("settled_amount", "paid_amount", "fees", "subsidy")
    )
    cases = invent_rows(draw, 30, ("refunded_at", "finished_at", "applied_at"), ("refund_amount",))
    told = {"order_lines": lines, "settlements": settlements, "after_sales": cases}
    return {name: shape(name, table) for name, table in told.items()}


def count_piles(tables):
    others = {name: table for name, table in tables.items() if name != "order_lines"}
    counter = LineCounter(tables=others, piles=PILES)
    lines = tables["order_lines"]
    at = choose_piles(column(lines, "order_id"), PILES)
    for pile in range(PILES):
        counter.add(pile, filter_rows(lines, at == pile))
    return counter.total()


def count_there(tables):
    engine = connect()
    return count_on_engine({name: engine.create_table(name, table) for name, table in tables.items()}, fetch)


def assert_same(mine, theirs, keys):
    frames = [frame.sort_values(keys, ignore_index=True)[list(mine.columns)] for frame in (mine, theirs)]
    pd.testing.assert_frame_equal(*frames, check_dtype=False, rtol=0, atol=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_an_engine_counts_what_the_piles_count(seed):
    tables = invent_tables(seed)
    here, there = count_piles(tables), count_there(tables)
    assert_same(here.days.assign(day=pd.to_datetime(here.days["day"])), there.days, ["channel", "day"])
    for mine, theirs in ((here.settled, there.settled), (here.after_sales, there.after_sales)):
        assert (mine.drop(columns=["channel", "month"]).sum() != 0).all()
        assert "" in set(mine["month"])
        assert_same(mine, theirs, ["channel", "month"])
    assert here.shops == there.shops


def test_without_settlements_and_cases_an_engine_counts_days_and_shops_only():
    lines = {"order_lines": invent_tables(0)["order_lines"]}
    here, there = count_piles(lines), count_there(lines)
    assert len(there.days) == len(here.days)
    assert list(there.settled.columns) == list(here.settled.columns)
    assert there.settled.empty
    assert there.after_sales.empty
