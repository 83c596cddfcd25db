"""Questions on scenes, venues and repurchase in private survive tables that hold next to nothing."""

import pandas as pd
import pytest

from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import load_check
from diagnostics.model.brief import Brief
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, make_sharer, open_frames

CHECKS = (
    "acquisition.scenes",
    "venue.migration",
    "venue.roles",
    "venue.crossing",
    "venue.loop",
    "levers.economics",
    "retention.in_private",
    "retention.prepaid",
)
LINES = {
    "one customer": [("a", "2024-01-05", 10.0, False), ("a", "2024-02-20", 20.0, False)],
    "nobody known": [(None, "2024-01-05", 10.0, False), (None, "2024-02-20", 20.0, False)],
    "only refunds in the period": [("a", "2024-01-05", 10.0, False), ("a", "2024-02-20", 0.0, True)],
    "one day": [("a", "2024-02-20", 10.0, False), ("b", "2024-02-20", 20.0, False)],
}
BRIEF = Brief(answers={"containers": ({"type": "wecom"},), "stored_value": False, "symptoms": ("pool_small",)})


def open_client(rows):
    orders = pd.DataFrame(rows, columns=["customer", "ordered_at", "paid_amount", "is_return"])
    orders = orders.assign(
        line_id=[str(i) for i in range(len(orders))],
        order_id=[str(i) for i in range(len(orders))],
        ordered_at=pd.to_datetime(orders.ordered_at),
        channel="tmall",
        quantity=1.0,
        refund_amount=0.0,
    )
    frames = {
        "order_lines": orders,
        "contacts": pd.DataFrame({"contact": ["k"], "customer": ["a"], "added_at": [pd.Timestamp("2024-02-01")]}),
        "events": pd.DataFrame({"customer": ["a"], "happened_at": [pd.Timestamp("2024-01-01")], "kind": ["浏览"]}),
        "settlements": pd.DataFrame({"order_id": ["0"], "channel": ["tmall"], "paid_amount": [0.0]}),
        "customers": pd.DataFrame({"customer": ["a"], "channel": ["tmall"], "stored_value": [0.0]}),
    }
    engine = connect()
    tables = open_frames(engine, frames)
    engagement = fix_engagement(tables, client="edge", title=name_verbatim("Edge"), currency="CNY", brief=BRIEF)
    return Tables(
        by_name=tables,
        available=find_available(tables),
        engagement=engagement,
        fetch=fetch,
        share=make_sharer(engine),
    )


@pytest.fixture(scope="module", params=sorted(LINES))
def client(request):
    return open_client(LINES[request.param])


@pytest.mark.parametrize("name", CHECKS)
def test_a_question_is_answered_or_says_why_not(client, name):
    examined = examine(name, load_check(name), client, languages=["en"])
    assert not examined.fault, examined.fault
    section = examined.section
    assert section.findings == ()
    assert (section.reason or section.answer).en
    assert "nan" not in f"{section.answer} {section.reason}".lower()


def test_what_lacks_a_table_names_the_export_that_brings_it():
    tables = open_client(LINES["one customer"])
    lines = {"order_lines": tables["order_lines"]}
    alone = Tables(by_name=lines, available=find_available(lines), engagement=tables.engagement, fetch=fetch)
    for name in ("acquisition.scenes", "venue.migration", "levers.economics", "retention.in_private"):
        section = examine(name, load_check(name), alone, languages=()).section
        assert section.status == "not_computable"
        assert section.unlocked_by is not None


@pytest.mark.parametrize(
    ("name", "days", "capability", "reason"),
    [
        ("venue.channels", ("2024-01-01", "2024-02-29"), "002-43", "a rule of attribution"),
        ("venue.crossing", ("2024-01-01", "2024-02-29"), "002-31", "fewer than two channels"),
        ("venue.crossing", ("2024-02-01", "2024-02-29"), "002-31", "no two comparable periods"),
        ("venue.roles", ("2024-01-01", "2024-02-29"), "002-27", "fill in the calendar"),
        ("retention.prepaid", ("2024-01-01", "2024-02-29"), "004-37", "delivered as a log of actions"),
    ],
)
def test_what_one_half_lacks_is_named_beside_the_answer_of_the_other(name, days, capability, reason):
    client = open_client([("a", day, 10.0, False) for day in days])
    section = examine(name, load_check(name), client, languages=()).section
    assert section.status == "computed"
    assert set(section.lacking) == {capability}
    assert reason in section.lacking[capability].en.lower()
    assert section.lacking[capability] in section.caveats


SCANNED = pd.DataFrame(
    {
        "day": [pd.Timestamp("2024-02-10")] * 2,
        "entrance": ["x", "y"],
        "region": ["甲", "乙"],
        "scans": [100, 100],
        "added": [40, 60],
        "group_joined": [None, None],
    }
).astype({"group_joined": "float64"})


@pytest.mark.parametrize(
    ("kept", "added", "said", "lacking", "shown"),
    [
        ("contacts", {}, "were ever added", {"001-29"}, ["steps", "warmth"]),
        (
            None,
            {"entry_days": SCANNED},
            "Scan to contact: 50.0% of 200 scans, lowest in 甲 (40.0%).",
            {"001-69", "001-70"},
            ["hops", "regions", "entrances"],
        ),
    ],
)
def test_scans_and_buyers_are_followed_without_each_other(kept, added, said, lacking, shown):
    whole = open_client(LINES["one customer"])
    names = ["order_lines", *([kept] if kept else [])]
    engine = connect()
    by_name = {name: whole[name] for name in names} | open_frames(engine, added)
    client = Tables(
        by_name=by_name, available=find_available(by_name), engagement=whole.engagement, fetch=fetch, share=whole.share
    )
    examined = examine("venue.migration", load_check("venue.migration"), client, languages=["en"])
    assert not examined.fault, examined.fault
    assert said in examined.section.answer.en
    assert set(examined.section.lacking) == lacking
    assert [exhibit.name for exhibit in examined.exhibits] == shown
    assert examined.figures
