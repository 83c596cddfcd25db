"""Which touchpoints are thought through, with platform, tool, scene and hook, and which lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.venue import _touchpoint_words as words
from diagnostics.checks.venue._entrances import (
    Entrance,
    count_lacking,
    read_entrance,
    tabulate_entrances,
    tell_entrances,
)
from diagnostics.metrics.entry_codes import count_codes
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

EMPTY_WORDS = frozenset(["", "无", "没有", "none", "n/a", "na", "-", "/", "—", "待定", "tbd", "暂无"])
COLUMNS = {"code": "entry_code/state", "owner": "owner", "next_step": "next_step"}
MOST_NAMED = 6


@dataclass(frozen=True, kw_only=True)
class Touchpoint:
    """One touchpoint of the sheet: name, stage, kind, code, what it lacks, and contacts its code added (if known)."""

    name: str
    stage: str
    kind: str
    code: str
    lacking: tuple[str, ...]
    added: int | None


@dataclass(frozen=True, kw_only=True)
class Touchpoints:
    """All touchpoints in the order of the sheet, their four parts, and whether no code is known among contacts."""

    points: tuple[Touchpoint, ...]
    entrances: tuple[Entrance, ...]
    is_unmatched: bool = False

    @property
    def whole(self) -> int:
        """How many lack nothing."""
        return sum(not point.lacking for point in self.points)

    def count(self, part: str) -> int:
        """How many lack one part."""
        return sum(part in point.lacking for point in self.points)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for contacts by source code where there are any."""
    if not tables.has("contacts", "source", "added_at"):
        return {}
    return {"codes": count_codes(tables["contacts"], tables.engagement.horizon.current)}


def measure(replies: Replies) -> Touchpoints | NotComputable:
    """Look at each touchpoint of the sheet."""
    codes = None
    if "codes" in replies:
        codes = dict(zip(replies["codes"].code, replies["codes"].added.astype(int), strict=True))
    points = list_touchpoints(replies.engagement.brief, codes)
    if not points:
        return NotComputable(reason=words.NO_LIST, unlocked_by=words.UNLOCK)
    coded = [point for point in points if point.added is not None]
    is_unmatched = bool(coded) and sum(codes.values() if codes else ()) > 0 and not any(one.added for one in coded)
    if is_unmatched:
        points = tuple(replace(point, added=None) for point in points)
    entrances = list_entrances(replies.engagement.brief)
    return Touchpoints(points=points, entrances=entrances, is_unmatched=is_unmatched)


def list_touchpoints(brief: Brief, codes: Mapping[str, int] | None) -> tuple[Touchpoint, ...]:
    """The sheet's touchpoints; a row without a name is left out, and one named twice counts once, at its fullest."""
    found = []
    for name, row in _choose_rows(brief).items():
        code = _read(row.get(COLUMNS["code"]))
        found.append(
            Touchpoint(
                name=name,
                stage=_read(row.get("stage")),
                kind=_read(row.get("public/private")),
                code=code,
                lacking=_list_lacking(row),
                added=None if codes is None or not code else codes.get(code.removeprefix("state=").strip(), 0),
            )
        )
    return tuple(found)


def list_entrances(brief: Brief) -> tuple[Entrance, ...]:
    """The same touchpoints by platform, tool, scene and hook."""
    sold = tuple(str(row.get("channel") or "") for row in brief.rows("main_channels"))
    return tuple(
        read_entrance(name, _read(row.get(COLUMNS["code"])), _read(row.get(COLUMNS["next_step"])), sold)
        for name, row in _choose_rows(brief).items()
    )


def _choose_rows(brief: Brief) -> dict[str, Mapping[str, object]]:
    chosen: dict[str, Mapping[str, object]] = {}
    for row in brief.rows("touchpoints"):
        name = _read(row.get("touchpoint"))
        if name and (name not in chosen or len(_list_lacking(row)) < len(_list_lacking(chosen[name]))):
            chosen[name] = row
    return chosen


