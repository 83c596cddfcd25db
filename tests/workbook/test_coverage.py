from diagnostics.checks.shelf import load_check
from diagnostics.model.section import Section
from diagnostics.model.wording import Text
from diagnostics.plan.draw_up import draw_up
from diagnostics.plan.material import Material
from diagnostics.workbook.catalog import load_playbooks, read_rubrics
from diagnostics.workbook.coverage import cover
from diagnostics.workbook.plan_settings import load_actions, load_pools
from diagnostics.workbook.rated import ask_person
from diagnostics.workbook.session_pack import claim_session


def list_entries(rated=()):
    plan = draw_up(
        Material(
            findings=(),
            currency="CNY",
            actions=load_actions(),
            pools=load_pools(),
            playbook=load_playbooks()["general"],
        )
    )
    return ask_person(cover((), (*plan.sections, claim_session(()))), rated)


def test_every_capability_is_claimed_by_a_check_a_part_of_the_plan_or_a_rating():
    assert [entry["id"] for entry in list_entries() if not entry["claimed_by"]] == []


def test_what_is_not_computable_says_why():
    assert all(entry["reason"] for entry in list_entries() if entry["status"] == "not_computable")


def test_a_persons_ratings_make_a_row_judged():
    before = {entry["id"]: entry["status"] for entry in list_entries()}
    after = {entry["id"]: entry["status"] for entry in list_entries(rated=set(read_rubrics()))}
    rated = {capability for rubric in read_rubrics().values() for capability in rubric.capabilities}
    assert {after[capability] for capability in rated} <= {"judged", "computed"}
    assert {key for key in after if after[key] != before[key]} <= rated


def test_a_section_may_compute_one_capability_judge_another_and_lack_a_third():
    words = Text(zh="没有积分", en="no points")
    claimed = load_check("membership.club").answers
    section = Section(
        check="membership.club",
        wing="membership",
        question=words,
        definition=words,
        status="computed",
        lacking={claimed[0]: words},
        judged=(claimed[1],),
    )
    entries = {entry["id"]: entry for entry in cover((section,)) if entry["claimed_by"] == [section.check]}
    assert [entries[capability]["status"] for capability in claimed[:3]] == ["not_computable", "judged", "computed"]
    assert entries[claimed[0]]["reason"] == words.en
