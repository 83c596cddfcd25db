"""How many registered members never bought, and how many of the sleeping stock come to buy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count, scale_share
from diagnostics.charts.theme import SERIES, new_figure
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.customers import first_purchases
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.members import count_listed_buyers, count_stock, follow_joins, list_members
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    word_days,
    word_number,
    word_percent,
    word_points_range,
    word_price,
)
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.member_stock import Joined, Woken, compare_woken, read_joined
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="注册会员里有多少从没买过？存量会员在醒来吗？",
    en="How many registered members never bought, and does the sleeping stock wake?",
)
DEFINITION = Text(
    zh="从未购买 = 数据期内入会、入会前没买过、入会满 90 天仍没有任何渠道订单的会员 ÷ 同类会员；"
    "数据期之前入会的人可能早就买过，不计入。入会到首购的天数用 Kaplan-Meier，未买的按删失处理。"
    "存量唤醒 = 期初已入会、此前半年无订单的会员，随后半年内购买的人数与比例，与一年前同口径比；人数和比例分开看，"
    "因为存量变大时人数会涨、比例可以跌。若多数会员的键与该渠道买家的键不是同一类、或一个也没对上，不判断。",
    en="Never bought = members who joined inside the data, had not bought before, and have no order in any channel "
    "though they joined 90 days ago or earlier, over all such members; who joined before the data may have bought "
    "long ago and is left out. Days from joining to the first purchase by Kaplan-Meier, those without one censored. "
    "Waking = members who joined before a half-year and had no order in the half-year before it, and how many bought "
    "in it, as a count and as a rate, against the same a year earlier: a growing stock lifts the count while the rate "
    "may fall. Where most members are known by another kind of key than the channel's buyers, or none was found, the "
    "lists don't meet: not judged.",
)
NO_DAYS = Text(
    zh="没有会员在数据期内入会满 90 天，或名单没有入会日",
    en="no member joined inside the data 90 days ago or earlier, or the list tells no day of joining",
)
ANSWER = Text(
    zh="{channel}：入会满 90 天的 {n} 位新会员里 {share}（{low} 至 {high}）从未购买{median}。",
    en="{channel}: of {n} members who joined 90 days ago or earlier, {share} never bought ({low} to {high}){median}.",
)
MEDIAN = Text(zh="；半数在入会 {days}内首购", en="; half had bought within {days} of joining")
SAME_DAY = Text(zh="；半数在入会当天首购", en="; half bought on the day of joining")
WAKING = Text(
    zh="沉睡半年的 {n} 位存量会员，随后半年有 {woken} 人（{rate}）购买{year}。",
    en="Of {n} members asleep for half a year, {woken} ({rate}) bought in the next{year}.",
)
YEAR = Text(zh="，一年前为 {woken} 人（{rate}）", en="; a year earlier {woken} ({rate})")
UNMET = Text(
    zh="{channels}的会员名单与订单的键对不上，未作判断。",
    en="The list of members and the orders of {channels} have no key in common: not judged.",
)
TITLE = Text(
    zh="{channel}有 {n} 位注册会员从未购买，占新入会的 {share}",
    en="{channel}: {n} registered members never bought, {share} of those who joined",
)
CAUSE = Text(
    zh="入会满 90 天仍未购买的占 {share}（95% 区间 {low} 至 {high}）。沉睡会员半年内的自然购买率为 {rate}，"
    "醒来者每人花 {each}；金额按唤醒率最多再翻一倍（25% 至 100%）估算，是算术不是预测。",
    en="{share} had not bought 90 days after joining (95% interval {low} to {high}). {rate} of sleeping members buy in "
    "half a year by themselves and spend {each}; the money takes a waking rate at most doubled (25% to 100% more): "
    "arithmetic, no forecast.",
)
CAUSE_ALONE = Text(
    zh="入会满 90 天仍未购买的占 {share}（95% 区间 {low} 至 {high}）：入会没有和首单绑在一起。",
    en="{share} had not bought 90 days after joining (95% interval {low} to {high}): joining is not tied "
    "to a purchase.",
)
ACTION = Text(
    zh="把入会与首单绑定：入会当天给限时首购礼，第 3、14 天各提醒一次；对已沉睡的按来源分批唤醒，每批留一成对照组。",
    en="Tie joining to the first order: a gift for the first purchase on the day of joining, reminders on days 3 and "
    "14; wake the sleeping by source in batches, each with a tenth as a comparison group.",
)
STOP = Text(
    zh="两批之后被唤醒组的购买率不高于对照组，则停止触达并清理名单，改查入会入口的质量。",
    en="Stop after two batches if those reached buy no more often than the comparison group; clean the list and look "
    "at where members join.",
)
NO_RATE = Text(
    zh="数据不足一年半，测不出沉睡会员的自然购买率，无法定价",
    en="with so short a history the rate at which sleeping members buy can't be measured, so it has no price",
)
HALF_YEAR = 182
MOST_ROWS = 12


@dataclass(frozen=True, kw_only=True)
class Stock:
    """Channels with members: who never bought, how the sleeping wake, and the channels whose keys don't meet."""

    joined: tuple[Joined, ...]
    woken: Mapping[str, Woken]
    unmet: tuple[str, ...]
    currency: str


