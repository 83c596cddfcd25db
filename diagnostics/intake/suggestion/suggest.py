"""Suggest a mapping for an unknown file, ready to edit: the likeliest table, its columns, and why each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import yaml

from diagnostics.intake.privacy.scrub import PERSONAL_QUESTION
from diagnostics.intake.recognition.layouts import Layout
from diagnostics.intake.suggestion.cell_looks import Look, look_at
from diagnostics.intake.suggestion.guess_columns import Guess, Guessed, guess_table
from diagnostics.intake.suggestion.guess_details import (
    OTHER,
    build_id_from,
    find_channel_column,
    find_pivot,
    guess_channel,
    guess_states,
    name_goal,
    tells_whole_orders,
)
from diagnostics.model.tables import CANONICAL_TABLES
from diagnostics.model.wording import Text, join_texts

if TYPE_CHECKING:
    import pyarrow as pa

_SAMPLES = 2
_LONGEST = 24
_PERSON = re.compile(
    rf"{PERSONAL_QUESTION.pattern}|人$|员$|会员|客户|备注|留言|街道|remark|customer|buyer|staff", re.IGNORECASE
)
# Words that are all a surname and one or two characters may be names of people.
_NAME = re.compile(
    r"^[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤][一-鿿]{1,2}$"
)
_HARMLESS = frozenset(["time", "money", "count", "share", "flag"])
_KEYED = frozenset(["customer", "contact", "referrer", "phone", "unionid", "staff", "owner", "anchor"])
_WORDS = {
    "order_id": Text(zh="订单号", en="an order id"),
    "customer": Text(zh="客户编号", en="a customer id"),
    "phone": Text(zh="手机号", en="a mobile number"),
    "order_paid": Text(zh="整单实付", en="what the order paid"),
    "unit_price": Text(zh="单价", en="a unit price"),
}


def suggest_mapping(path: str, table: pa.Table, layouts: Sequence[Layout], *, sheet: str = "") -> str:
    """YAML of a mapping to paste into the settings; comments say why, and show what the cells look like.

    True cells are shown of harmless columns only: times, amounts, counts and categories of a few words. Of
    anything that may be personal only the shape is shown: digits as 9, letters as a, Chinese characters as 字.
    """
    looks = {name: look_at(table[name]) for name in table.column_names}
    guess = guess_table(looks, layouts)
    if tells_whole_orders(guess, table):
        guess = _of_whole_orders(guess)
    pivot = find_pivot(table.column_names, path)
    lines = ["mappings:", *_head(path, sheet)]
    if pivot and (pivot.name == "month" or guess.table == "store_months"):
        rest = {name: look for name, look in looks.items() if name not in pivot.words}
        guess = _for_stores(rest, layouts)
        lines += [*_body(guess, looks), *_unpivot(pivot.name, pivot.words, path, sheet)]
        used = {*pivot.words, *(guessed.source for guessed in guess.columns.values())}
    else:
        states = guess_states(looks) if guess.table == "order_lines" else {}
        lines += [*_channel(path, sheet, looks, guess), *_body(guess, looks), *_order_rules(looks, guess, states)]
        used = {guessed.source for guessed in guess.columns.values()}.union(states)
    return "\n".join([*lines, *_unused(looks, used)]) + "\n"


def _head(path: str, sheet: str) -> list[str]:
    named = [f"- file: {_quote(path)}  # 可用 * 代替变化的部分 / * may stand for the part that changes"]
    only = "只用于这张工作表时去掉 # / remove the # to limit it to this sheet"
    return [*named, f"  # sheet: {_quote(sheet)}  # {only}"] if sheet else named


def _channel(path: str, sheet: str, looks: Mapping[str, Look], guess: Guess) -> list[str]:
    """The channel, where the table has one: from a column, or one for the whole file."""
    if "channel" in guess.columns or "channel" not in CANONICAL_TABLES[guess.table].schema:
        return []
    if named := find_channel_column(looks, guess):
        return [f"  channel_column: {_quote(named)}  # 单元格里是渠道名 / its cells name channels"]
    channel = guess_channel(path, sheet, looks, guess)
    why = (
        "没有找到渠道，请改成 tmall、douyin、store 等 / no channel found: change to tmall, douyin, store …"
        if channel == OTHER
        else "按文件名和表头推测 / by the file's name and headers"
    )
    return [f"  channel: {channel}  # {why}"]


def _body(guess: Guess, looks: Mapping[str, Look]) -> list[str]:
    title, grain = CANONICAL_TABLES[guess.table].title, CANONICAL_TABLES[guess.table].grain
    lines = [f"  table: {guess.table}  # {title.zh}：{grain.zh} / {title.en}: {grain.en}"]
    lines += [f"  # 没有找到 / not found: {_say_group(guess.table, group)}" for group in guess.missing]
    if not guess.columns:
        return [*lines, "  columns: {}"]
    place = {name: at for at, name in enumerate(CANONICAL_TABLES[guess.table].schema)}
    ordered = sorted(guess.columns.values(), key=lambda guessed: place.get(guessed.column, len(place)))
    return [*lines, "  columns:", *(_column(guessed, looks[guessed.source]) for guessed in ordered)]


def _say_group(table: str, group: tuple[str, ...]) -> str:
    known = {column.name: column.meaning for column in CANONICAL_TABLES[table].columns}
    named = join_texts([_WORDS.get(name) or known[name] for name in group])
    return f"{named.zh} / {named.en} ({', '.join(group)})"


def _column(guessed: Guessed, look: Look) -> str:
    shown = _sample(guessed.source, look, is_keyed=guessed.column in _KEYED)
    return f"    {guessed.column}: {_quote(guessed.source)}  # {guessed.why.zh} / {guessed.why.en}: {shown}"


def _order_rules(looks: Mapping[str, Look], guess: Guess, states: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    lines = []
    if names := build_id_from(guess):
        why = "没有订单号：这些列都相同的行算一单 / no order id: rows alike in these are one order"
        lines.append(f"  order_id_from: [{', '.join(names)}]  # {why}")
    if states:
        lines.append("  status:  # 请核对每种状态 / check what each state means")
        lines += [f"  - {_flow({'column': name, **words})}" for name, words in states.items()]
    if "used_coupon" in guess.columns and looks[guess.columns["used_coupon"].source].kind != "flag":
        lines.append("  units: {used_coupon: filled}")
    return lines


def _of_whole_orders(guess: Guess) -> Guess:
    """The guess with the paid amount as what whole orders paid, to be shared out over their rows."""
    paid = guess.columns["paid_amount"]
    why = Text(zh="{why}；同一订单只写一次或各行相同", en="{why}; told once for an order, or alike on its rows").fill(
        why=paid.why
    )
    columns = {
        "order_paid" if name == "paid_amount" else name: replace(paid, column="order_paid", why=why)
        if name == "paid_amount"
        else guessed
        for name, guessed in guess.columns.items()
    }
    return replace(guess, columns=columns)


def _for_stores(looks: Mapping[str, Look], layouts: Sequence[Layout]) -> Guess:
    """The columns of a sheet of targets beside those that are unpivoted."""
    guess = guess_table(looks, layouts, only=("store_months",))
    made = {"month", "metric", "target"} - guess.columns.keys()
    missing = tuple(group for group in guess.missing if made.isdisjoint(group))
    return Guess(table=guess.table, columns=guess.columns, missing=missing, score=guess.score)


def _unpivot(name: str, words: Mapping[str, str], path: str, sheet: str) -> list[str]:
    """Columns that become rows; what their numbers are, if no column says so."""
    rule = {"name": name, "value": "target", "metric": dict(words)}
    lines = [f"  unpivot: {_flow(rule)}  # 每列变成一行 / each column becomes a row"]
    if name == "month":
        why = "销售额写 sales，加粉写 adds / sales for money, adds for contacts"
        lines.append(f"  constants: {{metric: {name_goal(path, sheet)}}}  # {why}")
    return lines


def _unused(looks: Mapping[str, Look], used: set[str]) -> list[str]:
    left = [name for name in looks if name not in used]
    if not left:
        return []
    return [
        "# 没有用到的列 / columns that are not used:",
        *(f"#   {name}: {_sample(name, looks[name], is_keyed=False)}" for name in left),
    ]


def _sample(name: str, look: Look, *, is_keyed: bool) -> str:
    """A few cells of a harmless column as they are, else their shapes."""
    if look.kind == "empty":
        return "空 / empty"
    is_few = look.kind == "few" and not all(map(_NAME.match, look.values)) and max(map(len, look.values)) <= _LONGEST
    may_show = not is_keyed and not _PERSON.search(name) and (look.kind in _HARMLESS or is_few)
    shown = look.values if may_show else dict.fromkeys(map(_shape, look.values))
    return " | ".join(" ".join(value.split())[:_LONGEST] for value in list(shown)[:_SAMPLES])


def _shape(cell: str) -> str:
    """The shape of a cell without its content."""
    masked = re.sub(r"[^\W\d_a-zA-Z]", "字", re.sub(r"[a-zA-Z]", "a", re.sub(r"\d", "9", cell)))
    return " ".join(masked.split())


def _quote(text: str) -> str:
    """A scalar of YAML on one line."""
    return yaml.safe_dump(text, allow_unicode=True, width=10_000).removesuffix("...\n").strip()


def _flow(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10_000).strip()
