"""Rows come in an order of their own, not in that in which the engine finished them."""

import ibis
import pandas as pd

from diagnostics.workbook.engine import connect, fetch, settle_rows

ROWS = pd.DataFrame({"name": ["b", None, "a", "c"], "gmv": [2.0, 1.0, 2.0, 2.0]})


def test_rows_without_an_order_come_in_that_of_their_columns():
    table = connect().create_table("rows", ibis.memtable(ROWS))
    assert fetch(table).name.fillna("-").to_list() == ["a", "b", "c", "-"]
    assert fetch(table.select("gmv", "name")).name.fillna("-").to_list() == ["-", "a", "b", "c"]


def test_rows_that_were_asked_in_an_order_keep_it():
    table = connect().create_table("rows", ibis.memtable(ROWS))
    assert fetch(table.order_by(ibis.desc("name"), "gmv").limit(2)).name.to_list() == ["c", "b"]
    assert fetch(table.order_by(ibis.desc("name"))).name.dropna().to_list() == ["c", "b", "a"]
    best = table.order_by(ibis.desc("name")).limit(3)
    assert fetch(best.mutate(gmv=best.gmv * 2).drop("gmv")).name.to_list() == ["c", "b", "a"]
    assert fetch(best.filter(best.name != "b").fill_null({"gmv": 0.0})).name.to_list() == ["c", "a"]
    assert fetch(best.group_by("name").agg(n=best.count())).name.to_list() == ["a", "b", "c"]


def test_two_orders_of_arrival_end_as_one():
    table = ibis.memtable(ROWS)
    shuffled = ROWS.iloc[[3, 1, 0, 2]].reset_index(drop=True)
    pd.testing.assert_frame_equal(settle_rows(ROWS, table), settle_rows(shuffled, table))


def test_lists_are_no_key_of_the_order():
    lists = pd.DataFrame({"days": [[2], [1]], "name": ["b", "a"]})
    assert settle_rows(lists, ibis.memtable(lists)).name.to_list() == ["a", "b"]
