"""Promoters and who begins with them, against a second count customer by customer; groups, tasks and posts by hand."""

from datetime import date

import numpy as np
import pandas as pd

from diagnostics.checks.check import Example
from diagnostics.checks.content.creators import CHECK, EXAMPLE_LINES
from diagnostics.checks.examination import examine
from diagnostics.checks.example import read_example
from diagnostics.metrics.creators import FOLLOWED_DAYS, start_customers, total_promoters, total_starts
from diagnostics.metrics.lines import value_lines
from diagnostics.model.period import Horizon, Period
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, open_frames

HORIZON = Horizon(
    history=Period(start=date(2023, 1, 1), end=date(2025, 1, 1)),
    current=Period(start=date(2024, 1, 1), end=date(2025, 1, 1)),
    previous=None,
)


def draw_lines(seed):
    random, n = np.random.default_rng(seed), 400
    days = pd.Timestamp("2023-01-01") + pd.to_timedelta(random.integers(0, 731, n), unit="D")
    channels = random.choice(["douyin", "tmall"], n)
    promoters = random.choice(np.array(["A", "B", None], dtype=object), n)
    return pd.DataFrame(
        {
            "line_id": [str(i) for i in range(n)],
            "order_id": [str(i) for i in range(n)],
            "channel": channels,
            "customer": random.choice(np.array([*(f"c{i}" for i in range(120)), None], dtype=object), n),
            "ordered_at": days,
            "promoter": np.where(channels == "douyin", promoters, None),
            "quantity": 1.0,
            "paid_amount": random.integers(1, 99, n),
            "refund_amount": 0,
            "is_return": random.random(n) < 0.1,
        }
    )


def count_naively(frame):
    bought = frame[~frame.is_return & frame.customer.notna()]
    counts = {}
    for _, own in bought.groupby("customer"):
        mine = own[(own.channel == "douyin") & (own.ordered_at >= "2024-01-01")]
        if mine.empty:
            continue
        day = mine.ordered_at.min()
        names = mine.promoter[mine.ordered_at == day].dropna()
        told = (day + pd.Timedelta(days=FOLLOWED_DAYS)) < pd.Timestamp("2025-01-01")
        again = ((own.ordered_at > day) & (own.ordered_at <= day + pd.Timedelta(days=FOLLOWED_DAYS))).any()
        row = np.array([1, own.ordered_at.min() == day, told, told and again], dtype=int)
        key = names.min() if len(names) else None
        counts[key] = counts.get(key, 0) + row
    return {key: tuple(int(part) for part in row) for key, row in counts.items()}


def test_customers_begin_with_the_promoter_of_their_first_day():
    for seed in range(5):
        frame = draw_lines(seed)
        lines = value_lines(open_frames(connect(), {"order_lines": frame})["order_lines"], "paid")
        found = fetch(total_starts(start_customers(lines, HORIZON)))
        got = {
            row.promoter if pd.notna(row.promoter) else None: (row.started, row.new, row.followed, row.again)
            for row in found.itertuples()
        }
        assert got == count_naively(frame)
        totals = fetch(total_promoters(lines)).set_index("promoter")
        promoted = frame[frame.promoter.notna()].groupby("promoter")
        assert totals.gmv.astype(float).to_dict() == promoted.paid_amount.sum().astype(float).to_dict()
        sold = frame[frame.promoter.notna() & ~frame.is_return].groupby("promoter")
        assert totals.orders.to_dict() == sold.order_id.nunique().to_dict()
        assert totals.buyers.to_dict() == sold.customer.nunique().to_dict()


def examine_tables(**more):
    frames = read_example(Example(tables={"order_lines": EXAMPLE_LINES, **more}, says=""))
    tables = open_frames(connect(), frames)
    engagement = fix_engagement(tables, client="example", title=name_verbatim("Example"), currency="CNY")
    opened = Tables(by_name=tables, available=find_available(tables), engagement=engagement, fetch=fetch)
    examined = examine("content.creators", CHECK, opened, languages=())
    assert not examined.fault, examined.fault
    return examined


def test_groups_tasks_and_posts_are_told_where_there_are_any():
    tasks = "\n".join(["kind staff done results day", *(f"转发 s{i} {i < 24} 1 2024-02-01" for i in range(40))])
    examined = examine_tables(
        groups="group owner kind\ng1 A 达人群\ng2 s1 福利群",
        group_members="group staff title\ng1 A 达人群\ng3 s2 KOC一群",
        staff_tasks=tasks,
        referrals="referrer completed joined day\nc1 true 2 2024-03-01\nc2 false 0 2024-03-01\nc3 true 5 2023-03-01",
        posts="post channel title published_on day readers sharers\n"
        "p video 教程 2024-03-01 2024-03-02 50 2\np video 教程 2024-03-01 2024-03-09 80 5",
    )
    said = examined.section.answer.en
    assert "Groups named as theirs: 2; promoters who own a group or sit in one: 1." in said
    # 24 of 40 and 1 of 2.
    assert "Share tasks given: 42; done, where this is told: 59.5%." in said
    frames = {exhibit.name: exhibit.frame for exhibit in examined.exhibits}
    assert frames["tasks"].results.tolist() == [40, 2]
    assert frames["material"][["readers", "sharers"]].to_numpy().tolist() == [[80, 5]]
    assert [seat.en for seat in frames["promoters"].group] == ["yes", "not seen"]


def test_orders_without_promoters_name_the_export_that_would_tell():
    lines = "customer ordered_at paid_amount\na 2024-01-01 10\na 2024-02-28 10"
    examined = examine_tables(order_lines=lines)
    assert examined.section.status == "not_computable"
    assert "达人 ID" in examined.section.unlocked_by.zh


def test_buyers_whom_nobody_knows_are_not_counted_as_none():
    examined = examine_tables(
        order_lines="customer ordered_at paid_amount promoter\n- 2024-01-01 10 A\n- 2024-02-28 10 A"
    )
    assert "buyers: not known" in examined.section.answer.en
    assert examined.exhibits[0].frame.buyers.isna().all()
