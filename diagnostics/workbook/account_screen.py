"""Shows what `check` found: files, tables, the calendar of orders, what is missing and what ties out."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Line

from diagnostics.intake.calendar import list_silent
from diagnostics.intake.reasons import advise, name_reason
from diagnostics.intake.recognition.layouts import load_layouts
from diagnostics.model.gaps import TIES
from diagnostics.model.names import WINGS, name_channel
from diagnostics.model.tables import CANONICAL_TABLES
from diagnostics.model.wording import (
    Text,
    join_texts,
    name_verbatim,
    word_change,
    word_date,
    word_money,
    word_number,
    word_percent,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from diagnostics.model.account import ChannelMonth, FileAccount, IntakeAccount, Reconciliation
    from diagnostics.model.wording import Language

# In a pipe nobody sees the edge of a screen.
WIDE = 200
MOST_GAPS = 12
MOST_CHANNELS = 15
# Shops that close on one or two days of the week are no news.
LONG_SILENCE = 3
FULL, PART, NONE, OUTSIDE = "█", "▒", "·", " "

FILES = Text(zh="文件", en="Files")
FILE_HEADS = (
    Text(zh="文件", en="file"),
    Text(zh="识别为", en="recognised as"),
    Text(zh="得分", en="score"),
    Text(zh="进入", en="feeds"),
    Text(zh="读取", en="rows read"),
    Text(zh="采用", en="kept"),
    Text(zh="未采用（原因）", en="set aside, and why"),
    Text(zh="期间", en="period"),
)
PLACES = Text(zh="需要人工处理的行", en="Rows that need a person")
PLACE_HEADS = (
    Text(zh="文件", en="file"),
    Text(zh="原因", en="reason"),
    Text(zh="行数", en="rows"),
    Text(zh="最前面的行号", en="first row numbers"),
    Text(zh="列", en="columns"),
    Text(zh="怎么办", en="what to do"),
)
UNREAD = Text(zh="无法读取的文件", en="Files that could not be read")
UNREAD_HEADS = (PLACE_HEADS[0], PLACE_HEADS[1], PLACE_HEADS[5])
TABLE_HEADS = (
    Text(zh="数据表", en="table"),
    Text(zh="行数", en="rows"),
    Text(zh="期间", en="period"),
    Text(zh="有客户标识", en="with a customer key"),
)
TABLES = Text(zh="数据表", en="Tables")
CALENDAR = Text(zh="订单日历", en="Calendar of orders")
LEGEND = Text(
    zh="█ 正常  ▒ 有连续 3 天以上没有订单  · 全月没有订单",
    en="█ as usual  ▒ no orders on three days or more in a row  · a month without orders",
)
SILENT = Text(zh="连续没有订单的日子（最长的 {n} 段）", en="Longest runs of days without orders ({n})")
OTHERS = Text(zh="另有 {n} 个渠道，见 --json", en="{n} more channels: see --json")
SPAN = Text(zh="{first} 至 {last}（{days} 天）", en="{first} to {last} ({days} days)")
UNKNOWN = Text(zh="未识别", en="not recognised")
MAPPED = Text(zh="按 settings.yaml 的映射", en="by your mapping in settings.yaml")
PASTE = Text(
    zh="「{file}」没有识别。把下面这段放进 settings.yaml，核对后重跑：",
    en="{file} was not recognised. Put this into settings.yaml, check it and run again:",
)
MISSING = Text(zh="补上这些导出，就能再回答", en="What these exports would answer")
MISSING_HEADS = (
    Text(zh="还缺的导出", en="export"),
    Text(zh="可回答的问题", en="questions"),
    Text(zh="涉及", en="about"),
)
TIED = Text(zh="对账：{n} 处中 {ties} 处相符", en="Totals held against other sources: {n}, of which tie out: {ties}")
TIE_HEADS = (
    Text(zh="渠道", en="channel"),
    Text(zh="月份", en="month"),
    Text(zh="我方合计", en="ours"),
    Text(zh="对方合计", en="theirs"),
    Text(zh="差额", en="gap"),
    Text(zh="可能的原因", en="likely cause"),
)
SHEET = Text(zh="需求表必答项还缺", en="Required answers that the requirement sheet leaves open")
SHEET_HEADS = (Text(zh="章节", en="chapter"), Text(zh="已答", en="answered"), Text(zh="还缺", en="missing"))
BETWEEN = Text(zh="；", en="; ")
ALIKE = Text(zh="{first} 等 {n} 个", en="{first} and so on, {n} files")
ALL = Text(zh="全部", en="all")


@dataclass(frozen=True, kw_only=True)
class Printer:
    """A screen and the language in which it speaks."""

    out: Console
    language: Language

    def say(self, text: Text) -> str:
        """A text in the screen's language."""
        return text.zh if self.language == "zh" else text.en

    def tabulate(self, title: Text, heads: Sequence[Text], rows: Sequence[Sequence[str]], right: set[int]) -> None:
        """A table; columns whose place is in `right` hold numbers."""
        table = Table(title=self.say(title), title_justify="left", title_style="bold")
        for at, head in enumerate(heads):
            table.add_column(self.say(head), justify="right" if at in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*map(escape, row))
        self.out.print(table)


