"""What arrived, which days and customers it covers, and which tables are missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.metrics.coverage import cover_channels
from diagnostics.metrics.lines import value_lines
from diagnostics.model.account import IntakeAccount, MissingTable
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.names import WINGS, name_channel
from diagnostics.model.section import Exhibit, Field, Need
from diagnostics.model.tables import CANONICAL_TABLES
from diagnostics.model.wording import Text, join_texts, name_verbatim, word_number, word_percent, word_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.period import Period
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="收到了哪些数据，能认出多少客户？", en="What data arrived, and how many customers can be told apart?"
)
DEFINITION = Text(
    zh="可识别比例 = 带客户标识（键控假名）的订单行 ÷ 全部订单行，按渠道；"
    "没有标识的订单只能算金额，算不了复购、重合与客户价值。",
    en="Identified share = order lines with a customer key (a pseudonym) / all order lines, by channel. Orders without "
    "a key count in money, but not in repeat buying, overlap or customer value.",
)
ANSWER = Text(
    zh="订单覆盖 {period}，{channels} 个渠道、{lines} 行，其中 {keyed} 的订单行能认出客户。",
    en="Orders cover {period} (channels: {channels}); {keyed} of {lines} order lines have a known customer.",
)
MISSING = Text(
    zh="还缺 {n} 类表，补齐后可再回答 {checks} 个问题。",
    en="Kinds of data missing: {n}; questions that they would answer: {checks}.",
)
ONE_QUESTION = Text(zh="1", en="1 question stays")
QUESTIONS = Text(zh="{n}", en="{n} questions stay")
TITLE = Text(
    zh="没有收到「{table}」，{checks} 个问题因此无法回答（{wings}）",
    en="“{table}” did not arrive: {checks} unanswered ({wings})",
)
CAUSE = Text(
    zh="这些问题要用到「{table}」，这次交付的文件里没有。",
    en="The questions left open draw on “{table}”; no file delivered holds it.",
)
ACTION = Text(
    zh="请数据负责人提供：{export}；收到后重新诊断。",
    en="Ask the data owner for {export}; the diagnosis is run again when it arrives.",
)
STOP = Text(
    zh="如系统确实没有这类记录，在需求表注明即可，不再追索。",
    en="If no system keeps it, say so in the requirement sheet and stop asking.",
)
NO_MONEY = Text(zh="数据缺失本身没有金额，补齐后才能测算", en="missing data has no size in money until it is there")
NO_KEYS = Text(
    zh="{channels}的订单没有客户标识，涉及客户的结论不含这些渠道。",
    en="Orders of {channels} carry no customer key: findings on customers leave them out.",
)
MOST_BARS = 12
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The channels (lines, keyed, share, orders, gmv, first_day, last_day; most lines first) and intake's account."""

    channels: pd.DataFrame
    history: Period
    account: IntakeAccount

    @property
    def keyed_share(self) -> float:
        """Lines with a known customer, of all."""
        return float(self.channels.keyed.sum() / self.channels.lines.sum())

    @property
    def wanted(self) -> tuple[MissingTable, ...]:
        """Missing tables that would answer something, those that answer most first."""
        useful = [missing for missing in self.account.missing if missing.unlocks]
        return tuple(sorted(useful, key=lambda missing: (-len(missing.unlocks), missing.table)))


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask what the order lines of each channel cover."""
    return {"channels": cover_channels(value_lines(tables["order_lines"], tables.engagement.gmv_basis))}


def measure(replies: Replies) -> Coverage:
    """Put the channels beside the account of intake."""
    channels = replies["channels"].sort_values(["lines", "channel"], ascending=[False, True], ignore_index=True)
    engagement = replies.engagement
    return Coverage(
        channels=channels.assign(share=channels.keyed / channels.lines),
        history=engagement.horizon.history,
        account=engagement.account,
    )


def judge(measured: Coverage, limits: Limits) -> tuple[Finding, ...]:
    """Ask for every missing table that would answer a question."""
    return tuple(
        _ask_for(missing, limits) for missing in measured.wanted if len(missing.unlocks) >= limits["least_checks"]
    )


def _ask_for(missing: MissingTable, limits: Limits) -> Finding:
    table = CANONICAL_TABLES[missing.table]
    wings = dict.fromkeys(check.split(".", maxsplit=1)[0] for check in missing.unlocks)
    names = join_texts(WINGS.get(wing, name_verbatim(wing)) for wing in wings)
    return Finding(
        code="data.missing_export",
        scope={"table": missing.table},
        title=TITLE.fill(table=table.title, checks=_count_questions(len(missing.unlocks)), wings=names),
        cause=CAUSE.fill(table=table.title),
        action=ACTION.fill(export=missing.export),
        owner_role="data",
        validation=Validation(metric="dq", direction="up", window_days=14),
        stop_rule=STOP,
        confidence=0.95,
        impact_reason=NO_MONEY,
        severity="low" if len(missing.unlocks) >= limits["low_checks"] else "info",
        evidence=(Evidence(table="channels"),),
    )


def _count_questions(count: int) -> Text:
    return ONE_QUESTION if count == 1 else QUESTIONS.fill(n=word_number(count))


def tell(measured: Coverage) -> Text:
    """What arrived, and what is missing."""
    said = ANSWER.fill(
        period=word_period(measured.history.start, measured.history.end),
        channels=word_number(len(measured.channels)),
        lines=word_number(float(measured.channels.lines.sum())),
        keyed=word_percent(measured.keyed_share),
    )
    if measured.wanted:
        open_checks = {check for missing in measured.wanted for check in missing.unlocks}
        said += MISSING.fill(n=word_number(len(measured.wanted)), checks=word_number(len(open_checks)))
    return said


def caveats(measured: Coverage) -> tuple[Text, ...]:
    """The channels without any customer key."""
    without = measured.channels[measured.channels.keyed == 0]
    if without.empty:
        return ()
    return (NO_KEYS.fill(channels=join_texts(name_channel(str(channel)) for channel in without.channel)),)


def tabulate(measured: Coverage) -> tuple[Exhibit, ...]:
    """What each channel covers; the files themselves are listed in the data check."""
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel"), unit="channel"),
        Field(name="lines", label=Text(zh="订单行", en="Order lines"), unit="count"),
        Field(name="orders", label=Text(zh="订单数", en="Orders"), unit="count"),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
        Field(name="share", label=Text(zh="可识别比例", en="Identified"), unit="share"),
        Field(name="first_day", label=Text(zh="第一天", en="First day"), unit="date"),
        Field(name="last_day", label=Text(zh="最后一天", en="Last day"), unit="date"),
    )
    title = Text(zh="各渠道订单覆盖与可识别比例", en="What the orders of each channel cover")
    return (Exhibit(name="channels", title=title, fields=fields, frame=fold_small(measured.channels)),)


def fold_small(channels: pd.DataFrame) -> pd.DataFrame:
    """The largest channels, all others together in the last row."""
    if len(channels) <= MOST_BARS + 1:
        return channels
    large, rest = channels.head(MOST_BARS), channels.iloc[MOST_BARS:]
    total = rest[["lines", "keyed", "orders", "gmv"]].sum()
    others = total.to_frame().T.assign(
        channel="other",
        share=float(total.keyed / total["lines"]),
        first_day=rest.first_day.min(),
        last_day=rest.last_day.max(),
    )
    return pd.concat([large, others], ignore_index=True)


def draw(measured: Coverage, language: Language) -> Figure:
    """The identified share of each channel."""
    shown = measured.channels.head(MOST_BARS)
    words = [
        Text(zh="{share}（{n} 行）", en="{share} ({n} lines)").fill(share=word_percent(share), n=word_number(lines))
        for share, lines in zip(shown.share, shown.lines, strict=True)
    ]
    figure = draw_bars(
        [name_channel(str(channel)).word(language) for channel in shown.channel],
        shown.share.tolist(),
        [word.word(language) for word in words],
        axis_label=Text(zh="能认出客户的订单行占比", en="Order lines with a known customer").word(language),
        marked=[place for place, share in enumerate(shown.share) if share == 0],
    )
    axes = figure.axes[0]
    # The words stand right of the bars; a full bar needs room for them.
    axes.set_xlim(0, 1.45)
    axes.set_xticks(TICKS, [word_percent(tick, 0).en for tick in TICKS])
    return figure


# Three of four lines are known: tmall's two and one of jd's two.
EXAMPLE_LINES = """
channel | customer | ordered_at | paid_amount
tmall   | a        | 2024-01-01 | 100
tmall   | b        | 2024-01-15 | 100
jd      | c        | 2024-02-10 | 100
jd      | -        | 2024-02-28 | 100
"""
LACKING = MissingTable(
    table="contacts",
    export=Text(zh="企业微信客户列表", en="the WeCom contact list"),
    unlocks=("people.reach", "venue.migration"),
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("000-16", "001-24"),
    finds=("data.missing_export",),
    needs=(Need(table="order_lines"),),
    limits=(
        Limit(
            name="least_checks",
            value=1,
            reason=Text(
                zh="能多回答至少一个问题的表才追索", en="only tables that would answer a question are asked for"
            ),
        ),
        Limit(
            name="low_checks",
            value=3,
            reason=Text(
                zh="影响三个及以上问题的缺表列为“低”，其余仅作提示",
                en="a table that three or more questions need ranks low, others are for information",
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
        tables={"order_lines": EXAMPLE_LINES},
        says="75.0%",
        finds=(("data.missing_export", {"table": "contacts"}),),
        account=IntakeAccount(missing=(LACKING,)),
    ),
    place=10,
)
