"""Each rule on contradictions finds its own, names the cells, and leaves a sheet that fits together alone."""

from __future__ import annotations

import re
from datetime import date

import pytest

from diagnostics.generator.qingyan import sheet_answers
from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.conflicts.find import RULES, find_conflicts
from diagnostics.intake.sheet.form import write_form
from diagnostics.intake.sheet.questions import ask_client
from diagnostics.intake.sheet.reader import read_form
from diagnostics.intake.sheet.summary import summarise_sheet
from diagnostics.model.brief import Brief

HAN = re.compile(r"[\u3400-\u9fff]")
KICKOFF = {"kickoff_date": date(2025, 3, 1)}


def goal(**parts):
    return {"goals": ({"metric": "gmv", "deadline": date(2026, 1, 1)} | parts,)}


CASES = {
    "compare_margins": {"gross_margin": 0.6, "categories": ({"name": "a", "gmv_share": 1.0, "margin": 0.4},)},
    "compare_frequency": {"purchase_frequency": 12.0, "repurchase_cycle_days": 90},
    "compare_cycles": {"repurchase_cycle_days": 300, "categories": ({"name": "a", "cycle_days": 60},)},
    "check_durable": {"is_durable": True, "purchase_frequency": 6.0, "repurchase_cycle_days": 60},
    "compare_private_gmv": {
        "annual_gmv": 1e7,
        "pd_gmv_share": 0.5,
        "aov_stated": 100.0,
        "purchase_frequency": 2.0,
        "containers": ({"type": "wecom", "users": 5000},),
    },
    "check_prices": {"price_system": ({"sku/series": "a", "list_price": 90.0, "member_price": 99.0},)},
    "compare_ticket": {"aov_stated": 50.0, "price_system": ({"sku/series": "a", "public_price": 99.0},)},
    "check_channel_shares": {"main_channels": ({"channel": "jd", "gmv_share": 0.5},)},
    "check_bands": {"price_bands": ({"low": 0.0, "high": 100.0}, {"low": 50.0, "high": 200.0})},
    "check_coupons": {"coupon_policy": ({"type": "a", "face_value": 20.0, "threshold": 20.0},)},
    "compare_baselines": {"annual_gmv": 1e7} | goal(baseline=5e6),
    "check_direction": goal(baseline=1e7, target=9e6),
    "check_units": goal(metric="repurchase_user", baseline=0.18, target=25.0),
    "check_deadlines": KICKOFF | goal(deadline=date(2025, 1, 1)),
    "find_repeated": {"goals": ({"metric": "gmv", "target": 1.0}, {"metric": "gmv", "target": 2.0})},
    "match_types": {"goal_type": ("repurchase",)} | goal(),
    "compare_store_counts": {"store_count": 5, "main_channels": ({"channel": "store", "shop_count": 9},)},
    "match_model": {"business_model": ("ecommerce",), "main_channels": ({"channel": "store"},)},
    "match_ownership": {"business_model": ("chain",), "store_ownership": ({"direct": 0.5, "dealer": 0.5},)},
    "find_repeated_channels": {"main_channels": ({"channel": "jd"}, {"channel": "jd"})},
    "compare_stage": KICKOFF
    | {"company_stage": "startup", "main_channels": ({"channel": "jd", "start_date": date(2010, 1, 1)},)},
    "check_starts": KICKOFF | {"main_channels": ({"channel": "jd", "gmv_share": 1.0, "start_date": date(2026, 1, 1)},)},
    "count_brands": {"brand_count": 3, "brand_list": ("a", "b")},
    "compare_guides": {"store_count": 50, "headcount": ({"role": "store_guide", "fte": 3.0},)},
    "check_started": {"pd_start_date": "none", "containers": ({"type": "wecom", "users": 5},)},
    "compare_start": KICKOFF | {"pd_start_date": date(2020, 1, 1), "symptoms": ("no_start",)},
    "match_containers": {"personal_wechat_risk": "no", "containers": ({"type": "personal_wechat"},)},
    "compare_accounts": {"accounts_matrix": ({"account_code": "a", "contacts": 900, "capacity": 500},)},
    "compare_groups": {"containers": ({"type": "group", "account_count": 1, "users": 900},)},
    "match_membership": {"member_system": "none", "tiers": ({"channel": "jd"},)},
    "compare_share": {"pd_gmv_share": 0.3, "pd_share_target": 0.2},
    "compare_mode": {"team_mode": "minimal", "headcount": ({"role": "group", "fte": 12.0},)},
    "compare_budget": {"budget": 1000.0, "public_pools": ({"pool": "a", "cost": 500.0},)},
    "match_live": {"live_roles": ({"role": "anchor"},), "headcount": ({"role": "group"},)},
    "match_resources": {"key_resource": "导购", "resources": ({"resource": "工厂"},)},
    "match_product_roles": {"traffic_products": ("A 1",), "profit_products": ("a1",)},
    "match_automation": {"automation": ({"scenario": "welcome", "live": True},), "systems": ({"system": "ERP"},)},
    "match_kpi_roles": {"current_kpis": ({"role": "live"},), "headcount": ({"role": "group"},)},
    "check_adds": {"public_pools": ({"pool": "a", "monthly_visitors": 5, "adds": 9},)},
    "compare_history": KICKOFF
    | {"history_months": 36, "main_channels": ({"channel": "jd", "start_date": date(2024, 9, 1)},)},
    "check_inventory": {"data_inventory": ({"dataset": "a", "from": date(2024, 2, 1), "to": date(2024, 1, 1)},)},
    "match_identities": {"pi_categories": ("name",), "key_types": ({"dataset": "a", "key_type": "phone"},)},
    "check_key_holder": {"deid_at_source": "hmac", "hash_key_holder": "n_a"},
    "match_sensitive": {"sensitive_pi": False, "pi_categories": ("health",)},
    "compare_period": {"processing_period": date(2025, 1, 1), "delivery_date": date(2025, 3, 1)},
}
BY_NAME = {rule.__name__: rule for rule in RULES}
KEYS = {field.key for field in load_fields()}


