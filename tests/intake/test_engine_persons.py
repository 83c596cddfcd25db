"""Persons found by expressions on an engine are those that are found in this process."""

import pytest

from diagnostics.intake.people.engine_persons import resolve_on_engine
from diagnostics.intake.people.link_rules import LinkRules
from diagnostics.intake.people.links import EVIDENCE, EVIDENCE_KINDS
from diagnostics.intake.people.persons import list_links, resolve
from diagnostics.model.links import REASONS
from diagnostics.workbook.engine import connect, make_loader, make_sharer
from tests.intake.evidence import describe_persons, invent_evidence

ALL_KINDS = LinkRules(allowed=frozenset(EVIDENCE_KINDS))


def resolve_there(evidence, rules):
    engine = connect()
    return resolve_on_engine(evidence, rules, load=make_loader(engine), keep=make_sharer(engine))


@pytest.mark.parametrize(("seed", "rules"), [(0, LinkRules()), (1, ALL_KINDS), (2, ALL_KINDS)])
def test_an_engine_finds_the_same_persons(seed, rules):
    evidence = invent_evidence(seed, 400)
    assert describe_persons(resolve_there(evidence, rules)) == describe_persons(resolve(evidence, rules))


def test_every_rule_cuts_some_of_the_invented_links():
    cut = {row["reason"] for seed in range(3) for row in list_links(resolve(invent_evidence(seed, 400))).to_pylist()}
    assert cut >= set(REASONS)


def test_no_evidence_makes_nobody_of_two():
    assert describe_persons(resolve_there(EVIDENCE.empty_table(), LinkRules())) == ([], {})