def find_windows(horizon: Horizon) -> tuple[date, date | None] | None:
    """First days of the last half-year and of the same a year before; `None` where the look-back is not observed."""
    opens = horizon.as_of - timedelta(days=HALF_YEAR)
    if opens - timedelta(days=HALF_YEAR) < horizon.history.start:
        return None
    before = opens - timedelta(days=365)
    return opens, before if before - timedelta(days=HALF_YEAR) >= horizon.history.start else None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for days from joining to buying, for the stock at two times, and whether lists meet."""
    engagement = tables.engagement
    lines = value_lines(tables["order_lines"], engagement.gmv_basis)
    members = tables.share(list_members(tables["customers"]))
    asked = {
        "joins": follow_joins(members, first_purchases(lines), engagement.horizon.history),
        "listed": count_listed_buyers(members, lines),
    }
    windows = find_windows(engagement.horizon)
    if windows is not None:
        names = ("stock", "stock_before")
        asked |= {
            name: count_stock(members, lines, opens, HALF_YEAR, HALF_YEAR)
            for name, opens in zip(names, windows, strict=True)
            if opens is not None
        }
    return asked


def measure(replies: Replies) -> Stock | NotComputable:
    """Read every channel with members, largest first."""
    joins = replies["joins"]
    found = [one for channel in sorted(set(joins.channel)) if (one := read_joined(joins, str(channel))) is not None]
    if not found:
        return NotComputable(reason=NO_DAYS)
    woken = {}
    if "stock" in replies:
        before = replies.frames.get("stock_before")
        pairs = {one.channel: compare_woken(replies["stock"], before, one.channel) for one in found}
        woken = {channel: pair for channel, pair in pairs.items() if pair is not None}
    met = {one.channel for one in found if keys_meet(replies["listed"], one.channel)}
    return Stock(
        joined=tuple(sorted(found, key=lambda one: (-one.followed, one.channel))[:MOST_ROWS]),
        woken=woken,
        unmet=tuple(one.channel for one in found if one.channel not in met),
        currency=replies.engagement.currency,
    )


def keys_meet(listed: pd.DataFrame, channel: str) -> bool:
    """Whether most members of a channel are known by a kind of key that its buyers have, and any buyer was found."""
    part = listed[listed.channel == channel]
    return bool(part.listed.sum() > 0 and part[part.buyers > 0].members.sum() * 2 >= part.members.sum())


def track(measured: Stock) -> tuple[Reading, ...]:
    """The share of followed members that came to buy, by channel."""
    return tuple(
        reading
        for one in measured.joined
        if one.followed
        for reading in track_value(
            "first_buy",
            1 - one.share,
            1 - one.high,
            1 - one.low,
            n=one.followed,
            scope={"channel": one.channel},
            span="history",
        )
    )


def judge(measured: Stock, limits: Limits) -> tuple[Finding, ...]:
    """Raise a channel with a large and certain share of members who never bought."""
    return tuple(
        _find(one, measured)
        for one in measured.joined
        if one.channel not in measured.unmet
        and one.never >= limits["least_members"]
        and one.low > limits["never_share"]
    )


def _find(one: Joined, measured: Stock) -> Finding:
    woken = measured.woken.get(one.channel)
    channel = name_channel(one.channel)
    ends = {"share": word_percent(one.share), "low": word_percent(one.low), "high": word_percent(one.high)}
    impact, cause = None, CAUSE_ALONE.fill(**ends)
    if woken is not None and woken.woken:
        low, high = woken.rate_interval
        # Two half-years make the year.
        scale = 2 * one.never * woken.each
        stake = size_stake((low * scale, woken.rate * scale, high * scale), least=0.25, likely=0.5)
        impact = Impact(low=stake[0], mid=stake[1], high=stake[2])
        cause = CAUSE.fill(**ends, rate=word_percent(woken.rate), each=word_price(woken.each, measured.currency))
    return Finding(
        code="people.members_never_bought",
        scope={"channel": one.channel},
        title=TITLE.fill(channel=channel, n=word_number(one.never), share=ends["share"]),
        cause=cause,
        action=ACTION,
        owner_role="member",
        validation=Validation(metric="first_buy", direction="up", window_days=60),
        stop_rule=STOP,
        confidence=rate_gap(one.share, one.low),
        impact=impact,
        impact_reason=None if impact is not None else NO_RATE,
        severity=None if impact is not None else "low",
        evidence=(Evidence(table="joined", n=one.followed, value=one.share),),
    )


def tell(measured: Stock) -> Text:
    """The channel where most joined, and its sleeping stock."""
    one = measured.joined[0]
    middle = one.curve.day_of(0.5).day if one.curve is not None else None
    said = ANSWER.fill(
        channel=name_channel(one.channel),
        n=word_number(one.followed),
        share=word_percent(one.share),
        low=word_percent(one.low),
        high=word_percent(one.high),
        median=NOTHING if middle is None else MEDIAN.fill(days=word_days(middle)) if middle else SAME_DAY,
    )
    woken = measured.woken.get(one.channel)
    if woken is None:
        return said
    year = NOTHING
    if woken.rate_before is not None:
        year = YEAR.fill(woken=word_number(woken.woken_before), rate=word_percent(woken.rate_before))
    return said + WAKING.fill(
        n=word_number(woken.sleeping), woken=word_number(woken.woken), rate=word_percent(woken.rate), year=year
    )


def caveats(measured: Stock) -> tuple[Text, ...]:
    """Channels that can't be judged."""
    if not measured.unmet:
        return ()
    return (UNMET.fill(channels=join_texts(name_channel(channel) for channel in measured.unmet)),)


