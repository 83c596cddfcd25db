from dataclasses import replace

import pytest

from diagnostics.model.errors import PersonError
from diagnostics.model.plan_section import PlanSection
from diagnostics.model.wording import Text, name_verbatim
from diagnostics.plan.draw_up import draw_up
from diagnostics.workbook.catalog import read_catalog
from diagnostics.workbook.coverage import cover
from diagnostics.workbook.plan_settings import load_actions
from diagnostics.workbook.settings import read_settings
from tests.plan.plans import make_material


def read(tmp_path, text):
    path = tmp_path / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path).plan


def test_a_consultant_changes_what_an_action_takes(tmp_path):
    plan = read(tmp_path, "plan: {actions: {fission.low_k: {phase: 3, days: {content: 2}, after: []}}}")
    changed, before = plan.set_actions()["fission.low_k"], load_actions()["fission.low_k"]
    assert (changed.phase, changed.days, changed.after) == (2, {"content": 2.0}, ())
    assert (changed.lever, changed.outlay, changed.gates) == (before.lever, before.outlay, before.gates)


def test_a_client_has_pools_of_its_own(tmp_path):
    plan = read(
        tmp_path,
        "plan: {pools: [{kind: pool, id: fair, name_zh: 展会, name_en: Fairs, words: [展会]},"
        " {kind: way, id: stand, name_zh: 展位, name_en: Stand, words: [展位]}]}",
    )
    assert [pool.id for pool in plan.set_pools()] == ["fair", "stand"]


@pytest.mark.parametrize(
    "text",
    [
        "plan: {limits: {actions: 3}}",
        "plan: {limits: {change_share: -1}}",
        "plan: {actions: {fission.unheard: {phase: 1}}}",
        "plan: {actions: {fission.low_k: {days: {wizard: 3}}}}",
        "plan: {actions: {fission.low_k: {after: [no.code]}}}",
        "plan: {pools: [{kind: pool, id: a, name_zh: 甲, name_en: A, words: [a]}]}",
    ],
)
def test_a_mistake_in_the_plan_settings_is_told_with_its_place(tmp_path, text):
    with pytest.raises(PersonError) as told:
        read(tmp_path, text)
    assert told.value.faults[0].column.startswith("plan.")


def test_a_part_of_the_plan_covers_what_it_claims():
    part = PlanSection(
        name="plan.acquisition",
        chapter="11",
        question=name_verbatim("?"),
        answer=name_verbatim("-"),
        status="judged",
        capabilities=("003-24",),
    )
    entry = next(entry for entry in cover([], [part]) if entry["id"] == "003-24")
    assert (entry["status"], entry["claimed_by"], entry["reason"]) == ("judged", ["plan.acquisition"], "")
    silent = PlanSection(
        name="plan.acquisition",
        chapter="11",
        question=name_verbatim("?"),
        answer=name_verbatim("-"),
        status="not_computable",
        reason=Text(zh="没有", en="no pool"),
        capabilities=("003-24",),
    )
    part = replace(part, status="computed", capabilities=(), lacking=("003-24",), reason=Text(zh="没有", en="no sheet"))
    entry = next(one for one in cover([], [part]) if one["id"] == "003-24")
    assert (entry["status"], entry["reason"]) == ("not_computable", "no sheet")
    assert next(one for one in cover([], [silent]) if one["id"] == "003-24")["reason"] == "no pool"


def test_what_the_plan_claims_is_in_the_catalog():
    known = {row["id"] for row in read_catalog("capabilities.csv")}
    claimed = {capability for part in draw_up(make_material()).sections for capability in part.capabilities}
    assert claimed <= known
