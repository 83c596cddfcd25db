"""Members and others who buy over two years at canonical level: healthy, or with one trouble planted."""

import numpy as np
import pandas as pd

from diagnostics.checks.check import Replies
from diagnostics.checks.examination import resolve_limits
from diagnostics.checks.shelf import load_check
from diagnostics.model.brief import Brief
from diagnostics.model.section import NotComputable
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, open_frames

FIRST = pd.Timestamp("2023-01-01")
DAYS = 730
CATEGORIES = np.array(["清洁", "保湿", "防晒", "面膜", "精华"])
TICKET = 100.0


def invent_world(seed, *, customers=5000, silent=0.05, lost=0.0, apart=0.0):
    """Frames of order lines and members.

    `silent` of the members never buy; `lost` of members' orders in the second year are taken away; `apart` of the
    lines that would put 面膜 and 精华 into one customer's hands become 清洁.
    """
    rng = np.random.default_rng(seed)
    names = np.array([f"{number:016x}" for number in rng.integers(0, 2**60, customers)])
    is_member = rng.random(customers) < 0.5
    joined = rng.integers(-2000, DAYS, customers)
    pace = rng.gamma(2.0, 1.5, customers)
    orders = rng.poisson(pace * np.where(joined > 0, (DAYS - joined) / DAYS, 1.0))
    never = is_member & (rng.random(customers) < silent)
    orders = np.where(never, 0, np.maximum(orders, 1))
    who = np.repeat(np.arange(customers), orders)
    start = np.maximum(joined[who], 0)
    day = start + rng.integers(0, np.maximum(DAYS - start, 1))
    kept = ~((day >= DAYS // 2) & is_member[who] & (rng.random(len(who)) < lost))
    who, day = who[kept], day[kept]
    category = rng.integers(0, len(CATEGORIES), len(who))
    prefers = rng.random(customers) < 0.5
    moves = (rng.random(len(who)) < apart) & (
        ((category == 3) & prefers[who]) | ((category == 4) & ~prefers[who])  # one half keeps to each of the two
    )
    category = np.where(moves, 0, category)
    lines = pd.DataFrame(
        {
            "line_id": np.arange(len(who)),
            "order_id": np.arange(len(who)),
            "channel": "youzan",
            "customer": names[who],
            "ordered_at": FIRST + pd.to_timedelta(day, unit="D"),
            "category": CATEGORIES[category],
            "quantity": 1,
            "paid_amount": np.round(TICKET * rng.lognormal(0, 0.4, len(who)), 2),
            "refund_amount": 0,
            "is_return": False,
        }
    )
    members = pd.DataFrame(
        {
            "customer": names[is_member],
            "channel": "youzan",
            "is_member": True,
            "joined_on": (FIRST + pd.to_timedelta(joined[is_member], unit="D")).date,
        }
    )
    return {"order_lines": lines, "customers": members}


def open_world(frames, brief=None):
    tables = open_frames(connect(), frames)
    title = name_verbatim("World")
    engagement = fix_engagement(tables, client="world", title=title, currency="CNY", brief=brief or Brief())
    return Tables(by_name=tables, available=find_available(tables), engagement=engagement, fetch=fetch)


def ask(name, tables):
    """What a check measures and finds, without its pictures."""
    check = load_check(name)
    frames = {query: tables.fetch(expression) for query, expression in check.query(tables).items()}
    measured = check.measure(Replies(frames=frames, engagement=tables.engagement))
    found = () if isinstance(measured, NotComputable) else check.judge(measured, resolve_limits(check, {}))
    return measured, found
