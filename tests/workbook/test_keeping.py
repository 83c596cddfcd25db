"""What several wings build on is made once for all processes of a run, and never found again for other data."""

import subprocess
import sys

import duckdb
import ibis
import pyarrow as pa
import pytest
from pyarrow import parquet

from diagnostics.workbook.engine import connect, fetch, make_sharer, open_vault
from diagnostics.workbook.keeping import choose_home, make_keeper, open_own_folder


def write_vault(folder, *days):
    folder.mkdir(exist_ok=True)
    rows = pa.table({"customer": [f"c{place}" for place in range(len(days))], "joined_on": days})
    parquet.write_table(rows, folder / "customers.parquet")
    return folder


def begin(vault, folder):
    engine = connect()
    share = make_sharer(engine)
    return open_vault(engine, vault)["customers"], make_keeper(engine, vault, folder, share), share


def count_by_day(customers):
    return customers.group_by("joined_on").agg(n=customers.count())


def total(table):
    return int(fetch(table.agg(n=table.n.sum())).n.iloc[0])


def test_a_second_process_finds_what_the_first_has_made(tmp_path):
    vault, kept = write_vault(tmp_path / "vault", "2024-01-01", "2024-01-01", "2024-02-01"), tmp_path / "kept"
    customers, keep, _ = begin(vault, kept)
    assert total(keep(count_by_day(customers))) == 3
    (file,) = kept.iterdir()
    made = file.stat().st_mtime_ns
    customers, keep, _ = begin(vault, kept)
    assert total(keep(count_by_day(customers))) == 3
    assert [(path, path.stat().st_mtime_ns) for path in kept.iterdir()] == [(file, made)]


def test_another_vault_is_counted_anew(tmp_path):
    vault, kept = write_vault(tmp_path / "vault", "2024-01-01"), tmp_path / "kept"
    customers, keep, _ = begin(vault, kept)
    assert total(keep(count_by_day(customers))) == 1
    write_vault(vault, "2024-01-01", "2024-01-02", "2024-01-03")
    customers, keep, _ = begin(vault, kept)
    assert total(keep(count_by_day(customers))) == 3


def test_later_runs_find_what_was_made_of_the_whole_vault(tmp_path):
    vault = write_vault(tmp_path / "vault", "2024-01-01", "2024-02-01")
    for run in ("first", "second"):
        customers, keep, _ = begin(vault, choose_home(vault, tmp_path / run, whole=True))
        assert total(keep(count_by_day(customers))) == 2
    assert len(list((vault / "made").iterdir())) == 1


def test_what_a_run_as_of_a_day_makes_goes_with_the_run(tmp_path):
    vault = write_vault(tmp_path / "vault", "2024-01-01", "2024-02-01")
    customers, keep, _ = begin(vault, choose_home(vault, tmp_path / "spill", whole=False))
    assert total(keep(count_by_day(customers.filter(customers.joined_on < "2024-02-01")))) == 1
    assert not (vault / "made").exists()
    assert len(list((tmp_path / "spill" / "kept").iterdir())) == 1


def test_work_that_fails_leaves_no_half_written_file(tmp_path):
    vault = write_vault(tmp_path / "vault", "no number")
    customers, keep, _ = begin(vault, vault / "made")
    with pytest.raises(duckdb.ConversionException):
        keep(customers.mutate(n=customers.joined_on.cast("int64")))
    assert list((vault / "made").iterdir()) == []


def test_kept_tables_may_build_on_each_other_but_not_on_those_of_one_process(tmp_path):
    vault, kept = write_vault(tmp_path / "vault", "2024-01-01", "2024-01-01", "2024-02-01"), tmp_path / "kept"
    for least, rows in ((1, 3), (2, 2)):
        # In both processes the shared table bears the same name, and holds something else.
        customers, keep, share = begin(vault, kept)
        days = keep(count_by_day(customers))
        assert total(keep(days.filter(days.n > 0))) == 3
        shared = share(days.filter(days.n >= least))
        assert total(keep(shared.filter(shared.n > 0))) == rows
    assert len(list(kept.iterdir())) == 2


def test_rows_of_this_process_are_not_kept(tmp_path):
    vault, kept = write_vault(tmp_path / "vault", "2024-01-01"), tmp_path / "kept"
    _, keep, _ = begin(vault, kept)
    assert total(keep(ibis.memtable({"n": [1, 2]}).mutate(m=1))) == 3
    assert not kept.exists()


SPILLER = """
import sys
from pathlib import Path
from diagnostics.workbook.engine import connect
from diagnostics.workbook.keeping import open_own_folder
engine = connect(spill=open_own_folder(Path(sys.argv[1])), threads=1, memory="60MB")
engine.raw_sql("create temp table held as select range as n, md5(range::varchar) as word from range(1500000)")
print(*engine.raw_sql("select count(*), bool_and(word = md5(n::varchar)) from held").fetchone())
"""


def test_two_processes_that_spill_at_once_keep_their_rows(tmp_path):
    both = [
        subprocess.Popen([sys.executable, "-c", SPILLER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [process.communicate()[0].strip() for process in both] == ["1500000 True"] * 2


def test_a_process_finds_its_own_folder_again(tmp_path):
    assert open_own_folder(tmp_path) == open_own_folder(tmp_path)
