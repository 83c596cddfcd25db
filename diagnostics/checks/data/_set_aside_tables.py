"""The tables and the picture of rows set aside: by reason, file, channel and month, and files that overlap."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.data import _set_aside_words as words
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, join_texts, word_money, word_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.data.set_aside import Aside
    from diagnostics.model.wording import Language

MOST_BARS = 10
REASON = Field(name="words", label=Text(zh="原因", en="Reason"))
ROWS = Field(name="rows", label=Text(zh="行数", en="Rows"), unit="count")
ORDERS = Field(name="orders", label=Text(zh="订单数", en="Orders"), unit="count")
AMOUNT = Field(name="amount", label=Text(zh="金额（已知部分）", en="Amount, where known"), unit="money")
FILE = Field(name="file", label=Text(zh="文件", en="File"))


def tabulate_aside(measured: Aside) -> tuple[Exhibit, ...]:
    """By reason, by file, by channel and month with money, and the pairs of files that overlap."""
    exhibits = (_list_reasons(measured), _list_files(measured), _list_groups(measured), _list_overlaps(measured))
    return tuple(exhibit for exhibit in exhibits if exhibit is not None)


def _list_reasons(measured: Aside) -> Exhibit | None:
    if measured.reasons.empty:
        return None
    title = Text(zh="剔除的订单行，按原因", en="Order rows set aside, by reason")
    return Exhibit(name="reasons", title=title, fields=(REASON, ROWS, AMOUNT), frame=measured.reasons)


def _list_files(measured: Aside) -> Exhibit:
    fields = (
        FILE,
        Field(name="read", label=Text(zh="读入行", en="Rows read"), unit="count"),
        Field(name="gone", label=Text(zh="剔除行", en="Set aside"), unit="count"),
        Field(name="unpaid", label=Text(zh="未付款", en="Unpaid"), unit="count"),
        Field(name="duplicate", label=Text(zh="重复", en="Repeated"), unit="count"),
        Field(name="damaged", label=Text(zh="单号损坏", en="Damaged numbers"), unit="count"),
        Field(name="other", label=Text(zh="其他", en="Other"), unit="count"),
    )
    title = Text(zh="剔除的订单行，按文件", en="Order rows set aside, by file")
    return Exhibit(name="files", title=title, fields=fields, frame=measured.files)


def _list_groups(measured: Aside) -> Exhibit | None:
    if not measured.groups:
        return None
    rows = pd.DataFrame(
        [
            (group.channel, group.month, group.reason, group.words, group.rows, group.orders, group.amount)
            for group in measured.groups
        ],
        columns=["channel", "month", "reason", "words", "rows", "orders", "amount"],
    )
    keys = ["channel", "month", "reason"]
    groups = rows.assign(amount=rows["amount"].astype("float64")).groupby(keys, sort=True)
    frame = groups[["rows", "orders"]].sum().reset_index()
    frame["amount"] = groups["amount"].sum(min_count=1).to_numpy()
    frame["words"] = pd.Series(groups["words"].first().to_list(), dtype=object)
    frame["name"] = pd.Series([name_channel(str(channel)) for channel in frame["channel"]], dtype=object)
    fields = (
        Field(name="name", label=Text(zh="渠道", en="Channel")),
        Field(name="month", label=Text(zh="月份", en="Month")),
        REASON,
        ROWS,
        ORDERS,
        AMOUNT,
    )
    title = Text(zh="剔除的订单行，按渠道和月份", en="Order rows set aside, by channel and month")
    return Exhibit(name="months", title=title, fields=fields, frame=frame)


def _list_overlaps(measured: Aside) -> Exhibit | None:
    if not measured.overlaps:
        return None
    rows = [
        {
            "file": pair.file,
            "other": pair.other,
            "name": name_channel(pair.channel),
            "first": pair.period[0] if pair.period else None,
            "last": date.fromordinal(pair.period[1].toordinal() - 1) if pair.period else None,
            "rows": pair.rows,
            "orders": pair.orders,
            "changed": pair.changed,
        }
        for pair in measured.overlaps
    ]
    fields = (
        FILE,
        Field(name="other", label=Text(zh="以此文件为准", en="File that counts")),
        Field(name="name", label=Text(zh="渠道", en="Channel")),
        Field(name="first", label=Text(zh="第一天", en="First day"), unit="date"),
        Field(name="last", label=Text(zh="最后一天", en="Last day"), unit="date"),
        ROWS,
        ORDERS,
        Field(name="changed", label=Text(zh="状态有变的行", en="Rows that changed"), unit="count"),
    )
    title = Text(zh="相互重叠的导出文件", en="Exports that overlap")
    return Exhibit(name="overlaps", title=title, fields=fields, frame=pd.DataFrame(rows))


def draw_aside(measured: Aside, language: Language) -> Figure:
    """Rows set aside by reason; repeated and damaged rows stand out."""
    shown = measured.reasons.head(MOST_BARS)
    beside = [
        join_texts(
            [word_number(int(rows))] + ([] if pd.isna(amount) else [word_money(float(amount), measured.currency)])
        )
        for rows, amount in zip(shown["rows"], shown["amount"], strict=True)
    ]
    figure = draw_bars(
        [words_of.word(language) for words_of in shown["words"]],
        shown["rows"].tolist(),
        [word.word(language) for word in beside],
        axis_label=Text(zh="剔除的订单行（旁注：行数、金额）", en="Order rows set aside (beside: rows, amount)").word(
            language
        ),
        marked=[place for place, reason in enumerate(shown["reason"]) if reason in {words.DUPLICATE, words.DAMAGED}],
    )
    axes = figure.axes[0]
    axes.set_xlim(0, max(float(shown["rows"].max()) if len(shown) else 0.0, 1.0) * 1.4)
    scale_count(axes.xaxis)
    return figure
