"""What each channel brings, now and before, and whether the business hangs on one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.known_people import NEWNESS, ask_identity, read_identity, say_crossing
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.channels import total_channels
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_change, word_money, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language
    from diagnostics.statistics.overlap_bounds import Base

QUESTION = Text(
    zh="各渠道各贡献多少，是否过于依赖某一个？", en="What does each channel bring, and does one carry too much?"
)
DEFINITION = Text(
    zh="按渠道合计可比期的 GMV、订单、有身份的买家（同一人在两个渠道购买，两处都计）。新客 = "
    "首次观察到的购买（任何渠道）在本期内；时期开始得过早、无法判断新老时留空。集中度 HHI = 各渠道 GMV "
    "占比的平方和（1 为只有一个渠道）。",
    en="GMV, orders and known buyers of the compared periods by channel (who buys in two channels counts in both). "
    "New = first observed purchase, in any channel, inside the period; left empty where the period starts too early to "
    "tell. HHI = sum of squared shares of GMV (1 is a single channel).",
)
NO_SALES = Text(zh="本期没有成交", en="nothing was sold in the current period")
ANSWER = Text(
    zh="{channel}占 GMV 的 {share}{change}；共 {n} 个渠道，集中度 HHI 为 {hhi}。",
    en="{channel} brings {share} of GMV{change}; {n} channels in all, HHI {hhi}.",
)
WAS = Text(zh="（上期 {before}）", en=" ({before} before)")
TITLE = Text(zh="{share} 的 GMV 系于{channel}一个渠道", en="{share} of GMV hangs on one channel, {channel}")
CAUSE = Text(
    zh="{channel}一年约 {gmv}，是第二大渠道的 {times} 倍；该渠道的规则、流量价格或店铺状态一变，整体业绩随之波动。",
    en="{channel} brings about {gmv} a year, {times} times the second channel: a change of its rules, of the price of "
    "its traffic or of the shop's standing moves the whole business.",
)
ONLY = Text(
    zh="收到的订单只来自{channel}一个渠道（一年约 {gmv}）；可能确实只有一个渠道，也可能其他渠道的订单未提供。",
    en="All orders delivered come from {channel} (about {gmv} a year): either there is no other channel, or the "
    "orders of the others were not delivered.",
)
ACTION = Text(
    zh="把该渠道的买家引入可直接触达的私域（包裹卡、会员通、企微），为第二渠道定季度目标与专属货盘，"
    "并为该渠道规则变化准备预案。",
    en="Bring the channel's buyers into a pool that can be reached directly (parcel cards, member link, WeCom), set "
    "quarterly goals and a range of its own for the second channel, and prepare for changes of the channel's rules.",
)
STOP = Text(
    zh="若第二渠道两个季度的投入产出低于主渠道一半，则停止加投，改为只沉淀私域。",
    en="Stop adding spend if the second channel returns less than half of the main one for two quarters; build the "
    "private domain only.",
)
NO_LOSS = Text(
    zh="依赖是风险而非已发生的损失，不折算金额；受影响的规模见占比",
    en="dependence is a risk and no loss so far, so no money is stated; the share shows what is exposed",
)
BEFORE_UNKNOWN = Text(
    zh="上期距数据起点太近，新客占比无法判断，留空。",
    en="The previous period starts too close to the beginning of the data: new buyers can't be told there.",
)
REST = Text(zh="其余渠道（{n} 个）", en="Other channels ({n})")
MOST_ROWS = 12


@dataclass(frozen=True, kw_only=True)
class Channels:
    """One row a channel, largest first: gmv, share, orders, buyers, new_share, each with its `_before`."""

    frame: pd.DataFrame
    hhi: float
    yearly: float
    has_previous: bool
    identity: Base | None
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the totals of each channel in both periods."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    observed, known_from = within(lines, horizon.history), find_newcomers_since(horizon.history)
    asked = {
        "now": total_channels(observed, horizon.current, known_from),
        "identity": ask_identity(within(lines, horizon.current)),
    }
    if horizon.previous is not None:
        asked["before"] = total_channels(observed, horizon.previous, known_from)
    return asked


def measure(replies: Replies) -> Channels | NotComputable:
    """Put both periods side by side, largest channel first."""
    now = replies["now"].set_index("channel")
    if now.gmv.sum() <= 0:
        return NotComputable(reason=NO_SALES)
    before = replies["before"].set_index("channel") if "before" in replies else now.iloc[:0]
    frame = now.join(before.add_suffix("_before"), how="outer").astype(float)
    for side in ("", "_before"):
        # A channel that took back more than it sold holds no share.
        sold = frame[f"gmv{side}"].clip(lower=0)
        frame[f"share{side}"] = sold / sold.sum() if sold.sum() else np.nan
        buyers = frame[f"buyers{side}"].where(frame[f"buyers{side}"] > 0)
        frame[f"spend{side}"] = frame[f"gmv_known{side}"] / buyers
        frame[f"new_share{side}"] = frame[f"new_buyers{side}"] / buyers
    frame = frame.sort_values("gmv", ascending=False, na_position="last").reset_index()
    return Channels(
        frame=frame,
        hhi=float((frame.share.fillna(0) ** 2).sum()),
        yearly=replies.engagement.horizon.yearly,
        has_previous="before" in replies,
        identity=read_identity(replies["identity"]),
        currency=replies.engagement.currency,
    )


def track(measured: Channels) -> tuple[Reading, ...]:
    """Sales and what a buyer spends, by channel; sums of all orders have no sampling error."""
    rows = measured.frame.to_dict("records")
    return tuple(
        reading
        for row in rows
        for reading in (
            *track_value("gmv", row["gmv"], unit="money", n=row["orders"], scope={"channel": str(row["channel"])}),
            *track_value(
                "aov_user",
                row["gmv"] / row["buyers"] if row["buyers"] else None,
                unit="price",
                n=row["buyers"],
                scope={"channel": str(row["channel"])},
            ),
        )
    )


def judge(measured: Channels, limits: Limits) -> tuple[Finding, ...]:
    """Raise a dependence where one channel holds more than the limit."""
    frame = measured.frame
    share = float(frame.share.iloc[0])
    if share <= limits["top_share"]:
        return ()
    channel, gmv = str(frame.channel.iloc[0]), float(frame.gmv.iloc[0])
    selling = frame[frame.gmv > 0]
    is_single = len(selling) == 1
    words = ONLY if is_single else CAUSE
    cause = words.fill(
        channel=name_channel(channel),
        gmv=word_money(gmv * measured.yearly, measured.currency),
        times="" if is_single else word_number(gmv / float(selling.gmv.iloc[1]), 1),
    )
    return (
        Finding(
            code="venue.channel_dependence",
            scope={"channel": channel},
            title=TITLE.fill(share=word_percent(share), channel=name_channel(channel)),
            cause=cause,
            action=ACTION,
            owner_role="manager",
            validation=Validation(metric="gmv", direction="up", window_days=180),
            stop_rule=STOP,
            # The share is counted, not estimated; with one channel alone it may be the delivery that is partial.
            confidence=0.5 if is_single else 0.9,
            impact=None,
            impact_reason=NO_LOSS,
            severity="low" if is_single else "medium",
            evidence=(Evidence(table="channels", n=int(frame.orders.sum()), value=share),),
        ),
    )


def tell(measured: Channels) -> Text:
    """The largest channel, its share now and before, and the concentration."""
    first = measured.frame.iloc[0]
    before = float(first.share_before)
    return ANSWER.fill(
        channel=name_channel(str(first.channel)),
        share=word_percent(float(first.share)),
        change=WAS.fill(before=word_percent(before)) if before > 0 else "",
        n=word_number(int((measured.frame.gmv > 0).sum())),
        hhi=word_number(measured.hhi, 2),
    )


def caveats(measured: Channels) -> tuple[Text, ...]:
    """How many buyers channels share at most, and where new ones can't be told."""
    unknown = measured.has_previous and measured.frame.new_share_before.isna().all()
    shared = say_crossing(measured.identity)
    return (*shared, *((NEWNESS,) if shared else ()), *((BEFORE_UNKNOWN,) if unknown else ()))


