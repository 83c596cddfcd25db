"""What the client has, wants and depends on: the key resource, what lies idle, which demand has no resource."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.resources._register import NEXT, STAGES, TYPES, Resource, Side, read_resources
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="手里有什么资源，哪一项是关键，有没有闲着？",
    en="Which resources are there, which one is key, and does it lie idle?",
)
DEFINITION = Text(
    zh="依需求表判断。关键资源三条标准：对业绩有直接影响、稀缺、难以替代，三项都达到限值才算；分量 = 影响 × "
    "稀缺 × "
    "（6 − 可替代），最高 125。推进四步：发现 → 落地（已有）→ 撬动（有负责人或用在触点上）→ 满足需求。资源与需求按字面"
    "初配，供咨询会上确认，不是事实。供给侧 = 供应链、渠道、合作方，需求侧 = 流量、内容、品牌，其余两侧皆可。",
    en="Judged from the sheet. A key resource acts directly on sales, is scarce and is hard to replace: it must "
    "reach all three limits; weight = impact × scarcity × (6 − replaceable), 125 at most. Four steps: known, secured "
    "(really there), in use (has an owner or stands at a touchpoint), serving a demand. Resources and demands are "
    "matched by their words as a proposal for the session, no fact. Supply side = supply, channel, partner; demand "
    "side = traffic, content, brand; the others serve both.",
)
NO_RESOURCES = Text(zh="需求表没有列出资源", en="the requirement sheet lists no resource")
ANSWER_KEY = Text(
    zh="{n} 项资源里达到关键标准的是{keys}（{side}）{idle}。",
    en="Of {n} resources these meet the criteria of a key resource: {keys} ({side}){idle}.",
)
ANSWER_NONE = Text(
    zh="{n} 项资源没有一项达到关键标准，分量最大的是{first}。",
    en="None of {n} resources meets the criteria of a key resource; the weightiest is {first}.",
)
IDLE = Text(zh="，其中{names}还没有用起来", en="; not in use yet: {names}")
UNSERVED = Text(zh="{n} 条需求没有对应的资源。", en="Demands without a resource: {n}.")
NAMED = Text(
    zh="客户自己写的关键资源是“{named}”，与打分结果不一致，请在会上核对。",
    en="The client names “{named}” as its key resource, which the scores do not bear out: discuss it in the session.",
)
SIDES: dict[Side, Text] = {
    "supply": Text(zh="杠杆在供给侧", en="the lever is on the supply side"),
    "demand": Text(zh="杠杆在需求侧", en="the lever is on the demand side"),
    "both": Text(zh="供需两侧都用得上", en="it serves both sides"),
}
TITLE = Text(zh="关键资源“{name}”还没有用起来：{stage}", en="The key resource “{name}” is not used: {stage}")
CAUSE = Text(
    zh="影响 {impact}、稀缺 {scarcity}、可替代 {replaceable}（需求表打分，1 至 5），达到关键标准；负责岗位：{owner}，"
    "对应需求：{demands}。",
    en="Impact {impact}, scarcity {scarcity}, replaceable {replaceable} (scores of the sheet, 1 to 5) meet the "
    "criteria; "
    "owner: {owner}; demands it would serve: {demands}.",
)
ACTION = Text(
    zh="两周内定负责人，选一条需求做最小试点（一个渠道、一个月、一个结果指标）；谈不成的写明换取条件，不再算作资源。",
    en="Name an owner within two weeks and try it on one demand: one channel, one month, one measure; if it can't be "
    "had, write down what it would take and stop counting it.",
)
STOP = Text(
    zh="一个月试点没有可量的结果，就降级为备用资源，把负责人时间还回去。",
    en="If the month brings nothing that can be measured, call it a reserve and give the owner's time back.",
)
NO_MONEY = Text(
    zh="资源的打分来自需求表，没有可核对的金额",
    en="scores come from the sheet and hold no amount that could be checked",
)
NOBODY = Text(zh="未写", en="nobody named")
NO_DEMAND = Text(zh="未对上", en="none matched")
MOST_ROWS = 15
LONGEST = 18
FIELD = Asked(key="resources", label=Text(zh="已有资源", en="Existing resources"))


@dataclass(frozen=True, kw_only=True)
class Register:
    """All resources, demands, what is wanted, and what the client calls key."""

    resources: tuple[Resource, ...]
    keys: tuple[Resource, ...]
    demands: tuple[str, ...]
    wanted: tuple[str, ...]
    named: str

    @property
    def idle(self) -> tuple[Resource, ...]:
        """Key resources that are not in use."""
        return tuple(one for one in self.keys if one.stage in {"found", "landed"})

    @property
    def unserved(self) -> tuple[str, ...]:
        """Demands that no resource answers."""
        return tuple(demand for demand in self.demands if not any(demand in one.demands for one in self.resources))

    @property
    def side(self) -> Side:
        """The side on which the key resources (or, without any, all) weigh most."""
        weights: dict[Side, int] = dict.fromkeys(SIDES, 0)
        for one in self.keys or self.resources:
            weights[one.side] += one.weight
        if weights["supply"] == weights["demand"]:
            return "both"
        return "supply" if weights["supply"] > weights["demand"] else "demand"


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: the sheet answers."""
    del tables
    return {}


