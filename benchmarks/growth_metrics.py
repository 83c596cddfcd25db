"""Eight figures over order lines: `python benchmarks/growth_metrics.py ENGINE VAULT [MEMORY]`.

ENGINE is ours, ours_alone (each figure from the lines), pandas or polars; `scan` only counts every column's cells, and
`make` works out what ours then finds in the vault, as runs do: purchase days, money by day and orders. The figures:
sales of channels by month, percentiles of spend, new customers by month, the cohort matrix, exact quantiles of the gaps
between purchases, waiting times to the second purchase, sales of products, stages of customers. Prints one number for
each, by which the engines can be held against each other. MEMORY (2GB) limits the engine below our metrics.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

START, SINCE, END = date(2023, 1, 1), date(2023, 4, 1), date(2026, 1, 1)
COLUMNS = ["channel", "order_id", "customer", "ordered_at", "product_id", "paid_amount", "refund_amount", "is_return"]


def tell(**figures: float) -> None:
    """Print the figures, to be compared."""
    print(" ".join(f"{name}={figure:.2f}" for name, figure in figures.items()))


def scan(vault: Path) -> None:
    """Count the cells of every column."""
    import duckdb  # noqa: PLC0415 - each engine is taken in by itself

    lines = duckdb.read_parquet(str(vault / "order_lines.parquet"))
    tell(cells=float(sum(lines.count("COLUMNS(*)").fetchone() or ())))


def make(vault: Path) -> None:
    """Purchase days, money by day and orders, kept in the vault."""
    _lines, days, money, orders, _share = open_ours(vault, alone=False)
    tell(
        **{name: float(kept.count().execute()) for name, kept in (("days", days), ("money", money), ("orders", orders))}
    )


def open_ours(vault: Path, *, alone: bool):  # noqa: ANN201 - Ibis is not taken in here
    """Valued lines, purchase days, money by day and orders, from the lines or as the vault keeps them; a sharer."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from diagnostics.metrics.days import follow_purchases, purchase_days  # noqa: PLC0415 - as above
    from diagnostics.metrics.lines import value_lines  # noqa: PLC0415
    from diagnostics.metrics.orders import count_orders  # noqa: PLC0415
    from diagnostics.metrics.profit import cost_lines, spend_days  # noqa: PLC0415
    from diagnostics.workbook.engine import connect, make_sharer, open_vault  # noqa: PLC0415
    from diagnostics.workbook.keeping import choose_home, make_keeper, open_own_folder  # noqa: PLC0415

    spill = vault.parent / "spill"
    engine = connect(spill=open_own_folder(spill), memory=next(iter(sys.argv[3:]), None))
    lines = value_lines(open_vault(engine, vault)["order_lines"], "paid_net")
    costed = cost_lines(lines, None)
    if alone:
        return lines, purchase_days(lines), spend_days(costed), count_orders(lines), lambda expression: expression
    share = make_sharer(engine)
    keep = make_keeper(engine, vault, choose_home(vault, spill, whole=True), share)
    return lines, keep(follow_purchases(lines)), keep(spend_days(costed)), keep(count_orders(lines)), share


def use_ours(vault: Path, *, alone: bool) -> None:
    """The metrics of this project."""
    lines, days, money, orders, share = open_ours(vault, alone=alone)
    from diagnostics.metrics.cohorts import count_active  # noqa: PLC0415 - as above
    from diagnostics.metrics.concentration import spend_percentiles  # noqa: PLC0415
    from diagnostics.metrics.customers import first_purchases, total_customers  # noqa: PLC0415
    from diagnostics.metrics.returns import pick_firsts, times_to_return  # noqa: PLC0415
    from diagnostics.metrics.stages import count_stages, measure_gaps, stage_customers  # noqa: PLC0415
    from diagnostics.workbook.engine import fetch  # noqa: PLC0415

    months = orders.group_by("channel", month=orders.day.truncate("M")).agg(
        gmv=orders.gmv.sum(), orders=orders.count(), buyers=orders.customer.nunique()
    )
    sales = fetch(months)
    spend = fetch(spend_percentiles(total_customers(money)))
    firsts = first_purchases(lines) if alone else days.filter(days.turn == 0)
    new = fetch(firsts.group_by(month=firsts.first_day.truncate("M")).agg(customers=firsts.count()))
    cohorts = fetch(count_active(days))
    gaps = share(measure_gaps(days))
    lines_of_gaps = fetch(gaps).iloc[0]
    waits = fetch(times_to_return(pick_firsts(days, SINCE), END))
    selling = lines.filter(~lines.is_return)
    products = selling.group_by("product_id").agg(gmv=selling.gmv.sum(), buyers=selling.customer.nunique())
    products = fetch(products)
    stages = fetch(count_stages(stage_customers(days, gaps, END, START)))
    tell(
        sales=sales.gmv.sum() + sales.buyers.sum(),
        spend=spend.gmv[spend.percentile == 0].sum(),
        new=float((new.customers**2).sum()),
        cohorts=float((cohorts.customers * cohorts.age).sum()),
        gaps=lines_of_gaps.median_gap + lines_of_gaps.warning_line + lines_of_gaps.lapse_line,
        waits=float((waits.days * waits.events).sum() + waits.censored.sum()),
        products=float(products.gmv.sum() + products.buyers.sum()),
        stages=float((stages.customers**2).sum()),
    )