def _fold(measured: Channels) -> tuple[pd.DataFrame, list[Text]]:
    """The largest channels, and the others as one row without buyers, for those overlap."""
    frame = measured.frame
    shown = frame.head(MOST_ROWS)
    names = [name_channel(str(channel)) for channel in shown.channel]
    rest = frame.iloc[MOST_ROWS:]
    if len(rest):
        sums = ["gmv", "share", "orders", "gmv_before", "share_before", "orders_before"]
        shown = pd.concat([shown, rest[sums].sum().to_frame().T], ignore_index=True)
        names.append(REST.fill(n=word_number(len(rest))))
    return shown.reset_index(drop=True), names


def tabulate(measured: Channels) -> tuple[Exhibit, ...]:
    """Channels now and before; small ones in one row."""
    shown, names = _fold(measured)
    shown = shown.assign(change=shown.gmv / shown.gmv_before.where(shown.gmv_before > 0) - 1)
    shown["name"] = pd.Series(names, dtype=object)
    fields = (
        Field(name="name", label=Text(zh="渠道", en="Channel")),
        Field(name="gmv", label=Text(zh="本期 GMV", en="GMV now"), unit="money"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="share_before", label=Text(zh="上期占比", en="Share before"), unit="share"),
        Field(name="change", label=Text(zh="GMV 变化", en="Change of GMV"), unit="share"),
        Field(name="orders", label=Text(zh="订单", en="Orders"), unit="count"),
        Field(name="buyers", label=Text(zh="买家", en="Buyers"), unit="count"),
        Field(name="spend", label=Text(zh="人均消费", en="Spend per buyer"), unit="price"),
        Field(name="spend_before", label=Text(zh="上期人均消费", en="Spend per buyer before"), unit="price"),
        Field(name="new_share", label=Text(zh="新客占买家", en="New among buyers"), unit="share"),
        Field(name="new_share_before", label=Text(zh="上期新客占买家", en="New among buyers before"), unit="share"),
    )
    note = Text(
        zh="买家在渠道间有重叠，不可相加；人均消费只含有身份的订单。",
        en="Buyers overlap between channels and must not be added; spend per buyer is over orders with a known "
        "customer.",
    )
    title = Text(zh="各渠道的贡献", en="What each channel brings")
    return (Exhibit(name="channels", title=title, fields=fields, frame=shown, note=note),)


