"""Fixes an engagement from the vault, the brief and the settings: periods, definitions, annual GMV."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.account import IntakeAccount
from diagnostics.model.brief import Brief
from diagnostics.model.engagement import Engagement, GmvBasis
from diagnostics.model.errors import PersonError
from diagnostics.model.period import Horizon, choose_horizon
from diagnostics.model.promotions import read_promotions
from diagnostics.workbook.catalog import read_catalog
from diagnostics.workbook.engine import fetch
from diagnostics.workbook.settings import read_settings
from diagnostics.workbook.vault import read_account, read_brief

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from diagnostics.model.wording import Text
    from diagnostics.workbook.case import Case

BASIS_OF_ANSWER: dict[str, GmvBasis] = {
    "paid_net": "paid_net",
    "settled": "paid_net",
    "paid": "paid",
    "created": "paid",
}
# A business without a sale for longer than this has stopped, or its last exports are missing.
MOST_SILENT_DAYS = 31
DATED = {"order_lines": "ordered_at", "traffic": "starts_on"}


def fix_engagement(
    tables: Mapping[str, ir.Table],
    *,
    client: str,
    title: Text,
    currency: str,
    brief: Brief | None = None,
    account: IntakeAccount | None = None,
    limits: Mapping[str, Mapping[str, float]] | None = None,
    as_of: date | None = None,
) -> Engagement:
    """Choose the periods from the days observed and measure a year's GMV.

    Raises `PersonError` where no order has a date, for then nothing can be compared.
    """
    known = brief or Brief()
    basis = choose_basis(known)
    horizon = find_horizon(tables, as_of)
    return Engagement(
        client=client,
        title=title,
        currency=currency,
        horizon=horizon,
        gmv_basis=basis,
        annual_gmv=_measure_gmv(tables, basis, horizon) * horizon.yearly,
        brief=known,
        account=account or IntakeAccount(),
        promotions=read_promotions(read_catalog("promotions.csv"), currency),
        limits=limits or {},
    )


def choose_basis(brief: Brief) -> GmvBasis:
    """The definition of GMV that the sheet asks for."""
    return BASIS_OF_ANSWER.get(brief.text("gmv_definition") or "", "paid_net")


def open_engagement(case: Case, tables: Mapping[str, ir.Table], as_of: date | None = None) -> Engagement:
    """Fix periods and definitions for a client whose vault is there; `as_of` goes before the settings' own."""
    settings = read_settings(case.settings)
    return fix_engagement(
        tables,
        client=case.name,
        title=settings.word_title(case.name),
        currency=settings.currency,
        brief=read_brief(case),
        account=read_account(case),
        limits=settings.limits,
        as_of=as_of or settings.as_of,
    )


def find_horizon(tables: Mapping[str, ir.Table], as_of: date | None = None) -> Horizon:
    """The periods to compare, from the first and the last day of orders (or of traffic where there are none).

    Days up to `as_of` without any row count as observed only if they are few: what was not exported is no zero.
    """
    for name, column in DATED.items():
        if name not in tables:
            continue
        table = tables[name]
        if as_of is not None:
            table = table.filter(table[column] < pd.Timestamp(as_of))
        days = fetch(table.agg(first=table[column].min().cast("date"), last=table[column].max().cast("date"))).iloc[0]
        if not pd.isna(days["first"]):
            return span_horizon(days["first"].date(), days["last"].date(), as_of)
    message = "no order with a date was found before the day of the diagnosis"
    raise PersonError(message, next_step="put an order export into exports/, then run `check` to see how it is read")


def span_horizon(first: date, last: date, as_of: date | None = None) -> Horizon:
    """The periods to compare, from the first and the last day observed before `as_of`."""
    if as_of is not None and (as_of - last).days <= MOST_SILENT_DAYS:
        last = as_of - timedelta(days=1)
    return choose_horizon(first, last)


def _measure_gmv(tables: Mapping[str, ir.Table], basis: GmvBasis, horizon: Horizon) -> float:
    if "order_lines" not in tables:
        return 0.0
    lines = within(value_lines(tables["order_lines"], basis), horizon.current)
    total = fetch(lines.agg(gmv=lines.gmv.sum())).gmv.iloc[0]
    return 0.0 if pd.isna(total) else float(total)
