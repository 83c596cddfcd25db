"""The consultant's notes: what they may say, what they do, and that nothing typed is lost."""

import re
import time

import pytest

from diagnostics.model.errors import PersonError
from diagnostics.model.finding import CONSULTANT
from diagnostics.workbook.catalog import read_catalog, read_rubrics
from diagnostics.workbook.editing import apply_notes
from diagnostics.workbook.notes import read_notes
from diagnostics.workbook.opening import NOTES
from diagnostics.workbook.plain_yaml import MOST_BYTES
from diagnostics.workbook.rated import ask_person
from diagnostics.workbook.review import build_hand
from tests.workbook.noted import make_finding, make_section

ADDED = """
add:
  - code: team.role_gap
    scope: {role: group}
    title: 没有专人
    cause: {zh: 店长兼任, en: A side job}
    action: 招人
    stop_rule: 三个月
    owner: manager
    metric: m_active
    direction: up
"""


@pytest.fixture
def read(tmp_path):
    path = tmp_path / "notes.yaml"

    def write_and_read(text):
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return read_notes(path)

    return write_and_read


def edit(typed, *findings):
    return apply_notes(findings, [make_section(findings=findings)], typed)


def test_without_a_file_nothing_is_edited(tmp_path):
    finding = make_finding()
    edited = edit(read_notes(tmp_path / "notes.yaml"), finding)
    assert edited.findings == (finding,)
    assert edited.lost == ()


def test_a_dropped_finding_is_left_out_and_kept_with_its_reason(read):
    typed = read("drop: [{code: people.low_reach, scope: {channel: tmall}, reason: {zh: 已知, en: known}}]")
    other = make_finding(channel="jd")
    edited = edit(typed, make_finding(), other)
    assert edited.findings == (other,)
    assert [(finding.scope, reason.en) for finding, reason in edited.dropped] == [({"channel": "tmall"}, "known")]


def test_a_finding_gets_the_consultants_words_and_owner(read):
    typed = read("reword: [{code: people.low_reach, title: 换个说法, stop_rule: {zh: 停, en: stop}, owner: member}]")
    (finding,) = edit(typed, make_finding()).findings
    assert (finding.title.zh, finding.title.en) == ("换个说法", "换个说法")
    assert (finding.stop_rule.en, finding.owner_role) == ("stop", "member")
    assert finding.cause == make_finding().cause


def test_a_finding_of_the_consultants_own_is_marked_and_has_no_money_without_a_basis(read):
    (finding,) = edit(read(ADDED)).findings
    assert finding.evidence[0].check == CONSULTANT
    assert finding.impact is None
    assert finding.severity == "low"
    with pytest.raises(PersonError) as told:
        read(ADDED + "    money: {low: 1, mid: 2, high: 3}\n")
    assert "basis" in told.value.faults[0].column
    (priced,) = edit(read(ADDED + "    money: {low: 1, mid: 2, high: 3, basis: 经验}\n")).findings
    assert "金额依据：经验" in priced.cause.zh
    assert priced.impact.mid == 2


def test_a_comment_goes_to_its_section(read):
    edited = edit(read("comments: {people.reach: {zh: 看过, en: seen}}"), make_finding())
    assert edited.sections[0].comments[0].en == "The consultant adds: seen"


def test_notes_that_fit_nothing_are_told_with_what_was_typed(read):
    typed = read(
        "accept: [{code: goods.hero_dependence}]\n"
        "drop: [{code: lever.mix_shift, reason: 原因}]\n"
        "reword: [{code: people.low_reach, scope: {channel: jd}, title: 标题}]\n"
        "withdraw: [{code: fission.low_k}]\n"
        "comments: {no.such: 话}\n"
    )
    lost = edit(typed, make_finding()).lost
    assert [(note.kind, note.name) for note in lost] == [
        ("accept", "goods.hero_dependence"),
        ("drop", "lever.mix_shift"),
        ("reword", "people.low_reach"),
        ("comment", "no.such"),
        ("withdraw", "fission.low_k"),
    ]
    assert [text.zh for note in lost for text in note.typed] == ["原因", "标题", "话"]


