"""Whether leads are followed up, by staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.metrics.tag_response import total_leads
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 15


def ask_leads(tables: Tables) -> dict[str, ir.Table]:
    """Ask for leads by staff."""
    return {"leads": total_leads(tables["lead_periods"])} if tables.has("lead_periods", "staff", "followed") else {}


def read_leads(replies: Replies) -> pd.DataFrame | None:
    """Staff, followed, added, and converted and returned as shares; `None` without statistics of leads."""
    leads = replies.frames.get("leads")
    return None if leads is None or leads.empty else leads.sort_values("followed", ascending=False)


def tell_leads(leads: pd.DataFrame, template: Text) -> Text:
    """How often leads were followed up, and by how many."""
    return template.fill(
        staff=word_number(len(leads)),
        followed=word_number(float(leads.followed.sum())),
        added=word_number(float(leads.added.sum())),
    )


def tabulate_leads(leads: pd.DataFrame) -> Exhibit:
    """Leads by staff."""
    frame = leads.head(MOST_ROWS)
    frame = frame.assign(
        staff=pd.Series([name_verbatim(str(one)) for one in frame.staff], index=frame.index, dtype=object)
    )
    fields = (
        Field(name="staff", label=Text(zh="员工（代号）", en="Staff, coded")),
        Field(name="followed", label=Text(zh="跟进人次", en="Follow-ups"), unit="count"),
        Field(name="added", label=Text(zh="添加客户", en="Contacts added"), unit="count"),
        Field(name="converted", label=Text(zh="转化率", en="Converted"), unit="share"),
        Field(name="returned", label=Text(zh="退回率", en="Handed back"), unit="share"),
    )
    return Exhibit(name="leads", title=Text(zh="线索跟进", en="Leads"), fields=fields, frame=frame)


def draw_leads(leads: pd.DataFrame, language: Language) -> Figure:
    """Follow-ups by staff."""
    shown = leads.head(MOST_ROWS)
    followed = shown.followed.astype(float).tolist()
    return draw_bars(
        [shorten(str(staff), 18) for staff in shown.staff],
        followed,
        [word_number(one).word(language) for one in followed],
        axis_label=Text(zh="跟进人次", en="Follow-ups").word(language),
    )
