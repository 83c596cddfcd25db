"""How many of the buyers can be reached in the private domain, channel by channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.domains import EASE
from diagnostics.checks.known_people import find_basis
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.identity import count_reach_kinds
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.reach import count_assets, count_matched, count_reached, list_reachable
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.period import Period
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, join_texts, word_money, word_number, word_percent, word_price
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.proportions import wilson
from diagnostics.statistics.reach_bounds import bound_reach
from diagnostics.statistics.reach_gaps import LEAST_JUDGED, Gap, compare_channels, size_gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="各渠道的买家有多少能在私域触达？", en="How many buyers of each channel can be reached in private?")
DEFINITION = Text(
    zh="触达率 = 近 12 个月在该渠道购买、且截至数据末日仍是私域联系人（已添加、未流失）的客户 ÷ 该渠道近 12 个月的"
    "有身份买家；括号内为 95% 区间（Wilson）。只与添加不比它更容易的渠道相比：平台店与平台店比，门店再加上平台店，"
    "自有商城与全部渠道比。复购消费 = 近 12 个月内、首次观察到的购买日之后在该渠道的消费；已触达与未触达者按首"
    "购月份对齐，资历长短不造成差异。",
    en="Reach = buyers of the last 12 months in a channel who are private-domain contacts at the end of the data "
    "(added, not lost), divided by the channel's known buyers of those 12 months; interval 95% (Wilson). A channel is "
    "compared only with channels where adding is no easier: platforms with platforms, stores also with platforms, own "
    "shops with all. Repeat spend = spend in the channel in those 12 months after the buyer's first observed day; "
    "both kinds are compared within the same months of first purchase, so tenure makes no difference.",
)
TOO_FEW = Text(zh="近 12 个月没有一个渠道有 {n} 位以上有身份的买家", en="no channel has {n} known buyers in 12 months")
ANSWER = Text(
    zh="近 12 个月的买家中 {share} 可在私域触达（{reached} / {buyers}）。",
    en="{share} of the buyers of the last 12 months can be reached in private ({reached} of {buyers}).",
)
EXTREMES = Text(
    zh="{best}最高（{high}），{worst}最低（{low}）。", en="Highest: {best} ({high}); lowest: {worst} ({low})."
)
TITLE = Text(
    zh="{channel}只有 {share} 的买家进了私域，{best}为 {best_share}：少触达 {count} 人，每年{worth}",
    en="Only {share} of {channel} buyers are in the private domain, {best} has {best_share}: {count} buyers fewer "
    "reached, worth {worth} a year",
)
CAUSE = Text(
    zh="差距 {gap} 个百分点（95% 下限 {low}）。同渠道、同首购月份的买家每年复购消费，已触达者 {reached}，未触达者 "
    "{unreached}；{sizing}",
    en="The gap is {gap} points (95% lower end {low}). Buyers of the channel and the same months of first "
    "purchase spend {reached} a year again if reached, {unreached} if not; {sizing}",
)
WORTH_ABOUT = Text(zh="约值 {money}", en="about {money}")
WORTH_AT_MOST = Text(zh="至多值 {money}", en="at most {money}")
SIZED_BY_GAP = Text(
    zh="金额按这一差额的 25% 至 100% 估算：这是相关而非因果，爱买的人本就更愿意添加。",
    en="the money takes 25% to 100% of that difference: an association, for keen buyers are also keener to be added.",
)
SIZED_BY_CASE = Text(
    zh="两者差异不显著，自有数据无法定价，因此区间从 0 起，上限取未触达者复购消费的 {lift}（公开案例的自述增幅）。",
    en="the two do not differ clearly, so the client's own data cannot size it: the range starts at 0 and ends at "
    "{lift} of what unreached buyers spend again (the rise that a public case claims).",
)
ACTION = Text(
    zh="给该渠道补齐加粉触点：包裹卡专属活码、发货与签收短信、客服收尾话术，以首次复购权益为钩子；先在一周订单上测试，"
    "按渠道码统计添加率。",
    en="Wire the channel's touchpoints: a code of its own on the parcel card, messages at dispatch and delivery, a "
    "closing line of the service desk, with a benefit on the second order as the hook. Test it on a week of orders "
    "and count adds by source code.",
)
STOP = Text(
    zh="四周后新单添加率仍未超过当前触达率，或已添加者 60 天复购不高于同期未添加者，则停止加码并改查钩子与话术。",
    en="Stop if after four weeks new orders are added no more often than today, or if those added return within 60 "
    "days no more than those not added.",
)
PARTLY_KNOWN = Text(
    zh="{channels}：不足 80% 的订单有客户身份，触达率只代表有身份的买家。",
    en="{channels}: under 80% of orders have a known customer; reach speaks only of those.",
)
NONE_FOUND = Text(
    zh="{channels}：没有一位买家能与联系人对上，更可能是识别键不全，不作判断。",
    en="{channels}: no buyer matches any contact, which points to keys that are not filled in; not judged.",
)
NO_MATCH = Text(
    zh="{channels}：触达率无法计算，买家与联系人没有可互相比对的识别键（手机号、unionid、账号对应表）。",
    en="{channels}: reach is not computable, buyers and contacts hold no key in common (phone, unionid or a list of "
    "accounts).",
)
PARTLY_MATCHED = Text(
    zh="{contacts} 位联系人中 {share} 能对应到买家；其余尚未购买，或缺少共同的识别键，若属后者则触达率偏低。",
    en="{share} of {contacts} contacts can be matched to a customer; the others have not bought yet or lack a "
    "common key, and as far as they lack it reach is understated.",
)
BOTH = Text(zh="买家或联系人（取较低者）", en="buyers or contacts, the lower")
WINDOW_DAYS = 365
LEAST_SHOWN = 30
MOST_ROWS = 12
WELL_KNOWN = 0.8


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Reach by channel with intervals, gaps to the best peer, and how much of the contacts is matched."""

    channels: pd.DataFrame
    silent: tuple[str, ...]
    gaps: tuple[Gap, ...]
    assets: pd.DataFrame
    contacts: int
    matched: int
    yearly: float
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for buyers and reached buyers by channel over the last 12 months."""
    history = tables.engagement.horizon.history
    window = Period(start=max(history.start, history.end - timedelta(days=WINDOW_DAYS)), end=history.end)
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), history)
    reachable = list_reachable(tables["contacts"], history.end)
    return {
        "channels": count_reached(lines, reachable, window),
        "assets": count_assets(within(lines, window), reachable),
        "matched": count_matched(tables["contacts"]),
        "kinds": count_reach_kinds(within(lines, window), tables["contacts"], reachable),
    }


def measure(replies: Replies) -> Reach | NotComputable:
    """Add intervals and compare each channel with its best fair peer."""
    answered = replies["channels"]
    shown = answered[answered.buyers.fillna(0) >= LEAST_SHOWN].sort_values("buyers", ascending=False, ignore_index=True)
    if shown.empty:
        return NotComputable(reason=TOO_FEW.fill(n=word_number(LEAST_SHOWN)))
    low, high = wilson(shown.reached, shown.buyers)
    shown = shown.assign(
        share=shown.reached / shown.buyers, low=low, high=high, known_share=shown.orders_known / shown.orders
    )
    shown = shown.merge(bound_reach(replies["kinds"]), on="channel", how="left")
    silent = shown[shown.computed_on == 0]
    shown = shown[shown.computed_on > 0].reset_index(drop=True)
    if shown.empty:
        return NotComputable(reason=NO_MATCH.fill(channels=_name(silent)))
    matched = replies["matched"].iloc[0]
    days = min(WINDOW_DAYS, replies.engagement.horizon.history.days)
    return Reach(
        channels=shown,
        silent=tuple(silent.channel),
        gaps=compare_channels(shown, EASE),
        assets=replies["assets"],
        contacts=int(matched.contacts),
        matched=int(matched.matched),
        yearly=WINDOW_DAYS / days,
        currency=replies.engagement.currency,
    )


def track(measured: Reach) -> tuple[Reading, ...]:
    """The share of each channel's buyers that can be reached."""
    return tuple(
        reading
        for row in measured.channels.to_dict("records")
        for reading in track_value(
            "add_rate", row["share"], row["low"], row["high"], n=row["buyers"], scope={"channel": str(row["channel"])}
        )
    )