def use_pandas(vault: Path) -> None:
    """The same in pandas."""
    import pandas as pd  # noqa: PLC0415

    lines = pd.read_parquet(vault / "order_lines.parquet", columns=COLUMNS)
    lines["gmv"] = (lines.paid_amount.astype(float) - lines.refund_amount.astype(float)).round(2)
    lines["day"] = lines.ordered_at.dt.normalize()
    selling = lines[~lines.is_return]
    known = selling[selling.customer.notna()]
    orders = selling.groupby(["channel", "order_id"], as_index=False).agg(
        customer=("customer", "max"), day=("day", "min"), gmv=("gmv", "sum")
    )
    months = orders.groupby(["channel", orders.day.dt.to_period("M")]).agg(
        gmv=("gmv", "sum"), orders=("gmv", "size"), buyers=("customer", "nunique")
    )
    spend = lines[lines.customer.notna()].groupby("customer").gmv.sum()
    bought = spend[spend.index.isin(known.customer.unique())].sort_values(ascending=False)
    first = known.groupby("customer").day.min()
    days = known.sort_values(["customer", "ordered_at"]).groupby(["customer", "day"], as_index=False)
    days = days.agg(gmv=("gmv", "sum"), channel=("channel", "first"))
    opened = days.groupby("customer").day.transform("min")
    age = (days.day.dt.year - opened.dt.year) * 12 + days.day.dt.month - opened.dt.month
    cohorts = days.groupby([opened.dt.to_period("M"), age.rename("age")]).customer.nunique()
    following = days.groupby("customer").day.shift(-1)
    gap = (following - days.day).dt.days
    lines_of_gaps = gap.dropna().quantile([0.5, 0.75, 0.9], interpolation="higher")
    starts = (days.day == opened) & (days.day >= pd.Timestamp(SINCE))
    waited = gap[starts].dropna()
    products = selling.groupby("product_id").agg(gmv=("gmv", "sum"), buyers=("customer", "nunique"))
    stages = _stage(days, *lines_of_gaps)
    tell(
        sales=months.gmv.sum() + months.buyers.sum(),
        spend=float(bought.head(-(-len(bought) // 100)).sum()),
        new=float((first.dt.to_period("M").value_counts() ** 2).sum()),
        cohorts=float((cohorts * cohorts.index.get_level_values("age")).sum()),
        gaps=float(lines_of_gaps.sum()),
        waits=float(waited.sum() + starts.sum() - len(waited)),
        products=float(products.gmv.sum() + products.buyers.sum()),
        stages=float((stages**2).sum()),
    )


def _stage(days, median, warning, lapse):  # noqa: ANN001, ANN202, ARG001 - pandas is not taken in here
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    each = days.groupby("customer").day.agg(["max", "size"])
    before = days.day.where(days.day < days.customer.map(each["max"])).groupby(days.customer).max()
    age = (pd.Timestamp(END) - each["max"]).dt.days - 1
    back = (each["max"] - before).dt.days
    names = np.select(
        [age > lapse, age > warning, back > lapse, each["size"] > 2, each["size"] > 1],  # noqa: PLR2004
        ["lapsed", "drifting", "recalled", "mature", "growing"],
        "new",
    )
    return pd.Series(names).value_counts()


def use_polars(vault: Path) -> None:
    """The same in polars, lazily."""
    import polars as pl  # noqa: PLC0415

    lines = pl.scan_parquet(vault / "order_lines.parquet").select(COLUMNS)
    lines = lines.with_columns(gmv=pl.col("paid_amount") - pl.col("refund_amount"), day=pl.col("ordered_at").dt.date())
    selling = lines.filter(~pl.col("is_return"))
    known = selling.filter(pl.col("customer").is_not_null())
    orders = selling.group_by("channel", "order_id").agg(
        pl.col("customer").max(), pl.col("day").min(), pl.col("gmv").sum()
    )
    months = orders.group_by("channel", pl.col("day").dt.truncate("1mo")).agg(
        pl.col("gmv").sum(), pl.len().alias("orders"), pl.col("customer").drop_nulls().n_unique().alias("buyers")
    )
    bought = (
        lines.filter(pl.col("customer").is_not_null())
        .group_by("customer")
        .agg(pl.col("gmv").sum(), sold=(~pl.col("is_return")).any())
        .filter(pl.col("sold"))
        .sort("gmv", descending=True)
        .collect()
    )
    days = (
        known.group_by("customer", "day")
        .agg(pl.col("gmv").sum(), pl.col("channel").sort_by("ordered_at").first())
        .sort("customer", "day")
        .with_columns(
            next=pl.col("day").shift(-1).over("customer"),
            opened=pl.col("day").min().over("customer"),
            last=pl.col("day").max().over("customer"),
            size=pl.len().over("customer"),
            gap_before=(pl.col("day") - pl.col("day").shift(1).over("customer")).dt.total_days(),
        )
        .collect()
    )
    new = days.filter(pl.col("day") == pl.col("opened")).group_by(pl.col("day").dt.truncate("1mo")).len()
    age = (pl.col("day").dt.year() - pl.col("opened").dt.year()) * 12
    age = age.cast(pl.Int64) + pl.col("day").dt.month().cast(pl.Int64) - pl.col("opened").dt.month().cast(pl.Int64)
    cohorts = days.group_by(pl.col("opened").dt.truncate("1mo"), age.alias("age")).agg(
        pl.col("customer").n_unique().alias("customers")
    )
    gap = (pl.col("next") - pl.col("day")).dt.total_days()
    gaps = days.select(gap.alias("gap")).drop_nulls()["gap"]
    cuts = [float(gaps.quantile(part, interpolation="higher") or 0) for part in (0.5, 0.75, 0.9)]
    starts = days.filter(pl.col("day") == pl.col("opened"), pl.col("day") >= SINCE).select(gap.alias("gap"))["gap"]
    products = selling.group_by("product_id").agg(
        pl.col("gmv").sum(), pl.col("customer").drop_nulls().n_unique().alias("buyers")
    )
    back = (pl.lit(END - timedelta(days=1)) - pl.col("last")).dt.total_days()
    stage = (
        pl.when(back > cuts[2])
        .then(0)
        .when(back > cuts[1])
        .then(1)
        .when(pl.col("gap_before") > cuts[2])
        .then(2)
        .when(pl.col("size") > 2)  # noqa: PLR2004 - as the metric has it
        .then(3)
        .when(pl.col("size") > 1)
        .then(4)
        .otherwise(5)
    )
    stages = days.filter(pl.col("day") == pl.col("last")).group_by(stage.alias("stage")).len()
    sold, items = months.collect(), products.collect()
    tell(
        sales=float(sold["gmv"].sum()) + sold["buyers"].sum(),
        spend=float(bought["gmv"].head(-(-len(bought) // 100)).sum()),
        new=float((new["len"].cast(pl.Float64) ** 2).sum()),
        cohorts=float((cohorts["customers"] * cohorts["age"]).sum()),
        gaps=sum(cuts),
        waits=float(starts.sum() + starts.null_count()),
        products=float(items["gmv"].sum()) + items["buyers"].sum(),
        stages=float((stages["len"].cast(pl.Float64) ** 2).sum()),
    )


ENGINES = {
    "scan": scan,
    "make": make,
    "ours": lambda vault: use_ours(vault, alone=False),
    "ours_alone": lambda vault: use_ours(vault, alone=True),
    "pandas": use_pandas,
    "polars": use_polars,
}

if __name__ == "__main__":
    ENGINES[sys.argv[1]](Path(sys.argv[2]))
