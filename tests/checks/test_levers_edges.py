"""The checks of levers and venue hold on clients that lack a period, customers, refunds or all but one channel."""

import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import load_check
from diagnostics.model.tables import Tables
from diagnostics.model.wording import Text
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, open_frames
from tests.metrics.invented import invent_lines

LINES = invent_lines(3, count=300)
CLIENTS = {
    "one month": LINES[LINES.ordered_at < "2023-02-01"],
    "no customers": LINES.assign(customer=None),
    "little but returns": LINES[(LINES.ordered_at < "2024-01-01") | LINES.is_return | (LINES.channel == "store")],
    "no refunds": LINES.assign(refund_amount=0),
    "one channel": LINES.assign(channel="tmall"),
}
CHECKS = (
    "levers.tree",
    "levers.gain",
    "levers.mix",
    "levers.refunds",
    "levers.discount",
    "venue.channels",
)


def open_client(lines, currency="CNY"):
    tables = open_frames(connect(), {"order_lines": lines})
    engagement = fix_engagement(tables, client="x", title=Text(zh="x", en="x"), currency=currency)
    return Tables(by_name=tables, available=find_available(tables), engagement=engagement, fetch=fetch)


@pytest.mark.parametrize(("client", "said"), [("one channel", True), ("no refunds", False)])
def test_refunds_still_to_come_are_told_where_there_are_refunds(client, said):
    section = examine("levers.tree", load_check("levers.tree"), open_client(CLIENTS[client]), languages=()).section
    assert any("may still be refunded" in caveat.en for caveat in section.caveats) == said


@pytest.mark.parametrize(("currency", "is_known"), [("CNY", True), ("GBP", False)])
def test_the_lever_tree_compares_promotion_days_where_they_are_known(currency, is_known):
    section = examine("levers.tree", load_check("levers.tree"), open_client(LINES, currency), languages=()).section
    assert ("of the change the calendar made" in section.answer.en) == is_known
    assert any("of the CNY market" in caveat.en for caveat in section.caveats) != is_known


@pytest.mark.parametrize("client", CLIENTS)
def test_no_check_fails_on_a_poor_client(client):
    opened = open_client(CLIENTS[client])
    for name in CHECKS:
        examined = examine(name, load_check(name), opened, languages=["en"])
        assert not examined.fault, examined.fault
        assert examined.section.status in {"computed", "not_computable"}
        assert examined.section.answer or examined.section.reason


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"channel": "tmall", "product_id": "a"}, "In GMV, with the same 1 products"),
        ({"product_id": None}, "by the mix of channels"),
        ({"channel": "tmall", "product_id": None}, None),
    ],
)
def test_channels_and_products_are_told_where_either_is_known(change, said):
    section = examine("levers.mix", load_check("levers.mix"), open_client(LINES.assign(**change)), languages=()).section
    if said is None:
        assert section.status == "not_computable"
        assert section.unlocked_by.en == "an order export with customers and product codes"
    else:
        assert said in section.answer.en
        assert len(section.caveats) == 1
