import csv

from diagnostics.checks.shelf import list_all_checks
from diagnostics.plan.benchmarks import OWN, plan_benchmarks, read_benchmarks
from diagnostics.plan.draw_up import plan_roadmap
from diagnostics.plan.triage import ENTRIES, SYMPTOMS, plan_triage, weigh_entries
from tests.plan.findings import make_finding
from tests.plan.plans import CODES, make_exhibit, make_material, make_section, read_data

ROWS = list(csv.DictReader(read_data("benchmarks.csv").splitlines()))


def plan(part, material):
    return part(material, plan_roadmap(material))


def test_codes_and_checks_named_by_the_triage_exist():
    for one in (*SYMPTOMS.values(), *ENTRIES.values()):
        for code in one.codes:
            assert any(known == code or (code.endswith(".") and known.startswith(code)) for known in CODES), code
    assert {check for one in SYMPTOMS.values() for check in one.checks} <= set(list_all_checks())


def test_a_symptom_shows_the_answers_of_its_sections():
    sections = {"community.health": make_section("community.health", "quiet")}
    section = plan(plan_triage, make_material(answers={"symptoms": ("dead_groups",)}, sections=sections))
    (table,) = [exhibit for exhibit in section.exhibits if exhibit.name == "symptoms"]
    assert [cell.en for cell in table.frame.answer] == ["quiet"]
    assert "1 of 3 sections" in section.answer.en


def test_goals_go_before_money_when_choosing_where_to_begin():
    rich = make_finding(code="venue.migration_loss", mid=90_000)
    poor = make_finding(code="people.members_never_bought", mid=10_000)
    without = weigh_entries(make_material(rich, poor))
    assert [one.id for one in without] == ["traffic", "member"]
    stated = weigh_entries(make_material(rich, poor, answers={"goal_type": ("repurchase",)}))
    assert [one.id for one in stated] == ["member", "traffic"]


def test_several_brands_are_an_entry_only_where_there_are_several():
    gap = make_finding(code="people.cross_sell_gap", mid=10_000)
    assert [one.id for one in weigh_entries(make_material(gap))] == []
    assert [one.id for one in weigh_entries(make_material(gap, answers={"brand_count": 2}))] == ["multi_brand"]


def test_figures_of_weak_sources_are_not_quoted():
    shown = {one.id for one in read_benchmarks(ROWS)}
    assert shown
    assert all(row["grade"] in {"A", "B"} for row in ROWS if row["id"] in shown)
    assert not any(row["use_rule"] in {"do not ship", "off by default"} for row in ROWS if row["id"] in shown)
    assert set(OWN) <= shown


def test_a_public_figure_stands_beside_the_clients_own():
    units = make_exhibit("units", [{"w": 100.0, "value": 0.9}, {"w": 300.0, "value": 0.5}])
    material = make_material(exhibits={"community.voices": [units]}, benchmarks=read_benchmarks(ROWS))
    section = plan(plan_benchmarks, material)
    (table,) = section.exhibits
    assert table.frame.own.iloc[0].en == "60.0%"
    assert section.status == "computed"
    beauty = {one.name.en for one in material.benchmarks if one.id == "B03"}
    assert beauty.isdisjoint({name.en for name in table.frame["name"]})


def test_without_the_registry_nothing_is_claimed():
    assert plan(plan_benchmarks, make_material()).status == "not_computable"