def show_account(account: IntakeAccount, language: Language, currency: str) -> None:
    """Print everything; to a pipe as plain text."""
    screen = _open_screen(language)
    _show_files(screen, account.files)
    _show_places(screen, account.files)
    _show_tables(screen, account)
    _show_calendar(screen, account.calendar)
    _show_missing(screen, account)
    _show_ties(screen, account.reconciliation, currency)


def show_sheet(sheet: Mapping[str, Any], language: Language) -> None:
    """What the requirement sheet leaves open, chapter by chapter, what was read otherwise, and its contradictions."""
    screen = _open_screen(language)
    rows = [
        [
            f"{stand['chapter']} {stand['title'][language]}",
            f"{stand['answered']}/{stand['asked']}",
            ", ".join(stand["missing"]),
        ]
        for stand in sheet["progress"]
        if stand["missing"] and stand["tier"] == "minimum"
    ]
    if rows:
        screen.tabulate(SHEET, SHEET_HEADS, rows, {1})
    for question in sheet["questions"]:
        screen.out.print(f"？{question['text'][language]}（{', '.join(question['cells'])}）", markup=False)


def _open_screen(language: Language) -> Printer:
    out = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    return Printer(out=out, language=language)


def _show_files(screen: Printer, files: Sequence[FileAccount]) -> None:
    alike: dict[tuple[object, ...], list[FileAccount]] = defaultdict(list)
    for file in files:
        alike[re.sub(r"[\d\-_.]+", "*", file.path), file.sheet, file.layout, file.table].append(file)
    rows = [_describe_files(group, screen.say) for group in alike.values()]
    screen.tabulate(FILES, FILE_HEADS, rows, {2, 4, 5})
    for file in files:
        if file.layout is None and file.columns:
            screen.out.print(screen.say(PASTE.fill(file=name_verbatim(file.path))), style="bold", markup=False)
            screen.out.print(file.suggestion, markup=False)


def _describe_files(files: Sequence[FileAccount], say: Callable[[Text], str]) -> list[str]:
    """One line for files that differ by the numbers in their names only, as monthly exports do."""
    file = files[0]
    exports = {layout.id: layout.export for layout in load_layouts()}
    recognised = say(MAPPED) if file.layout == "mapped" else exports.get(file.layout or "", "")
    name = f"{file.path} · {file.sheet}" if file.sheet else file.path
    rejected: Counter[str] = Counter()
    for one in files:
        rejected.update(one.rejected)
    periods = [one.period for one in files if one.period]
    return [
        say(ALIKE.fill(first=name_verbatim(name), n=word_number(len(files)))) if len(files) > 1 else name,
        recognised or (say(UNKNOWN) if file.columns else ""),
        f"{min(one.score for one in files):.2f}" if file.score else "",
        say(CANONICAL_TABLES[file.table].title) if file.table else "",
        f"{sum(one.rows_read for one in files):,}",
        f"{sum(one.rows_kept for one in files):,}",
        say(BETWEEN).join(
            f"{say(name_reason(reason))} {count:,}" if count else say(name_reason(reason))
            for reason, count in rejected.items()
        ),
        f"{min(first for first, _ in periods)} – {max(last for _, last in periods)}" if periods else "",
    ]


def _show_places(screen: Printer, files: Sequence[FileAccount]) -> None:
    unread = [
        [file.path, screen.say(name_reason(file.unread)), screen.say(advise(file))] for file in files if file.unread
    ]
    if unread:
        screen.tabulate(UNREAD, UNREAD_HEADS, unread, set())
    rows = [
        [
            f"{file.path} · {file.sheet}" if file.sheet else file.path,
            screen.say(name_reason(place.reason)),
            screen.say(word_number(file.rejected.get(place.reason))),
            ", ".join(str(row) for row in place.rows),
            screen.say(join_texts(name_verbatim(column) for column in place.columns)),
            screen.say(place.advice),
        ]
        for file in files
        for place in file.places
    ]
    if rows:
        screen.tabulate(PLACES, PLACE_HEADS, rows, {2})


