"""Holds the customer-base audit against pandas on Ta Feng: `python benchmarks/audit_tafeng.py PATH`.

PATH is `ta_feng.parquet` (817,741 grocery lines with cost). A line's cost is given by line there, so each pair of
product and unit cost becomes a product of its own. Prints spend, profit, deciles, tenths of profit and loss-makers as
the audit has them beside a recomputation in whole cents, then how many figures of the bridges between two months and of
the cohorts over time are equal to one, and ends with 1 if any of them differs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Hashable
from datetime import date
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from diagnostics.metrics.customer_blocks import OLDER, block_days, total_blocks
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.one_period import sum_up, total_deciles, total_tenths, value_customers
from diagnostics.metrics.profit import between, cost_lines, spend_days
from diagnostics.metrics.segments import ALL, FIRST_CATEGORY, describe_customers, spread_segments, total_segments
from diagnostics.metrics.two_periods import bridge_groups, group_by_profit, migrate_deciles, pair_periods
from diagnostics.model.period import Period
from diagnostics.workbook.engine import connect, fetch, make_sharer, open_frames

PERIOD = Period(start=date(2000, 11, 1), end=date(2001, 3, 1))
SINCE = date(2000, 12, 1)
Figures: TypeAlias = dict[Hashable, float]
BEFORE = Period(start=date(2000, 11, 1), end=date(2001, 1, 1))
NOW = Period(start=date(2001, 1, 1), end=date(2001, 3, 1))
TENTHS = 10


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


def audit(lines: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Sums, deciles, tenths, bridges, migration and cohorts over time by the audit's own metrics."""
    products = lines[["product_id", "unit_cost"]].drop_duplicates()
    products = products.assign(unit_cost=[f"{cost / 100:.2f}" for cost in products.unit_cost])
    engine = connect()
    tables = open_frames(engine, {"order_lines": lines.drop(columns="unit_cost"), "products": products})
    share = make_sharer(engine)
    costed = cost_lines(value_lines(tables["order_lines"], "paid_net"), tables["products"])
    days = share(spend_days(costed))
    described = share(describe_customers(days, SINCE, tables["order_lines"]))
    rows = spread_segments(days.filter(between(days, PERIOD)), described, (ALL, FIRST_CATEGORY))
    valued = share(value_customers(total_segments(rows)))
    both = spread_segments(days, described, (ALL, FIRST_CATEGORY))
    whole = both.filter(both.kind == ALL)
    pairs = share(pair_periods(whole, BEFORE, NOW))
    return {
        "sums": fetch(sum_up(valued)),
        "deciles": fetch(total_deciles(valued)),
        "tenths": fetch(total_tenths(valued)),
        "spend": fetch(bridge_groups(pairs)),
        "earned": fetch(bridge_groups(group_by_profit(pairs))),
        "migration": fetch(migrate_deciles(pairs, "earned")),
        "blocks": fetch(total_blocks(block_days(whole, PERIOD.start, 1))),
    }


def recount(lines: pd.DataFrame) -> pd.DataFrame:
    """One row a customer: spend, profit in cents and orders, in pandas."""
    paid = lines.paid_amount * 100
    frame = lines.assign(spend=paid, profit=paid - lines.quantity * lines.unit_cost)
    sums = frame.groupby("customer")[["spend", "profit"]].sum()
    return sums.assign(orders=lines.groupby("customer").order_id.nunique())


