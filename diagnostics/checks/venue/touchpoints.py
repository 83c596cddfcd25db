"""Which touchpoints of the sheet lead nowhere: without an entry code, an owner or a next step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
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

QUESTION = Text(zh="哪些触点断了链？", en="Which touchpoints lead nowhere?")
DEFINITION = Text(
    zh="按需求表的触点清单逐个核对三样：入口码或参数（客户从这里能进来，且事后分得清从哪来）、负责岗位、下一步。缺一"
    "即为断链。链路完整率 = 三样都有的触点 ÷ 全部触点。若有联系人名单，另列每个入口码本期带来的好友数；写了码却一"
    "个好友也没有，只作提示，不算断链（可能未印出，也可能来源未记录）。",
    en="Each touchpoint of the sheet's list is checked for three things: an entry code (customers can come in, and can "
    "be told apart later), an owner, and a next step. Lacking one breaks the link. Whole links = touchpoints with all "
    "three over all. Where a contact list exists, contacts added by each code in the period are shown; a code that "
    "brought nobody is pointed out but not counted as broken (it may not be printed, or sources not recorded).",
)
NO_LIST = Text(zh="需求表没有填触点清单", en="the requirement sheet lists no touchpoints")
UNLOCK = Text(
    zh="需求表“触点清单”：触点、阶段、公域或私域、入口码、负责岗位、下一步",
    en="the sheet's list of touchpoints: stage, public or private, entry code, owner, next step",
)
ANSWER = Text(
    zh="{n} 个触点中 {whole} 个链路完整（{share}）；{parts}。",
    en="{whole} of {n} touchpoints are whole links ({share}); {parts}.",
)
ANSWER_WHOLE = Text(
    zh="{n} 个触点的链路都完整：入口码、负责人、下一步样样都有。",
    en="All {n} touchpoints are whole links: each has an entry code, an owner and a next step.",
)
LACKING = {
    "code": Text(zh="{n} 个没有入口码", en="{n} have no entry code"),
    "owner": Text(zh="{n} 个没有负责人", en="{n} have no owner"),
    "next_step": Text(zh="{n} 个没有下一步", en="{n} have no next step"),
}
UNMATCHED = Text(
    zh="需求表的入口码与好友名单里的来源码一个也对不上，看不出哪个触点带来多少好友；请统一两边的写法。",
    en="No entry code of the sheet is found among the source codes of contacts, so no touchpoint's contacts can be "
    "counted; write both alike.",
)
SILENT = Text(
    zh="有入口码但本期没有带来好友：{names}；请现场扫一次码。",
    en="With a code but no contact added in the period: {names}; scan them on site.",
)
NAMES = {
    "code": Text(zh="入口码", en="entry code"),
    "owner": Text(zh="负责人", en="owner"),
    "next_step": Text(zh="下一步", en="next step"),
}
STAGES = {
    "pre": Text(zh="购买前", en="Before buying"),
    "in": Text(zh="购买中", en="While buying"),
    "post": Text(zh="购买后", en="After buying"),
}
KINDS = {"public": Text(zh="公域", en="Public"), "private": Text(zh="私域", en="Private")}
TITLE = Text(zh="触点「{name}」断链：缺{lacking}", en="The touchpoint “{name}” is a broken link: no {lacking}")
CAUSE = Text(
    zh="「{name}」（{stage}，{kind}）在触点清单里没有填{lacking}：客户到了这里，{loss}。",
    en="“{name}” ({stage}, {kind}) has no {lacking} in the list of touchpoints: whoever gets there {loss}.",
)
LOSS = {
    "code": Text(zh="进不来，也分不清从哪来", en="can't come in, or can't be told from others"),
    "owner": Text(zh="没有人管", en="is nobody's business"),
    "next_step": Text(zh="不知道接下来做什么", en="is not told what to do next"),
}
ACTION = Text(
    zh="为该触点建独立渠道码并印到实物上，指定一个岗位负责，写明客户进来后 24 小时内的下一步；两周后看每个码的新增好"
    "友。",
    en="Give the touchpoint a code of its own and print it, name one role that owns it, and write down the next step "
    "within 24 hours; look at contacts added by code after two weeks.",
)
STOP = Text(
    zh="补齐四周后该码新增好友仍低于每周 10 位，则撤掉该触点，把位置让给别的入口。",
    en="Remove the touchpoint if four weeks after mending its code brings under ten contacts a week.",
)
NO_MONEY = Text(
    zh="断链的触点没有扫码或成交记录，无法折算金额",
    en="a broken touchpoint leaves no scans or sales that could size it",
)
STAGE_UNKNOWN = Text(zh="阶段未填", en="stage not stated")
KIND_UNKNOWN = Text(zh="公域或私域未填", en="public or private not stated")
BROKEN = Text(zh="缺{parts}", en="no {parts}")
WHOLE = Text(zh="完整", en="whole")
AXIS = Text(zh="触点数", en="Touchpoints")
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
    """All touchpoints in the order of the sheet, and whether no code of theirs is known among contacts."""

    points: tuple[Touchpoint, ...]
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
        return NotComputable(reason=NO_LIST, unlocked_by=UNLOCK)
    coded = [point for point in points if point.added is not None]
    is_unmatched = bool(coded) and sum(codes.values() if codes else ()) > 0 and not any(one.added for one in coded)
    if is_unmatched:
        points = tuple(replace(point, added=None) for point in points)
    return Touchpoints(points=points, is_unmatched=is_unmatched)


def list_touchpoints(brief: Brief, codes: Mapping[str, int] | None) -> tuple[Touchpoint, ...]:
    """The sheet's touchpoints; a row without a name is left out, and one named twice counts once, at its fullest."""
    found: dict[str, Touchpoint] = {}
    for row in brief.rows("touchpoints"):
        name = _read(row.get("touchpoint"))
        lacking = tuple(part for part, column in COLUMNS.items() if not _read(row.get(column)))
        code = _read(row.get(COLUMNS["code"]))
        point = Touchpoint(
            name=name,
            stage=_read(row.get("stage")),
            kind=_read(row.get("public/private")),
            code=code,
            lacking=lacking,
            added=None if codes is None or not code else codes.get(code.removeprefix("state=").strip(), 0),
        )
        if name and (name not in found or len(lacking) < len(found[name].lacking)):
            found[name] = point
    return tuple(found.values())


