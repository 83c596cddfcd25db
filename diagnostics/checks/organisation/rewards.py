"""How the stated rewards settle by results, and how a contest's pool would be shared out over four tiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.reward_results import count_city_adds, count_staff_adds, total_anchor_sales
from diagnostics.model.brief import Brief
from diagnostics.model.section import Asked, Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_money, word_number, word_price

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="按结果兑现，奖励各该发给谁、发多少？", en="Settled by results, who would get how much of the rewards?"
)
DEFINITION = Text(
    zh="结算：按加粉计的年费用 ÷ 全年新增好友 = 单价，乘以每个账号本期净新增（新增减去其中已流失的），流失的不发。"
    "分配模拟：需求表里竞赛与榜单的年奖金按整体、地市、主播、员工四档切分（默认各四分之一，可改），档内按结果比例分："
    "地市与员工看净新增好友，主播看场次成交；整体一档不分到人。某档没有结果数据时，该档不分。这是算术，不是激励效果"
    "。",
    en="Settlement: the yearly cost of rewards by add over contacts added in a year is the price, times what each "
    "account added this period and still holds; those lost are not paid. Allocation: the sheet's yearly pool of "
    "contests and rankings is cut into four tiers (whole, cities, hosts, staff; a quarter each, can be changed), and "
    "within a tier by result: net adds for cities and staff, sales of sessions for hosts; the whole is not dealt out "
    "to persons, nor a tier without results. Arithmetic, not what a reward causes.",
)
NO_REWARDS = Text(
    zh="需求表的激励里没有按加粉计、竞赛或榜单的费用",
    en="the sheet states no cost of rewards by add, of contests or rankings",
)
SETTLED = Text(
    zh="按净新增结算，{accounts} 个账号本期应发 {paid}（每位 {price}）{lost}。",
    en="By net adds {accounts} accounts are due {paid} this period ({price} each){lost}.",
)
LOST = Text(zh="，流失的 {n} 位不发", en="; {n} contacts lost are not paid")
NOT_LOST = Text(
    zh="联系人没有流失时间，结算未扣流失，实际应发会少一些。",
    en="Contacts hold no time of loss, so losses are not taken off and less would be due.",
)
DEALT = Text(
    zh="{pool}的竞赛与榜单奖金按四档切分，有结果可分的是 {tiers} 档。",
    en="The pool of {pool} of contests and rankings is cut into four tiers; tiers with results to share by: {tiers}.",
)
TIERS: dict[str, Text] = {
    "whole": Text(zh="整体竞赛", en="Whole team"),
    "city": Text(zh="地市管理", en="Cities"),
    "anchor": Text(zh="主播", en="Hosts"),
    "staff": Text(zh="员工", en="Staff"),
}
EVERYBODY = Text(zh="全队（达标即发）", en="all, if the goal is met")
OTHERS = Text(zh="其余 {n} 个", en="{n} others")
POOLED = frozenset({"contest", "ranking"})
MOST_SHOWN = 3
MOST_ACCOUNTS = 12
NAME = "organisation.rewards"


@dataclass(frozen=True, kw_only=True)
class Rewards:
    """What an add is paid, the pool and its tiers, and results by tier (`unit`, `net`), staff with added and lost."""

    price: float | None
    pool: float
    cut: Mapping[str, float]
    results: Mapping[str, pd.DataFrame]
    currency: str

    @property
    def staff(self) -> pd.DataFrame:
        """Staff accounts with what they added and still hold."""
        return self.results["staff"]

    @property
    def knows_losses(self) -> bool:
        """Whether contacts tell when they were lost."""
        return bool(self.staff.lost.notna().any())

    @property
    def due(self) -> float:
        """What the rewards by add settle to in the period."""
        return (self.price or 0.0) * float(self.staff.net.sum())


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for results by staff, city and host."""
    period = tables.engagement.horizon.current
    staff = count_staff_adds(tables["contacts"], period)
    if not tables.has("contacts", "lost_at"):
        staff = staff.mutate(lost=ibis.null("int64"))
    asked = {"staff": staff}
    if tables.has("stores", "store", "city") and tables.has("contacts", "store"):
        asked["city"] = count_city_adds(tables["contacts"], tables["stores"], period)
    if tables.has("live_sessions", "anchor", "starts_at", "paid_amount"):
        asked["anchor"] = total_anchor_sales(tables["live_sessions"], period)
    return asked


def measure(replies: Replies) -> Rewards | NotComputable:
    """Put stated costs beside results."""
    engagement = replies.engagement
    costs = {"per_add": 0.0, "pool": 0.0}
    for row in engagement.brief.rows("incentives"):
        kind, cost = str(row.get("type")), row.get("cost")
        part = "per_add" if kind == "per_add" else "pool" if kind in POOLED else None
        if part is not None and isinstance(cost, int | float):
            costs[part] += float(cost)
    if not any(costs.values()):
        return NotComputable(reason=NO_REWARDS)
    staff = replies["staff"]
    adds = float(staff.added.sum()) * engagement.horizon.yearly
    return Rewards(
        price=costs["per_add"] / adds if costs["per_add"] and adds else None,
        pool=costs["pool"],
        cut=DEFAULTS | dict(engagement.limits.get(NAME, {})),
        results={name: frame[frame.net > 0] for name, frame in replies.frames.items() if name != "staff"}
        | {"staff": staff},
        currency=engagement.currency,
    )


