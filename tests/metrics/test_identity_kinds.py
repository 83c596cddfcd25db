"""Kinds of key behind customers, against a naive count."""

from collections import Counter
from itertools import combinations

import pandas as pd
import pytest

from diagnostics.metrics.identity import count_kinds, count_reach_kinds, count_shared
from diagnostics.metrics.lines import value_lines
from diagnostics.model.identity import find_kind
from diagnostics.workbook.dialects import DIALECTS, print_check
from diagnostics.workbook.engine import connect
from tests.metrics.invented import invent_lines

PREFIXES = ("P-", "A-", "U-", "")


@pytest.fixture(params=[1, 2])
def lines(request):
    frame = invent_lines(request.param, count=120)
    known = frame.customer.notna()
    marks = [PREFIXES[int(key[-1], 16) % 4] + key for key in frame.customer[known]]
    frame.loc[known, "customer"] = marks
    return frame


def list_buyers(frame):
    selling = frame[~frame.is_return & frame.customer.notna()]
    return set(zip(selling.channel, selling.customer, strict=True))


def read(table):
    frame = table.to_pandas()
    keys = [name for name in frame.columns if name != "n"]
    return {tuple(row[name] for name in keys): row["n"] for row in frame.to_dict("records")}


def test_kinds_are_counted_by_channel_alone_and_crossing(lines):
    found = read(
        count_kinds(value_lines(connect().create_table("lines", lines), "paid")).select("part", "channel", "kind", "n")
    )
    buyers = list_buyers(lines)
    places = Counter(customer for _, customer in buyers)
    expected = Counter(("channel", channel, find_kind(customer).id) for channel, customer in buyers)
    expected += Counter(("alone", at, find_kind(who).id) for at, who in buyers if places[who] == 1)
    expected += Counter(("crossing", "", find_kind(who).id) for who, many in places.items() if many > 1)
    unknown = lines[lines.customer.isna() & ~lines.is_return]
    expected += Counter(("hidden", at, "") for at, _ in set(zip(unknown.channel, unknown.order_id, strict=True)))
    assert found == dict(expected)


def test_pairs_of_channels_share_the_customers_that_both_have(lines):
    found = read(count_shared(connect().create_table("lines", lines)).select("first", "second", "kind", "n"))
    by_channel = {at: {who for place, who in list_buyers(lines) if place == at} for at in lines.channel.unique()}
    expected = Counter(
        (first, second, find_kind(who).id)
        for first, second in combinations(sorted(by_channel), 2)
        for who in by_channel[first] & by_channel[second]
    )
    assert found == dict(expected)


def test_buyers_and_contacts_are_counted_by_kind(lines):
    con = connect()
    some = sorted({customer for _, customer in list_buyers(lines)})[::3]
    contacts = pd.DataFrame({"contact": ["c1", "c1", "c2"], "customer": [None, None, some[0]]})
    reachable = pd.DataFrame({"customer": some})
    asked = count_reach_kinds(
        *(
            con.create_table(name, of)
            for name, of in (("lines", lines), ("contacts", contacts), ("reachable", reachable))
        )
    )
    found = read(asked.select("part", "channel", "kind", "n"))
    expected = Counter(("buyers", at, find_kind(who).id) for at, who in list_buyers(lines))
    expected += Counter(("reached", at, find_kind(who).id) for at, who in list_buyers(lines) if who in some)
    expected += Counter(("contacts", "", find_kind(who).id) for who in some)
    assert found == dict(expected) | {("hidden", "", ""): 1}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_counts_print_for_other_engines(dialect):
    assert all("SELECT" in sql for sql in print_check("data.identity", dialect).values())
