"""What platforms take of each sale, and what a shift of known customers' repeat orders to own shops would save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Limit
from diagnostics.checks.domains import find_domain
from diagnostics.metrics.fees import PARTS, total_fees, total_known
from diagnostics.metrics.in_private import find_added
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.venues import list_venue_orders
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_money, word_percent

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NO_FEES = Text(
    zh="看不出平台拿走多少：没有收到结算账单，或本期账单没有实付金额；带实付金额与费用的结算账单可补。",
    en="What platforms take can't be told: no settlement bills were delivered, or those of the period state no amount "
    "paid; bills with the amount paid and the fees would show it.",
)
ANSWER = Text(
    zh="平台费用占实付的 {rate}，最高的是{channel}（{most}）{saving}。",
    en="Platforms take {rate} of what buyers pay, most of all {channel} ({most}){saving}.",
)
SAVING = Text(
    zh="；好友在公域的复购若全部转到自有场，一年至多省 {money}",
    en="; if all repeat sales of contacts moved to own shops, at most {money} a year would be saved",
)
NO_CONTACTS = Text(
    zh="没有能与客户对上的联系人名单，可省多少算不出；企业微信客户列表可补。",
    en="No contact list that matches customers, so the saving can't be told; the WeCom list would show it.",
)
PART_NAMES = {
    "platform_fee": Text(zh="平台服务费", en="Platform"),
    "commission": Text(zh="达人佣金", en="Influencers"),
    "channel_fee": Text(zh="渠道分成", en="Channels"),
    "promotion_fee": Text(zh="站外推广", en="Promotion"),
    "other_fee": Text(zh="其他", en="Other"),
}
AXIS = Text(zh="费用占用户实付", en="Fees over what buyers pay")
MOST_ROWS = 12
OWN_RATE = 0.006
FEE_LIMITS = (
    Limit(
        name="own_rate",
        value=OWN_RATE,
        reason=Text(
            zh="没有自有场账单时的假设：微信支付多数零售类商户为 0.6%（微信开放社区，2020 年），以自己的商户平台为准；"
            "有赞、微盟等另收的年费不随单走",
            en="an assumption where there are no bills of own shops: WeChat Pay takes 0.6% of most retailers (WeChat "
            "developer community, 2020); the client's own rate goes before it; yearly fees of shop "
            "systems don't grow with orders",
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Fees:
    """Channels with fees and rate, the own rate, and the saving by channel a year (NaN where contacts are unknown)."""

    channels: pd.DataFrame
    own: float
    tells_contacts: bool
    currency: str


def ask_fees(tables: Tables) -> dict[str, ir.Table]:
    """Ask for fees by channel, and for repeat sales to contacts where contacts are known; nothing without bills."""
    if not tables.has("settlements", "paid_amount"):
        return {}
    period = tables.engagement.horizon.current
    asked = {"fees": total_fees(tables["settlements"], period)}
    if tables.has("contacts", "customer", "added_at") and tables.has("order_lines", "customer"):
        lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
        orders = tables.share(list_venue_orders(lines, period))
        asked["known"] = total_known(orders, find_added(tables["contacts"]))
    return asked


def read_fees(replies: Replies, limits: Limits) -> Fees | None:
    """Rate each channel and size what could be saved; `None` where no bill states an amount paid."""
    if "fees" not in replies:
        return None
    billed = replies["fees"]
    billed = billed[billed.paid > 0].sort_values(["paid", "channel"], ascending=[False, True], ignore_index=True)
    if billed.empty:
        return None
    channels = billed.assign(rate=billed.fees / billed.paid)
    mine = channels[[find_domain(channel) == "own" for channel in channels.channel]]
    own = limits["own_rate"]
    if mine.paid.sum() > 0:
        own = float(mine.fees.sum() / mine.paid.sum())
    known = replies.frames.get("known")
    gmv = {} if known is None else dict(zip(known.channel, known.known_gmv, strict=True))
    yearly = replies.engagement.horizon.yearly
    is_public = channels.channel.map(lambda channel: find_domain(channel) == "public")
    movable = channels.channel.map(lambda channel: float(gmv.get(channel, 0.0))) * yearly
    saved = (movable * (channels.rate - own)).clip(lower=0).where(is_public & (known is not None))
    return Fees(
        channels=channels.assign(movable=movable.where(is_public & (known is not None)), saved=saved),
        own=own,
        tells_contacts=known is not None,
        currency=replies.engagement.currency,
    )


def tell_fees(measured: Fees) -> Text:
    """The rate over all, the dearest channel, and the most that could be saved."""
    channels = measured.channels
    dearest = channels.sort_values(["rate", "channel"], ascending=[False, True]).iloc[0]
    saving = SAVING.fill(money=word_money(channels.saved.sum(), measured.currency))
    return ANSWER.fill(
        rate=word_percent(channels.fees.sum() / channels.paid.sum()),
        channel=name_channel(dearest.channel),
        most=word_percent(dearest.rate),
        saving=saving if measured.tells_contacts else NOTHING,
    )


def tabulate_fees(measured: Fees) -> Exhibit:
    """Fees by channel and part, and what could be saved."""
    fields = (
        Field(name="name", label=Text(zh="渠道", en="Channel")),
        Field(name="paid", label=Text(zh="账单实付", en="Paid, by the bills"), unit="money"),
        Field(name="fees", label=Text(zh="费用", en="Fees"), unit="money"),
        Field(name="rate", label=Text(zh="费率", en="Rate"), unit="share"),
        *(Field(name=part, label=PART_NAMES[part], unit="money") for part in PARTS),
        Field(name="movable", label=Text(zh="好友的复购（年）", en="Contacts' repeat sales a year"), unit="money"),
        Field(name="saved", label=Text(zh="至多可省（年）", en="Saved a year, at most"), unit="money"),
    )
    shown = measured.channels.head(MOST_ROWS)
    frame = shown.assign(name=shown.channel.map(name_channel))
    title = Text(zh="平台费用与转场可省", en="Fees of platforms, and what moving could save")
    return Exhibit(name="fees", title=title, fields=fields, frame=frame)


def draw_fees(measured: Fees, language: Language) -> Figure:
    """The rate of fees by channel, against the own shop's."""
    shown = measured.channels.head(MOST_ROWS)
    figure = draw_bars(
        [name_channel(channel).word(language) for channel in shown.channel],
        shown.rate.tolist(),
        [word_percent(rate).word(language) for rate in shown.rate],
        axis_label=AXIS.word(language),
        reference=measured.own,
        reference_label=Text(zh="自有场", en="Own shop").word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure
