"""How far those whom a campaign wrote to came: answered, came to the store, bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.campaign_cards import AFTER_DAYS, follow_touched
from diagnostics.metrics.campaign_days import list_campaigns
from diagnostics.metrics.lines import value_lines
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="被活动触达的人，有多少响应、到店、下单？",
    en="Of those whom a campaign reached, how many answered, came to the store and bought?",
)
DEFINITION = Text(
    zh="触达 = 触达记录里写明该活动的客户（人数）；响应取触达记录；到店 = 从首次触达到活动结束后 {after} 天内有到店、"
    "核销、签到事件，或在门店下过单；下单 = 同一时间内在任何渠道下单。到店与下单各自占触达人数，"
    "一个人可以不到店就下单。没有被触达的人也会买，因此这是走到哪一步，不是活动的增量。区间为 95%（Wilson），不足 "
    "{least} 人不给占比。",
    en="Reached = customers whom the log of touches names for the campaign; answered as the log says; came = an event "
    "that names a visit, redemption or check-in, or an order in a store, from the first touch to {after} days after "
    "the campaign; bought = an order in any channel in the same days. Coming and buying are each shares of those "
    "reached, for one can buy without coming. Others buy, too, so this tells how far people came, not what the "
    "campaign added. Intervals 95% (Wilson), none from fewer than {least} people.",
)
NONE = Text(
    zh="触达记录里写的活动与活动日历对不上，或每场不足 {least} 人",
    en="the campaigns in the log of touches match none of the calendar, or each reached fewer than {least} people",
)
UNLOCK = Text(zh="活动名称与日历一致的触达记录", en="a log of touches whose campaign names are those of the calendar")
ANSWER = Text(
    zh="{n} 场活动共触达 {touched} 人次客户，响应 {answered}，到店 {visited}，下单 {bought}，其中门店下单 {store}。",
    en="Campaigns: {n}, customers reached: {touched} (once a campaign); {answered} answered, {visited} came to a "
    "store, {bought} bought, {store} in a store.",
)
BEST = Text(
    zh="下单占比最高的是「{best}」{high}，最低的是「{worst}」{low}。",
    en="Most bought after “{best}” ({high}), fewest after “{worst}” ({low}).",
)
NO_VISITS = Text(
    zh="没有到店、核销事件，到店只由门店订单得知，偏低；活动签到或核销记录可以补上。",
    en="No visits are logged: coming is told by store orders alone and is too low; check-in or redemption logs bring "
    "it.",
)
AXIS = Text(zh="下单占触达人数（线段为 95% 区间）", en="Bought, of those reached (line: 95%)")
LEAST = 30
MOST_ROWS = 15
STEPS = ("answered", "visited", "bought", "bought_store")


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """A campaign a row with counts and shares, most reached first, and whether visits are logged."""

    campaigns: pd.DataFrame
    has_visits: bool


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask how far the reached customers of each campaign came."""
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    campaigns = list_campaigns(tables["campaigns"], tables.engagement.horizon.history)
    events = tables["events"] if tables.has("events", "customer", "kind") else None
    asked = {"funnel": follow_touched(tables["touches"], campaigns, lines, events)}
    if events is not None:
        asked["events"] = events.agg(n=events.count())
    return asked


def measure(replies: Replies) -> Funnel | NotComputable:
    """Give every step its share of those reached."""
    rows = replies["funnel"]
    rows = rows[rows.touched >= LEAST]
    if rows.empty:
        return NotComputable(reason=NONE.fill(least=word_number(LEAST)), unlocked_by=UNLOCK)
    low, high = wilson(rows.bought.to_numpy(), rows.touched.to_numpy())
    rows = rows.assign(low=low, high=high, **{f"{step}_share": rows[step] / rows.touched for step in STEPS})
    return Funnel(
        campaigns=rows.sort_values(["touched", "campaign"], ascending=[False, True], ignore_index=True),
        has_visits="events" in replies,
    )


def judge(_measured: Funnel, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: what a campaign added is asked by the section on lift."""
    return ()


def tell(measured: Funnel) -> Text:
    """Shares over all campaigns, and the best and the worst."""
    rows = measured.campaigns
    shares = {step: word_percent(float(rows[step].sum()) / float(rows.touched.sum())) for step in STEPS}
    said = ANSWER.fill(
        n=word_number(len(rows)),
        touched=word_number(float(rows.touched.sum())),
        answered=shares["answered"],
        visited=shares["visited"],
        bought=shares["bought"],
        store=shares["bought_store"],
    )
    if len(rows) > 1:
        order = rows.sort_values("bought_share", ascending=False)
        said += BEST.fill(
            best=shorten(str(order.campaign.iloc[0]), 18),
            high=word_percent(order.bought_share.iloc[0]),
            worst=shorten(str(order.campaign.iloc[-1]), 18),
            low=word_percent(order.bought_share.iloc[-1]),
        )
    return said


def caveats(measured: Funnel) -> tuple[Text, ...]:
    """That visits are not logged."""
    return () if measured.has_visits else (NO_VISITS,)


def tabulate(measured: Funnel) -> tuple[Exhibit, ...]:
    """A campaign a row."""
    frame = measured.campaigns.head(2 * MOST_ROWS)
    fields = (
        Field(name="name", label=Text(zh="活动", en="Campaign")),
        Field(name="touched", label=Text(zh="触达", en="Reached"), unit="count"),
        Field(name="answered_share", label=Text(zh="响应", en="Answered"), unit="share"),
        Field(name="visited_share", label=Text(zh="到店", en="Came"), unit="share"),
        Field(name="bought_share", label=Text(zh="下单", en="Bought"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
        Field(name="bought_store_share", label=Text(zh="门店下单", en="Bought in a store"), unit="share"),
        Field(name="gmv", label=Text(zh="期间销售额", en="Sales"), unit="money"),
    )
    title = Text(zh="从触达到到店、下单", en="From being reached to coming and buying")
    names = pd.Series([name_verbatim(shorten(str(name), 24)) for name in frame.campaign], dtype=object)
    return (Exhibit(name="funnel", title=title, fields=fields, frame=frame.assign(name=names)),)


def draw(measured: Funnel, language: Language) -> Figure:
    """The share of those reached who bought, by campaign."""
    shown = measured.campaigns.head(MOST_ROWS)
    figure = draw_bars(
        [shorten(str(name), 16) for name in shown.campaign],
        shown.bought_share.tolist(),
        [
            f"{word_percent(share).en}  n={word_number(n).en}"
            for share, n in zip(shown.bought_share, shown.touched, strict=True)
        ],
        axis_label=AXIS.word(language),
        low=shown.low.tolist(),
        high=shown.high.tolist(),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# 40 customers are written to; 20 answer, 8 check in, 6 buy in the store and 2 more online within a week of the end.
ANSWERING = 20
EXAMPLE_TOUCHES = "\n".join(
    [
        "customer touched_at campaign answered",
        *(f"c{i} 2024-05-08 spring {str(i < ANSWERING).lower()}" for i in range(40)),
    ]
)
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        "youzan z 2024-04-01 10",
        *(f"store c{i} 2024-05-12 100" for i in range(6)),
        *(f"youzan c{i} 2024-05-20 100" for i in range(20, 22)),
        "youzan z 2024-05-31 10",
    ]
)
EXAMPLE_EVENTS = "\n".join(["customer happened_at kind", *(f"c{i} 2024-05-12 到店签到" for i in range(8))])

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION.fill(after=word_number(AFTER_DAYS), least=word_number(LEAST)),
    answers=("002-39", "004-38"),
    finds=(),
    needs=(
        Need(table="order_lines", columns=("customer",)),
        Need(table="campaigns"),
        Need(table="touches", columns=("campaign",)),
    ),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": EXAMPLE_LINES,
            "campaigns": "campaign channel starts_on ends_on\nspring youzan 2024-05-08 2024-05-15",
            "touches": EXAMPLE_TOUCHES,
            "events": EXAMPLE_EVENTS,
        },
        says="响应 50.0%，到店 20.0%，下单 20.0%，其中门店下单 15.0%",
    ),
    place=40,
)
