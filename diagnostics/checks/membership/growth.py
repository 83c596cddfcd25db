"""Whether members' sales keep up with the shop's, channel by channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.two_periods import draw_two_periods
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.members import (
    count_flag_changes,
    list_dated_channels,
    mark_members,
    total_member_buckets,
    total_member_months,
)
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    word_change,
    word_money,
    word_number,
    word_percent,
    word_points,
    word_points_range,
)
from diagnostics.statistics.certainty import find_likely, rate_gap
from diagnostics.statistics.member_growth import MemberGrowth, compare_growth

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="会员的销售跟得上店铺的增长吗？", en="Do members' sales keep up with the shop's?")
DEFINITION = Text(
    zh="会员成交 = 下单时已是该渠道会员的客户的 GMV：会员名单有入会日的渠道按入会日判断，否则按订单上的会员标记。"
    "只含有身份的客户。落后 = 该渠道整体增速 − 会员增速（两个可比期，95% 区间为按客户分组的刀切法，按渠道数校正）。"
    "增速倍数 = 会员增速 ÷ 该渠道整体增速，该渠道整体增长不足 5% 或下滑时不写。订单标记若从不随客户变化，"
    "说明它是导出日的状态，"
    "老客更容易是会员，只展示不判断。",
    en="Member sales = GMV of customers who were members of the channel when they ordered: by the day of joining where "
    "the list of members tells it, else by the order's flag; known customers only. Lag = growth of the channel less "
    "growth of its members between the two periods, interval by a jackknife over groups of customers (95% for all"
    " channels together). Growth "
    "ratio = the members' growth over the channel's, left out where the channel grew by less than 5% or fell. A flag "
    "that never changes for anybody is the state on the day of the export and favours older customers: shown, not "
    "judged.",
)
NO_FLAG = Text(
    zh="订单没有会员标记，也没有带入会日的会员名单",
    en="orders carry no member flag, and no list of members tells the day of joining",
)
UNLOCK = Text(
    zh="会员/客户导出（带入会日），或带“是否会员”的订单导出",
    en="a member export with the day of joining, or an order export with a member flag",
)
ANSWER = Text(
    zh="{channel}会员成交占 {share}，会员增长 {member}，该渠道整体 {whole}{ratio}：{verdict}。",
    en="Members bring {share} of {channel} sales; they grew by {member}, the channel by {whole}{ratio}: {verdict}.",
)
RATIO = Text(zh="（增速倍数 {ratio}）", en=" (growth ratio {ratio})")
KEEPS = Text(zh="差异在抽样误差之内", en="the difference lies within its noise")
LEADS = Text(zh="会员跑在前面", en="members lead")
LAGS = Text(zh="会员落后", en="members lag")
OLD_FLAG = Text(
    zh="{channels}的会员标记从不随客户变化，看来是导出日的状态，未作判断。",
    en="The member flag of {channels} never changes for anybody: it seems to be the state on the day of the export and "
    "was not judged.",
)
TITLE = Text(
    zh="{channel}会员成交 {member}，落后该渠道整体 {lag} 个百分点：一年约少 {money}",
    en="{channel}: member sales moved by {member}, {lag} points behind the channel: about {money} a year",
)
CAUSE = Text(
    zh="同期该渠道整体 {whole}、非会员 {other}；落后的 95% 区间为 {range}。会员占比由 {before} 降到 {after}。",
    en="The channel moved by {whole}, customers who are no members by {other}; the lag's 95% interval is {range}. The "
    "members' share went from {before} to {after}.",
)
ACTION = Text(
    zh="按入会时长拆开会员：老会员先恢复会员日与到期提醒，新会员 30 天内给一次只有会员才有的复购理由；"
    "留一成会员作对照组。",
    en="Split members by how long they are members: bring back member days and reminders for older ones, give new ones "
    "within 30 days a reason to return that only members have; keep a tenth as a comparison group.",
)
STOP = Text(
    zh="一个季度后会员增速仍低于非会员，且与对照组无差异，则停止加码权益，改查商品与价格。",
    en="Stop adding benefits if after a quarter members still grow slower than others and no faster than the "
    "comparison group; look at goods and prices instead.",
)
NEAR_ZERO = 0.05
LEAST_REGULARS = 30
MOST_LINES = 6
# What is asked of lines: the others need not be held.
COLUMNS = ("channel", "order_id", "customer", "ordered_at", "is_return", "by_member", "gmv")


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Growth by channel, and the channels whose flag is only the state on the day of the export."""

    channels: tuple[MemberGrowth, ...]
    snapshots: tuple[str, ...]
    months: pd.DataFrame
    horizon: Horizon
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the sales of both kinds by bucket and month, and how often flags change."""
    horizon = tables.engagement.horizon
    has_days = tables.has("customers", "joined_on")
    if horizon.previous is None or not (has_days or tables.has("order_lines", "is_member")):
        return {}
    customers = tables["customers"] if has_days else None
    lines = mark_members(value_lines(tables["order_lines"], tables.engagement.gmv_basis), customers).select(*COLUMNS)
    marked = tables.share(mark_compared(lines, horizon.previous, horizon.current))
    asked = {"buckets": total_member_buckets(marked), "months": total_member_months(marked)}
    asked["changes"] = count_flag_changes(marked)
    if customers is not None:
        asked["dated"] = list_dated_channels(customers)
    return asked


def measure(replies: Replies) -> Growth | NotComputable:
    """Compare members with the others and the whole."""
    if replies.engagement.horizon.previous is None:
        return NotComputable(reason=NO_PREVIOUS)
    found = compare_growth(replies["buckets"], replies["months"]) if "buckets" in replies else ()
    if not found:
        return NotComputable(reason=NO_FLAG, unlocked_by=UNLOCK)
    dated = set(replies["dated"].channel) if "dated" in replies else set()
    flags = replies["changes"]
    still = set(flags[(flags.regulars >= LEAST_REGULARS) & (flags.changed == 0)].channel) - dated
    return Growth(
        channels=found,
        snapshots=tuple(sorted(still & {one.channel for one in found})),
        months=replies["months"],
        horizon=replies.engagement.horizon,
        currency=replies.engagement.currency,
    )


def judge(measured: Growth, limits: Limits) -> tuple[Finding, ...]:
    """Raise a channel whose members fall behind by more than noise, past months and the limit explain."""
    return tuple(
        _find(one, measured)
        for one in measured.channels
        if one.channel not in measured.snapshots
        and one.lag_low > limits["least_lag"]
        and one.share.low > 0
        and one.share.is_beyond_past
        and min(one.share.orders, one.share.orders_before) >= limits["least_orders"]
    )


def _find(one: MemberGrowth, measured: Growth) -> Finding:
    scale = one.member_before * measured.horizon.yearly
    low, mid, _ = find_likely(one.lag_low, one.lag, one.lag_high, one.channels)
    *_, high = find_likely(one.behind, one.behind, one.behind_high, one.channels)
    impact = Impact(low=low * scale, mid=mid * scale, high=max(mid, high) * scale)
    channel = name_channel(one.channel)
    return Finding(
        code="people.member_growth_lag",
        scope={"channel": one.channel},
        title=TITLE.fill(
            channel=channel,
            member=word_change(one.member_growth),
            lag=word_number(one.lag * 100, 1),
            money=word_money(impact.mid, measured.currency),
        ),
        cause=CAUSE.fill(
            whole=word_change(one.whole_growth),
            other=word_change(one.other_growth),
            range=word_points_range(one.lag_low, one.lag_high),
            before=word_percent(1 - one.share.before),
            after=word_percent(1 - one.share.after),
        ),
        action=ACTION,
        owner_role="member",
        validation=Validation(metric="member_growth_ratio", direction="up", window_days=90),
        stop_rule=STOP,
        confidence=rate_gap(one.lag, one.lag_low),
        impact=impact,
        evidence=(Evidence(table="growth", n=one.share.orders, value=one.lag),),
    )


def tell(measured: Growth) -> Text:
    """The channel with the largest sales of members."""
    one = measured.channels[0]
    ratio = NOTHING
    if one.whole_growth >= NEAR_ZERO:
        ratio = RATIO.fill(ratio=word_number(one.member_growth / one.whole_growth, 1))
    return ANSWER.fill(
        channel=name_channel(one.channel),
        share=word_percent(1 - one.share.after),
        member=word_change(one.member_growth),
        whole=word_change(one.whole_growth),
        ratio=ratio,
        verdict=LAGS if one.lag_low > 0 else LEADS if one.lag_high < 0 else KEEPS,
    )


def caveats(measured: Growth) -> tuple[Text, ...]:
    """Channels whose flag can't be trusted over time."""
    if not measured.snapshots:
        return ()
    return (OLD_FLAG.fill(channels=join_texts(name_channel(channel) for channel in measured.snapshots)),)


