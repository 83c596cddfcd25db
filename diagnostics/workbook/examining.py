"""Examines every check of a client in this process, without notebooks and without leaving a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import list_all_checks, load_check
from diagnostics.model.tables import Tables
from diagnostics.model.wording import LANGUAGES
from diagnostics.plan.ranking import rank_findings
from diagnostics.workbook.engagement import open_engagement
from diagnostics.workbook.engine import connect, fetch, is_embedded, make_sharer, open_vault
from diagnostics.workbook.engine_address import EMBEDDED
from diagnostics.workbook.keeping import choose_home, make_keeper, open_own_folder
from diagnostics.workbook.settings import read_settings
from diagnostics.workbook.vault import list_filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    import ibis.expr.types as ir

    from diagnostics.model.finding import Finding
    from diagnostics.model.section import Examined
    from diagnostics.model.wording import Language
    from diagnostics.workbook.case import Case

# When a row of a table happened.
HAPPENED = {
    "order_lines": "ordered_at",
    "traffic": "starts_on",
    "contacts": "added_at",
    "group_days": "day",
    "staff_days": "day",
    "store_months": "month",
    "entry_days": "day",
    "live_sessions": "starts_at",
    "touches": "touched_at",
    "referrals": "day",
    "events": "happened_at",
    "feedback": "day",
    "settlements": "settled_at",
    "after_sales": "applied_at",
    "coupons": "starts_on",
    "live_orders": "starts_at",
    "service_periods": "starts_on",
    "lead_periods": "starts_on",
    "staff_tasks": "day",
    "group_members": "joined_at",
    "group_voices": "day",
    "audience_days": "day",
    "posts": "day",
    "live_shifts": "starts_at",
    "live_viewers": "day",
}


def open_tables(case: Case, *, engine: str = EMBEDDED, spill: Path | None = None, as_of: date | None = None) -> Tables:
    """The tables of a client whose vault is there, on an engine.

    With `spill`, what checks keep is shared by all processes: in the vault, or in `spill` for a run as of a day.
    """
    own = open_own_folder(spill) if spill is not None else None
    backend = connect(engine, spill=own, memory=read_settings(case.settings).memory)
    by_name = open_vault(backend, case.vault)
    if as_of is not None:
        by_name = {name: leave_out(table, name, as_of) for name, table in by_name.items()}
    engagement = open_engagement(case, by_name, as_of)
    share = make_sharer(backend)
    return Tables(
        by_name=by_name,
        available=list_filled(engagement.account),
        engagement=engagement,
        fetch=fetch,
        share=share,
        share_on_disk=(
            make_keeper(backend, case.vault, choose_home(case.vault, spill, whole=as_of is None), share)
            if spill is not None and is_embedded(backend)
            else None
        ),
        close=backend.disconnect,
    )


def leave_out(table: ir.Table, name: str, as_of: date) -> ir.Table:
    """The rows of a table that were there before a day; tables and rows without a day stay."""
    column = HAPPENED.get(name)
    if column is None:
        return table
    happened = table[column]
    return table.filter(happened.isnull() | (happened < pd.Timestamp(as_of)))  # noqa: PD003 - an Ibis column


def examine_all(case: Case, languages: Sequence[Language] = LANGUAGES) -> tuple[list[Examined], tuple[Finding, ...]]:
    """Every check's outcome, its figure drawn in each of the languages, and all findings ranked.

    The vault must be there.
    """
    tables = open_tables(case)
    examined = [examine(name, load_check(name), tables, languages=languages) for name in list_all_checks()]
    findings = [finding for one in examined for finding in one.section.findings]
    return examined, rank_findings(findings, tables.engagement.annual_gmv)
