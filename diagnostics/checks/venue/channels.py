"""What each channel and the private domain bring, and whether the business hangs on one channel."""

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
from diagnostics.checks.venue import _channel_words as words
from diagnostics.checks.venue import _private_share_words
from diagnostics.checks.venue._private_share import (
    PRIVATE_LIMITS,
    PrivateShare,
    ask_private,
    judge_private,
    list_doubts,
    read_private,
    tabulate_private,
    tell_private,
    track_private,
)
from diagnostics.metrics.channels import total_channels
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.brief import Brief
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

MOST_ROWS = 12
PRIVATE = "002-43"


@dataclass(frozen=True, kw_only=True)
class Channels:
    """One row a channel, largest first: gmv, share, orders, buyers, new_share, each with its `_before`.

    `private` is the private domain's share; `None` where no rule tells what is private.
    """

    frame: pd.DataFrame
    hhi: float
    yearly: float
    has_previous: bool
    identity: Base | None
    private: PrivateShare | None
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the totals of each channel and of the private domain in both periods."""
    horizon = tables.engagement.horizon
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    observed, known_from = within(lines, horizon.history), find_newcomers_since(horizon.history)
    asked = {
        "now": total_channels(observed, horizon.current, known_from),
        "identity": ask_identity(within(lines, horizon.current)),
    }
    if horizon.previous is not None:
        asked["before"] = total_channels(observed, horizon.previous, known_from)
    return asked | ask_private(tables)


def measure(replies: Replies) -> Channels | NotComputable:
    """Put both periods side by side, largest channel first."""
    now = replies["now"].set_index("channel")
    if now.gmv.sum() <= 0:
        return NotComputable(reason=words.NO_SALES)
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
        private=read_private(replies),
        currency=replies.engagement.currency,
    )


def track(measured: Channels) -> tuple[Reading, ...]:
    """Sales and what a buyer spends by channel, sums without sampling error; and the private domain's share."""
    rows = measured.frame.to_dict("records")
    by_channel = tuple(
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
    return (*by_channel, *(track_private(measured.private) if measured.private else ()))


def judge(measured: Channels, limits: Limits) -> tuple[Finding, ...]:
    """Raise a dependence where one channel holds more than the limit, and a private share outside its range."""
    private = judge_private(measured.private, limits) if measured.private else ()
    return (*_judge_dependence(measured, limits), *private)


def _judge_dependence(measured: Channels, limits: Limits) -> tuple[Finding, ...]:
    frame = measured.frame
    share = float(frame.share.iloc[0])
    if share <= limits["top_share"]:
        return ()
    channel, gmv = str(frame.channel.iloc[0]), float(frame.gmv.iloc[0])
    selling = frame[frame.gmv > 0]
    is_single = len(selling) == 1
    cause = (words.ONLY if is_single else words.CAUSE).fill(
        channel=name_channel(channel),
        gmv=word_money(gmv * measured.yearly, measured.currency),
        times="" if is_single else word_number(gmv / float(selling.gmv.iloc[1]), 1),
    )
    return (
        Finding(
            code="venue.channel_dependence",
            scope={"channel": channel},
            title=words.TITLE.fill(share=word_percent(share), channel=name_channel(channel)),
            cause=cause,
            action=words.ACTION,
            owner_role="manager",
            validation=Validation(metric="gmv", direction="up", window_days=180),
            stop_rule=words.STOP,
            # The share is counted, not estimated; with one channel alone it may be the delivery that is partial.
            confidence=0.5 if is_single else 0.9,
            impact=None,
            impact_reason=words.NO_LOSS,
            severity="low" if is_single else "medium",
            evidence=(Evidence(table="channels", n=int(frame.orders.sum()), value=share),),
        ),
    )


def tell(measured: Channels) -> Text:
    """The largest channel, its share now and before, and the concentration; then the private domain's share."""
    first = measured.frame.iloc[0]
    before = float(first.share_before)
    said = words.ANSWER.fill(
        channel=name_channel(str(first.channel)),
        share=word_percent(float(first.share)),
        change=words.WAS.fill(before=word_percent(before)) if before > 0 else "",
        n=word_number(int((measured.frame.gmv > 0).sum())),
        hhi=word_number(measured.hhi, 2),
    )
    return said if measured.private is None else said + tell_private(measured.private)


def caveats(measured: Channels) -> tuple[Text, ...]:
    """How many buyers channels share at most, where new ones can't be told, and what the private share hangs on."""
    unknown = measured.has_previous and measured.frame.new_share_before.isna().all()
    shared = say_crossing(measured.identity)
    said = (*shared, *((NEWNESS,) if shared else ()), *((words.BEFORE_UNKNOWN,) if unknown else ()))
    return (*said, *(list_doubts(measured.private) if measured.private else ()))


def lacks(measured: Channels) -> Mapping[str, Text]:
    """The private domain's share, where no rule tells what is private."""
    return {} if measured.private else {PRIVATE: _private_share_words.NO_RULE}


def _fold(measured: Channels) -> tuple[pd.DataFrame, list[Text]]:
    """The largest channels, and the others as one row without buyers, for those overlap."""
    frame = measured.frame
    shown = frame.head(MOST_ROWS)
    names = [name_channel(str(channel)) for channel in shown.channel]
    rest = frame.iloc[MOST_ROWS:]
    if len(rest):
        sums = ["gmv", "share", "orders", "gmv_before", "share_before", "orders_before"]
        shown = pd.concat([shown, rest[sums].sum().to_frame().T], ignore_index=True)
        names.append(words.REST.fill(n=word_number(len(rest))))
    return shown.reset_index(drop=True), names


def tabulate(measured: Channels) -> tuple[Exhibit, ...]:
    """Channels now and before, small ones in one row; private and all GMV by month."""
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
    channels = Exhibit(name="channels", title=title, fields=fields, frame=shown, note=note)
    return (channels, tabulate_private(measured.private)) if measured.private else (channels,)


def draw(measured: Channels, language: Language) -> Figure:
    """Share of GMV by channel."""
    shown, names = _fold(measured)
    said = []
    for share, change in zip(shown.share, shown.gmv / shown.gmv_before.where(shown.gmv_before > 0) - 1, strict=True):
        moved = f" ({word_change(float(change)).en})" if change == change else ""  # noqa: PLR0124 - NaN
        said.append(word_percent(float(share)).en + moved)
    label = Text(zh="占本期 GMV（括号内为 GMV 较上期变化）", en="Share of current GMV (change of GMV in brackets)")
    figure = draw_bars(
        [name.word(language) for name in names],
        [float(share) for share in shown.share.fillna(0)],
        said,
        axis_label=label.word(language),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# Each month 80 of 120 orders of 100 are Tmall's, 66.7 %, HHI 4/9 + 1/9 = 0.56; the other 33.3 % are private, and the
# client wants at most 20 %.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount is_private",
        *(
            f"{'miniprogram' if i % 3 == 0 else 'tmall'} c{i:03d} {day} 100 {'true' if i % 3 == 0 else 'false'}"
            for day in ("2024-01-02", "2024-02-28")
            for i in range(120)
        ),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("001-14", PRIVATE),
    finds=("venue.channel_dependence", "venue.private_share_guardrail"),
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
        *PRIVATE_LIMITS,
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        brief=Brief(answers={"pd_share_target": 0.2, "constraints": ("私域占比不超过 20%",)}),
        says="集中度 HHI 为 0.56。私域占 GMV 的 33.3%（上期 33.3%），客户设定的上限为 20.0%",
        finds=(("venue.channel_dependence", {"channel": "tmall"}), ("venue.private_share_guardrail", {})),
    ),
    place=10,
)
