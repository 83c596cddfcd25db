"""What platforms take of each sale, and what a shift of known customers' repeat orders to own shops would save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.domains import find_domain
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.fees import PARTS, total_fees, total_known
from diagnostics.metrics.in_private import find_added
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.venues import list_venue_orders
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_money, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="平台从每笔成交里拿走多少，老客转到自有场能省多少？",
    en="What do platforms take of each sale, and what would known customers' repeat orders save in own shops?",
)
DEFINITION = Text(
    zh="平台费率 = 结算账单的全部费用 ÷ 用户实付（退款为负，已抵扣），取本期结算。可省 = "
    "公域渠道里“好友的复购成交额” ×（该渠道费率 − 自有场费率）：这些人企业已经够得着，转场才不必再买流量；"
    "自有场费率取自有渠道的账单，没有则假设为 {own}。这是全部转走时的上限，未扣转场的优惠与履约成本，也不主张强行转场："
    "客户习惯在哪里买就在哪里买。",
    en="Rate of fees = all fees of the settlement bills over what buyers paid (refunds stand below zero), of the "
    "bills of the period. Could be saved = repeat sales of contacts on public platforms × (the platform's rate less "
    "the own shop's): these people can be reached without buying traffic. The own rate comes from the bills of own "
    "channels, else it is taken to be {own}. It is the upper end if all of it moved, before incentives and "
    "delivery, and no call to force anybody: customers buy where they like.",
)
NO_BILLS = Text(zh="本期的结算账单没有实付金额", en="the bills of the period state no amount paid")
ANSWER = Text(
    zh="平台费用占实付的 {rate}，最高的是{channel}（{most}）。",
    en="Platforms take {rate} of what buyers pay, most of all {channel} ({most}).",
)
SAVING = Text(
    zh="好友在公域的复购若全部转到自有场，一年至多省 {money}。",
    en="If all repeat sales of contacts moved to own shops, at most {money} a year would be saved.",
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


@dataclass(frozen=True, kw_only=True)
class Fees:
    """Channels with fees and rate, the own rate, and the saving by channel a year (NaN where contacts are unknown)."""

    channels: pd.DataFrame
    own: float
    tells_contacts: bool
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for fees by channel, and for repeat sales to contacts where contacts are known."""
    period = tables.engagement.horizon.current
    asked = {"fees": total_fees(tables["settlements"], period)}
    if tables.has("contacts", "customer", "added_at") and tables.has("order_lines", "customer"):
        lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
        orders = tables.share(list_venue_orders(lines, period))
        asked["known"] = total_known(orders, find_added(tables["contacts"]))
    return asked


def measure(replies: Replies) -> Fees | NotComputable:
    """Rate each channel and size what could be saved."""
    billed = replies["fees"]
    billed = billed[billed.paid > 0].sort_values(["paid", "channel"], ascending=[False, True], ignore_index=True)
    if billed.empty:
        return NotComputable(reason=NO_BILLS)
    channels = billed.assign(rate=billed.fees / billed.paid)
    mine = channels[[find_domain(channel) == "own" for channel in channels.channel]]
    own = find_limits("venue.fees", LIMITS, replies.engagement)["own_rate"]
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


def judge(_measured: Fees, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: the fees are the price of the platforms' traffic."""
    return ()


def tell(measured: Fees) -> Text:
    """The rate over all, the dearest channel, and the most that could be saved."""
    channels = measured.channels
    dearest = channels.sort_values(["rate", "channel"], ascending=[False, True]).iloc[0]
    said = ANSWER.fill(
        rate=word_percent(channels.fees.sum() / channels.paid.sum()),
        channel=name_channel(dearest.channel),
        most=word_percent(dearest.rate),
    )
    saving = SAVING.fill(money=word_money(channels.saved.sum(), measured.currency))
    return said + (saving if measured.tells_contacts else NOTHING)


def caveats(measured: Fees) -> tuple[Text, ...]:
    """That the saving can't be told."""
    return () if measured.tells_contacts else (NO_CONTACTS,)


def tabulate(measured: Fees) -> tuple[Exhibit, ...]:
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
    return (Exhibit(name="fees", title=title, fields=fields, frame=frame),)


def draw(measured: Fees, language: Language) -> Figure:
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


LIMITS = (
    Limit(
        name="own_rate",
        value=0.006,
        reason=Text(
            zh="没有自有场账单时的假设：微信支付多数零售类商户为 0.6%（微信开放社区，2020 年），以自己的商户平台为准；"
            "有赞、微盟等另收的年费不随单走",
            en="an assumption where there are no bills of own shops: WeChat Pay takes 0.6% of most retailers (WeChat "
            "developer community, 2020); the client's own rate goes before it; yearly fees of shop "
            "systems don't grow with orders",
        ),
    ),
)

# Bills of 1,000 at Douyin with 100 of fees: 10 %. In February a contact bought again for 500 there; moved to an own
# shop at 0.6 %, 500 x 9.4 % x 12 months = 564 a year.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION.fill(own=word_percent(0.006)),
    answers=("001-48",),
    finds=(),
    needs=(Need(table="settlements", columns=("paid_amount",)),),
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
            "order_lines": "channel customer ordered_at paid_amount\n"
            "douyin a 2024-01-01 500\ndouyin a 2024-02-10 500\ndouyin - 2024-02-29 500",
            "contacts": "contact customer added_at\nk a 2024-01-05",
            "settlements": "order_id channel settled_at paid_amount fees platform_fee\n"
            "o1 douyin 2024-02-11 600 60 60\no2 douyin 2024-02-12 400 40 40",
        },
        says="CNY 564",
    ),
    place=70,
)