def tabulate(measured: Stock) -> tuple[Exhibit, ...]:
    """Who joined and what became of them; and the stock, count and rate apart."""
    rows = [
        {
            "channel": one.channel,
            "followed": one.followed,
            "never": one.never,
            "share": one.share,
            "bought_before": one.bought_before,
            "fresh": one.fresh,
            "median": one.curve.day_of(0.5).day if one.curve is not None else None,
        }
        for one in measured.joined
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="followed", label=Text(zh="入会满 90 天", en="Joined 90 days ago"), unit="count"),
        Field(name="never", label=Text(zh="从未购买", en="Never bought"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="bought_before", label=Text(zh="先买后入会", en="Bought before joining"), unit="count"),
        Field(name="fresh", label=Text(zh="入会不满 90 天未买", en="Joined later, not yet"), unit="count"),
        Field(name="median", label=Text(zh="首购天数中位", en="Median days to buy"), unit="days"),
    )
    title = Text(zh="数据期内入会的会员", en="Members who joined inside the data")
    exhibits = [Exhibit(name="joined", title=title, fields=fields, frame=pd.DataFrame(rows))]
    return (*exhibits, _show_stock(measured)) if measured.woken else tuple(exhibits)


def _show_stock(measured: Stock) -> Exhibit:
    rows = [
        {
            "channel": one.channel,
            "sleeping": one.sleeping,
            "woken": one.woken,
            "rate": one.rate,
            "sleeping_before": one.sleeping_before or None,
            "woken_before": one.woken_before if one.sleeping_before else None,
            "rate_before": one.rate_before,
            "change": word_points_range(*one.change_interval) if one.change_interval else NOTHING,
        }
        for one in measured.woken.values()
    ]
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="sleeping", label=Text(zh="沉睡会员", en="Asleep"), unit="count"),
        Field(name="woken", label=Text(zh="半年内购买人数", en="Bought in half a year"), unit="count"),
        Field(name="rate", label=Text(zh="购买率", en="Rate"), unit="share"),
        Field(name="sleeping_before", label=Text(zh="一年前沉睡", en="Asleep a year before"), unit="count"),
        Field(name="woken_before", label=Text(zh="一年前购买人数", en="Bought then"), unit="count"),
        Field(name="rate_before", label=Text(zh="一年前购买率", en="Rate then"), unit="share"),
        Field(name="change", label=Text(zh="购买率变动 95% 区间", en="Change of the rate, 95% interval")),
    )
    title = Text(zh="存量会员的唤醒：人数与比例分开看", en="Waking the stock: count and rate apart")
    return Exhibit(name="stock", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Stock, language: Language) -> Figure:
    """The share that has bought by days from joining, a line a channel."""
    figure, axes = new_figure()
    for one, colour in zip(measured.joined, SERIES, strict=False):
        if one.curve is not None:
            days, bought = [0.0, *one.curve.days.tolist()], [0.0, *(1 - one.curve.survival).tolist()]
            label = name_channel(one.channel).word(language)
            axes.step(days, bought, where="post", color=colour, linewidth=2, label=label)
    axes.set_ylim(0, 1)
    axes.set_xlim(left=0)
    axes.set_xlabel(Text(zh="入会后天数", en="Days from joining").word(language))
    axes.set_ylabel(Text(zh="已首购的会员占比", en="Share of members who have bought").word(language))
    scale_share(axes.yaxis)
    scale_count(axes.xaxis)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="lower right", fontsize=9)
    return figure