def _list_lacking(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(part for part, column in COLUMNS.items() if not _read(row.get(column)))


def _read(value: object) -> str:
    said = " ".join(str(value).split()) if value is not None else ""
    return "" if said.lower() in EMPTY_WORDS else said


def judge(measured: Touchpoints, _limits: Limits) -> tuple[Finding, ...]:
    """Raise every touchpoint that lacks a part; a public one without a code weighs more, for people are lost there."""
    return tuple(_find(point) for point in measured.points if point.lacking)


def tell(measured: Touchpoints) -> Text:
    """How many links are whole and what the others lack; then how many have platform, tool, scene and hook."""
    n, plan = len(measured.points), tell_entrances(measured.entrances)
    if measured.whole == n:
        return words.ANSWER_WHOLE.fill(n=word_number(n)) + plan
    parts = [lack.fill(n=word_number(measured.count(part))) for part, lack in words.LACKING.items()]
    said = words.ANSWER.fill(
        n=word_number(n),
        whole=word_number(measured.whole),
        share=word_percent(measured.whole / n, 0),
        parts=join_texts(parts),
    )
    return said + plan


def caveats(measured: Touchpoints) -> tuple[Text, ...]:
    """Codes that brought nobody, where any code brought somebody; that none is known among contacts."""
    if measured.is_unmatched:
        return (words.UNMATCHED,)
    coded = [point for point in measured.points if point.added is not None]
    silent = [point for point in coded if point.added == 0]
    if not silent or len(silent) == len(coded):
        return ()
    return (words.SILENT.fill(names=join_texts(_name(point) for point in silent[:MOST_NAMED])),)


def tabulate(measured: Touchpoints) -> tuple[Exhibit, ...]:
    """The touchpoints with what they lack, and with their platform, tool, scene and hook."""
    fields = (
        Field(name="name", label=Text(zh="触点", en="Touchpoint")),
        Field(name="stage", label=Text(zh="阶段", en="Stage")),
        Field(name="kind", label=Text(zh="公域或私域", en="Public or private")),
        Field(name="verdict", label=Text(zh="链路", en="Link")),
        Field(name="added", label=Text(zh="本期新增好友", en="Contacts added"), unit="count"),
    )
    rows = [
        {
            "name": point.name,
            "stage": words.STAGES.get(point.stage, NOTHING),
            "kind": words.KINDS.get(point.kind, NOTHING),
            "verdict": words.BROKEN.fill(parts=_join(point)) if point.lacking else words.WHOLE,
            "added": point.added,
        }
        for point in measured.points
    ]
    title = Text(zh="触点清单核对", en="The list of touchpoints, checked")
    links = Exhibit(name="touchpoints", title=title, fields=fields, frame=pd.DataFrame(rows))
    return (links, tabulate_entrances(measured.entrances))


def draw(measured: Touchpoints, language: Language) -> Figure:
    """How many touchpoints are whole links, how many lack a part of one, and how many a part of the plan."""
    planned = {part: name for part, name in words.PARTS.items() if part != "tool"}  # the tool is the entry code
    counts = [
        measured.whole,
        *(measured.count(part) for part in words.NAMES),
        *(count_lacking(measured.entrances, part) for part in planned),
    ]
    lacks = [words.BROKEN.fill(parts=name).word(language) for name in (*words.NAMES.values(), *planned.values())]
    figure = draw_bars(
        [words.WHOLE.word(language), *lacks],
        counts,
        [word_number(count).word(language) for count in counts],
        axis_label=words.AXIS.word(language),
        marked=set(range(1, 1 + len(words.NAMES))),
    )
    scale_count(figure.axes[0].xaxis)
    return figure


def _name(point: Touchpoint) -> Text:
    return name_verbatim(shorten(point.name, 24))


def _join(point: Touchpoint) -> Text:
    return join_texts(words.NAMES[part] for part in point.lacking)


def _find(point: Touchpoint) -> Finding:
    stage = words.STAGES.get(point.stage, words.STAGE_UNKNOWN)
    kind = words.KINDS.get(point.kind, words.KIND_UNKNOWN)
    is_open = point.kind == "public" and "code" in point.lacking
    return Finding(
        code="venue.broken_link",
        scope={"touchpoint": point.name},
        title=words.TITLE.fill(name=_name(point), lacking=_join(point)),
        cause=words.CAUSE.fill(
            name=_name(point),
            stage=Text(zh=stage.zh, en=stage.en.lower()),
            kind=Text(zh=kind.zh, en=kind.en.lower()),
            lacking=_join(point),
            loss=words.LOSS[point.lacking[0]],
        ),
        action=words.ACTION,
        owner_role="acquisition",
        validation=Validation(metric="link_audit", direction="up", window_days=30),
        stop_rule=words.STOP,
        # The sheet says it, and an empty cell may also be one that was not filled in.
        confidence=0.7,
        impact=None,
        impact_reason=words.NO_MONEY,
        severity="medium" if is_open else "low",
        evidence=(Evidence(table="touchpoints", n=1, value=float(len(point.lacking))),),
    )


# The parcel card has all that makes a link and a plan: the brand sells at Tmall, and there is a gift. The live room and
# the store stand have no code, a platform in which the brand sells, or a hook; of the desk no scene is told.
EXAMPLE_ROWS: tuple[Mapping[str, object], ...] = tuple(
    dict(zip(("touchpoint", "stage", "public/private", *COLUMNS.values()), row, strict=True))
    for row in (
        ("包裹卡", "post", "private", "pkg01", "个人号运营", "加企微领小样"),
        ("直播间", "pre", "public", "无", "直播运营", None),
        ("门店台卡", "in", "public", None, "导购", "加导购"),
        ("前台", "in", "private", "x1", "导购", "领优惠券"),
    )
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-02", "001-04", "001-26"),
    finds=("venue.broken_link",),
    needs=(),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-29 10"},
        brief=Brief(answers={"touchpoints": EXAMPLE_ROWS, "main_channels": ({"channel": "tmall"},)}),
        says="4 个触点中 2 个链路完整（50%）；2 个没有入口码、0 个没有负责人、1 个没有下一步。"
        "平台、工具、场景、钩子四样齐的有 1 个，缺得最多的是平台（3 个）",
        finds=(
            ("venue.broken_link", {"touchpoint": "直播间"}),
            ("venue.broken_link", {"touchpoint": "门店台卡"}),
        ),
    ),
    place=60,
)
