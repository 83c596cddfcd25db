"""Invented costed lines for the tests of the audit, and the same money once more in whole cents in pandas."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd

from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.profit import cost_lines, spend_days
from diagnostics.metrics.segments import ALL, CHANNEL, FIRST_CATEGORY, FIRST_CHANNEL, describe_customers
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, make_sharer, open_frames
from tests.metrics.invented import invent_lines

SINCE = date(2023, 4, 1)
END = date(2025, 1, 1)
PREVIOUS = Period(start=date(2023, 1, 1), end=date(2024, 1, 1))
CURRENT = Period(start=date(2024, 1, 1), end=END)
KINDS = (ALL, CHANNEL, FIRST_CHANNEL, FIRST_CATEGORY)
CENTS = ("spend", "refund", "net", "earned", "uncosted")
SUMS = ("orders", *CENTS, "uncosted_lines")
# Eight products with a cost, one with two different costs, one without any.
COSTS = {f"p{place}": [1000 + 137 * place] for place in range(8)} | {"p8": [900, 1100], "p9": [None]}


def invent_audit(seed):
    lines = invent_lines(seed, count=1600)
    rng = np.random.default_rng(seed + 1)
    product = rng.integers(0, 11, len(lines))
    lines["product_id"] = [f"p{place}" if place < 10 else None for place in product]
    lines["category"] = [None if place == 10 else f"k{place % 4}" for place in product]
    rows = [(name, cost) for name, costs in COSTS.items() for cost in costs]
    costs = [None if cost is None else f"{cost / 100:.2f}" for _, cost in rows]
    products = pd.DataFrame({"product_id": [name for name, _ in rows], "unit_cost": costs})
    engine = connect()
    tables, share = open_frames(engine, {"order_lines": lines, "products": products}), make_sharer(engine)
    costed = cost_lines(value_lines(tables["order_lines"], "paid_net"), tables["products"])
    days = share(spend_days(costed))
    described = share(describe_customers(days, SINCE, tables["order_lines"]))
    return SimpleNamespace(
        lines=lines, tables=tables, share=share, costed=costed, days=days, described=described, naive=recount(lines)
    )


def recount(lines):
    """Known customers' lines with money in cents, the order's key, and the first purchase of each customer."""
    known = lines[lines.customer.notna()].copy()
    paid, refund = (np.rint(known[name] * 100).astype(int) for name in ("paid_amount", "refund_amount"))
    cost = known.product_id.map({name: costs[0] for name, costs in COSTS.items() if len(costs) == 1})
    known["refund"], known["net"] = refund, paid - refund
    known["spend"] = known.net
    has_cost = cost.notna()
    known["earned"] = np.where(has_cost, known.net - known.quantity * cost.fillna(0), 0).astype(int)
    known["uncosted"] = np.where(has_cost, 0, known.net)
    known["uncosted_lines"] = (~has_cost & ~known.is_return).astype(int)
    known["day"] = known.ordered_at.dt.normalize()
    known["order"] = known.channel + known.order_id
    sold = known[~known.is_return].sort_values(["day", "channel"])
    first = sold.groupby("customer").day.min()
    opened = sold.groupby("customer").channel.first()
    on_first = sold[sold.day == sold.customer.map(first)]
    paid_first = on_first.groupby(["customer", "category"]).paid_amount.sum().round(2).reset_index()
    best = paid_first.sort_values(["paid_amount", "category"], ascending=[False, True])
    entry = best.groupby("customer").category.first()
    return known[known.customer.isin(first.index)].assign(
        first_day=lambda frame: frame.customer.map(first),
        first_channel=lambda frame: frame.customer.map(opened),
        first_category=lambda frame: frame.customer.map(entry),
    )


def segments(naive):
    """Every kind and segment with its lines."""
    yield (ALL, ""), naive
    for kind in KINDS[1:]:
        for segment, part in naive.groupby(kind):
            yield (kind, segment), part


def within(lines, period):
    return lines[(lines.day >= pd.Timestamp(period.start)) & (lines.day < pd.Timestamp(period.end))]


def total(lines, keys):
    """The sums of `spend_days` by keys, money in cents; orders count those that sell."""
    frame = lines.groupby(keys)[[*CENTS, "uncosted_lines"]].sum()
    orders = lines[~lines.is_return].groupby(keys).order.nunique()
    return frame.assign(orders=orders.reindex(frame.index).fillna(0).astype(int))


def cents(frame):
    """Our frames in whole cents, to compare without a tolerance."""
    amounts = {*CENTS, "profit", "loss"}
    money = [name for name in frame.columns if name.removesuffix("_before").removesuffix("_now") in amounts]
    return frame.assign(**{name: np.rint(frame[name] * 100) for name in money})
