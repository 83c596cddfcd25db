"""Tables that several parts of the plan share, and where their cells come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from diagnostics.model.brief import to_number
from diagnostics.model.finding import ROLES, Finding
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Status
from diagnostics.model.wording import NOTHING, Text
from diagnostics.plan.material import Material, Row
from diagnostics.plan.phrases import word_rank, word_ranks
from diagnostics.plan.roadmap import Roadmap

NO_DATA = Text(zh="没有数据：补“{export}”即可看到", en="no data: {export} would show it")
BEGIN_WITH = Text(zh="先处理 {ranks}", en="begin with {ranks}")
AND_NOT_NOW = Text(
    zh="，{ranks} 这九十天不做（原因见路线图）", en=", {ranks} not in these ninety days (the roadmap says why)"
)
NOT_NOW_ONLY = Text(
    zh="{ranks} 这九十天不做（原因见路线图）", en="{ranks} not in these ninety days (the roadmap says why)"
)
NOT_EXAMINED = Text(zh="有没有问题还没有数据可查", en="whether anything is wrong can't be examined yet")
FROM_SHEET = Text(zh="需求表：{field}", en="requirement sheet: {field}")
ACTIONS = Text(zh="要做的动作", en="What to do")
FINDING = Field(name="finding", label=Text(zh="对应问题", en="Finding"))
WHEN = Field(name="when", label=Text(zh="何时", en="When"))
OWNER = Field(name="owner", label=Text(zh="负责人", en="Owner"))


def list_actions(findings: Sequence[Finding], roadmap: Roadmap, *, title: Text = ACTIONS) -> Exhibit:
    """One row a finding: its number, the action, who and when; the roadmap has the rest."""
    fields = (
        FINDING,
        Field(name="action", label=Text(zh="动作", en="Action")),
        OWNER,
        WHEN,
    )
    rows = [
        {
            "finding": word_rank(one),
            "action": one.action,
            "owner": ROLES[one.owner_role],
            "when": roadmap.say_when(one),
        }
        for one in findings
    ]
    return build("actions", title, fields, rows)


def tell_todo(findings: Sequence[Finding], roadmap: Roadmap, clear: Text, *, is_examined: bool) -> Text:
    """Which findings to begin with and which the roadmap puts off; else that nothing is wrong, or not examined."""
    begun = word_ranks([one for one in findings if roadmap.holds(one)])
    put_off = word_ranks([one for one in findings if not roadmap.holds(one)])
    if begun is not None:
        return BEGIN_WITH.fill(ranks=begun) + (AND_NOT_NOW.fill(ranks=put_off) if put_off is not None else NOTHING)
    if put_off is not None:
        return NOT_NOW_ONLY.fill(ranks=put_off)
    return clear if is_examined else NOT_EXAMINED


def build(name: str, title: Text, fields: Sequence[Field], rows: Sequence[Row], note: Text | None = None) -> Exhibit:
    """An exhibit of rows; cells that a row lacks are empty."""
    names = [field.name for field in fields]
    columns = {name: pd.Series([row.get(name) for row in rows], dtype=object) for name in names}
    return Exhibit(name=name, title=title, fields=tuple(fields), frame=pd.DataFrame(columns), note=note)


def drop_empty(exhibits: Iterable[Exhibit]) -> tuple[Exhibit, ...]:
    """The tables that have rows."""
    return tuple(exhibit for exhibit in exhibits if not exhibit.frame.empty)


def judge_status(*, measured: bool, stated: bool) -> Status:
    """Computed where measured tables hold data, judged where only the sheet does, else not computable."""
    if measured:
        return "computed"
    return "judged" if stated else "not_computable"


def key_channels(rows: Iterable[Row], column: str) -> dict[str, Row]:
    """Rows by their channel's English name, whether a table holds ids or names."""
    return {name_of(row[column]).en: row for row in rows if row[column] is not None}


def name_of(cell: object) -> Text:
    """The name of a channel, given as an id or as a name."""
    return cell if isinstance(cell, Text) else name_channel(str(cell))


def list_channel_findings(material: Material, channel: Text) -> tuple[Finding, ...]:
    """Findings whose scope is this channel, alone or in a pair."""
    return tuple(
        one
        for one in material.findings
        if one.severity != "info"
        and any(name_channel(part).en == channel.en for part in one.scope.get("channel", "").split("+") if part)
    )


def read_number(row: Mapping[str, object] | None, column: str) -> float | None:
    """A number of a measured row, if it was observed."""
    return to_number(row.get(column)) if row is not None else None


def read_text(row: Row, column: str) -> str:
    """What a person wrote into a sheet's cell; empty if nothing."""
    value = row.get(column)
    return "" if value is None else str(value).strip()