def recount_tenths(theirs: pd.DataFrame) -> dict[int, int]:
    """Customers by the tenth of all profit above 0 in which their own begins; 0 for none or a loss."""
    ordered = theirs.reset_index().sort_values(["profit", "customer"], ascending=[False, True])
    worth = ordered.profit.clip(lower=0)
    tenth = np.where(ordered.profit > 0, 1 + (TENTHS * (worth.cumsum() - worth) // worth.sum()), 0)
    places, counts = np.unique(tenth.astype(int), return_counts=True)
    return dict(zip(places.tolist(), counts.tolist(), strict=True))


def recount_periods(lines: pd.DataFrame, measure: str) -> tuple[Figures, Figures]:
    """Money of each group before and now in cents, and customers by decile of profit before and now."""
    paid = lines.paid_amount * 100
    frame = lines.assign(spend=paid, earned=paid - lines.quantity * lines.unit_cost)
    first = frame.groupby("customer").ordered_at.min()
    sides = {}
    for side, period in (("before", BEFORE), ("now", NOW)):
        inside = frame[(frame.ordered_at >= pd.Timestamp(period.start)) & (frame.ordered_at < pd.Timestamp(period.end))]
        sides[side] = inside.groupby("customer")[["spend", "earned"]].sum()
    both = sides["before"].add_suffix("_before").join(sides["now"].add_suffix("_now"), how="outer")
    was, is_ = both.spend_before.notna(), both.spend_now.notna()
    filled = both.fillna(0)
    up = filled[f"{measure}_now"] >= filled[f"{measure}_before"]
    new = first.reindex(both.index) >= pd.Timestamp(NOW.start)
    groups = np.select([was & is_ & up, was & is_, was, new], ["up", "down", "lost", "new"], "back")
    sums = filled.groupby(groups).sum()
    money: Figures = {(str(group), str(name)): float(sums[name][group]) for group in sums.index for name in sums}
    cuts = np.quantile(both.earned_before.dropna(), np.arange(1, TENTHS) / TENTHS, method="inverted_cdf")
    placed = [
        np.where(side.notna(), 1 + (side.fillna(0).to_numpy()[:, None] > cuts).sum(axis=1), 0)
        for side in (both.earned_before, both.earned_now)
    ]
    moved = pd.Series(list(zip(*(place.tolist() for place in placed), strict=True))).value_counts()
    return money, {key: float(count) for key, count in moved.items()}


def recount_blocks(lines: pd.DataFrame) -> Figures:
    """Spend in cents by cohort and month, customers older than the data as one cohort."""
    first = lines.groupby("customer").ordered_at.transform("min")
    months = [(days.dt.year - 2000) * 12 + days.dt.month - 11 for days in (lines.ordered_at, first)]
    cohort = months[1].mask(first < pd.Timestamp(SINCE), OLDER)
    sums = (lines.paid_amount * 100).groupby([cohort, months[0]]).sum()
    return {key: float(value) for key, value in sums.items()}


def compare(lines: pd.DataFrame, found: dict[str, pd.DataFrame]) -> dict[str, tuple[int, int]]:
    """By table, how many figures are equal, of how many."""
    sides = ("before", "now")
    tables: dict[str, tuple[Figures, Figures]] = {}
    for measure in ("spend", "earned"):
        rows = found[measure].set_index("group")
        names = [f"{name}_{side}" for side in sides for name in ("spend", "earned")]
        ours: Figures = {(group, name): round(float(rows[name][group]) * 100) for group in rows.index for name in names}
        money, moved = recount_periods(lines, measure)
        tables[f"bridge of {measure}"] = (ours, money)
        tables["migration"] = (_index(found["migration"], ["decile_before", "decile_now"], "customers", 1), moved)
    tables["cohorts over time"] = (_index(found["blocks"], ["cohort", "block"], "spend", 100), recount_blocks(lines))
    return {
        name: (
            sum(ours.get(key) == theirs.get(key) for key in ours.keys() | theirs.keys()),
            len(ours.keys() | theirs.keys()),
        )
        for name, (ours, theirs) in tables.items()
    }


def _index(frame: pd.DataFrame, keys: list[str], column: str, times: int) -> Figures:
    return {key: float(round(float(value) * times)) for key, value in frame.set_index(keys)[column].items()}


def main() -> None:
    """Print both side by side."""
    lines = read_lines(Path(sys.argv[1]))
    started = time.perf_counter()
    found = audit(lines)
    sums, deciles = found["sums"], found["deciles"]
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
    tenths = found["tenths"]
    sizes = tenths[(tenths.kind == ALL) & (tenths.ranking == "profit")].set_index("tenth").customers
    for tenth, wanted in sorted(recount_tenths(theirs).items()):
        pairs[f"customers of tenth {tenth} of profit"] = (sizes[tenth], wanted)
    for name, (ours, wanted) in pairs.items():
        print(f"{name:32} {ours:>15,} {wanted:>15,} {'equal' if ours == wanted else 'DIFFERENT'}")
    print(f"weighted margin {row.profit / row.net:.4f}, unweighted {row.margin_mean:.4f}")
    print(f"spend per order: weighted {row.spend / row.orders:.2f}, unweighted {row.order_value_mean:.2f}")
    compared = compare(lines, found)
    for name, (equal, whole) in compared.items():
        print(f"{name:32} {equal:>15,} of {whole:,} figures equal")
    differ = any(ours != wanted for ours, wanted in pairs.values())
    sys.exit(differ or any(equal < whole for equal, whole in compared.values()))


if __name__ == "__main__":
    main()
