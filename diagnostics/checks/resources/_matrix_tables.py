"""Tables of the register of resources: next steps, have and want, what is needed, demands against resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.resources import _matrix_words as words
from diagnostics.checks.resources._register import LONGEST, NEXT, STAGES, TYPES, name_resource
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten

if TYPE_CHECKING:
    from diagnostics.checks.resources._register import Register

MOST_ROWS = 15
MOST_SERVING = 3


def show_resources(measured: Register) -> tuple[Exhibit, ...]:
    """The register with the next step; have, want, key; what is needed with its tool; demands against resources."""
    matrix = (_show_steps(measured), _show_matrix(measured)) if measured.demands else ()
    return (_show_register(measured), _show_three(measured), *matrix)


def _show_register(measured: Register) -> Exhibit:
    rows = [
        {
            "name": name_resource(one),
            "kind": TYPES[one.kind][0] if one.kind in TYPES else NOTHING,
            "owner": name_verbatim(shorten(one.owner, LONGEST)) if one.owner else words.NOBODY,
            "impact": one.impact,
            "scarcity": one.scarcity,
            "replaceable": one.replaceable,
            "weight": one.weight or None,
            "key": words.YES if one in measured.keys else NOTHING,
            "stage": STAGES[one.stage],
            "next": NEXT[one.stage],
        }
        for one in measured.resources[:MOST_ROWS]
    ]
    fields = (
        Field(name="name", label=Text(zh="资源", en="Resource")),
        Field(name="kind", label=Text(zh="类型", en="Kind")),
        Field(name="owner", label=Text(zh="负责岗位", en="Owner")),
        Field(name="impact", label=Text(zh="影响", en="Impact"), unit="count"),
        Field(name="scarcity", label=Text(zh="稀缺", en="Scarcity"), unit="count"),
        Field(name="replaceable", label=Text(zh="可替代", en="Replaceable"), unit="count"),
        Field(name="weight", label=Text(zh="分量", en="Weight"), unit="count"),
        Field(name="key", label=Text(zh="关键", en="Key")),
        Field(name="stage", label=Text(zh="进展", en="Stage")),
        Field(name="next", label=Text(zh="下一步", en="Next step")),
    )
    title = Text(zh="资源登记与推进", en="Register of resources and their next step")
    return Exhibit(name="register", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_three(measured: Register) -> Exhibit:
    have = [one.name for one in measured.resources if one.is_real]
    columns = {"have": have, "wanted": list(measured.wanted), "key": [one.name for one in measured.keys]}
    longest = min(max(len(names) for names in columns.values()), MOST_ROWS)
    frame = pd.DataFrame(
        {
            column: [name_verbatim(shorten(name)) for name in names[:longest]] + [NOTHING] * (longest - len(names))
            for column, names in columns.items()
        },
        dtype=object,
    )
    fields = (
        Field(name="have", label=Text(zh="已有", en="Have")),
        Field(name="wanted", label=Text(zh="目标", en="Want")),
        Field(name="key", label=Text(zh="关键", en="Key")),
    )
    title = Text(zh="三问：我有什么、要什么、靠什么", en="Three questions: have, want, depend on")
    return Exhibit(name="three", title=title, fields=fields, frame=frame)


def _show_steps(measured: Register) -> Exhibit:
    """Step one of the six: from what is needed and there to why it should work and what moves it on."""
    wanted = join_texts(name_verbatim(shorten(name, LONGEST)) for name in measured.wanted)
    find = words.FIND_AMONG.fill(wanted=wanted) if measured.wanted else words.FIND_ONE
    rows = []
    for demand in measured.demands[:MOST_ROWS]:
        serving = [one for one in measured.resources if demand in one.demands]
        first = serving[0] if serving else None
        rows.append(
            {
                "need": name_verbatim(shorten(demand)),
                "have": join_texts(name_resource(one) for one in serving[:MOST_SERVING]),
                "reason": STAGES[first.stage] if first else words.NO_RESOURCE,
                "tool": NEXT[first.stage] if first else find,
            }
        )
    fields = (
        Field(name="need", label=Text(zh="我需要什么", en="What I need")),
        Field(name="have", label=Text(zh="我有什么", en="What I have")),
        Field(name="reason", label=Text(zh="凭什么做成", en="Why it could work")),
        Field(name="tool", label=Text(zh="用什么推进", en="What moves it on")),
    )
    title = Text(zh="从“有什么、要什么”到“凭什么、用什么”", en="From have and need to reason and tool")
    return Exhibit(name="steps", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_matrix(measured: Register) -> Exhibit:
    shown = measured.resources[:6]
    rows = [
        {"demand": name_verbatim(shorten(demand))}
        | {f"r{place}": words.YES if demand in one.demands else NOTHING for place, one in enumerate(shown)}
        for demand in measured.demands[:MOST_ROWS]
    ]
    fields = (
        Field(name="demand", label=Text(zh="需求", en="Demand")),
        *(Field(name=f"r{place}", label=name_verbatim(shorten(one.name, 10))) for place, one in enumerate(shown)),
    )
    title = Text(zh="资源需求矩阵（初配，待确认）", en="Demands against resources, as proposed")
    return Exhibit(name="matrix", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
