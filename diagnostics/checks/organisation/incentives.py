"""What incentives cost for what they bring, and what they would cost if results grew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.rewards import count_adds, total_sales, total_tasks
from diagnostics.model.brief import Brief
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
    word_price,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="激励花了多少，换来了什么？", en="What do incentives cost, and what do they bring?")
DEFINITION = Text(
    zh="费用依需求表（每年）；结果用数据：按加粉计 ÷ 本期新增好友（折成一年），佣金 ÷ 门店 GMV，"
    "有偿任务看任务明细的完成与结果。"
    "测算：结果多两成时，按量计的激励（加粉、佣金、任务）同比例增加，竞赛与榜单的奖金池不变。这是算术，"
    "不是激励带来的增量；"
    "要知道增量，须留不发奖的对照组。",
    en="Costs are the sheet's, a year; results are from data: rewards by add over contacts added (scaled to a year), "
    "commission over the stores' GMV, paid tasks by what the task lists say. Simulation: with a fifth more results, "
    "rewards by volume (adds, commission, tasks) grow alike, the pools of contests and rankings stay. Arithmetic, "
    "not "
    "what "
    "incentives cause: that takes a comparison group without a reward.",
)
NO_INCENTIVES = Text(zh="需求表没有写激励", en="the requirement sheet states no incentive")
ANSWER = Text(
    zh="{n} 项激励一年 {cost}，占 GMV {share}；结果多两成时为 {more}{add}。",
    en="Incentives stated: {n}, {cost} a year, {share} of GMV; with a fifth more results {more}{add}.",
)
NO_TASKS = Text(
    zh="有偿任务的完成与单个结果成本要看任务明细（任务类型、员工、是否完成、结果数、奖励），企微或 SCRM 的任务报表可"
    "导出。",
    en="What paid tasks bring and cost for each result takes the list of tasks (kind, staff, done, results, reward), "
    "which WeCom or SCRM task reports export.",
)
PER_ADD = Text(zh="；每位新增好友奖励约 {price}", en="; about {price} for a contact added")
KINDS: dict[str, Text] = {
    "paid_task": Text(zh="有偿任务", en="Paid task"),
    "per_add": Text(zh="按加粉计", en="Per add"),
    "commission": Text(zh="佣金", en="Commission"),
    "contest": Text(zh="竞赛", en="Contest"),
    "ranking": Text(zh="榜单", en="Ranking"),
}
BY_VOLUME = frozenset({"paid_task", "per_add", "commission"})
GROWTH = 0.2
LONGEST = 30


@dataclass(frozen=True, kw_only=True)
class Incentive:
    """One incentive: its cost a year, what it is paid for (in words) and what it would cost with more results."""

    kind: str
    rule: str
    cost: float
    result: Text
    each: Text

    @property
    def more(self) -> float:
        """The cost with a fifth more results."""
        return self.cost * (1 + GROWTH) if self.kind in BY_VOLUME else self.cost


@dataclass(frozen=True, kw_only=True)
class Incentives:
    """All incentives, GMV of a year, what an added contact costs, and the tasks of the task lists."""

    rows: tuple[Incentive, ...]
    gmv: float
    per_add: float | None
    tasks: pd.DataFrame
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for what rewards are paid for, where the tables tell."""
    engagement, period = tables.engagement, tables.engagement.horizon.current
    asked = {}
    if tables.has("order_lines", "paid_amount"):
        asked["sales"] = total_sales(within(value_lines(tables["order_lines"], engagement.gmv_basis), period))
    if tables.has("contacts", "added_at"):
        asked["adds"] = count_adds(tables["contacts"], period)
    if tables.has("staff_tasks", "done"):
        asked["tasks"] = total_tasks(tables["staff_tasks"])
    return asked


def measure(replies: Replies) -> Incentives | NotComputable:
    """Put the cost of each incentive beside its results."""
    engagement = replies.engagement
    stated = engagement.brief.rows("incentives")
    if not stated:
        return NotComputable(reason=NO_INCENTIVES)
    yearly = engagement.horizon.yearly
    sales = replies["sales"].iloc[0].fillna(0) if "sales" in replies else None
    adds = float(replies["adds"].adds.iloc[0]) * yearly if "adds" in replies else 0.0
    store = float(sales.store_gmv) * yearly if sales is not None else 0.0
    per_add = sum(_number(row.get("cost")) for row in stated if row.get("type") == "per_add")
    return Incentives(
        rows=tuple(_read(row, adds, store, engagement.currency) for row in stated),
        gmv=engagement.annual_gmv,
        per_add=per_add / adds if per_add and adds else None,
        tasks=replies["tasks"] if "tasks" in replies else pd.DataFrame(),
        currency=engagement.currency,
    )


