"""A warehouse's result files give what the tables themselves give; the statements are read by every dialect."""

from dataclasses import replace

import duckdb
import ibis
import pandas as pd
import pytest
import sqlglot

from diagnostics.checks.check import Replies
from diagnostics.checks.examination import resolve_limits
from diagnostics.checks.example import read_example
from diagnostics.checks.shelf import list_all_checks, load_check
from diagnostics.model.section import NotComputable
from diagnostics.model.tables import Answers, Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.workbook.aggregates import make_answer
from diagnostics.workbook.ddl import print_tables
from diagnostics.workbook.dialects import DIALECTS, imagine_tables
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, open_frames, unbound_tables
from diagnostics.workbook.lineage import list_persons
from diagnostics.workbook.result_folder import ResultFolder
from diagnostics.workbook.statements import seal_check
from tests.workbook.told_alike import word


def open_example(check):
    """The tables of a check's example on an engine, and the connection below, which knows nothing of Ibis."""
    engine = connect()
    bound = open_frames(engine, read_example(check.example))
    engagement = fix_engagement(
        bound,
        client="example",
        title=name_verbatim("Example"),
        currency="CNY",
        brief=check.example.brief,
        account=check.example.account,
    )
    return engine.con, Tables(by_name=bound, available=find_available(bound), engagement=engagement, fetch=fetch)


def put_results(folder, database, statements, endings=("csv", "parquet")):
    """Run statements as an engineer does, and write the results in turns as CSV and Parquet."""
    for number, statement in enumerate(statements):
        ending = endings[number % len(endings)]
        form = "(FORMAT csv, HEADER)" if ending == "csv" else "(FORMAT parquet)"
        path = folder / f"{statement.name}.{ending}"
        database.execute(f"COPY ({statement.print_in('duckdb')}) TO '{path}' {form}")


def ask_afar(direct, folder):
    unbound = {name: table for name, table in unbound_tables().items() if name in direct.by_name}
    return replace(direct, by_name=unbound, answer=make_answer(ResultFolder(path=folder)))


def fetch_all(tables, asked):
    return Answers(frames={query: tables.fetch(expression) for query, expression in asked.items()})


def tell(name, check, tables):
    """Everything that a section holds but its figure, whose data are the exhibits."""
    asked = check.query(tables)
    answers = tables.answer(name, asked) if tables.answer else fetch_all(tables, asked)
    if isinstance(answers, NotComputable):
        return answers
    measured = check.measure(Replies(frames=answers.frames, engagement=tables.engagement))
    if isinstance(measured, NotComputable):
        return measured
    limits = resolve_limits(check, check.example.limits)
    told = (check.tell(measured), check.judge(measured, limits), (*check.caveats(measured), *answers.caveats))
    return word(told, check.tabulate(measured))


@pytest.mark.parametrize("name", list_all_checks())
def test_result_files_give_what_the_tables_give(name, tmp_path):
    check = load_check(name)
    database, direct = open_example(check)
    afar = ask_afar(direct, tmp_path)
    put_results(tmp_path, database, seal_check(name, check.query(afar)))
    assert tell(name, check, afar) == tell(name, check, direct)


def test_no_statement_puts_out_one_customers_rows():
    tables = imagine_tables()
    asked = {name: load_check(name).query(tables) for name in list_all_checks()}
    assert [name for name in asked if any(list_persons(one) for one in asked[name].values())] == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_reads_the_tables(dialect):
    assert len(sqlglot.parse(print_tables(dialect), dialect=dialect)) == len(unbound_tables())


def test_duckdb_makes_the_tables_as_the_model_has_them():
    database = duckdb.connect()
    database.execute(print_tables("duckdb"))
    for name, table in unbound_tables().items():
        made = database.table(name)
        kinds = {column: ibis.dtype(kind).is_timestamp() for column, kind in table.schema().items()}
        assert made.columns == list(kinds)
        assert [str(kind) == "TIMESTAMP" for kind in made.types] == list(kinds.values())


def test_one_customers_rows_are_not_asked_for(tmp_path):
    lines = unbound_tables()["order_lines"]
    each = lines.group_by("customer").agg(paid=lines.paid_amount.sum())
    answer = make_answer(ResultFolder(path=tmp_path))("people.each", {"each": each})
    assert isinstance(answer, NotComputable)
    assert "not available from aggregates" in answer.reason.en


@pytest.fixture
def channels():
    """A question, and a warehouse in which three people bought on one channel and one on another."""
    lines = unbound_tables()["order_lines"]
    asked = {
        "channels": lines.group_by("channel").agg(customers=lines.customer.nunique(), paid=lines.paid_amount.sum())
    }
    database = duckdb.connect()
    database.execute(print_tables("duckdb"))
    rows = pd.DataFrame({"channel": [*["tmall"] * 60, "jd"], "customer": [str(n) for n in range(61)], "paid": 1.5})
    database.register("bought", rows)
    database.execute(
        "INSERT INTO order_lines (channel, customer, paid_amount) SELECT channel, customer, paid FROM bought"
    )
    return asked, database


def test_rows_of_few_people_stay_in_the_warehouse_and_the_section_says_so(channels, tmp_path):
    asked, database = channels
    put_results(tmp_path, database, seal_check("x", asked, 5))
    answers = make_answer(ResultFolder(path=tmp_path))("x", asked)
    assert answers.frames["channels"].to_dict("list") == {"channel": ["tmall"], "customers": [60], "paid": [90.0]}
    assert "fewer than 5 people (1.6% of the people in channels)" in answers.caveats[0].en


def test_a_section_is_not_computed_from_what_few_left_out_rows_would_have_told(channels, tmp_path):
    asked, database = channels
    database.execute("DELETE FROM order_lines WHERE channel = 'tmall' AND CAST(customer AS INT) > 6")
    put_results(tmp_path, database, seal_check("x", asked, 5))
    answer = make_answer(ResultFolder(path=tmp_path))("x", asked)
    assert isinstance(answer, NotComputable)
    assert "12.5% of the people" in answer.reason.en


def test_a_missing_file_is_the_reason_why_a_section_is_not_computed(channels, tmp_path):
    answer = make_answer(ResultFolder(path=tmp_path))("x", channels[0])
    assert isinstance(answer, NotComputable)
    assert "x.channels.csv is missing" in answer.reason.en
    assert "x.channels.csv" in answer.reason.zh
