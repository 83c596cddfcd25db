"""Reads a filled requirement sheet: typed answers, all faults at once, and what is left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.faults import Place, Slip, word_slip
from diagnostics.intake.sheet.fields import MINIMUM, Entry, SheetField, choose_tiers
from diagnostics.intake.sheet.find import Found, FoundForm, FoundTable, find_answers
from diagnostics.intake.sheet.grid import NEXT_STEP, Unusable, open_grids
from diagnostics.intake.sheet.marks import FILLED_PREFIX
from diagnostics.intake.sheet.rules import check_across
from diagnostics.intake.sheet.values import Misread, read_answer
from diagnostics.intake.sheet.words import describe_expected
from diagnostics.model.brief import Brief, Row
from diagnostics.model.errors import Fault, PersonError
from diagnostics.model.wording import Language, Text

_TYPE_IN = Text(zh="直接填写数值，不用公式；", en="the value itself, no formula: ")
_TABLE_ELSEWHERE = Text(zh="请到工作表「{sheet}」逐行填写", en='rows in the worksheet "{sheet}"')
_NEEDS_NAME = Text(zh="这一行还需填写「{name}」", en='this row also needs "{name}"')
_TWICE = Text(zh="同一项只回答一次", en="one answer only for this field")


@dataclass(frozen=True, kw_only=True)
class SheetReading:
    """A sheet as read: the brief, every fault, the keys left open, and the version of the form."""

    brief: Brief
    faults: tuple[Fault, ...]
    unanswered: tuple[str, ...]
    form_version: str = ""


@dataclass
class _Ledger:
    answers: dict[str, object] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)


def read_form(
    source: bytes,
    file_name: str,
    *,
    tiers: Sequence[str] = MINIMUM,
    language: Language | None = None,
) -> SheetReading:
    """Read a filled form from its bytes.

    Fields are found by key. Answers of any tier are read; asked for are the fields of `tiers` and those that
    the form shows. A cell with a fault is no answer, and is not counted as left open. Faults are worded in
    `language`, or in both languages.
    Raises `PersonError` (exit code 3) if the bytes are no workbook, or no worksheet has the column of keys.
    """
    fields = load_fields()
    form = find_answers(open_grids(source, file_name), fields)
    if not form.cells:
        raise _refuse(file_name)
    ledger = _Ledger()
    for one in fields:
        _read_field(one, form, ledger)
    ledger.slips.extend(check_across(ledger.answers, ledger.places))
    unanswered = _list_unanswered(fields, form, ledger, tiers)
    return SheetReading(
        brief=Brief(answers=ledger.answers, unanswered=unanswered),
        faults=tuple(word_slip(slip, file_name, language) for slip in ledger.slips),
        unanswered=unanswered,
        form_version=form.version,
    )


def _read_field(one: SheetField, form: FoundForm, ledger: _Ledger) -> None:
    cells, tables = form.cells.get(one.key, ()), form.tables.get(one.key, ())
    if one.columns:
        ledger.slips.extend(_find_misplaced(one, cells))
        _read_table(one, tables, ledger)
        return
    answers = [(answer, found) for found in cells if (answer := _read_cell(found, one.entry, ledger)) is not None]
    for number, (answer, found) in enumerate(answers):
        if number == 0:
            ledger.answers[one.key], ledger.places[one.key] = answer, found.place
        elif answer != answers[0][0]:
            ledger.slips.append(Slip(found=found.typed.value, expected=_TWICE, place=found.place))


def _read_cell(found: Found, entry: Entry, ledger: _Ledger) -> object | None:
    value = found.typed.value
    answer = (
        Misread(expected=_TYPE_IN + describe_expected(entry))
        if isinstance(value, Unusable)
        else read_answer(found.typed, entry)
    )
    if isinstance(answer, Misread):
        ledger.slips.append(Slip(found=value, expected=answer.expected, place=found.place))
        return None
    return answer


def _read_table(one: SheetField, tables: Sequence[FoundTable], ledger: _Ledger) -> None:
    rows: list[Row] = []
    for table in tables:
        ledger.places.setdefault(one.key, table.heading)
        for cells in table.rows:
            rows.extend(_read_row(one, cells, ledger))
    if rows:
        ledger.answers[one.key] = tuple(rows)


def _read_row(one: SheetField, cells: Mapping[str, Found], ledger: _Ledger) -> Iterator[Row]:
    first = one.columns[0]
    if first.id not in cells:
        near = next(iter(cells.values()))
        ledger.slips.append(Slip(found="", expected=_NEEDS_NAME.fill(name=first.label), place=near.place))
    answers = {
        column.id: answer
        for column in one.columns
        if column.id in cells and (answer := _read_cell(cells[column.id], column.entry, ledger)) is not None
    }
    if answers:
        yield answers


def _find_misplaced(one: SheetField, cells: Sequence[Found]) -> Iterator[Slip]:
    for found in cells:
        value = found.typed.value
        if not isinstance(value, Unusable) and not str(value).startswith(FILLED_PREFIX):
            yield Slip(found=value, expected=_TABLE_ELSEWHERE.fill(sheet=one.label), place=found.place)


def _list_unanswered(
    fields: Sequence[SheetField], form: FoundForm, ledger: _Ledger, tiers: Sequence[str]
) -> tuple[str, ...]:
    asked = {one.key for one in choose_tiers(fields, tiers)} | set(form.asked)
    wrong = {slip.place for slip in ledger.slips}
    tried = {
        one.key
        for one in fields
        if any(found.place in wrong for found in form.cells.get(one.key, ()))
        or any(table.rows for table in form.tables.get(one.key, ()))
    }
    return tuple(one.key for one in fields if one.key in asked - tried - set(ledger.answers))


def _refuse(file_name: str) -> PersonError:
    expected = "一列 key 和一列 您的回答 / a column key and a column Your answer"
    return PersonError(
        f"{file_name} 里没有需求澄清表 / holds no requirement sheet",
        next_step=NEXT_STEP,
        faults=(Fault(file=file_name, found="", expected=expected),),
    )
