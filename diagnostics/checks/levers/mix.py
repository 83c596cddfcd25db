"""Whether spend per buyer moved because channels changed, or because buyers moved between channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.waterfall import Step, draw_waterfall
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.compared import mark_compared
from diagnostics.metrics.levers import sum_levers
from diagnostics.metrics.lines import identified, value_lines
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_number, word_percent, word_price
from diagnostics.statistics.certainty import find_likely, rate_gap
from diagnostics.statistics.jackknife import find_interval, leave_one_out
from diagnostics.statistics.mix import Mix, split_mix

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    import ibis.expr.types as ir
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike, NDArray

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="人均消费的变化，是各渠道自身变了，还是买家流向了别的渠道？",
    en="Did spend per buyer move within channels, or did buyers move between them?",
)
DEFINITION = Text(
    zh="人均消费 = 有身份客户的 GMV ÷ 各渠道买家数之和（同一人在两个渠道购买计两次）。水平效应："
    "各渠道自身人均消费的变化；结构效应：买家在高、低消费渠道之间的比重变化。两者之和等于总变化（Kitagawa 对称分解，"
    "无交叉项）。区间：按客户分组的刀切法，95%。",
    en="Spend per buyer = GMV of known customers over the buyers of all channels (who buys in two channels counts in "
    "both). Rate: the change within channels. Mix: the change of weights between dear and cheap channels. Both sum to "
    "the whole change (Kitagawa, symmetric, without interaction). Intervals: jackknife over groups of customers, 95%.",
)
ONE_CHANNEL = Text(
    zh="两个可比期内有身份客户的渠道不足两个，谈不上结构",
    en="fewer than two channels with known customers in both periods",
)
ANSWER = Text(
    zh="人均消费由 {before} 变为 {after}：各渠道自身 {rate}（95% 区间 {rate_low} 至 {rate_high}），渠道结构 {mix}"
    "（{mix_low} 至 {mix_high}）。",
    en="Spend per buyer went from {before} to {after}: {rate} within channels (95% interval {rate_low} to "
    "{rate_high}), {mix} by the mix of channels ({mix_low} to {mix_high}).",
)
TITLE = Text(
    zh="买家流向低消费的{channel}，人均消费因此下降 {share}",
    en="Buyers move to channels with lower spend, above all {channel}: spend per buyer falls {share} by mix alone",
)
CAUSE = Text(
    zh="各渠道自身的人均消费合计变动 {rate}，而渠道结构使人均消费减少 {mix}（区间 {low} 至 {high}）；"
    "高消费渠道的买家由 {old} 人减为 {new} 人。",
    en="Within channels spend per buyer moved by {rate}; the mix of channels took {mix} ({low} to {high}). Buyers in "
    "the dearer channels went from {old} to {new}.",
)
ACTION = Text(
    zh="为高消费渠道设专属货盘与老客权益，把低消费渠道的新客在第二单引向高消费渠道，并按渠道而非合计考核人均消费。",
    en="Give the dearer channels a range and benefits of their own, lead new customers of cheap channels there with "
    "their second order, and set targets for spend per buyer by channel rather than in total.",
)
STOP = Text(
    zh="一个季度后高消费渠道的买家占比未回升，则停止引导并复核渠道定位。",
    en="Stop after a quarter without a recovery of the dearer channels' share of buyers, and review what each is for.",
)
MOST_ROWS = 10
REST = Text(zh="其余渠道（{n} 个）", en="Other channels ({n})")


@dataclass(frozen=True, kw_only=True)
class Shift:
    """The split by channel, and the same without each group of customers, from which the intervals come."""

    channels: tuple[str, ...]
    buyers: NDArray[np.float64]
    gmv: NDArray[np.float64]
    split: Mix
    repeated: Mix
    yearly: float
    currency: str

    @property
    def mix(self) -> float:
        """The whole mix effect on spend per buyer."""
        return float(self.split.mix.sum())

    @property
    def rate(self) -> float:
        """The whole rate effect on spend per buyer."""
        return float(self.split.rate.sum())

    def bound(self, effect: Literal["rate", "mix"], places: ArrayLike | None = None) -> tuple[float, float]:
        """Low and high (95 %) of an effect over some channels, all of them without `places`."""
        chosen = np.arange(len(self.channels)) if places is None else np.asarray(places, dtype=np.int64)
        whole, left = getattr(self.split, effect), getattr(self.repeated, effect)
        low, high = find_interval(whole[chosen].sum(), left[:, chosen].sum(axis=-1))
        return float(low), float(high)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for buyers and GMV of known customers by channel, period and bucket."""
    horizon = tables.engagement.horizon
    if horizon.previous is None:
        return {}
    lines = identified(value_lines(tables["order_lines"], tables.engagement.gmv_basis))
    return {"sums": sum_levers(mark_compared(lines, horizon.previous, horizon.current))}


