"""What arrived, which customers and days it covers, and which days and tables are missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.heat import draw_heat
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.data import _coverage_words as words
from diagnostics.checks.data._gaps import (
    EVERYBODY,
    Gaps,
    find_gaps,
    has_gap,
    name_row,
    raise_gaps,
    show_gaps,
    tell_gaps,
)
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.coverage import cover_channels
from diagnostics.metrics.days import count_daily_orders
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

MOST_CHANNELS = 12
MOST_ROWS = 12
LABELS = 12


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What each channel covers, the days missing, and intake's account.

    `channels` has lines, keyed, share, orders, gmv, first_day and last_day; most lines first.
    """

    channels: pd.DataFrame
    gaps: Gaps
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
    """Ask what the order lines of each channel cover, and for the orders of each day."""
    lines = tables["order_lines"]
    return {
        "channels": cover_channels(value_lines(lines, tables.engagement.gmv_basis)),
        "daily": count_daily_orders(lines),
    }


def measure(replies: Replies) -> Coverage:
    """Put the channels and their missing days beside the account of intake."""
    channels = replies["channels"].sort_values(["lines", "channel"], ascending=[False, True], ignore_index=True)
    engagement = replies.engagement
    history = engagement.horizon.history
    return Coverage(
        channels=channels.assign(share=channels.keyed / channels.lines),
        gaps=find_gaps(replies["daily"], history, find_limits(NAME, LIMITS, engagement)["holiday_days"]),
        history=history,
        account=engagement.account,
    )


def judge(measured: Coverage, limits: Limits) -> tuple[Finding, ...]:
    """Ask for every missing table that would answer a question, and for the days that lack."""
    wanted = (missing for missing in measured.wanted if len(missing.unlocks) >= limits["least_checks"])
    return (*(_ask_for(missing, limits) for missing in wanted), *raise_gaps(measured.gaps, limits))


def _ask_for(missing: MissingTable, limits: Limits) -> Finding:
    table = CANONICAL_TABLES[missing.table]
    wings = dict.fromkeys(check.split(".", maxsplit=1)[0] for check in missing.unlocks)
    names = join_texts(WINGS.get(wing, name_verbatim(wing)) for wing in wings)
    return Finding(
        code="data.missing_export",
        scope={"table": missing.table},
        title=words.TITLE.fill(table=table.title, checks=_count_questions(len(missing.unlocks)), wings=names),
        cause=words.CAUSE.fill(table=table.title),
        action=words.ACTION.fill(export=missing.export),
        owner_role="data",
        validation=Validation(metric="dq", direction="up", window_days=14),
        stop_rule=words.STOP,
        confidence=0.95,
        impact_reason=words.NO_MONEY,
        severity="low" if len(missing.unlocks) >= limits["low_checks"] else "info",
        evidence=(Evidence(table="channels"),),
    )


def _count_questions(count: int) -> Text:
    return words.ONE_QUESTION if count == 1 else words.QUESTIONS.fill(n=word_number(count))


def tell(measured: Coverage) -> Text:
    """What arrived, which days lack, and which tables do."""
    said = words.ANSWER.fill(
        period=word_period(measured.history.start, measured.history.end),
        channels=word_number(len(measured.channels)),
        lines=word_number(float(measured.channels.lines.sum())),
        keyed=word_percent(measured.keyed_share),
    )
    said += tell_gaps(measured.gaps)
    if measured.wanted:
        open_checks = {check for missing in measured.wanted for check in missing.unlocks}
        said += words.MISSING.fill(n=word_number(len(measured.wanted)), checks=word_number(len(open_checks)))
    return said


def caveats(measured: Coverage) -> tuple[Text, ...]:
    """The channels without any customer key."""
    without = measured.channels[measured.channels.keyed == 0]
    if without.empty:
        return ()
    return (words.NO_KEYS.fill(channels=join_texts(name_channel(str(channel)) for channel in without.channel)),)


def tabulate(measured: Coverage) -> tuple[Exhibit, ...]:
    """What each channel covers, and days without orders; the files themselves are listed in the data check."""
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
    channels = Exhibit(name="channels", title=title, fields=fields, frame=fold_small(measured.channels))
    return channels, *show_gaps(measured.gaps)