def test_every_rule_has_a_case():
    assert set(CASES) == set(BY_NAME)
    assert len(BY_NAME) == len(RULES) > 40


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_its_contradiction_and_words_it_in_both_languages(name):
    found = tuple(BY_NAME[name](Brief(answers=CASES[name])))
    assert found
    for conflict in found:
        assert set(conflict.keys) <= KEYS
        assert set(conflict.keys) <= set(CASES[name])
        assert HAN.search(conflict.text.zh)
        assert "{" not in conflict.text.zh + conflict.text.en
        if name != "match_resources":  # a client's own word stays in its language
            assert not HAN.search(conflict.text.en)


@pytest.mark.parametrize("answers", [{}, *({key: value} for case in CASES.values() for key, value in case.items())])
def test_no_rule_stumbles_over_a_sheet_with_one_answer(answers):
    assert find_conflicts(Brief(answers=answers)) is not None


@pytest.mark.parametrize("is_healthy", [True, False])
def test_the_generated_client_does_not_contradict_itself(is_healthy):
    answers = sheet_answers(healthy=is_healthy, customers=1500)
    assert find_conflicts(Brief(answers=answers)) == ()


def test_a_question_names_both_cells_wherever_they_stand():
    answers = CASES["compare_store_counts"] | goal(baseline=5e6) | {"annual_gmv": 1e7}
    reading = read_form(write_form("zh", answers), "f")
    cells = [question["cells"] for question in summarise_sheet(reading)["questions"]]
    assert ["2 标准 Standard!E13", "主要销售渠道 Main sales channels!C5"] in cells
    assert any(one[0] == "量化目标 Quantified goals!C5" and one[1].startswith("1 必答 Minimum!E") for one in cells)
    asked = [question for question in ask_client(reading.brief) if question.key == "store_count"]
    assert asked[0].keys == ("store_count", "main_channels")
    assert "门店" in asked[0].why.zh
