"""Says in both languages what a cell of the requirement sheet expects."""

from __future__ import annotations

from diagnostics.intake.sheet.fields import Choice, Entry, Kind
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, word_number

MOST_LISTED = 20
FEW_LISTED = 5

_KIND_WORDS: dict[Kind, Text] = {
    "text": Text(zh="文字", en="text"),
    "list": Text(zh="每行一条文字", en="text, one item a line"),
    "int": Text(zh="整数，如 24", en="a whole number such as 24"),
    "number": Text(zh="数字，如 3.5", en="a number such as 3.5"),
    "money": Text(zh="金额，单位元，如 12000000 或 1200万", en="an amount in CNY such as 12000000 or 12m"),
    "percent": Text(
        zh="百分比，如 45%（不带百分号时，大于1的数按百分点，不大于1的数按比例）",
        en="a percentage such as 45% (without the sign, numbers above 1 are points and numbers up to 1 are shares)",
    ),
    "date": Text(zh="日期，如 2025-01-31", en="a date such as 2025-01-31"),
    "bool": Text(zh="是 或 否", en="yes or no"),
    "table": Text(zh="在单独的工作表中逐行填写", en="rows in a worksheet of its own"),
}


def describe_expected(entry: Entry) -> Text:
    """What may stand in a cell.

    >>> describe_expected(Entry(kind="int", low=1, high=5)).en
    'a whole number such as 24, from 1 to 5'
    """
    if entry.kind == "enum":
        return Text(zh="选一项：", en="one of: ") + describe_choices(entry.choices)
    if entry.kind == "multi":
        several = Text(zh="一项或多项，用逗号隔开：", en="one or more, parted by commas: ")
        return several + describe_choices(entry.choices)
    if entry.pattern:
        return Text(zh="3至12位大写字母或数字", en="3 to 12 capital letters or digits")
    none = Text(zh="，没有则填 无", en=', or "none"') if entry.may_be_none else NOTHING
    return _join(_KIND_WORDS[entry.kind], _describe_bounds(entry), none)


def describe_choices(choices: tuple[Choice, ...]) -> Text:
    """The fixed answers: Chinese labels with ids in Chinese, ids with English words in English; a long list in part."""
    listed = join_texts(
        Text(zh=f"{choice.label.zh}（{choice.id}）", en=f"{choice.id} ({choice.label.en})")
        for choice in (choices if len(choices) <= MOST_LISTED else choices[:FEW_LISTED])
    )
    if len(choices) <= MOST_LISTED:
        return listed
    rest = Text(zh="{listed}等{count}项，见下拉框", en="{listed} and others, {count} in all, see the drop-down")
    return rest.fill(listed=listed, count=word_number(len(choices)))


def _describe_bounds(entry: Entry) -> Text:
    if entry.low is None and entry.high is None:
        return NOTHING
    low, high = _word_bound(entry, entry.low), _word_bound(entry, entry.high)
    if entry.kind == "list":
        return Text(zh="，不超过{high}条", en=", {high} items at most").fill(high=high)
    if entry.high is None and entry.low_open:
        return Text(zh="，大于{low}", en=", above {low}").fill(low=low)
    if entry.high is None:
        return Text(zh="，不小于{low}", en=", {low} or more").fill(low=low)
    return Text(zh="，{low}至{high}", en=", from {low} to {high}").fill(low=low, high=high)


def _word_bound(entry: Entry, bound: float | None) -> Text:
    if bound is None:
        return NOTHING
    return name_verbatim(f"{bound * 100:g}%" if entry.kind == "percent" else f"{bound:g}")


def _join(*parts: Text) -> Text:
    return Text(zh="".join(part.zh for part in parts), en="".join(part.en for part in parts))
