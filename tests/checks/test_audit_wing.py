"""The audit without costs, with costs of a part, and as SQL of other engines."""

import pytest

from diagnostics.checks.audit import whole_base
from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import list_checks, load_check
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.statistics.filling import Filling
from diagnostics.workbook.dialects import DIALECTS, print_check
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, make_sharer, open_frames
from tests.metrics.audited import invent_audit

CHECKS = list_checks("audit")


def examine_invented(name, costs):
    """A check on invented lines: with all products costed, with some, or without a cost."""
    audit = invent_audit(41)
    frames = {"order_lines": audit.lines.assign(product_id=audit.lines.product_id.fillna("p0"))}
    kept = {"whole": 10, "part": 5, "none": 0}[costs]
    if kept:
        frames["products"] = audit.tables["products"].to_pandas().drop_duplicates("product_id").head(kept)
        frames["products"] = frames["products"].assign(unit_cost=lambda frame: frame.unit_cost.fillna(12).astype(str))
    engine = connect()
    tables = open_frames(engine, frames)
    engagement = fix_engagement(tables, client="invented", title=name_verbatim("Invented"), currency="CNY")
    opened = Tables(
        by_name=tables,
        available=find_available(tables),
        engagement=engagement,
        fetch=fetch,
        share=make_sharer(engine),
    )
    return examine(name, load_check(name), opened, languages=["en"])


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("costs", ["whole", "part", "none"])
def test_profit_is_bounded_or_left_out_where_costs_are_missing(name, costs):
    examined = examine_invented(name, costs)
    assert not examined.fault, examined.fault
    if examined.section.status == "not_computable":
        return
    said = " ".join(caveat.en for caveat in examined.section.caveats)
    assert ("speaks of spend, not of profit" in said) == (costs == "none")
    assert ("the truth lies between" in said) == (costs == "part")
    labels = {field.label.en for exhibit in examined.exhibits for field in exhibit.fields}
    assert costs != "none" or not any("rofit" in label or label == "Margin" for label in labels)
    assert examined.section.findings == ()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", CHECKS)
def test_the_audit_is_printed_for_every_engine(name, dialect):
    printed = print_check(name, dialect)
    assert printed
    assert all("SELECT" in statement for statement in printed.values())


def test_a_gap_that_no_new_customer_fills_is_not_told_as_none():
    lost = Filling(gap=160.0, brought=0.0, won=0, ratio=None, low=None, high=None, needed=None)
    assert whole_base.tell_filling(lost, "CNY").en.startswith("Existing customers spend CNY 160 less")
    grown = Filling(gap=-50.0, brought=20.0, won=2, ratio=None, low=None, high=None, needed=None)
    assert "spend no less" in whole_base.tell_filling(grown, "CNY").en