def draw(measured: Channels, language: Language) -> Figure:
    """Share of GMV by channel."""
    shown, names = _fold(measured)
    words = []
    for share, change in zip(shown.share, shown.gmv / shown.gmv_before.where(shown.gmv_before > 0) - 1, strict=True):
        moved = f" ({word_change(float(change)).en})" if change == change else ""  # noqa: PLR0124 - NaN
        words.append(word_percent(float(share)).en + moved)
    label = Text(zh="占本期 GMV（括号内为 GMV 较上期变化）", en="Share of current GMV (change of GMV in brackets)")
    figure = draw_bars(
        [name.word(language) for name in names],
        [float(share) for share in shown.share.fillna(0)],
        words,
        axis_label=label.word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# February: tmall sells 40 orders of 100 = 4,000 and jd 10 = 1,000: 80.0 %, HHI 0.64 + 0.04 = 0.68.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        *(f"tmall c{i:03d} 2024-01-02 100" for i in range(30)),
        *(f"jd d{i:03d} 2024-01-02 100" for i in range(10)),
        *(f"tmall c{i:03d} 2024-02-28 100" for i in range(40)),
        *(f"jd d{i:03d} 2024-02-28 100" for i in range(10)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("001-14",),
    finds=("venue.channel_dependence",),
    needs=(Need(table="order_lines"),),
    limits=(
        Limit(
            name="top_share",
            value=0.6,
            reason=Text(
                zh="一个渠道超过六成，其他渠道合起来也补不上它的三分之一波动",
                en="above 60% the other channels together can't make up for a loss of a third in this one",
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
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="0.68",
        finds=(("venue.channel_dependence", {"channel": "tmall"}),),
    ),
    place=10,
)