def judge(measured: Reach, limits: Limits) -> tuple[Finding, ...]:
    """Raise a channel whose reach lies clearly below its best peer's."""
    return tuple(_find(measured, gap, limits) for gap in measured.gaps if gap.low > limits["gap"])


def tell(measured: Reach) -> Text:
    """Reach over all channels, and the two ends."""
    total = measured.assets.iloc[0]
    said = ANSWER.fill(
        share=word_percent(total.reached / total.buyers),
        reached=word_number(total.reached),
        buyers=word_number(total.buyers),
    )
    ranked = measured.channels.sort_values("share")
    if len(ranked) == 1:
        return said
    worst, best = ranked.iloc[0], ranked.iloc[-1]
    return said + EXTREMES.fill(
        best=name_channel(best.channel),
        high=word_percent(best.share),
        worst=name_channel(worst.channel),
        low=word_percent(worst.share),
    )


def caveat(measured: Reach) -> tuple[Text, ...]:
    """Where reach is only a lower limit, or is not judged."""
    channels, said = measured.channels, []
    if not channels[channels.known_share < WELL_KNOWN].empty:
        said.append(PARTLY_KNOWN.fill(channels=_name(channels[channels.known_share < WELL_KNOWN])))
    unfound = channels[(channels.reached == 0) & (channels.buyers >= LEAST_JUDGED)]
    if not unfound.empty:
        said.append(NONE_FOUND.fill(channels=_name(unfound)))
    if measured.silent:
        said.append(NO_MATCH.fill(channels=join_texts(name_channel(channel) for channel in measured.silent)))
    if measured.matched < measured.contacts:
        share = word_percent(measured.matched / measured.contacts)
        said.append(PARTLY_MATCHED.fill(contacts=word_number(measured.contacts), share=share))
    return tuple(said)


