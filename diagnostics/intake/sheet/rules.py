"""Rules across the fields of the requirement sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.faults import Place, Slip
from diagnostics.model.brief import Brief, Row
from diagnostics.model.wording import Text, word_date, word_percent

# Shares may miss 100 % by one point: clients round to whole percents.
ROUNDING = 0.01
_SLACK = 1e-9

NO_BORDER = Text(
    zh="否：数据不得传到境外，填“是”时不能继续处理", en="no: data may not leave mainland China, the work stops on yes"
)
_LATER = Text(zh="晚于启动日期 {kickoff} 的日期", en="a day after the kick-off, {kickoff}")
_SUM = Text(
    zh="「{name}」合计为 100%（允许相差1个百分点）；不大于1的数按比例读，所以 1% 请带百分号",
    en='"{name}" adding up to 100% within a point; plain numbers up to 1 are read as shares, so write 1% with its sign',
)
_AT_MOST = Text(
    zh="「{name}」合计不超过 100%；不大于1的数按比例读，所以 1% 请带百分号",
    en='"{name}" adding up to 100% at most; plain numbers up to 1 are read as shares, so write 1% with its sign',
)


@dataclass(frozen=True, kw_only=True)
class ShareRule:
    """A column of a table whose shares must add up, within each value of `group` if there is one."""

    key: str
    column: str
    group: str = ""
    exact: bool = True


SHARE_RULES = (
    ShareRule(key="categories", column="gmv_share"),
    ShareRule(key="main_channels", column="gmv_share", exact=False),
    ShareRule(key="current_kpis", column="weight", group="role"),
)


def check_across(answers: Mapping[str, object], places: Mapping[str, Place]) -> tuple[Slip, ...]:
    """What contradicts itself although every cell can be read alone; `places` say where each field stands."""
    brief = Brief(answers=answers)
    return (
        *_check_dates(brief, places),
        *_check_border(brief, places),
        *(slip for rule in SHARE_RULES for slip in _check_shares(rule, brief, places)),
        *_check_ownership(brief, places),
    )


def _check_dates(brief: Brief, places: Mapping[str, Place]) -> Iterator[Slip]:
    kickoff, delivery = brief.day("kickoff_date"), brief.day("delivery_date")
    if kickoff is not None and delivery is not None and delivery <= kickoff:
        expected = _LATER.fill(kickoff=word_date(kickoff))
        yield Slip(found=date.isoformat(delivery), expected=expected, place=places.get("delivery_date"))


def _check_border(brief: Brief, places: Mapping[str, Place]) -> Iterator[Slip]:
    if brief.flag("cross_border"):
        yield Slip(found="yes", expected=NO_BORDER, place=places.get("cross_border"))


def _check_shares(rule: ShareRule, brief: Brief, places: Mapping[str, Place]) -> Iterator[Slip]:
    rows = brief.rows(rule.key)
    for group in dict.fromkeys(row.get(rule.group) for row in rows):
        shares = _list_shares([row for row in rows if row.get(rule.group) == group], [rule.column])
        total = sum(shares)
        if shares and (total > 1 + ROUNDING + _SLACK or (rule.exact and total < 1 - ROUNDING - _SLACK)):
            expected = (_SUM if rule.exact else _AT_MOST).fill(name=_name_column(rule.key, rule.column))
            yield Slip(found=_show_total(total), expected=expected, place=places.get(rule.key))


def _check_ownership(brief: Brief, places: Mapping[str, Place]) -> Iterator[Slip]:
    columns = ("direct", "franchise", "dealer")
    for row in brief.rows("store_ownership"):
        total = sum(_list_shares([row], columns))
        if abs(total - 1) > ROUNDING + _SLACK:
            name = Text(zh="直营、加盟、经销占比", en="Own, franchise and dealer stores")
            yield Slip(found=_show_total(total), expected=_SUM.fill(name=name), place=places.get("store_ownership"))


def _list_shares(rows: Sequence[Row], columns: Sequence[str]) -> list[float]:
    values = [row.get(column) for row in rows for column in columns]
    return [value for value in values if isinstance(value, float)]


def _show_total(total: float) -> str:
    return f"Σ {word_percent(total).en}"


def _name_column(key: str, column: str) -> Text:
    columns = next(field.columns for field in load_fields() if field.key == key)
    return next(one.label for one in columns if one.id == column)