def judge(_measured: Rewards, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: what a reward causes takes a comparison group."""
    return ()


def tell(measured: Rewards) -> Text:
    """What is due by results, and how the pool is cut."""
    said = NOTHING
    if measured.price is not None:
        said += SETTLED.fill(
            accounts=word_number(len(measured.staff)),
            paid=word_money(measured.due, measured.currency),
            price=word_price(measured.price, measured.currency),
            lost=LOST.fill(n=word_number(measured.staff.lost.sum())) if measured.knows_losses else NOTHING,
        )
    if measured.pool:
        tiers = sum(name in measured.results and len(measured.results[name]) > 0 for name in TIERS)
        said += DEALT.fill(pool=word_money(measured.pool, measured.currency), tiers=word_number(tiers))
    return said


def caveats(measured: Rewards) -> tuple[Text, ...]:
    """Whether losses could be taken off."""
    return () if measured.knows_losses else (NOT_LOST,)


def tabulate(measured: Rewards) -> tuple[Exhibit, ...]:
    """The settlement by account; the pool by tier and recipient."""
    shown = [_show_settlement(measured)] if measured.price is not None else []
    if measured.pool:
        shown.append(_show_allocation(measured))
    return tuple(shown)


def _show_settlement(measured: Rewards) -> Exhibit:
    frame = measured.staff.head(MOST_ACCOUNTS)
    frame = frame.assign(due=frame.net * (measured.price or 0.0))
    fields = (
        Field(name="unit", label=Text(zh="账号", en="Account")),
        Field(name="added", label=Text(zh="新增好友", en="Added"), unit="count"),
        Field(name="lost", label=Text(zh="其中已流失", en="Of these lost"), unit="count"),
        Field(name="net", label=Text(zh="净新增", en="Net"), unit="count"),
        Field(name="due", label=Text(zh="应发（本期）", en="Due this period"), unit="money"),
    )
    title = Text(zh="按加粉结算单（前 {n} 名）", en="Settlement by adds, the first {n}")
    return Exhibit(name="settlement", title=title.fill(n=word_number(MOST_ACCOUNTS)), fields=fields, frame=frame)


def _show_allocation(measured: Rewards) -> Exhibit:
    rows: list[dict[str, object]] = []
    for tier, name in TIERS.items():
        amount = measured.pool * measured.cut[tier]
        frame = measured.results.get(tier)
        total = float(frame.net.sum()) if frame is not None else 0.0
        if tier == "whole" or frame is None or total <= 0:
            who = EVERYBODY if tier == "whole" else NOTHING
            rows.append({"tier": name, "who": who, "result": None, "share": None, "amount": amount})
            continue
        first, rest = frame.head(MOST_SHOWN), frame.iloc[MOST_SHOWN:]
        parts = [
            (name_verbatim(shorten(str(unit))), float(net)) for unit, net in zip(first.unit, first.net, strict=True)
        ]
        if len(rest):
            parts.append((OTHERS.fill(n=word_number(len(rest))), float(rest.net.sum())))
        rows += [
            {"tier": name, "who": who, "result": net, "share": net / total, "amount": amount * net / total}
            for who, net in parts
        ]
    fields = (
        Field(name="tier", label=Text(zh="奖励档", en="Tier")),
        Field(name="who", label=Text(zh="得奖方", en="Recipient")),
        Field(name="result", label=Text(zh="结果（主播为成交额）", en="Result (hosts: sales)"), unit="count"),
        Field(name="share", label=Text(zh="档内占比", en="Share of the tier"), unit="share"),
        Field(name="amount", label=Text(zh="年奖金", en="Reward a year"), unit="money"),
    )
    title = Text(zh="四档奖励分配（模拟）", en="Rewards over four tiers, simulated")
    return Exhibit(name="allocation", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Rewards, language: Language) -> Figure:
    """The tiers of the pool; without one, what the first accounts are due."""
    if measured.pool:
        names = [name.word(language) for name in TIERS.values()]
        values = [measured.pool * measured.cut[tier] for tier in TIERS]
    else:
        first = measured.staff.head(MOST_ACCOUNTS)
        names, values = [str(unit) for unit in first.unit], [float(net) * (measured.price or 0.0) for net in first.net]
    figure = draw_bars(
        names,
        values,
        [word_money(value, measured.currency).word(language) for value in values],
        axis_label=Text(zh="奖励金额", en="Reward").word(language),
    )
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    return figure


QUARTER = Text(
    zh="四档均分作起点，比例由客户定；本工具的设定，可改",
    en="an even cut to begin with, the client sets the shares; a setting, can be changed",
)
LIMITS = tuple(Limit(name=tier, value=0.25, reason=QUARTER) for tier in TIERS)
DEFAULTS = {limit.name: limit.value for limit in LIMITS}
# 10 contacts in a month are 120 a year: 2,400 a year pays 20 each. s1 added 6 and lost 1, s2 added 4: 9 x 20 = 180
# are due. Of the pool of 1,000 staff share 250 as 5 to 4; no results tell of cities or hosts.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-32", "000-56"),
    finds=(),
    needs=(Need(table="contacts", columns=("staff", "added_at")),),
    asks=(Asked(key="incentives", label=Text(zh="激励机制", en="Incentives")),),
    limits=LIMITS,
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
            "contacts": "\n".join(
                [
                    "contact staff added_at lost_at",
                    *(f"c{i} s{1 if i < 6 else 2} 2024-02-03 {'2024-02-20' if i == 0 else '-'}" for i in range(10)),  # noqa: PLR2004 - six to one
                ]
            ),
        },
        says="2 个账号本期应发 180元（每位 20.00元），流失的 1 位不发。1,000元的竞赛与榜单奖金"
        "按四档切分，有结果可分的是 1 档",
        brief=Brief(
            answers={
                "incentives": (
                    {"type": "per_add", "rule": "20元一位", "cost": 2400.0},
                    {"type": "ranking", "rule": "榜单", "cost": 1000.0},
                )
            }
        ),
    ),
    place=32,
)
