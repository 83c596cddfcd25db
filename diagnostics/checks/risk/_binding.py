"""How many customers of stores are bound to a guide, who is nobody's, and where members live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.metrics.binding import count_bound, count_local, list_idle_staff, list_store_buyers
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.recent import count_back
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_money, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables

NO_BINDING = Text(
    zh="看不出门店的客户有多少绑定了导购：本期没有门店的有身份买家，或没有带员工的联系人名单；"
    "带门店与客户身份的订单，以及带员工的联系人名单可补。",
    en="How many customers of stores have a guide can't be told: there are no known buyers of stores in the period, or "
    "no contacts with their staff; orders with store and customer and contacts with their staff would show it.",
)
ANSWER = Text(
    zh="本期 {buyers} 位门店买家里 {bound} 绑定了导购（95% 区间 {low} 至 "
    "{high}），{here} 绑定在本店；{orphans} 位无主，"
    "合计消费 {gmv}。",
    en="{bound} of {buyers} buyers of stores have a guide (95% interval {low} to {high}), {here} one of that store; "
    "{orphans} "
    "are orphans, with {gmv} of spend.",
)
KNOWN_ONLY = Text(
    zh="只统计有身份的买家；无身份的门店客户全部无法绑定。",
    en="Known buyers only; store customers without identity can't be bound at all.",
)
BY_PROVINCE = Text(
    zh="会员资料的地区多半只写到省，看不出门店所在城市有多少本地会员。",
    en="Members' regions are mostly provinces, so local members in the cities of stores can't be told.",
)
WINDOW = 30


@dataclass(frozen=True, kw_only=True)
class Binding:
    """One row a store with counts, share and interval; members by city where regions tell cities."""

    stores: pd.DataFrame
    local: pd.DataFrame
    is_by_province: bool
    currency: str


def ask_binding(tables: Tables) -> dict[str, ir.Table]:
    """Ask for bound buyers by store, and for members by the cities of stores; nothing without stores or contacts."""
    if not (tables.has("order_lines", "customer", "store") and tables.has("contacts", "customer", "staff")):
        return {}
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    buyers = list_store_buyers(lines, tables.engagement.horizon.current)
    idle = None
    if tables.has("staff_days", "staff", "chats"):
        idle = list_idle_staff(tables.share(count_back(tables["staff_days"])), WINDOW)
    asked = {"bound": count_bound(buyers, tables["contacts"], idle)}
    if tables.has("customers", "region") and tables.has("stores", "city"):
        asked["local"] = count_local(tables["customers"], tables["stores"])
    return asked


def read_binding(replies: Replies) -> Binding | None:
    """Add shares with intervals; `None` without known buyers of stores."""
    bound = replies.frames.get("bound")
    if bound is None or bound.empty:
        return None
    low, high = wilson(bound.bound, bound.buyers)
    stores = bound.assign(share=bound.bound / bound.buyers, low=low, high=high)
    local = replies.frames.get("local", pd.DataFrame())
    # Cities without a single member: it is the regions that do not name them.
    is_by_province = len(local) > 0 and 2 * int((local.members > 0).sum()) < len(local)
    return Binding(
        stores=stores.sort_values(["share", "store"], ignore_index=True),
        local=local.assign(each=local.members / local.stores) if len(local) and not is_by_province else local.head(0),
        is_by_province=is_by_province,
        currency=replies.engagement.currency,
    )


def tell_binding(measured: Binding) -> Text:
    """How many are bound, how many here, and how many are orphans."""
    sums = measured.stores[["buyers", "bound", "here", "orphans", "gmv", "gmv_bound"]].sum()
    low, high = wilson(sums.bound, sums.buyers)
    return ANSWER.fill(
        buyers=word_number(sums.buyers),
        bound=word_percent(sums.bound / sums.buyers),
        low=word_percent(float(low)),
        high=word_percent(float(high)),
        here=word_percent(sums.here / sums.buyers),
        orphans=word_number(sums.orphans),
        gmv=word_money(sums.gmv - sums.gmv_bound, measured.currency),
    )


def list_doubts(measured: Binding) -> tuple[Text, ...]:
    """That only known buyers can be told, and members' cities not at all."""
    return (KNOWN_ONLY, BY_PROVINCE) if measured.is_by_province else (KNOWN_ONLY,)


def tabulate_binding(measured: Binding) -> tuple[Exhibit, ...]:
    """Stores, lowest binding first, and members by city."""
    fields = (
        Field(name="store", label=Text(zh="门店", en="Store")),
        Field(name="buyers", label=Text(zh="有身份买家", en="Known buyers"), unit="count"),
        Field(name="share", label=Text(zh="绑定率", en="Share with a guide"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="here", label=Text(zh="绑定在本店", en="With a guide of this store"), unit="count"),
        Field(name="idle_only", label=Text(zh="只绑定在无动作员工", en="With idle staff only"), unit="count"),
        Field(name="orphans", label=Text(zh="无主客户", en="Orphans"), unit="count"),
    )
    title = Text(zh="门店客户的绑定（低者在前）", en="Binding by store, lowest first")
    shown = [Exhibit(name="stores", title=title, fields=fields, frame=measured.stores)]
    if len(measured.local):
        local_fields = (
            Field(name="city", label=Text(zh="城市", en="City")),
            Field(name="stores", label=Text(zh="门店数", en="Stores"), unit="count"),
            Field(name="members", label=Text(zh="本地会员", en="Local members"), unit="count"),
            Field(name="each", label=Text(zh="店均本地会员", en="Local members a store"), unit="number", digits=1),
        )
        frame = measured.local.sort_values(["members", "city"], ascending=[False, True], ignore_index=True)
        title = Text(zh="门店所在城市的本地会员", en="Local members in the cities of stores")
        shown.append(Exhibit(name="local", title=title, fields=local_fields, frame=frame))
    return tuple(shown)