def tabulate(measured: Reach) -> tuple[Exhibit, ...]:
    """Reach by channel, and the statement of reachable assets."""
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="buyers", label=Text(zh="近 12 个月买家", en="Buyers, 12 months"), unit="count"),
        Field(name="reached", label=Text(zh="可触达", en="Reached"), unit="count"),
        Field(name="share", label=Text(zh="触达率", en="Reach"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="least", label=Text(zh="认人下限", en="At least, by keys"), unit="share"),
        Field(name="most", label=Text(zh="认人上限", en="At most, by keys"), unit="share"),
        Field(name="basis", label=Text(zh="计算依据", en="Basis")),
        Field(name="reached_mean", label=Text(zh="可触达者复购消费", en="Repeat spend, reached"), unit="price"),
        Field(name="matched_mean", label=Text(zh="同期未触达者复购消费", en="Repeat spend, unreached"), unit="price"),
    )
    note = Text(
        zh="可触达者与未触达者的消费差是相关，不是私域的效果。认人上下限：键无法比对的买家与联系人可能是同一人。",
        en="The difference in spend between reached and unreached buyers is an association, not the effect of reach. "
        "By keys: buyers and contacts whose keys can't be compared may be the same people.",
    )
    title = Text(zh="各渠道私域触达率", en="Private-domain reach by channel")
    assets = Exhibit(
        name="assets",
        title=Text(zh="可触达资产表", en="Statement of reachable customers"),
        fields=(
            Field(name="buyers", label=Text(zh="近 12 个月买家", en="Buyers, 12 months"), unit="count"),
            Field(name="reached", label=Text(zh="可触达", en="Reachable"), unit="count"),
            Field(name="reached_repeat", label=Text(zh="其中复购客户", en="Of these, repeat buyers"), unit="count"),
            Field(name="top", label=Text(zh="消费前 20% 客户", en="Top 20% by spend"), unit="count"),
            Field(name="reached_top", label=Text(zh="其中可触达", en="Of these, reachable"), unit="count"),
        ),
        frame=measured.assets,
    )
    words = [find_basis(share, BOTH).word() for share in measured.channels.computed_on]
    frame = measured.channels.assign(basis=pd.Series(words, index=measured.channels.index, dtype=object))
    return (Exhibit(name="reach", title=title, fields=fields, frame=frame, note=note), assets)