def tabulate(measured: Growth) -> tuple[Exhibit, ...]:
    """A channel a row."""
    rows = [
        {
            "channel": one.channel,
            "member": one.member_now,
            "share": 1 - one.share.after,
            "member_growth": one.member_growth,
            "other_growth": one.other_growth,
            "whole_growth": one.whole_growth,
            "lag": word_points(one.lag),
            "range": word_points_range(one.lag_low, one.lag_high),
        }
        for one in measured.channels
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="member", label=Text(zh="会员成交（本期）", en="Member sales"), unit="money"),
        Field(name="share", label=Text(zh="会员占比", en="Members' share"), unit="share"),
        Field(name="member_growth", label=Text(zh="会员增速", en="Growth, members"), unit="share"),
        Field(name="other_growth", label=Text(zh="非会员增速", en="Growth, others"), unit="share"),
        Field(name="whole_growth", label=Text(zh="该渠道整体增速", en="Growth, channel"), unit="share"),
        Field(name="lag", label=Text(zh="会员落后", en="Members' lag")),
        Field(name="range", label=Text(zh="95% 区间", en="95% interval")),
    )
    title = Text(zh="会员与店铺的增速", en="Growth of members and of the channel")
    return (Exhibit(name="growth", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def draw(measured: Growth, language: Language) -> Figure:
    """The members' share of sales by month, the largest channels, both periods."""
    starts = [period.start for period in (measured.horizon.previous, measured.horizon.current) if period is not None]
    length = int(measured.months.turn.max()) + 1
    series = {
        name_channel(one.channel).word(language): _list_shares(measured.months, one.channel, length)
        for one in measured.channels[:MOST_LINES]
    }
    label = Text(zh="会员占渠道销售", en="Members' share of sales").word(language)
    return draw_two_periods(starts, length, series, axis_label=label)


def _list_shares(months: pd.DataFrame, channel: str, length: int) -> list[float]:
    part = months[months.channel == channel].set_index(["is_current", "turn"])
    share = part.member / part.gmv
    return [float(share.get((side, turn), float("nan"))) for side in (False, True) for turn in range(length)]


# 40 members buy for 100 in January and for 60 in February, 40 others for 100 in both: members -40%, the shop -20%,
# a lag of 20 points of 4,000 a month, 9,600 a year.
EXAMPLE_LINES = "\n".join(
    [
        "customer channel ordered_at paid_amount",
        *(
            f"m{i:02d} youzan {day} {paid}"
            for day, paid in (("2024-01-02", 100), ("2024-02-28", 60))
            for i in range(40)
        ),
        *(f"o{i:02d} youzan {day} 100" for day in ("2024-01-02", "2024-02-28") for i in range(40)),
    ]
)
EXAMPLE_MEMBERS = "\n".join(["customer channel joined_on", *(f"m{i:02d} youzan 2023-05-01" for i in range(40))])

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("002-05", "002-51"),
    finds=("people.member_growth_lag",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(
        Limit(
            name="least_lag",
            value=0.03,
            reason=Text(
                zh="落后的区间下限超过 3 个百分点才提出；更小的差异一次活动就能造成",
                en="raised only if even the lower end of the lag exceeds 3 points; one promotion can make less",
            ),
        ),
        Limit(
            name="least_orders",
            value=300,
            reason=Text(
                zh="任一期少于 300 单的渠道不判断，几位大客户就能左右",
                en="channels with fewer than 300 orders in either period hang on a few customers and are not judged",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "customers": EXAMPLE_MEMBERS},
        says="-40.0%",
        finds=(("people.member_growth_lag", {"channel": "youzan"}),),
        limits={"least_orders": 30},
    ),
    place=20,
)
