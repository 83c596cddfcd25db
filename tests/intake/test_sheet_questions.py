from __future__ import annotations

import re
from datetime import date

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.fields import choose_tiers
from diagnostics.intake.sheet.form import write_form
from diagnostics.intake.sheet.gate import STATED, check_privacy_gate, check_statements
from diagnostics.intake.sheet.questions import ask_client
from diagnostics.intake.sheet.reader import read_form
from diagnostics.model.brief import Brief

HAN = re.compile(r"[\u3400-\u9fff]")
GATE = (
    "entrust_contract",
    "processing_purpose",
    "processing_period",
    "pi_categories",
    "pia_done",
    "deid_at_source",
    "cross_border",
    "sensitive_pi",
)
OPEN_GATE = {
    "entrust_contract": True,
    "processing_purpose": "诊断",
    "processing_period": date(2030, 1, 31),
    "pi_categories": ("phone",),
    "pia_done": "yes",
    "deid_at_source": "hmac",
    "cross_border": False,
    "sensitive_pi": False,
}


def test_a_blank_form_asks_every_field_in_the_order_of_the_sheet():
    questions = ask_client(read_form(write_form("zh"), "f"))
    assert [question.key for question in questions] == [field.key for field in choose_tiers(load_fields())]


def test_every_question_is_whole_in_both_languages():
    keys = tuple(field.key for field in load_fields())
    for question in ask_client(Brief(unanswered=keys)):
        for text in (question.section, question.question, question.why):
            assert HAN.search(text.zh)
            assert text.en
            assert not HAN.search(text.en)
            assert "{" not in text.zh + text.en
        assert question.question.zh.endswith("。")
        assert question.question.en.endswith(".")


def test_a_question_says_what_to_write_and_which_chapter_needs_it():
    (question,) = ask_client(Brief(unanswered=("gross_margin",)))
    assert question.section.en == "B Brand"
    assert question.question.zh.startswith("请补充「整体毛利率」：")
    assert question.why.zh == "用于私域适配度判断、客户终身价值。"


def test_an_optional_field_is_not_asked_for_again():
    assert ask_client(Brief(unanswered=("competitors",))) == ()
    assert ask_client(Brief(answers={"client_name": "甲"})) == ()


def test_an_empty_brief_fails_every_part_of_the_gate():
    faults = check_privacy_gate(Brief(), language="en")
    assert len(faults) == len(GATE)
    assert all("must be answered" in fault.expected and fault.found == "" for fault in faults)
    assert all(fault.sheet and fault.file for fault in faults)


def test_the_gate_opens_when_all_is_settled():
    assert check_privacy_gate(Brief(answers=OPEN_GATE)) == ()
    nothing = OPEN_GATE | {"pi_categories": ("none",), "pia_done": "not_applicable"}
    assert check_privacy_gate(Brief(answers=nothing)) == ()


def test_each_wrong_answer_keeps_the_gate_shut():
    for key, wrong in {
        "entrust_contract": False,
        "cross_border": True,
        "sensitive_pi": True,
        "pia_done": "no",
        "pi_categories": ("phone", "health"),
    }.items():
        (fault,) = check_privacy_gate(Brief(answers=OPEN_GATE | {key: wrong}), language="en")
        label = next(field.label.en for field in load_fields() if field.key == key)
        assert label in fault.expected
    (fault,) = check_privacy_gate(Brief(answers=OPEN_GATE | {"pia_done": "not_applicable"}))
    assert fault.found == "not_applicable"


def test_reading_a_sheet_does_not_ask_for_the_contract():
    reading = read_form(write_form("zh", {"entrust_contract": False}), "f")
    assert reading.faults == ()
    assert len(check_privacy_gate(reading.brief)) == len(GATE)


def test_the_four_statements_are_enough_to_begin_and_nothing_less():
    stated = {key: OPEN_GATE[key] for key in STATED}
    assert check_statements(Brief(answers=stated)) == ()
    assert len(check_statements(Brief())) == len(STATED)
    assert len(check_statements(Brief(answers=stated | {"sensitive_pi": True}))) == 1


def test_the_gate_shuts_on_the_day_after_the_agreed_period():
    brief = Brief(answers=OPEN_GATE)
    assert check_statements(brief, today=date(2030, 1, 31)) == ()
    (fault,) = check_statements(brief, today=date(2030, 2, 1), language="en")
    assert fault.found == "2030-01-31"
    assert "ended" in fault.expected
