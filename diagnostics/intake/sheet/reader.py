"""Reads a filled requirement sheet: typed answers, all faults at once, and what is left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.conditions import judge_applies
from diagnostics.intake.sheet.faults import Place, Slip, word_slip
from diagnostics.intake.sheet.fields import MINIMUM, TIERS, Entry, SheetField
from diagnostics.intake.sheet.find import FoundForm, find_answers
from diagnostics.intake.sheet.find_tables import FoundTable
from diagnostics.intake.sheet.found import Found
from diagnostics.intake.sheet.grid import NEXT_STEP, Unusable, open_grids
from diagnostics.intake.sheet.marks import FILLED_PREFIX
from diagnostics.intake.sheet.remarks import (
    NOT_A_ROW,
    NOT_ASKED,
    Remark,
    remark_inapplicable,
    remark_softened,
)
from diagnostics.intake.sheet.rules import check_across
from diagnostics.intake.sheet.values import Misread, read_answer, read_softly
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
    """A sheet as read: the brief, every fault, the keys left open, and the version of the form.

    `unanswered` are the required fields, and the conditional ones that apply, of the tiers asked for;
    `not_applicable` are fields that do not apply by the answers given; `remarks` say what was taken in another
    way than typed, or not at all; `places` are the cells of the answers: `annual_gmv`, `goals`, `goals/0/target`.
    """

    brief: Brief
    faults: tuple[Fault, ...]
    unanswered: tuple[str, ...]
    form_version: str = ""
    not_applicable: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    faulty: tuple[str, ...] = ()
    tiers: tuple[str, ...] = MINIMUM


@dataclass
class _Ledger:
    answers: dict[str, object] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_form(
    source: bytes,
    file_name: str,
    *,
    tiers: Sequence[str] = MINIMUM,
    language: Language | None = None,
) -> SheetReading:
    """Read a filled form from its bytes.

    Fields are found by key, else by label. Answers of any tier are read; asked for are the fields of `tiers`, and
    those of a tier of which the form holds any answer. A cell with a fault is no answer, and is not counted as left
    open; nor is a field that does not apply. Faults are worded in `language`, or in both languages.
    Raises `PersonError` (exit code 3) if the bytes are no workbook, or no worksheet holds a field of the sheet.
    """
    fields = load_fields()
    form = find_answers(open_grids(source, file_name), fields)
    if not form.cells:
        raise _refuse(file_name)
    ledger = _Ledger()
    for one in fields:
        _read_field(one, form, ledger)
    ledger.slips.extend(check_across(ledger.answers, ledger.places))
    faulty = _list_faulty(fields, form, ledger)
    asked = tuple(tier for tier in TIERS if tier in tiers or _is_begun(tier, fields, ledger.answers))
    brief = Brief(answers=ledger.answers)
    applies = {one.key: judge_applies(one, brief) for one in fields}
    unanswered = tuple(
        one.key
        for one in fields
        if one.tier in asked and _is_open(one, applies=applies[one.key]) and one.key not in {*ledger.answers, *faulty}
    )
    outside = tuple(one for one in fields if applies[one.key] is False)
    ledger.remarks.extend(remark_inapplicable(outside, ledger.answers, ledger.places))
    ledger.remarks.extend(
        Remark(key=key, place=found.place, found=found.typed.value, text=NOT_ASKED) for key, found in form.unknown
    )
    return SheetReading(
        brief=Brief(answers=ledger.answers, unanswered=unanswered),
        faults=tuple(word_slip(slip, file_name, language) for slip in ledger.slips),
        unanswered=unanswered,
        form_version=form.version,
        not_applicable=tuple(one.key for one in outside),
        remarks=tuple(ledger.remarks),
        places=ledger.places,
        faulty=faulty,
        tiers=asked,
    )


def _is_begun(tier: str, fields: Sequence[SheetField], answers: Mapping[str, object]) -> bool:
    return any(one.tier == tier and one.key in answers for one in fields)


def _is_open(one: SheetField, *, applies: bool | None) -> bool:
    """Whether an empty answer is missing; of a conditional field it is not while the answer that decides is."""
    return one.is_asked and (applies is True or (applies is None and one.is_required))


def _read_field(one: SheetField, form: FoundForm, ledger: _Ledger) -> None:
    cells, tables = form.cells.get(one.key, ()), form.tables.get(one.key, ())
    if one.key in form.asked:
        ledger.places.setdefault(one.key, form.asked[one.key])
    if one.columns:
        ledger.slips.extend(_find_misplaced(one, cells))
        _read_table(one, tables, ledger)
        return
    answers = [
        (answer, found) for found in cells if (answer := _read_cell(one.key, found, one.entry, ledger)) is not None
    ]
    for number, (answer, found) in enumerate(answers):
        if number == 0:
            ledger.answers[one.key], ledger.places[one.key] = answer, found.place
        elif answer != answers[0][0]:
            ledger.slips.append(Slip(found=found.typed.value, expected=_TWICE, place=found.place))


def _read_cell(key: str, found: Found, entry: Entry, ledger: _Ledger) -> object | None:
    value = found.typed.value
    if isinstance(value, Unusable):
        expected = _TYPE_IN + describe_expected(entry)
        ledger.slips.append(Slip(found=value, expected=expected, place=found.place))
        return None
    answer = read_answer(found.typed, entry)
    if isinstance(answer, Misread):
        answer = read_softly(found.typed, entry)
        if isinstance(answer, Misread):
            ledger.slips.append(Slip(found=value, expected=answer.expected, place=found.place))
            return None
        ledger.remarks.append(remark_softened(key, found.place, value, answer, entry))
    return answer


def _read_table(one: SheetField, tables: Sequence[FoundTable], ledger: _Ledger) -> None:
    rows: list[Row] = []
    for table in tables:
        if not rows:
            ledger.places[one.key] = table.heading
        for cells in table.rows:
            row = _read_row(one, cells, ledger)
            if row:
                places = {f"{one.key}/{len(rows)}/{name}": found.place for name, found in cells.items()}
                ledger.places.update(places)
                rows.append(row)
        ledger.remarks.extend(
            Remark(key=one.key, place=found.place, found=found.typed.value, text=NOT_A_ROW) for found in table.left_out
        )
    if rows:
        ledger.answers[one.key] = tuple(rows)


def _read_row(one: SheetField, cells: Mapping[str, Found], ledger: _Ledger) -> Row:
    first = one.columns[0]
    if first.id not in cells:
        near = next(iter(cells.values()))
        ledger.slips.append(Slip(found="", expected=_NEEDS_NAME.fill(name=first.label), place=near.place))
    return {
        column.id: answer
        for column in one.columns
        if column.id in cells and (answer := _read_cell(one.key, cells[column.id], column.entry, ledger)) is not None
    }


def _find_misplaced(one: SheetField, cells: Sequence[Found]) -> Iterator[Slip]:
    for found in cells:
        value = found.typed.value
        if not isinstance(value, Unusable) and not str(value).startswith(FILLED_PREFIX):
            yield Slip(found=value, expected=_TABLE_ELSEWHERE.fill(sheet=one.label), place=found.place)


def _list_faulty(fields: Sequence[SheetField], form: FoundForm, ledger: _Ledger) -> tuple[str, ...]:
    """The fields that were tried: with a fault in their cell, or with rows of which none could be read."""
    wrong = {slip.place for slip in ledger.slips}
    return tuple(
        one.key
        for one in fields
        if any(found.place in wrong for found in form.cells.get(one.key, ()))
        or any(found.place in wrong for table in form.tables.get(one.key, ()) for found in _list_cells(table))
    )


def _list_cells(table: FoundTable) -> Iterator[Found]:
    for row in table.rows:
        yield from row.values()


def _refuse(file_name: str) -> PersonError:
    expected = "一列 key 和一列 您的回答 / a column key and a column Your answer"
    return PersonError(
        f"{file_name} 里没有需求澄清表 / holds no requirement sheet",
        next_step=NEXT_STEP,
        faults=(Fault(file=file_name, found="", expected=expected),),
    )
