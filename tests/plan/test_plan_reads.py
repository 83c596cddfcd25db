"""The plan reads tables of other sections by name: they must be there, with these columns."""

import pytest

from diagnostics.plan.preconditions import read_gates
from tests.checks.test_examples import examine_example

READS = {
    "people.reach": {"reach": ["channel", "share"], "assets": ["top", "reached_top"]},
    "people.stages": {"segments": ["name", "customers", "customer_share", "gmv_share", "action"]},
    "venue.channels": {"channels": ["name", "gmv", "share", "change", "new_share"]},
    "venue.acquisition_cost": {"acquisition": ["name", "cac"]},
    "retention.return_curve": {"shares": ["channel", "day", "share"]},
    "retention.cycle": {"cycle": ["category", "gaps", "low", "median", "high", "far", "returning"]},
    "goods.gateway": {"gateways": ["name", "share", "rate", "low", "high", "expected_rate"]},
    "goods.roles": {"products": ["name", "role"]},
    "goods.attach": {"pairs": [], "next_pairs": ["name", "other_name", "customers", "share", "lift", "low"]},
    "automation.scenarios": {"scenarios": ["scenario", "rule", "cadence", "audience", "touched"]},
    "campaigns.fatigue": {"loads": []},
}


@pytest.mark.parametrize("check", READS)
def test_a_section_leaves_the_tables_that_the_plan_reads(check):
    left = {exhibit.name: {field.name for field in exhibit.fields} for exhibit in examine_example(check).exhibits}
    for name, columns in READS[check].items():
        assert set(columns) <= left[name]


def test_the_gates_before_referral_are_read_from_their_section():
    gates = next(x for x in examine_example("referral.readiness").exhibits if x.name == "gates")
    assert read_gates(gates) == {"repeat": "open", "reception": "unknown"}