def measure(replies: Replies) -> Register | NotComputable:
    """Read the register and find the key resources."""
    brief = replies.engagement.brief
    limits = DEFAULTS | dict(replies.engagement.limits.get(NAME, {}))
    resources = read_resources(brief)
    if not resources:
        return NotComputable(reason=NO_RESOURCES)
    return Register(
        resources=resources,
        keys=tuple(one for one in resources if one.is_key(limits)),
        demands=brief.choices("demands"),
        wanted=brief.choices("target_resources"),
        named=(brief.text("key_resource") or "").strip(),
    )


def judge(measured: Register, limits: Limits) -> tuple[Finding, ...]:
    """Raise every key resource that is not in use."""
    return tuple(_find(one, measured) for one in measured.idle if one.is_key(limits))


def _find(one: Resource, measured: Register) -> Finding:
    demands = join_texts(name_verbatim(shorten(demand)) for demand in one.demands) if one.demands else NO_DEMAND
    return Finding(
        code="resource.idle_key_resource",
        scope={"resource": one.name},
        title=TITLE.fill(name=name_verbatim(shorten(one.name)), stage=STAGES[one.stage]),
        cause=CAUSE.fill(
            impact=word_number(one.impact),
            scarcity=word_number(one.scarcity),
            replaceable=word_number(one.replaceable),
            owner=name_verbatim(shorten(one.owner)) if one.owner else NOBODY,
            demands=demands,
        ),
        action=ACTION,
        owner_role="manager",
        validation=Validation(metric="kpi_ach", direction="up", window_days=60),
        stop_rule=STOP,
        confidence=0.6,
        impact_reason=NO_MONEY,
        severity="low",
        evidence=(Evidence(table="register", n=len(measured.resources), value=float(one.weight)),),
    )


def tell(measured: Register) -> Text:
    """The key resources, on which side they work, and what is idle or missing."""
    n = word_number(len(measured.resources))
    if not measured.keys:
        said = ANSWER_NONE.fill(n=n, first=_name(measured.resources[0]))
    else:
        idle = IDLE.fill(names=join_texts(_name(one) for one in measured.idle)) if measured.idle else NOTHING
        keys = join_texts(_name(one) for one in measured.keys)
        said = ANSWER_KEY.fill(n=n, keys=keys, side=SIDES[measured.side], idle=idle)
    return said + UNSERVED.fill(n=word_number(len(measured.unserved))) if measured.unserved else said


def _name(one: Resource) -> Text:
    return name_verbatim(shorten(one.name, LONGEST))


def caveats(measured: Register) -> tuple[Text, ...]:
    """Where the client's own view differs from its scores."""
    if not measured.named or measured.named in {one.name for one in measured.keys}:
        return ()
    return (NAMED.fill(named=name_verbatim(shorten(measured.named))),)


def tabulate(measured: Register) -> tuple[Exhibit, ...]:
    """The register with the next step; have, want, key; what is needed with its tool; demands against resources."""
    matrix = (_show_steps(measured), _show_matrix(measured)) if measured.demands else ()
    return (_show_register(measured), _show_three(measured), *matrix)