# 100 members join on 1 February: 20 buy ten days later, 80 never by the end of December. 5 more had bought in January.
EXAMPLE_LINES = "\n".join(
    [
        "customer channel ordered_at paid_amount",
        *(f"o{i} youzan 2024-01-02 100" for i in range(5)),
        *(f"b{i:02d} youzan 2024-02-11 100" for i in range(20)),
        "x youzan 2024-12-30 100",
    ]
)
EXAMPLE_MEMBERS = "\n".join(
    [
        "customer channel joined_on",
        *(f"{kind}{i:02d} youzan 2024-02-01" for kind, many in (("b", 20), ("n", 80)) for i in range(many)),
        *(f"o{i} youzan 2024-02-01" for i in range(5)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("002-06", "002-15"),
    finds=("people.members_never_bought",),
    needs=(Need(table="order_lines", columns=("customer",)), Need(table="customers", columns=("joined_on",))),
    limits=(
        Limit(
            name="never_share",
            value=0.4,
            reason=Text(
                zh="四成以上的新会员 90 天不下单，入会已与购买脱节；没有可靠的行业基准，这是本工具的设定，可改",
                en="with four in ten new members not buying in 90 days joining is cut off from buying; there is no "
                "reliable benchmark, so this is a setting of this workbook and can be changed",
            ),
        ),
        Limit(
            name="least_members",
            value=300,
            reason=Text(zh="少于 300 位不值得单独做唤醒", en="fewer than 300 are not worth a programme of their own"),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "customers": EXAMPLE_MEMBERS},
        says="80.0%",
        finds=(("people.members_never_bought", {"channel": "youzan"}),),
        limits={"least_members": 50},
    ),
    place=30,
)