def measure(replies: Replies) -> Shift | NotComputable:
    """Split the change of spend per buyer, once for all customers and once without each group of them."""
    if "sums" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    sums = replies["sums"]
    channels = tuple(sorted(sums.channel.unique()))
    counts = _arrange(sums, channels)
    whole = counts.sum(axis=0)
    if np.count_nonzero((whole[:, :, 0] > 0).all(axis=1)) < 2:  # noqa: PLR2004 - a mix takes two
        return NotComputable(reason=ONE_CHANNEL)
    return Shift(
        channels=channels,
        buyers=whole[..., 0],
        gmv=whole[..., 1],
        split=_split(whole),
        repeated=_split(leave_one_out(counts)),
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
    )


def _arrange(sums: pd.DataFrame, channels: tuple[str, ...]) -> NDArray[np.float64]:
    """Buyers and GMV as (buckets, channels, periods, 2)."""
    buckets, bucket = np.unique(sums.bucket, return_inverse=True)
    counts = np.zeros((max(len(buckets), 2), len(channels), 2, 2))
    place = pd.Index(channels).get_indexer(pd.Index(sums.channel))
    np.add.at(counts, (bucket, place, sums.is_current.astype(int)), sums[["buyers", "gmv"]].to_numpy(dtype=float))
    return counts


def _split(counts: NDArray[np.float64]) -> Mix:
    return split_mix(counts[..., 0, 0], counts[..., 0, 1], counts[..., 1, 0], counts[..., 1, 1])


def judge(measured: Shift, limits: Limits) -> tuple[Finding, ...]:
    """Raise a shift where mix alone takes much, surely, and the dearer channels lost buyers in number too."""
    before, after = float(measured.split.before), float(measured.split.after)
    old, new = _count_dear(measured)
    channel, (lowest, highest) = _find_cheap(measured), measured.bound("mix")
    takes = -measured.mix > limits["least_mix"] * before and highest < 0
    if channel is None or not takes or new >= old or after >= before or measured.rate < measured.mix:
        return ()
    scale = float(measured.buyers[:, 1].sum()) * measured.yearly
    low, mid, high = find_likely(-highest * scale, -measured.mix * scale, -lowest * scale)
    impact = Impact(low=low, mid=mid, high=high)
    currency = measured.currency
    cause = CAUSE.fill(
        rate=word_price(measured.rate, currency, signed=True),
        mix=word_price(-measured.mix, currency),
        low=word_price(-highest, currency),
        high=word_price(-lowest, currency),
        old=word_number(old),
        new=word_number(new),
    )
    return (
        Finding(
            code="lever.mix_shift",
            scope={"channel": channel},
            title=TITLE.fill(channel=name_channel(channel), share=word_percent(-measured.mix / before)),
            cause=cause,
            action=ACTION,
            owner_role="channel",
            validation=Validation(metric="aov_user", direction="up", window_days=90),
            stop_rule=STOP,
            confidence=rate_gap(-measured.mix, -highest),
            impact=impact,
            evidence=(Evidence(table="mix", n=int(measured.buyers.sum()), value=measured.mix),),
        ),
    )


def _find_cheap(measured: Shift) -> str | None:
    """The channel whose gain of weight took most from spend per buyer; `None` where no gain did."""
    share = measured.buyers / measured.buyers.sum(axis=0)
    took = np.where(share[:, 1] > share[:, 0], measured.split.mix, 0.0)
    return measured.channels[int(took.argmin())] if took.min() < 0 else None


def _count_dear(measured: Shift) -> tuple[float, float]:
    """Buyers before and after in channels whose spend per buyer lies above the average of the previous period."""
    buyers = measured.buyers
    level = np.divide(measured.gmv[:, 0], buyers[:, 0], out=np.zeros(len(buyers)), where=buyers[:, 0] > 0)
    dear = level > float(measured.split.before)
    return float(buyers[dear, 0].sum()), float(buyers[dear, 1].sum())


def tell(measured: Shift) -> Text:
    """Spend per buyer before and after, and the two effects with their intervals."""
    currency = measured.currency
    ends = {"rate": measured.bound("rate"), "mix": measured.bound("mix")}
    return ANSWER.fill(
        **{
            f"{effect}_{side}": word_price(end, currency, signed=True)
            for effect, pair in ends.items()
            for side, end in zip(("low", "high"), pair, strict=True)
        },
        before=word_price(float(measured.split.before), currency),
        after=word_price(float(measured.split.after), currency),
        rate=word_price(measured.rate, currency, signed=True),
        mix=word_price(measured.mix, currency, signed=True),
    )