def _show_register(measured: Register) -> Exhibit:
    rows = [
        {
            "name": _name(one),
            "kind": TYPES[one.kind][0] if one.kind in TYPES else NOTHING,
            "owner": name_verbatim(shorten(one.owner, LONGEST)) if one.owner else NOBODY,
            "impact": one.impact,
            "scarcity": one.scarcity,
            "replaceable": one.replaceable,
            "weight": one.weight or None,
            "key": YES if one in measured.keys else NOTHING,
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
    find = FIND_AMONG.fill(wanted=wanted) if measured.wanted else FIND_ONE
    rows = []
    for demand in measured.demands[:MOST_ROWS]:
        serving = [one for one in measured.resources if demand in one.demands]
        first = serving[0] if serving else None
        rows.append(
            {
                "need": name_verbatim(shorten(demand)),
                "have": join_texts(_name(one) for one in serving[:MOST_SERVING]),
                "reason": STAGES[first.stage] if first else NO_RESOURCE,
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
        | {f"r{place}": YES if demand in one.demands else NOTHING for place, one in enumerate(shown)}
        for demand in measured.demands[:MOST_ROWS]
    ]
    fields = (
        Field(name="demand", label=Text(zh="需求", en="Demand")),
        *(Field(name=f"r{place}", label=name_verbatim(shorten(one.name, 10))) for place, one in enumerate(shown)),
    )
    title = Text(zh="资源需求矩阵（初配，待确认）", en="Demands against resources, as proposed")
    return Exhibit(name="matrix", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Register, language: Language) -> Figure:
    """The weight of each resource; key ones that lie idle stand out."""
    shown = measured.resources[:MOST_ROWS]
    figure = draw_bars(
        [shorten(one.name, LONGEST) for one in shown],
        [float(one.weight) for one in shown],
        [STAGES[one.stage].word(language) for one in shown],
        axis_label=Text(zh="分量（影响 × 稀缺 × 难替代）", en="Weight (impact × scarcity × hard to replace)").word(
            language
        ),
        marked=[place for place, one in enumerate(shown) if one in measured.idle],
    )
    figure.axes[0].margins(x=0.35)
    return figure


YES = Text(zh="●", en="●")
NO_RESOURCE = Text(zh="还没有资源对上", en="no resource answers it yet")
FIND_ONE = Text(zh="先找到一项能对上的资源", en="first find a resource that answers it")
FIND_AMONG = Text(zh="先从想要的资源里谈成一项：{wanted}", en="first win one of those wanted: {wanted}")
MOST_SERVING = 3
NAME = "resources.matrix"
LIMITS = (
    Limit(
        name="impact",
        value=4,
        reason=Text(zh="对业绩有直接影响：4 分及以上", en="acts directly on sales: 4 and above"),
    ),
    Limit(name="scarcity", value=4, reason=Text(zh="稀缺：4 分及以上", en="scarce: 4 and above")),
    Limit(
        name="replaceable",
        value=2,
        reason=Text(zh="难以替代：可替代性 2 分及以下", en="hard to replace: 2 and below"),
    ),
)
DEFAULTS = {limit.name: limit.value for limit in LIMITS}

# The factory: 5 x 5 x (6 - 1) = 125 and not real yet. The guides are replaced easily, so they are not key.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("004-09", "004-10", "004-12", "004-13", "004-14", "004-15", "004-16", "004-17", "004-43", "004-46"),
    finds=("resource.idle_key_resource",),
    needs=(),
    asks=(FIELD,),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250"},
        says="自有工厂",
        finds=(("resource.idle_key_resource", {"resource": "自有工厂"}),),
        brief=Brief(
            answers={
                "resources": (
                    {
                        "resource": "自有工厂",
                        "type": "supply",
                        "status": "virtual",
                        "impact": 5,
                        "scarcity": 5,
                        "replaceable": 1,
                    },
                    {
                        "resource": "门店导购",
                        "type": "people",
                        "owner": "门店",
                        "status": "real",
                        "impact": 5,
                        "scarcity": 4,
                        "replaceable": 4,
                    },
                ),
                "demands": ("客户要售后有人管",),
            }
        ),
    ),
    place=10,
)
