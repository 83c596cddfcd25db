"""What a contact more or fewer is worth a year, for questions that count contacts lost or left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.check import Limit
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.reach import count_assets, count_matched, count_reached, list_reachable
from diagnostics.model.finding import Impact
from diagnostics.model.wording import Text, word_percent, word_price
from diagnostics.statistics.hops import Worth, value_contact

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables

NO_WORTH = Text(
    zh="没有能与买家对应的联系人名单，无法为联系人定价",
    en="no contacts that can be matched to buyers, so none is valued",
)
SIZED_BY_GAP = Text(
    zh="已添加买家每年复购消费比同期首购、未添加的买家多 {difference}，按其 25% 至 100% 计价（相关而非因果）；联系人中 "
    "{share} 是本期买家。",
    en="Buyers who are contacts spend {difference} a year more on repeat purchases than others of the same months; 25% "
    "to 100% of that is counted (an association, not an effect). {share} of the contacts matched bought in the period.",
)
SIZED_BY_CASE = Text(
    zh="自有数据看不出联系人多花钱，金额从 0 起，上限取未添加买家复购消费的 {lift}（公开案例的自述增幅）。",
    en="The client's data do not show contacts spending more, so the range starts at 0 and ends at {lift} of what "
    "other "
    "buyers spend again (the rise a public case claims).",
)
LIFT = Limit(
    name="lift",
    value=0.3,
    reason=Text(
        zh="自有数据无法定价时的上限：瑞幸 2021 年自述入群后消费频次 +30%，前后对比、无对照组，因此只作上限",
        en="the upper end where own data cannot size it: Luckin stated in 2021 that frequency rose by 30% "
        "after joining; before and after, without a control group, hence an upper end only",
    ),
)


def ask_worth(tables: Tables) -> dict[str, ir.Table]:
    """The queries behind a contact's worth; none where contacts can't be matched to buyers."""
    if not (tables.has("contacts", "customer") and tables.has("order_lines", "customer")):
        return {}
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    reachable = list_reachable(tables["contacts"], horizon.as_of)
    return {
        "spend": count_reached(lines, reachable, horizon.current),
        "buyers": count_assets(within(lines, horizon.current), reachable),
        "reachable": reachable.agg(customers=reachable.count()),
        "matched": count_matched(tables["contacts"]),
    }


def read_worth(replies: Replies) -> Worth | None:
    """What contacts spend more on repeat purchases than buyers who are none; `None` where that is not known."""
    if "spend" not in replies:
        return None
    matched = replies["matched"].iloc[0]
    return value_contact(
        replies["spend"],
        buyers=int(replies["buyers"].reached.iloc[0]),
        customers=int(replies["reachable"].customers.iloc[0]),
        matched=int(matched.matched) / max(int(matched.contacts), 1),
        yearly=replies.engagement.horizon.yearly,
    )


def price_contacts(worth: Worth, contacts: tuple[float, float, float], lift: float) -> Impact:
    """Money a year of contacts (low, mid, high a year), with the parts of `statistics.hops.size_leak`."""
    each = worth.difference if worth.is_clear else lift * worth.others
    least = 0.25 if worth.is_clear else 0.0
    low, mid, high = (max(count, 0.0) for count in contacts)
    return Impact(
        low=least * each * worth.share * worth.matched * low, mid=0.5 * each * worth.share * mid, high=each * high
    )


def word_sizing(worth: Worth, lift: float, currency: str) -> Text:
    """How a contact was valued."""
    if worth.is_clear:
        return SIZED_BY_GAP.fill(difference=word_price(worth.difference, currency), share=word_percent(worth.share))
    return SIZED_BY_CASE.fill(lift=word_percent(lift, 0))