def _read(value: object) -> str:
    words = " ".join(str(value).split()) if value is not None else ""
    return "" if words.lower() in EMPTY_WORDS else words


def judge(measured: Touchpoints, _limits: Limits) -> tuple[Finding, ...]:
    """Raise every touchpoint that lacks a part; a public one without a code weighs more, for people are lost there."""
    return tuple(_find(point) for point in measured.points if point.lacking)


def tell(measured: Touchpoints) -> Text:
    """How many links are whole, and what the others lack."""
    n = len(measured.points)
    if measured.whole == n:
        return ANSWER_WHOLE.fill(n=word_number(n))
    parts = [words.fill(n=word_number(measured.count(part))) for part, words in LACKING.items()]
    return ANSWER.fill(
        n=word_number(n),
        whole=word_number(measured.whole),
        share=word_percent(measured.whole / n, 0),
        parts=join_texts(parts),
    )


def caveats(measured: Touchpoints) -> tuple[Text, ...]:
    """Codes that brought nobody, where any code brought somebody; that none is known among contacts."""
    if measured.is_unmatched:
        return (UNMATCHED,)
    coded = [point for point in measured.points if point.added is not None]
    silent = [point for point in coded if point.added == 0]
    if not silent or len(silent) == len(coded):
        return ()
    return (SILENT.fill(names=join_texts(_name(point) for point in silent[:MOST_NAMED])),)


def tabulate(measured: Touchpoints) -> tuple[Exhibit, ...]:
    """The touchpoints with what they lack."""
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
            "stage": STAGES.get(point.stage, NOTHING),
            "kind": KINDS.get(point.kind, NOTHING),
            "verdict": BROKEN.fill(parts=_join(point)) if point.lacking else WHOLE,
            "added": point.added,
        }
        for point in measured.points
    ]
    title = Text(zh="触点清单核对", en="The list of touchpoints, checked")
    return (Exhibit(name="touchpoints", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def draw(measured: Touchpoints, language: Language) -> Figure:
    """How many touchpoints are whole, and how many lack each part."""
    counts = [measured.whole, *(measured.count(part) for part in NAMES)]
    labels = [WHOLE.word(language), *(BROKEN.fill(parts=words).word(language) for words in NAMES.values())]
    figure = draw_bars(
        labels,
        counts,
        [word_number(count).word(language) for count in counts],
        axis_label=AXIS.word(language),
        marked={1, 2, 3},
    )
    scale_count(figure.axes[0].xaxis)
    return figure


def _name(point: Touchpoint) -> Text:
    return name_verbatim(shorten(point.name, 24))


def _join(point: Touchpoint) -> Text:
    return join_texts(NAMES[part] for part in point.lacking)


def _find(point: Touchpoint) -> Finding:
    stage = STAGES.get(point.stage, STAGE_UNKNOWN)
    kind = KINDS.get(point.kind, KIND_UNKNOWN)
    is_open = point.kind == "public" and "code" in point.lacking
    return Finding(
        code="venue.broken_link",
        scope={"touchpoint": point.name},
        title=TITLE.fill(name=_name(point), lacking=_join(point)),
        cause=CAUSE.fill(
            name=_name(point),
            stage=Text(zh=stage.zh, en=stage.en.lower()),
            kind=Text(zh=kind.zh, en=kind.en.lower()),
            lacking=_join(point),
            loss=LOSS[point.lacking[0]],
        ),
        action=ACTION,
        owner_role="acquisition",
        validation=Validation(metric="link_audit", direction="up", window_days=30),
        stop_rule=STOP,
        # The sheet says it, and an empty cell may also be one that was not filled in.
        confidence=0.7,
        impact=None,
        impact_reason=NO_MONEY,
        severity="medium" if is_open else "low",
        evidence=(Evidence(table="touchpoints", n=1, value=float(len(point.lacking))),),
    )


EXAMPLE_ROWS: tuple[Mapping[str, object], ...] = (
    {
        "touchpoint": "包裹卡",
        "stage": "post",
        "public/private": "private",
        "entry_code/state": "pkg01",
        "owner": "个人号运营",
        "next_step": "加企微",
    },
    {"touchpoint": "直播间", "stage": "pre", "public/private": "public", "entry_code/state": "无", "owner": "直播运营"},
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-02", "001-04"),
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
        brief=Brief(answers={"touchpoints": EXAMPLE_ROWS}),
        says="1 of 2 touchpoints are whole links",
        finds=(("venue.broken_link", {"touchpoint": "直播间"}),),
    ),
    place=60,
)
