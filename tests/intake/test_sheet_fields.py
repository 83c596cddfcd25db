from __future__ import annotations

import csv
import io
import re
from importlib.resources import files

import pytest

from diagnostics.intake.sheet.catalog import load_fields, parse_fields, split_section
from diagnostics.intake.sheet.choices import match_choice
from diagnostics.intake.sheet.feeds import word_feeds
from diagnostics.intake.sheet.fields import Entry, SheetField, choose_tiers
from diagnostics.intake.sheet.words import describe_expected
from diagnostics.model.wording import Text

HAN = re.compile(r"[\u3400-\u9fff]")
ALL_TIERS = ("minimum", "standard", "full")


def _texts(field: SheetField) -> list[Text]:
    entries: list[Entry] = [field.entry, *(column.entry for column in field.columns)]
    return [
        field.section,
        field.label,
        *(column.label for column in field.columns),
        *(describe_expected(entry) for entry in entries),
        word_feeds(field.feeds),
    ]


def _catalog() -> list[dict[str, str]]:
    text = files("diagnostics.catalog").joinpath("requirement_sheet.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_catalog_has_117_fields_in_eleven_sections_and_42_to_ask_first():
    fields = load_fields()
    assert len(fields) == len({field.key for field in fields}) == 117
    assert [section.zh[0] for section in dict.fromkeys(field.section for field in fields)] == list("ABCDEFGHIJK")
    assert len(choose_tiers(fields)) == 42
    assert len(choose_tiers(fields, ALL_TIERS)) == 117


@pytest.mark.parametrize("field", load_fields(), ids=lambda field: field.key)
def test_the_english_side_holds_no_chinese_and_the_chinese_side_is_there(field):
    for text in _texts(field):
        assert not HAN.search(text.en), text.en
        assert HAN.search(text.zh), text.zh


@pytest.mark.parametrize("field", choose_tiers(load_fields()), ids=lambda field: field.key)
def test_each_field_asked_first_has_one_help_sentence_a_language_that_fits_a_prompt(field):
    assert HAN.search(field.help.zh)
    assert field.help.en
    assert not HAN.search(field.help.en)
    assert len(field.help.zh) <= 250
    assert len(field.help.en) <= 250
    assert field.help.zh.endswith(("。", "！"))
    assert field.help.en.endswith(".")


@pytest.mark.parametrize("row", [row for row in _catalog() if row["columns"]], ids=lambda row: row["key"])
def test_the_columns_of_a_table_are_those_that_its_type_names(row):
    named = re.sub(r"\(.*?\)", "", row["type"].split("[")[1].rstrip("]")).split(", ")
    expected = [re.sub(r"(?<=[a-z])1-5$", "", name).rstrip("%") for name in named]
    field = next(field for field in load_fields() if field.key == row["key"])
    assert [column.id for column in field.columns] == expected
    percents = [column.id for column in field.columns if column.entry.kind == "percent"]
    assert percents == [name.rstrip("%") for name in named if name.endswith("%")]


@pytest.mark.parametrize("row", [row for row in _catalog() if row["choices"]], ids=lambda row: row["key"])
def test_the_choices_are_the_allowed_values_and_each_can_be_typed_as_id_label_or_both(row):
    field = next(field for field in load_fields() if field.key == row["key"])
    stated = [re.match(r"[a-z0-9_]+", part, re.IGNORECASE)[0] for part in row["allowed_values"].split(" / ")]
    assert [choice.id for choice in field.entry.choices] == stated
    for choice in field.entry.choices:
        for typed in (choice.id, choice.label.zh, choice.label.en, choice.id + choice.label.zh, choice.option):
            assert match_choice(typed, field.entry.choices) == choice.id, typed
        if field.entry.kind == "multi":
            assert not set(",、；/+\n") & set(choice.label.zh + choice.label.en)


def test_goals_choose_from_the_metric_dictionary():
    metrics = files("diagnostics.catalog").joinpath("metrics.csv").read_text(encoding="utf-8-sig")
    goals = next(field for field in load_fields() if field.key == "goals")
    ids = [choice.id for choice in goals.columns[0].entry.choices]
    assert ids == [row["id"] for row in csv.DictReader(io.StringIO(metrics))]


def test_sheet_names_are_unique_and_allowed():
    names = [field.sheet_name for field in load_fields() if field.columns]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_bounds_come_from_the_allowed_values():
    entries = {field.key: field.entry for field in load_fields()}
    assert (entries["gross_margin"].low, entries["gross_margin"].high) == (0, 1)
    assert (entries["purchase_frequency"].low, entries["purchase_frequency"].high) == (0, 365)
    assert (entries["aov_stated"].low, entries["aov_stated"].low_open) == (0, True)
    assert (entries["management_attention"].low, entries["management_attention"].high) == (1, 5)
    assert entries["history_months"].high is None
    assert entries["pd_start_date"].may_be_none
    assert entries["client_code"].pattern == "[A-Z0-9]{3,12}"


def test_a_section_keeps_its_letter_in_both_languages():
    assert split_section("A 项目信息 Project") == Text(zh="A 项目信息", en="A Project")


def test_an_unknown_kind_in_the_catalog_is_refused():
    text = files("diagnostics.catalog").joinpath("requirement_sheet.csv").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="not known"):
        parse_fields(text.replace(",multi-enum,", ",riddle,"))