def tabulate(measured: Shift) -> tuple[Exhibit, ...]:
    """Rate and mix by channel; the small channels are folded into one row."""
    frame = pd.DataFrame(
        {
            "buyers_before": measured.buyers[:, 0],
            "buyers_now": measured.buyers[:, 1],
            "gmv_before": measured.gmv[:, 0],
            "gmv_now": measured.gmv[:, 1],
            "rate": measured.split.rate,
            "mix": measured.split.mix,
        }
    )
    order = np.argsort(-measured.buyers.sum(axis=1), kind="stable")
    shown = frame.iloc[order[:MOST_ROWS]]
    groups = [[place] for place in order[:MOST_ROWS]]
    names = [name_channel(measured.channels[place]) for place in order[:MOST_ROWS]]
    if rest := len(order[MOST_ROWS:]):
        shown = pd.concat([shown, frame.iloc[order[MOST_ROWS:]].sum().to_frame().T], ignore_index=True)
        names.append(REST.fill(n=word_number(rest)))
        groups.append(list(order[MOST_ROWS:]))
    shown = shown.reset_index(drop=True)
    ends = [(*measured.bound("rate", places), *measured.bound("mix", places)) for places in groups]
    shown[["rate_low", "rate_high", "mix_low", "mix_high"]] = ends
    shown["channel"] = pd.Series(names, dtype=object)
    for side in ("before", "now"):
        shown[f"spend_{side}"] = shown[f"gmv_{side}"] / shown[f"buyers_{side}"].where(shown[f"buyers_{side}"] > 0)
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="buyers_before", label=Text(zh="上期买家", en="Buyers before"), unit="count"),
        Field(name="buyers_now", label=Text(zh="本期买家", en="Buyers now"), unit="count"),
        Field(name="spend_before", label=Text(zh="上期人均消费", en="Spend per buyer before"), unit="price"),
        Field(name="spend_now", label=Text(zh="本期人均消费", en="Spend per buyer now"), unit="price"),
        Field(name="rate", label=Text(zh="水平效应", en="Rate effect"), unit="price"),
        Field(name="rate_low", label=Text(zh="水平下限", en="Rate, low"), unit="price"),
        Field(name="rate_high", label=Text(zh="水平上限", en="Rate, high"), unit="price"),
        Field(name="mix", label=Text(zh="结构效应", en="Mix effect"), unit="price"),
        Field(name="mix_low", label=Text(zh="结构下限", en="Mix, low"), unit="price"),
        Field(name="mix_high", label=Text(zh="结构上限", en="Mix, high"), unit="price"),
    )
    title = Text(zh="人均消费变化：水平与结构", en="Spend per buyer: rate and mix by channel")
    return (Exhibit(name="mix", title=title, fields=fields, frame=shown),)


def draw(measured: Shift, language: Language) -> Figure:
    """From the previous spend per buyer to the current one by rate and mix."""
    currency = measured.currency
    totals = [
        Step(label=label.word(language), effect=float(level), word=word_price(float(level), currency).word(language))
        for label, level in (
            (Text(zh="上期人均消费", en="Spend per buyer before"), measured.split.before),
            (Text(zh="本期人均消费", en="Spend per buyer now"), measured.split.after),
        )
    ]
    steps = [
        Step(label=label.word(language), effect=effect, word=word_price(effect, currency, signed=True).word(language))
        for label, effect in (
            (Text(zh="各渠道自身（水平）", en="Within channels (rate)"), measured.rate),
            (Text(zh="渠道结构", en="Mix of channels"), measured.mix),
        )
    ]
    label = Text(zh="人均消费（轴不从零开始）", en="Spend per buyer (axis not from zero)")
    figure = draw_waterfall(totals[0], steps, totals[1], axis_label=label.word(language))
    scale_money(figure.axes[0].xaxis, currency, language)
    return figure


# Spend per buyer is 200 on tmall and 100 on douyin in both months; tmall goes from 100 to 60 buyers, douyin from
# 50 to 90: (20,000 + 5,000) / 150 = 166.67 falls to (12,000 + 9,000) / 150 = 140.00, all of it mix.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        *(f"tmall c{i:03d} 2024-01-02 200" for i in range(100)),
        *(f"douyin d{i:03d} 2024-01-02 100" for i in range(50)),
        *(f"tmall c{i:03d} 2024-02-28 200" for i in range(60)),
        *(f"douyin d{i:03d} 2024-02-28 100" for i in range(90)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-05",),
    finds=("lever.mix_shift",),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(
        Limit(
            name="least_mix",
            value=0.04,
            reason=Text(
                zh="仅结构一项就使人均消费下降 4% 以上，才值得调整渠道分工",
                en="mix alone must take 4% of spend per buyer before the roles of channels are worth changing",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES}, says="140.00", finds=(("lever.mix_shift", {"channel": "douyin"}),)
    ),
    place=30,
)
