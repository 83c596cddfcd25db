"""All 117 fields in three tiers: written, read back whole, with what does not apply left alone."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.chapters import load_chapters
from diagnostics.intake.sheet.conditions import describe_condition, judge_applies, parse_condition
from diagnostics.intake.sheet.fields import TIERS, Entry, SheetField, choose_tiers
from diagnostics.intake.sheet.form import write_form
from diagnostics.intake.sheet.marks import MAIN_SHEET, PROGRESS_SHEET, TIER_SHEETS
from diagnostics.intake.sheet.progress import count_progress
from diagnostics.intake.sheet.reader import read_form
from diagnostics.intake.sheet.summary import summarise_sheet
from diagnostics.model.brief import Brief
from diagnostics.model.names import WINGS

FIELDS = {field.key: field for field in load_fields()}
WORDS = (
    st.text(alphabet="护肤品牌客户复购abcXYZ019 ,，;=+-@<>&'\"", min_size=1, max_size=30).map(str.strip).filter(bool)
)


def generate(entry: Entry, key: str = "") -> st.SearchStrategy[object]:
    ids = [choice.id for choice in entry.choices]
    if entry.kind == "multi":
        return st.lists(st.sampled_from(ids), min_size=1, unique=True).map(tuple)
    if ids:
        return st.sampled_from(ids)
    low, high = entry.low or 0.0, entry.high if entry.high is not None else 1e9
    return {
        "text": WORDS if not entry.pattern else st.from_regex(r"\A[A-Z][A-Z0-9]{2,11}\Z"),
        "list": st.lists(WORDS, min_size=1, max_size=min(int(high), 6)).map(tuple),
        "int": st.integers(int(low), int(min(high, 10**9))),
        "number": st.integers(int(low), int(min(high, 10**6))).map(lambda number: number + 0.0),
        "money": st.integers(int(low) * 100 + 1, 10**11).map(lambda cents: cents / 100),
        "percent": st.integers(0, 100).map(lambda points: points / 100),
        "date": st.dates(date(2019, 1, 1), date(2030, 12, 31)),
        "bool": st.booleans(),
    }[entry.kind]


def generate_field(field: SheetField) -> st.SearchStrategy[object]:
    if not field.columns:
        return generate(field.entry, field.key)
    first, *others = field.columns
    row = st.fixed_dictionaries(
        {first.id: generate(first.entry)}, optional={column.id: generate(column.entry) for column in others}
    )
    return st.lists(row, min_size=1, max_size=3).map(tuple)


ANSWERS = st.fixed_dictionaries({}, optional={key: generate_field(field) for key, field in FIELDS.items()})
# Rules across fields have tests of their own; here they would call an answer a fault.
SETTLED = {"kickoff_date", "delivery_date", "cross_border", "categories", "main_channels", "current_kpis"}


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers=ANSWERS, language=st.sampled_from(["zh", "en"]))
def test_any_answers_to_any_fields_are_read_back_without_loss(answers, language):
    kept = {key: value for key, value in answers.items() if key not in SETTLED | {"store_ownership"}}
    kept["client_name"] = "甲"
    reading = read_form(write_form(language, kept), "sheet.xlsx")
    assert reading.faults == ()
    assert dict(reading.brief.answers) == kept


@pytest.mark.parametrize("field", load_fields(), ids=lambda field: field.key)
def test_each_field_has_help_chapters_and_a_condition_that_can_be_said(field):
    assert field.help.zh.endswith("。")
    assert field.help.en.endswith(".")
    assert max(len(field.help.zh), len(field.help.en)) <= 250
    assert set(field.chapters) <= {chapter.number for chapter in load_chapters()}
    assert field.chapters
    for clause in field.applies_when:
        source = FIELDS[clause.key]
        entry = next((column.entry for column in source.columns if column.id == clause.column), source.entry)
        assert not clause.column or clause.column in {column.id for column in source.columns}
        assert clause.comparison == ">" or entry.may_be_none or set(clause.values) <= {one.id for one in entry.choices}
    if field.applies_when:
        said = describe_condition(field, FIELDS)
        assert said.zh
        assert not any("一" <= mark <= "鿿" for mark in said.en)


def test_conditional_fields_all_say_when():
    assert all(field.applies_when for field in load_fields() if field.requirement == "conditional")
    with pytest.raises(ValueError, match="can't be read"):
        parse_condition("brand_count is large")


def test_the_report_has_eighteen_chapters_and_every_wing_one():
    numbers = [chapter.number.split(".")[0] for chapter in load_chapters()]
    assert sorted({int(number) for number in numbers}) == list(range(18))
    assert sorted(wing for chapter in load_chapters() for wing in chapter.wings) == sorted(WINGS)


@pytest.mark.parametrize(
    ("answers", "applies"),
    [
        ({}, None),
        ({"main_channels": ({"channel": "jd"},)}, False),
        ({"main_channels": ({"channel": "jd"}, {"channel": "store"})}, True),
        ({"main_channels": ({"shop_count": 2},)}, None),
    ],
)
def test_stores_are_asked_of_those_who_have_them(answers, applies):
    assert judge_applies(FIELDS["store_count"], Brief(answers=answers)) is applies


def test_what_does_not_apply_is_never_missing_and_said_if_answered():
    answers = {
        "client_name": "甲",
        "brand_count": 1,
        "brand_list": ("甲",),
        "main_channels": ({"channel": "jd", "gmv_share": 1.0},),
        "member_system": "none",
    }
    reading = read_form(write_form("zh", answers), "f")
    assert reading.tiers == ("minimum", "standard")
    assert {"store_count", "store_ownership", "bridge_status", "brand_list"} <= set(reading.not_applicable)
    assert not set(reading.not_applicable) & set(reading.unanswered)
    assert [remark.key for remark in reading.remarks] == ["brand_list"]
    assert "kickoff_date" in reading.unanswered
    assert "positioning" in reading.unanswered
    assert "groups_list" not in reading.unanswered  # nobody knows yet whether there are groups


def test_a_standard_tier_that_nobody_began_is_not_asked_for():
    reading = read_form(write_form("zh", {"client_name": "甲", "budget": 5.0}), "f")
    assert reading.tiers == ("minimum", "full")
    assert all(FIELDS[key].tier == "minimum" for key in reading.unanswered)


def test_progress_counts_by_chapter_and_tier_as_a_recount_does():
    reading = read_form(write_form("zh", {"client_name": "甲", "annual_gmv": 5.0, "member_system": "none"}), "f")
    for stand in count_progress(reading):
        mine = [
            field
            for field in choose_tiers(load_fields(), (stand.tier,))
            if stand.chapter.number in field.chapters and field.key not in reading.not_applicable
        ]
        assert stand.asked == len(mine)
        assert stand.answered == sum(field.key in reading.brief.answers for field in mine)
        assert stand.asked == stand.answered + len(stand.missing) + len(stand.faulty) + len(stand.open)
    document = summarise_sheet(reading)
    assert document["missing"] == list(reading.unanswered)
    assert {"chapter", "tier", "missing", "answered", "asked"} <= set(document["progress"][0])


def test_the_form_follows_its_own_answers():
    book = load_workbook(io.BytesIO(write_form("zh")))
    progress, standard = book[PROGRESS_SHEET], book[TIER_SHEETS["standard"]]
    assert progress["D5"].value.startswith("=SUMPRODUCT(")
    rows = {standard[f"A{row}"].value: row for row in range(4, standard.max_row + 1)}
    assert "线下门店" in standard[f"K{rows['store_count']}"].value
    assert standard[f"F{rows['store_count']}"].value == "(*)"
    ranges = {str(part.sqref): [rule.formula for rule in part.rules] for part in standard.conditional_formatting}
    row = rows["store_count"]
    assert ranges[f"B{row}:K{row}"] == [[f'$K${row}="不适用 n/a"']]
    groups = book[FIELDS["groups_list"].sheet_name]
    assert any("不适用" in str(rule.formula) for part in groups.conditional_formatting for rule in part.rules)
    listed = [progress[f"B{row}"].value for row in range(29, 29 + 117)]
    assert listed == [field.label.zh for field in load_fields()]


def test_progress_says_what_was_read_when_a_reading_is_given():
    answers = {"client_name": "甲", "brand_count": 2}
    reading = read_form(write_form("zh", answers), "f")
    progress = load_workbook(io.BytesIO(write_form("zh", answers, reading=reading)))[PROGRESS_SHEET]
    assert progress["O5"].value.startswith("1 / ")
    assert "client_code" in progress["O5"].value
    assert progress["G29"].value == "✓ 已填 filled"


def test_a_tier_subset_still_makes_a_form():
    book = load_workbook(io.BytesIO(write_form("en", tiers=("minimum",))))
    assert MAIN_SHEET in book.sheetnames
    assert TIER_SHEETS["full"] not in book.sheetnames
    assert len(TIERS) == 3
