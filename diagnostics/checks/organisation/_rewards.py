"""How the stated rewards settle by results, and how a contest's pool would be shared out over four tiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import pandas as pd

from diagnostics.checks.check import Limit
from diagnostics.metrics.reward_results import count_city_adds, count_staff_adds, total_anchor_sales
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_money, word_number, word_price

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import ibis.expr.types as ir

    from diagnostics.checks.check import Limits
    from diagnostics.model.brief import Row
    from diagnostics.model.engagement import Engagement
    from diagnostics.model.tables import Tables

NO_REWARDS = Text(
    zh="需求表的激励里没有按加粉计、竞赛或榜单的费用，无从按结果兑现：请补上这几类的年费用。",
    en="The sheet states no cost of rewards by add, of contests or rankings, so nothing is settled by results: state "
    "what they cost a year.",
)
NO_CONTACTS = Text(
    zh="没有带员工与添加时间的私域联系人，算不出该发给谁：请导出企业微信客户列表（员工、添加时间）。",
    en="No contacts with staff and the time of adding were delivered, so who is due what is not told: export the WeCom "
    "contact list with both.",
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


@dataclass(frozen=True, kw_only=True)
class Rewards:
    """What an add is paid, the pool and its tiers, and results by tier (`unit`, `net`), staff with added and lost."""

    price: float | None
    pool: float
    cut: Limits
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


def ask_rewards(tables: Tables) -> dict[str, ir.Table]:
    """Ask for results by staff, city and host; nothing where contacts do not name staff and day."""
    if not tables.has("contacts", "staff", "added_at"):
        return {}
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


def settle(
    stated: Iterable[Row], frames: Mapping[str, pd.DataFrame], engagement: Engagement, cut: Limits
) -> Rewards | None:
    """Stated costs beside results; `None` where no results are there or no such cost is stated."""
    costs = {"per_add": 0.0, "pool": 0.0}
    for row in stated:
        kind, cost = str(row.get("type")), row.get("cost")
        part = "per_add" if kind == "per_add" else "pool" if kind in POOLED else None
        if part is not None and isinstance(cost, int | float):
            costs[part] += float(cost)
    if "staff" not in frames or not any(costs.values()):
        return None
    adds = float(frames["staff"].added.sum()) * engagement.horizon.yearly
    others = {tier: frames[tier] for tier in TIERS if tier in frames and tier != "staff"}
    return Rewards(
        price=costs["per_add"] / adds if costs["per_add"] and adds else None,
        pool=costs["pool"],
        cut=cut,
        results={"staff": frames["staff"]} | {tier: frame[frame.net > 0] for tier, frame in others.items()},
        currency=engagement.currency,
    )


def tell_rewards(measured: Rewards) -> Text:
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


def show_rewards(measured: Rewards) -> tuple[Exhibit, ...]:
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


QUARTER = Text(
    zh="四档均分作起点，比例由客户定；本工具的设定，可改",
    en="an even cut to begin with, the client sets the shares; a setting, can be changed",
)
LIMITS = tuple(Limit(name=tier, value=0.25, reason=QUARTER) for tier in TIERS)
