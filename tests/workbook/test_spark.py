"""Every check's queries and the whole of intake give on a cluster what they give in this process."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from diagnostics.checks.examination import examine, find_gaps
from diagnostics.checks.example import read_example
from diagnostics.checks.shelf import list_all_checks, load_check
from diagnostics.generator.qingyan import sheet_answers
from diagnostics.intake.sheet.form import write_form
from diagnostics.model.tables import Tables
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import (
    connect,
    fetch,
    find_available,
    open_frames,
    open_vault,
)
from diagnostics.workbook.examining import open_tables
from diagnostics.workbook.order import Order
from diagnostics.workbook.runner import run_case
from diagnostics.workbook.stages import intake
from diagnostics.workbook.vault import INPUTS, read_account
from tests.workbook.conftest import make_case
from tests.workbook.extra_reports import add_reports
from tests.workbook.planted import plant
from tests.workbook.spark_cluster import need_spark, start_cluster

CUSTOMERS = 600
CHECKS = list_all_checks()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    need_spark()
    with start_cluster(tmp_path_factory.mktemp("cluster")) as url:
        yield url


@pytest.fixture(scope="module")
def case(clients):
    case = make_case(clients / "集群 [1]", customers=CUSTOMERS)
    case.sheet.write_bytes(write_form("zh", answers=sheet_answers(customers=CUSTOMERS) | plant(case)))
    add_reports(case)
    intake(case)
    return case


@pytest.fixture(scope="module")
def spark(cluster, case):
    tables = open_tables(case, engine=cluster)
    yield tables
    tables.close()


@pytest.fixture(scope="module")
def answers(case, spark, cluster, tmp_path_factory):
    """By check and query what each engine replied: first the embedded one, then the cluster."""
    embedded = open_tables(case)
    there = connect(cluster)
    both = {}
    # The cluster plans a query while the embedded engine answers another.
    with ThreadPoolExecutor(max_workers=2) as hands:
        for name in CHECKS:
            mine, theirs = embedded, replace(spark, engagement=embedded.engagement)
            if find_gaps(load_check(name), embedded):
                mine, theirs = open_example(name, there, tmp_path_factory.mktemp("example"))
            asked = load_check(name).query(theirs)
            replies = {query: hands.submit(fetch, expression) for query, expression in asked.items()}
            told = {query: fetch(expression) for query, expression in load_check(name).query(mine).items()}
            assert told.keys() == replies.keys()
            both[name] = {query: (told[query], replies[query]) for query in told}
        return {
            name: {query: (told, reply.result()) for query, (told, reply) in queries.items()}
            for name, queries in both.items()
        }


def open_example(name, there, folder):
    """The example of a check whose tables the client did not send, on both engines."""
    example = load_check(name).example
    frames = open_frames(connect(), read_example(example))
    for table, rows in frames.items():
        rows.to_parquet(folder / f"{table}.parquet")
    engagement = fix_engagement(
        frames, client="example", title=None, currency="CNY", brief=example.brief, account=example.account
    )
    here = Tables(by_name=frames, available=find_available(frames), engagement=engagement, fetch=fetch)
    return here, replace(here, by_name=open_vault(there, folder))


def sort_rows(frame):
    """Rows in an order that the last digits of floats don't decide: engines give them in any."""
    keys = frame.apply(lambda column: column.round(6) if column.dtype == np.float64 else column).astype(str)
    return frame.loc[keys.sort_values(list(frame.columns)).index].reset_index(drop=True)


@pytest.mark.parametrize("name", CHECKS)
def test_every_query_has_the_same_answer_on_a_cluster(answers, name):
    for query, (embedded, cluster) in answers[name].items():
        assert list(embedded.columns) == list(cluster.columns), query
        assert len(embedded) == len(cluster), query
        mine, theirs = sort_rows(embedded), sort_rows(cluster)
        for column in mine:
            pd.testing.assert_series_equal(
                mine[column], theirs[column], check_dtype=False, rtol=1e-9, atol=1e-9, obj=f"{query}.{column}"
            )


def test_money_is_summed_to_the_cent(case, spark):
    embedded = open_tables(case)
    for name in ("paid_amount", "refund_amount", "list_amount"):
        sums = [tables["order_lines"][name].sum().to_pandas() for tables in (embedded, spark)]
        assert sums[0] == sums[1]
    assert embedded.engagement.annual_gmv == spark.engagement.annual_gmv
    assert embedded.engagement.horizon == spark.engagement.horizon


def test_a_second_vault_leaves_the_first_as_it_is(case, spark, cluster, tmp_path):
    before = spark["order_lines"].count().to_pandas()
    one = pq.read_table(case.vault / "order_lines.parquet").slice(0, 1)
    pq.write_table(one, tmp_path / "order_lines.parquet")
    open_vault(connect(cluster), tmp_path)
    assert spark["order_lines"].count().to_pandas() == before


# The last: a run takes intake's questions to the session that the other tests have open, and closes it, for a
# standalone master gives all cores to the first that asks and the notebooks come next.
def test_intake_and_notebooks_of_a_run_say_the_same_on_a_cluster(case, cluster, tmp_path):
    here, account = tmp_path / "vault", read_account(case)
    shutil.copytree(case.vault, here)
    # Nothing says any more of which files the vault was made: it is made again.
    (case.vault / INPUTS).unlink()
    order = Order(engine=cluster, only=("data",), languages=("en",), formats=("html",), out=tmp_path / "run")
    finished = run_case(case, order)
    assert not finished.failed, finished.faults
    assert finished.manifest["engine"] == cluster
    assert_same_vault(here, case.vault)
    assert read_account(case) == account
    assert account.overlaps
    assert account.set_aside
    assert {line.against for line in account.reconciliation} >= {"settlement", "after_sales", "order_items", "sycm"}
    assert {(link.kind, link.reason) for link in account.links} >= {
        ("remark_phone", ""),
        ("recipient_phone", "not_main"),
    }
    embedded = open_tables(case)
    told = {section.check: section for section in finished.outcome.sections if section.wing == "data"}
    assert told
    for name, section in told.items():
        expected = examine(name, load_check(name), embedded).section
        assert (section.status, section.answer) == (expected.status, expected.answer)
        assert [one.code for one in section.findings] == [one.code for one in expected.findings]


def assert_same_vault(mine, theirs):
    """The same tables with the same rows; links come in any order."""
    names = sorted(path.name for path in mine.glob("*.parquet"))
    assert sorted(path.name for path in theirs.glob("*.parquet")) == names
    for name in names:
        one, other = (pq.read_table(folder / name) for folder in (mine, theirs))
        if name == "links.parquet":
            one, other = (sorted(map(str, table.to_pylist())) for table in (one, other))
        assert one == other, name