def _read(row: Mapping[str, object], adds: float, store: float, currency: str) -> Incentive:
    kind, cost = str(row.get("type")), _number(row.get("cost"))
    result = each = NOTHING
    if kind == "per_add" and adds:
        result = Text(zh="新增好友 {n}", en="contacts added: {n}").fill(n=word_number(adds))
        each = word_price(cost / adds, currency)
    if kind == "commission" and store:
        result = Text(zh="门店 GMV {money}", en="stores' GMV {money}").fill(money=word_money(store, currency))
        each = word_percent(cost / store)
    return Incentive(kind=kind, rule=str(row.get("rule") or ""), cost=cost, result=result, each=each)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def judge(measured: Incentives, limits: Limits) -> tuple[Finding, ...]:
    """Nothing: what an incentive causes can't be told without a comparison group."""
    del measured, limits
    return ()


def tell(measured: Incentives) -> Text:
    """The cost today and with more results."""
    cost = sum(one.cost for one in measured.rows)
    return ANSWER.fill(
        n=word_number(len(measured.rows)),
        cost=word_money(cost, measured.currency),
        share=word_percent(cost / measured.gmv if measured.gmv else None),
        more=word_money(sum(one.more for one in measured.rows), measured.currency),
        add=PER_ADD.fill(price=word_price(measured.per_add, measured.currency)) if measured.per_add else NOTHING,
    )


def caveats(measured: Incentives) -> tuple[Text, ...]:
    """What paid tasks would take where no list of tasks is there."""
    return () if len(measured.tasks) else (NO_TASKS,)


def tabulate(measured: Incentives) -> tuple[Exhibit, ...]:
    """An incentive a row; and paid tasks where their lists are there."""
    rows = [
        {
            "kind": KINDS.get(one.kind) or name_verbatim(one.kind),
            "rule": name_verbatim(shorten(one.rule, LONGEST)),
            "cost": one.cost,
            "result": one.result,
            "each": one.each,
            "more": one.more,
        }
        for one in measured.rows
    ]
    fields = (
        Field(name="kind", label=Text(zh="类型", en="Kind")),
        Field(name="rule", label=Text(zh="规则", en="Rule")),
        Field(name="cost", label=Text(zh="年费用", en="Cost a year"), unit="money"),
        Field(name="result", label=Text(zh="对应结果（数据）", en="Result (data)")),
        Field(name="each", label=Text(zh="单位成本", en="Cost of each")),
        Field(name="more", label=Text(zh="结果多两成时", en="With a fifth more"), unit="money"),
    )
    title = Text(zh="激励与测算", en="Incentives and a simulation")
    shown = Exhibit(name="incentives", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
    return (shown, _show_tasks(measured.tasks)) if len(measured.tasks) else (shown,)


def _show_tasks(tasks: pd.DataFrame) -> Exhibit:
    frame = tasks.assign(
        share=tasks.done / tasks.given,
        each=tasks.reward / tasks.results.where(tasks.results > 0),
    )
    fields = (
        Field(name="kind", label=Text(zh="任务类型", en="Kind of task")),
        Field(name="given", label=Text(zh="下发", en="Given"), unit="count"),
        Field(name="done", label=Text(zh="执行", en="Done"), unit="count"),
        Field(name="share", label=Text(zh="执行率", en="Share done"), unit="share"),
        Field(name="results", label=Text(zh="结果", en="Results"), unit="count"),
        Field(name="each", label=Text(zh="单个结果奖励", en="Reward for each"), unit="price"),
    )
    title = Text(zh="任务的执行与结果", en="Tasks done and what they brought")
    return Exhibit(name="tasks", title=title, fields=fields, frame=frame)


def draw(measured: Incentives, language: Language) -> Figure:
    """The cost of each incentive."""
    figure = draw_bars(
        [
            f"{place}. {(KINDS.get(one.kind) or name_verbatim(one.kind)).word(language)}"
            for place, one in enumerate(measured.rows, start=1)
        ],
        [one.cost for one in measured.rows],
        [word_money(one.cost, measured.currency).word(language) for one in measured.rows],
        axis_label=Text(zh="年费用", en="Cost a year").word(language),
    )
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    return figure


# 2,400 for adds and 1,000 of prizes are 3,400; with a fifth more adds 3,880. 10 contacts in a month are 120 a year: 20
# for each.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-23", "000-43"),
    finds=(),
    needs=(),
    asks=(Asked(key="incentives", label=Text(zh="激励机制", en="Incentives")),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250",
            "contacts": "\n".join(["contact added_at", *(f"c{i} 2024-02-03" for i in range(10))]),
        },
        says="20.00元",
        brief=Brief(
            answers={
                "incentives": (
                    {"type": "per_add", "rule": "20元一位", "cost": 2400.0},
                    {"type": "ranking", "rule": "榜单", "cost": 1000.0},
                )
            }
        ),
    ),
    place=30,
)