def _show_tables(screen: Printer, account: IntakeAccount) -> None:
    rows = [
        [
            screen.say(CANONICAL_TABLES[name].title),
            f"{table.rows:,}",
            " – ".join(day.isoformat() for day in table.period) if table.period else "",
            "" if table.keyed_share is None else screen.say(word_percent(table.keyed_share)),
        ]
        for name, table in account.tables.items()
    ]
    screen.tabulate(TABLES, TABLE_HEADS, rows, {1, 3})


def _show_calendar(screen: Printer, calendar: Sequence[ChannelMonth]) -> None:
    if not calendar:
        return
    months = sorted({month.month for month in calendar})
    by_channel: dict[str, dict[str, ChannelMonth]] = defaultdict(dict)
    for month in calendar:
        by_channel[month.channel][month.month] = month
    orders = {channel: sum(month.orders for month in found.values()) for channel, found in by_channel.items()}
    largest = sorted(orders, key=lambda channel: -orders[channel])[:MOST_CHANNELS]
    names = {channel: screen.say(name_channel(channel)) for channel in largest}
    width = max(Line(name).cell_len for name in names.values()) + 2
    screen.out.print(screen.say(CALENDAR), style="bold")
    screen.out.print(" " * width + _rule_years(months), markup=False)
    for channel in largest:
        marks = "".join(_mark(by_channel[channel].get(month)) for month in months)
        screen.out.print(names[channel] + " " * (width - Line(names[channel]).cell_len) + marks, markup=False)
    if len(orders) > len(largest):
        others = OTHERS.fill(n=word_number(len(orders) - len(largest)))
        screen.out.print(screen.say(others), style="dim", markup=False)
    screen.out.print(screen.say(LEGEND), style="dim", markup=False)
    gaps = [run for run in list_silent(calendar) if run[0] in names and _is_long(run[1], run[2])][:MOST_GAPS]
    if gaps:
        screen.out.print(screen.say(SILENT.fill(n=word_number(len(gaps)))), markup=False)
    for channel, first, last in gaps:
        days = word_number((last - first).days + 1)
        span = SPAN.fill(first=word_date(first), last=word_date(last), days=days)
        screen.out.print(f"  {names[channel]}  {screen.say(span)}", markup=False)


def _rule_years(months: Sequence[str]) -> str:
    """The years above their months: each month is one character wide."""
    rule = ""
    for at, month in enumerate(months):
        if (at == 0 or month.endswith("-01")) and len(rule) <= at:
            rule = rule.ljust(at) + f"'{month[2:4]} "
    return rule.rstrip()


def _mark(month: ChannelMonth | None) -> str:
    if month is None:
        return OUTSIDE
    if not month.days:
        return NONE
    return PART if any(_is_long(first, last) for first, last in month.silent) else FULL


def _is_long(first: date, last: date) -> bool:
    return (last - first).days + 1 >= LONG_SILENCE


def _show_missing(screen: Printer, account: IntakeAccount) -> None:
    useful = sorted((one for one in account.missing if one.unlocks), key=lambda one: -len(one.unlocks))
    rows = []
    for one in useful:
        wings = dict.fromkeys(check.split(".", maxsplit=1)[0] for check in one.unlocks)
        about = join_texts(WINGS.get(wing, name_verbatim(wing)) for wing in wings)
        rows.append([screen.say(one.export), str(len(one.unlocks)), screen.say(about)])
    if rows:
        screen.tabulate(MISSING, MISSING_HEADS, rows, {1})


def _show_ties(screen: Printer, lines: Sequence[Reconciliation], currency: str) -> None:
    open_lines = [line for line in lines if line.cause_code != TIES]
    if not lines:
        return
    title = TIED.fill(n=word_number(len(lines)), ties=word_number(len(lines) - len(open_lines)))
    if not open_lines:
        screen.out.print(screen.say(title), style="bold", markup=False)
        return
    rows = [
        [
            screen.say(name_channel(line.channel) if line.channel else ALL),
            line.month,
            screen.say(word_money(line.ours, currency)),
            screen.say(word_money(line.theirs, currency)),
            screen.say(word_change(line.gap / line.theirs)) if line.theirs else "",
            screen.say(line.cause),
        ]
        for line in open_lines
    ]
    screen.tabulate(title, TIE_HEADS, rows, {2, 3, 4})