def fold_small(channels: pd.DataFrame) -> pd.DataFrame:
    """The largest channels, all others together in the last row."""
    if len(channels) <= MOST_CHANNELS + 1:
        return channels
    large, rest = channels.head(MOST_CHANNELS), channels.iloc[MOST_CHANNELS:]
    total = rest[["lines", "keyed", "orders", "gmv"]].sum()
    others = total.to_frame().T.assign(
        channel="other",
        share=float(total.keyed / total["lines"]),
        first_day=rest.first_day.min(),
        last_day=rest.last_day.max(),
    )
    return pd.concat([large, others], ignore_index=True)


def draw(measured: Coverage, language: Language) -> Figure:
    """The share of days with orders by channel and month, beside the identified share of each channel."""
    shown = measured.gaps.months.head(MOST_ROWS)
    months = pd.PeriodIndex(shown.columns)
    step = -(-len(months) // LABELS)
    alert = np.array([[has_gap(measured.gaps.gaps, str(name), month) for month in months] for name in shown.index])
    shares = dict(zip(measured.channels.channel, measured.channels.share, strict=True)) | {
        EVERYBODY: measured.keyed_share
    }
    return draw_heat(
        [
            words.ROW.fill(name=name_row(str(name)), share=word_percent(shares[name])).word(language)
            for name in shown.index
        ],
        [f"{month:%y-%m}" if place % step == 0 else "" for place, month in enumerate(months)],
        shown.to_numpy(dtype=np.float64),
        axis_label=words.AXIS.word(language),
        alert=alert,
        top=1.0,
    )


# Both shops sell 20 orders a day, jd's to known customers; tmall's export of 10 to 16 February is missing. So
# 91 x 20 of 91 x 20 + 84 x 20 lines are known, and 7 x 20 orders are missing.
DAYS = [day.strftime("%Y-%m-%d") for day in pd.date_range("2024-01-01", "2024-03-31")]
MISSING = {f"2024-02-{day}" for day in range(10, 17)}
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        *(f"jd c{place} {day} 100" for day in DAYS for place in range(20)),
        *(f"tmall - {day} 100" for day in DAYS if day not in MISSING for _ in range(20)),
    ]
)
LACKING = MissingTable(
    table="contacts",
    export=Text(zh="企业微信客户列表", en="the WeCom contact list"),
    unlocks=("people.reach", "venue.migration"),
)

NAME = "data.coverage"
LIMITS = (
    Limit(
        name="least_checks",
        value=1,
        reason=Text(zh="能多回答至少一个问题的表才追索", en="only tables that would answer a question are asked for"),
    ),
    Limit(
        name="low_checks",
        value=3,
        reason=Text(
            zh="影响三个及以上问题的缺表列为“低”，其余仅作提示",
            en="a table that three or more questions need ranks low, others are for information",
        ),
    ),
    Limit(
        name="least_days",
        value=1,
        reason=Text(zh="一天也会影响环比", en="a single day already moves a comparison"),
    ),
    Limit(
        name="holiday_days",
        value=4,
        reason=Text(
            zh="全店停业四个营业日以内视为节假日", en="up to four working days closed everywhere count as a holiday"
        ),
    ),
    Limit(
        name="medium_days",
        value=14,
        reason=Text(
            zh="缺两周以上，月度比较已不可信，列为“中”",
            en="two weeks missing spoil monthly comparisons: ranks medium",
        ),
    ),
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-16", "001-24"),
    finds=("data.missing_export", "data.date_gap"),
    needs=(Need(table="order_lines"),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="其中 52.0% 的订单行能认出客户。发现 1 处缺口，最长的是天猫：2024-02-10 至 2024-02-16，7 天没有订单，"
        "按平时应有约 140 单。还缺 1 类表，补齐后可再回答 2 个问题。",
        finds=(("data.missing_export", {"table": "contacts"}), ("data.date_gap", {"channel": "tmall"})),
        account=IntakeAccount(missing=(LACKING,)),
    ),
    place=10,
)
