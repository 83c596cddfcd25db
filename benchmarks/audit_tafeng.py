"""Holds the audit of one period against pandas on Ta Feng: `python benchmarks/audit_tafeng.py PATH`.

PATH is `ta_feng.parquet` (817,741 grocery lines with cost). A line's cost is given by line there, so each pair of
product and unit cost becomes a product of its own. Prints spend, profit, deciles and loss-makers as the audit has them
beside a recomputation in whole cents, and ends with 1 if any of them differs.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.one_period import sum_up, total_deciles, value_customers
from diagnostics.metrics.profit import between, cost_lines, spend_days
from diagnostics.metrics.segments import ALL, FIRST_CATEGORY, describe_customers, spread_segments, total_segments
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, open_frames

PERIOD = Period(start=date(2000, 11, 1), end=date(2001, 3, 1))
SINCE = date(2000, 12, 1)


def read_lines(path: Path) -> pd.DataFrame:
    """Lines with the cost of one unit in cents, and a product code that fixes it."""
    raw = pd.read_parquet(path)
    unit_cost = np.rint(raw.ASSET * 100 / raw.AMOUNT).astype(int)
    return pd.DataFrame(
        {
            "line_id": np.arange(len(raw)).astype(str),
            "order_id": raw.CUSTOMER_ID.astype(str) + raw.TRANSACTION_DT.dt.strftime("%Y%m%d"),
            "channel": "store",
            "customer": raw.CUSTOMER_ID.astype(str),
            "ordered_at": raw.TRANSACTION_DT,
            "product_id": raw.PRODUCT_ID.astype(str) + "/" + unit_cost.astype(str),
            "category": raw.PRODUCT_SUBCLASS.astype(str),
            "quantity": raw.AMOUNT,
            "paid_amount": raw.SALES_PRICE,
            "refund_amount": 0,
            "is_return": False,
            "unit_cost": unit_cost,
        }
    )


def audit(lines: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sums and deciles by the audit's own metrics."""
    products = lines[["product_id", "unit_cost"]].drop_duplicates()
    products = products.assign(unit_cost=[f"{cost / 100:.2f}" for cost in products.unit_cost])
    tables = open_frames(connect(), {"order_lines": lines.drop(columns="unit_cost"), "products": products})
    costed = cost_lines(value_lines(tables["order_lines"], "paid_net"), tables["products"])
    days = spend_days(costed)
    described = describe_customers(days, SINCE, tables["order_lines"])
    rows = spread_segments(days.filter(between(days, PERIOD)), described, (ALL, FIRST_CATEGORY))
    valued = value_customers(total_segments(rows))
    return fetch(sum_up(valued)), fetch(total_deciles(valued))


def recount(lines: pd.DataFrame) -> pd.DataFrame:
    """One row a customer: spend, profit in cents and orders, in pandas."""
    paid = lines.paid_amount * 100
    frame = lines.assign(spend=paid, profit=paid - lines.quantity * lines.unit_cost)
    sums = frame.groupby("customer")[["spend", "profit"]].sum()
    return sums.assign(orders=lines.groupby("customer").order_id.nunique())


def main() -> None:
    """Print both side by side."""
    lines = read_lines(Path(sys.argv[1]))
    started = time.perf_counter()
    sums, deciles = audit(lines)
    print(f"{len(lines):,} lines audited in {time.perf_counter() - started:.1f} s")
    row = sums[sums.kind == ALL].iloc[0]
    theirs = recount(lines)
    losers = theirs[theirs.profit < 0]
    pairs = {
        "customers": (row.customers, len(theirs)),
        "orders": (row.orders, theirs.orders.sum()),
        "spend": (round(row.spend * 100), theirs.spend.sum()),
        "profit": (round(row.profit * 100), theirs.profit.sum()),
        "loss-makers": (row.losers, len(losers)),
        "their loss": (round(row.loss * 100), losers.profit.sum()),
    }
    ranked = theirs.reset_index()
    for ranking in ("spend", "profit"):
        ordered = ranked.sort_values([ranking, "customer"], ascending=[False, True])
        own = deciles[(deciles.kind == ALL) & (deciles.ranking == ranking)].set_index("decile")
        for decile, places in enumerate(np.array_split(np.arange(len(ordered)), 10), start=1):
            wanted = ordered.iloc[places][ranking].sum()
            pairs[f"{ranking} of decile {decile} by {ranking}"] = (round(own[ranking][decile] * 100), wanted)
    for name, (ours, wanted) in pairs.items():
        print(f"{name:32} {ours:>15,} {wanted:>15,} {'equal' if ours == wanted else 'DIFFERENT'}")
    print(f"weighted margin {row.profit / row.net:.4f}, unweighted {row.margin_mean:.4f}")
    print(f"spend per order: weighted {row.spend / row.orders:.2f}, unweighted {row.order_value_mean:.2f}")
    sys.exit(any(ours != wanted for ours, wanted in pairs.values()))


if __name__ == "__main__":
    main()
