"""What incentives cost for what they bring, what they would cost if results grew, and who is due what by results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.organisation import _incentive_words as words
from diagnostics.checks.organisation._rewards import (
    LIMITS,
    NO_CONTACTS,
    NO_REWARDS,
    NOT_LOST,
    Rewards,
    ask_rewards,
    settle,
    show_rewards,
    tell_rewards,
)
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.rewards import count_adds, total_sales, total_tasks
from diagnostics.model.brief import Brief, to_number
from diagnostics.model.section import Asked, Exhibit, Field, Need, NotComputable
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
    """All incentives, GMV of a year, what an added contact costs, the tasks of the task lists, and who is due what.

    `rewards` is `None` where nothing is settled by results: no contacts by staff (`has_results`), or no such cost.
    """

    rows: tuple[Incentive, ...]
    gmv: float
    per_add: float | None
    tasks: pd.DataFrame
    rewards: Rewards | None
    has_results: bool
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for what rewards are paid for, where the tables tell."""
    engagement, period = tables.engagement, tables.engagement.horizon.current
    asked = ask_rewards(tables)
    if tables.has("order_lines", "paid_amount"):
        asked["sales"] = total_sales(within(value_lines(tables["order_lines"], engagement.gmv_basis), period))
    if tables.has("contacts", "added_at"):
        asked["adds"] = count_adds(tables["contacts"], period)
    if tables.has("staff_tasks", "done"):
        asked["tasks"] = total_tasks(tables["staff_tasks"])
    return asked


def measure(replies: Replies) -> Incentives | NotComputable:
    """Put the cost of each incentive beside its results, and settle what goes by result."""
    engagement = replies.engagement
    stated = engagement.brief.rows("incentives")
    if not stated:
        return NotComputable(reason=words.NO_INCENTIVES)
    yearly = engagement.horizon.yearly
    sales = replies["sales"].iloc[0].fillna(0) if "sales" in replies else None
    adds = float(replies["adds"].adds.iloc[0]) * yearly if "adds" in replies else 0.0
    store = float(sales.store_gmv) * yearly if sales is not None else 0.0
    per_add = sum((to_number(row.get("cost")) or 0.0) for row in stated if row.get("type") == "per_add")
    return Incentives(
        rows=tuple(_read(row, adds, store, engagement.currency) for row in stated),
        gmv=engagement.annual_gmv,
        per_add=per_add / adds if per_add and adds else None,
        tasks=replies["tasks"] if "tasks" in replies else pd.DataFrame(),
        rewards=settle(stated, replies.frames, engagement, find_limits("organisation.incentives", LIMITS, engagement)),
        has_results="staff" in replies,
        currency=engagement.currency,
    )


def _read(row: Mapping[str, object], adds: float, store: float, currency: str) -> Incentive:
    kind, cost = str(row.get("type")), (to_number(row.get("cost")) or 0.0)
    result = each = NOTHING
    if kind == "per_add" and adds:
        result = Text(zh="新增好友 {n}", en="contacts added: {n}").fill(n=word_number(adds))
        each = word_price(cost / adds, currency)
    if kind == "commission" and store:
        result = Text(zh="门店 GMV {money}", en="stores' GMV {money}").fill(money=word_money(store, currency))
        each = word_percent(cost / store)
    return Incentive(kind=kind, rule=str(row.get("rule") or ""), cost=cost, result=result, each=each)


def judge(measured: Incentives, limits: Limits) -> tuple[Finding, ...]:
    """Nothing: what an incentive causes can't be told without a comparison group."""
    del measured, limits
    return ()


def tell(measured: Incentives) -> Text:
    """The cost today and with more results; who is due what."""
    cost, rewards = sum(one.cost for one in measured.rows), measured.rewards
    has_price = rewards is not None and rewards.price is not None
    add = None if has_price else measured.per_add
    said = words.ANSWER.fill(
        n=word_number(len(measured.rows)),
        cost=word_money(cost, measured.currency),
        share=word_percent(cost / measured.gmv if measured.gmv else None),
        more=word_money(sum(one.more for one in measured.rows), measured.currency),
        add=words.PER_ADD.fill(price=word_price(add, measured.currency)) if add else NOTHING,
    )
    return said + tell_rewards(rewards) if rewards is not None else said


def caveats(measured: Incentives) -> tuple[Text, ...]:
    """What paid tasks would take where no list of tasks is there, and whether losses could be taken off."""
    said = [] if len(measured.tasks) else [words.NO_TASKS]
    if measured.rewards is not None and not measured.rewards.knows_losses:
        said.append(NOT_LOST)
    return tuple(said)


def lacks(measured: Incentives) -> Mapping[str, Text]:
    """The settlement and the tiers, where nothing goes by results."""
    if measured.rewards is not None:
        return {}
    return dict.fromkeys(BY_RESULT, NO_REWARDS if measured.has_results else NO_CONTACTS)


def tabulate(measured: Incentives) -> tuple[Exhibit, ...]:
    """An incentive a row; paid tasks where their lists are there; the settlement and the tiers."""
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
    tasks = (_show_tasks(measured.tasks),) if len(measured.tasks) else ()
    return shown, *tasks, *(show_rewards(measured.rewards) if measured.rewards is not None else ())


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


BY_SHEET, BY_RESULT = ("000-23", "000-43"), ("000-32", "000-56")

# 2,400 for adds and 1,000 of prizes are 3,400; with a fifth more adds 3,880. 10 contacts in a month are 120 a year: 20
# for each. s1 added 6 and lost 1, s2 added 4: 9 x 20 = 180 are due. Of the pool of 1,000 staff share 250 as 5 to 4; no
# results tell of cities or hosts.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(*BY_SHEET, *BY_RESULT),
    finds=(),
    needs=(Need(table="order_lines"),),
    asks=(Asked(key="incentives", label=Text(zh="激励机制", en="Incentives")),),
    judges=BY_SHEET,
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={
            "order_lines": "customer ordered_at paid_amount\na 2024-01-02 250\nb 2024-02-28 250",
            "contacts": "\n".join(
                [
                    "contact staff added_at lost_at",
                    *(f"c{i} s{1 if i < 6 else 2} 2024-02-03 {'2024-02-20' if i == 0 else '-'}" for i in range(10)),  # noqa: PLR2004 - six to one
                ]
            ),
        },
        says="结果多两成时为 3,880元。按净新增结算，2 个账号本期应发 180元（每位 20.00元），流失的 1 位不发。"
        "1,000元的竞赛与榜单奖金按四档切分，有结果可分的是 1 档",
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
    uses=("contacts",),
)