def draw(measured: Reach, language: Language) -> Figure:
    """Reach by channel with its interval."""
    shown = measured.channels.head(MOST_ROWS).sort_values("share", ascending=False, ignore_index=True)
    behind = {gap.channel for gap in measured.gaps if gap.low > GAP}
    words = [
        f"{word_percent(share).en}  n={word_number(buyers).en}"
        for share, buyers in zip(shown.share.tolist(), shown.buyers.tolist(), strict=True)
    ]
    figure = draw_bars(
        [name_channel(channel).word(language) for channel in shown.channel],
        shown.share.tolist(),
        words,
        axis_label=Text(
            zh="私域可触达的买家占比（线段为 95% 区间）", en="Share of buyers reached (line: 95% interval)"
        ).word(language),
        low=shown.low.tolist(),
        high=shown.high.tolist(),
        marked={place for place, channel in enumerate(shown.channel) if channel in behind},
    )
    figure.axes[0].margins(x=0.25)
    scale_share(figure.axes[0].xaxis)
    return figure


def _find(measured: Reach, gap: Gap, limits: Limits) -> Finding:
    rows = {row["channel"]: row for row in measured.channels.to_dict("records")}
    row, best = rows[gap.channel], rows[gap.best]
    each, is_own = size_gap(row, limits["lift"])
    missing = gap.difference * float(row["buyers"])
    low, mid, high = (value * missing * measured.yearly for value in each)
    sizing = SIZED_BY_GAP if is_own else SIZED_BY_CASE.fill(lift=word_percent(limits["lift"], 0))
    money = word_money(mid if is_own else high, measured.currency)
    worth = (WORTH_ABOUT if is_own else WORTH_AT_MOST).fill(money=money)
    return Finding(
        code="people.low_reach",
        scope={"channel": gap.channel},
        title=TITLE.fill(
            channel=name_channel(gap.channel),
            share=word_percent(row["share"]),
            best=name_channel(gap.best),
            best_share=word_percent(best["share"]),
            count=word_number(missing),
            worth=worth,
        ),
        cause=CAUSE.fill(
            gap=word_number(gap.difference * 100, 1),
            low=word_number(gap.low * 100, 1),
            reached=word_price(row["reached_mean"], measured.currency),
            unreached=word_price(row["matched_mean"], measured.currency),
            sizing=sizing,
        ),
        action=ACTION,
        owner_role="acquisition",
        validation=Validation(metric="add_rate", direction="up", window_days=60),
        stop_rule=STOP,
        confidence=rate_gap(gap.difference, gap.low),
        impact=Impact(low=low, mid=mid, high=high),
        evidence=(Evidence(table="reach", n=int(row["buyers"]), value=float(row["share"])),),
    )


def _name(channels: pd.DataFrame) -> Text:
    return join_texts(name_channel(channel) for channel in channels.channel)


GAP = 0.15
# 120 buyers a channel, who each buy twice for 100: 60 of Tmall's and 12 of JD's are contacts, 50 % and 10 %.
EXAMPLE_LINES = "\n".join(
    [
        "customer channel ordered_at paid_amount",
        *(
            f"{channel}{i} {channel} {day} 100"
            for channel in ("tmall", "jd")
            for i in range(120)
            for day in ("2024-01-01", "2024-02-29")
        ),
    ]
)
EXAMPLE_CONTACTS = "\n".join(
    [
        "contact customer added_at lost_at",
        *(f"c{i} tmall{i} 2024-01-05 -" for i in range(60)),
        *(f"d{i} jd{i} 2024-01-05 -" for i in range(12)),
        *(f"e{i} jd{i} 2024-01-05 2024-01-20" for i in range(12, 50)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("001-02",),
    finds=("people.low_reach",),
    needs=(Need(table="order_lines", columns=("customer",)), Need(table="contacts", columns=("customer",))),
    limits=(
        Limit(
            name="gap",
            value=GAP,
            reason=Text(
                zh="差距的下限超过 15 个百分点才提出：渠道间 10 个百分点左右的差异在正常经营中也会出现",
                en="raised only if even the lower end of the gap exceeds 15 points: healthy channels differ by some 10",
            ),
        ),
        Limit(
            name="lift",
            value=0.3,
            reason=Text(
                zh="自有数据无法定价时的上限：瑞幸 2021 年自述入群后消费频次 +30%，前后对比、无对照组，因此只作上限",
                en="the upper end where own data cannot size it: Luckin stated in 2021 that frequency rose by 30% "
                "after joining; before and after, without a control group, hence an upper end only",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveat,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "contacts": EXAMPLE_CONTACTS},
        says="30.0%",
        finds=(("people.low_reach", {"channel": "jd"}),),
    ),
    place=20,
)