def test_a_later_part_goes_before_the_earlier_ones(read):
    first = (
        "# 手写\ndrop: [{code: people.low_reach, scope: {channel: tmall}, reason: 早}]\ncomments: {people.reach: 早}\n"
    )
    later = "accept: [{code: people.low_reach, scope: {channel: tmall}}]\ncomments: {people.reach: null}\n"
    edited = edit(read(f"{first}---\n{later}"), make_finding())
    assert (len(edited.findings), edited.accepted) == (1, 1)
    assert edited.sections[0].comments == ()
    withdrawn = edit(
        read(f"{first}---\nwithdraw: [{{code: people.low_reach, scope: {{channel: tmall}}}}]"), make_finding()
    )
    assert (len(withdrawn.findings), withdrawn.lost) == (1, ())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("drop: [{code: people.low_reach}]", "drop.0.reason"),
        ("drop: [{code: people.low_reach, reason: ' '}]", "drop.0.reason"),
        ("reword: [{code: people.low_reach}]", "reword.0"),
        ("reword: [{code: people.low_reach, owner: nobody}]", "reword.0.owner"),
        (ADDED.replace("team.role_gap", "made.up"), "add.0.code"),
        (ADDED.replace("m_active", "made_up"), "add.0.metric"),
        (ADDED.replace("{role: group}", "{mood: bad}"), "add.0.scope"),
        ("ratings: {content_quality: {score: 6, reason: x, by: y}}", "score"),
        ("ratings: {made_up: {score: 1, reason: x, by: y}}", "ratings"),
        ("nonsense: 1", "nonsense"),
        ("a: 1\n---\ndrop: [{code: x}]", "part 2.drop.0.reason"),
    ],
)
def test_every_fault_is_told_with_its_place(read, text, place):
    with pytest.raises(PersonError) as told:
        read(text)
    assert any(place in fault.column for fault in told.value.faults)


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "drop: []\ndrop: []",
        "comments: {x: {zh: a, zh: b, en: c}}",
        "[" * 5_000,
        "{" * 2_000,
        "comments: {x: 2025-02-30}",
        "comments: !!python/object/apply:os.system [ls]",
        "comments: {x: \x00}",
        b"\xff\xfe\x00",
        "comments: " + "9" * 5_000,
        "#" * (MOST_BYTES + 1),
        "just words",
        "- a list",
    ],
    ids=lambda text: str(text[:24]),
)
def test_hostile_notes_are_told_quickly_and_do_nothing(read, text):
    started = time.process_time()
    with pytest.raises(PersonError) as told:
        read(text)
    assert told.value.faults
    assert time.process_time() - started < 5


def test_a_number_of_a_person_is_masked_and_the_text_not_offered_for_writing_back(read):
    typed = read("comments: {people.reach: 请打 13812345678}")
    edited = edit(typed, make_finding())
    assert "13812345678" not in str(edited)
    assert "13812345678" not in typed.text
    assert not typed.is_whole
    assert build_hand([], [], typed, edited, "r").form["base"] is None


def test_the_form_starts_from_what_is_typed(read):
    text = "# 我的话\nreword: [{code: people.low_reach, scope: {channel: tmall}, title: 标题}]\n"
    typed = read(text)
    finding = make_finding()
    form = build_hand([finding], [make_section()], typed, edit(typed, finding), "r").form
    assert form["base"] == text
    (shown,) = form["findings"]
    assert (shown["state"], shown["typed"], shown["words"]["title"]["zh"]) == ("open", True, "标题")
    assert shown["now"]["title"] == {"zh": "触达太少", "en": "Too few are reached"}


def test_the_examples_that_new_writes_are_valid_once_uncommented(read):
    lines = NOTES.splitlines()[4:]
    text = re.sub(
        r" {6,}#.*", "", "\n".join(line.removeprefix("# ") for line in lines if not re.match("# [A-Z文]", line))
    )
    typed = read(text[text.index("accept:") :])
    assert len(typed.notes.add) == len(typed.notes.drop) == len(typed.notes.ratings) == 1
    assert read(NOTES).notes.add == ()


def test_rubrics_name_capabilities_that_there_are_in_both_languages():
    known = {row["id"] for row in read_catalog("capabilities.csv")}
    for rubric in read_rubrics().values():
        assert rubric.capabilities
        assert set(rubric.capabilities) <= known
        assert all(text.zh and text.en for text in (rubric.name, rubric.asks, rubric.low, rubric.high))


def test_a_capability_counts_as_judged_when_all_of_its_rubrics_are_rated():
    entry = {
        "id": "001-46",
        "status": "not_computable",
        "reason": "no check of this version examines it",
        "claimed_by": [],
    }
    poster = [name for name in read_rubrics() if name.startswith("poster_")]
    assert ask_person([entry], poster)[0]["status"] == "judged"
    (lacking,) = ask_person([entry], poster[1:])
    assert lacking["status"] == "not_computable"
    assert poster[0] in lacking["reason"]
    (computed,) = ask_person([entry | {"status": "computed", "reason": "", "claimed_by": ["a.check"]}], poster)
    assert (computed["status"], computed["reason"]) == ("computed", "")
    assert computed["claimed_by"] == ["a.check", *(f"rating.{name}" for name in poster)]
