"""Hostile and broken files: each is told with a reason and what to do, and the good ones beside it go through."""

from __future__ import annotations

import csv
import io
import os
import resource
import signal
import socket
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from pyarrow import parquet

from diagnostics.intake.files import walk_exports
from diagnostics.intake.reading import child
from diagnostics.intake.reading.child import open_reading
from diagnostics.intake.reading.grid import UnreadableError
from diagnostics.intake.reasons import REASONS, advise
from diagnostics.intake.recognition.layouts import load_layouts
from diagnostics.intake.take_in import take_in
from diagnostics.model.brief import Brief
from tests.intake.clients import KEY, read, take
from tests.intake.hostile_files import CANARY, orders, readable, unreadable
from tests.intake.mutations import broken_files
from tests.intake.whole_way import take_whole_way

GOOD = {"good.csv": orders("1", "2", "3").encode("gb18030"), "good-too.csv": orders("4").encode()}
UNREADABLE, READABLE = unreadable(), readable()
MOST_MEMORY = 1_500_000_000


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """All of them in one folder, taken in once."""
    folder = tmp_path_factory.mktemp("world")
    files = GOOD | {name: data for name, (data, _) in UNREADABLE.items()}
    files |= {name: data for name, (data, _) in READABLE.items()}
    return folder, take(folder, files)


def told(account):
    return {file.path: file for file in account.files}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_told_with_what_to_do(world, name):
    _, account = world
    file = told(account)[name]
    assert (file.unread, file.rows_read) == (UNREADABLE[name][1], 0)
    assert file.unread in REASONS
    assert len(advise(file).zh) > 5
    assert len(advise(file).en) > 10


@pytest.mark.parametrize("name", READABLE)
def test_a_file_that_only_looks_hostile_is_read_to_the_cent(world, name):
    folder, account = world
    lines = {line["order_id"]: line for line in read(folder, "order_lines")}
    assert told(account)[name].unread == ""
    for number in READABLE[name][1]:
        assert lines[number]["paid_amount"] == Decimal("100.01")


def test_the_good_files_come_through_and_nothing_else(world):
    folder, _ = world
    lines = read(folder, "order_lines")
    expected = {"1", "2", "3", "4"}.union(*(numbers for _, numbers in READABLE.values()))
    assert {line["order_id"] for line in lines} == expected
    assert sum(line["paid_amount"] for line in lines) == Decimal("100.01") * len(expected)


def test_nothing_of_an_unreadable_file_is_in_the_vault(world):
    folder, _ = world
    for path in (folder / "vault").iterdir():
        said = str(parquet.read_table(path).to_pydict()) if path.suffix == ".parquet" else path.read_text("utf-8")
        assert CANARY not in said
        assert "root:x" not in said
    assert sorted(path.name for path in folder.iterdir()) == ["exports", "vault"]


def test_hostile_files_take_no_absurd_memory(world):
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MOST_MEMORY


def test_a_header_without_rows_is_no_fault(tmp_path):
    account = take(tmp_path, GOOD | {"none.csv": orders()})
    file = told(account)["none.csv"]
    assert (file.unread, file.rows_read, file.layout) == ("", 0, "tb_order_2022")


ROWS = [
    {"订单付款时间": "昨天", "订单创建时间": ""},
    {"订单编号": "6.9E+17"},
    {"买家实际支付金额": "一百", "总金额": ""},
    {"订单编号": ""},
    {"订单付款时间": "2031-01-01 10:00:00"},
]


def test_rows_that_a_person_can_mend_are_told_with_row_column_and_advice(tmp_path):
    rows = list(csv.reader(io.StringIO(orders("1", *"23456"), newline="")))
    heads = rows[0]
    for row, change in zip(rows[2:], ROWS, strict=True):
        for name, cell in change.items():
            row[heads.index(name)] = cell
    paper = io.StringIO()
    csv.writer(paper, lineterminator="\n").writerows(rows)
    text = paper.getvalue().encode() + b"7," + b"x," * 90 + b"\n" + b"\xff\xff,1\n" + b"8,cut"
    path = tmp_path / "exports" / "a.csv"
    path.parent.mkdir()
    path.write_bytes(text)
    (file,) = account_of(tmp_path).files
    places = {place.reason: (place.rows, place.columns) for place in file.places}
    assert places == {
        "no_date": ((3,), ("订单付款时间", "订单创建时间")),
        "damaged_id": ((4,), ("订单编号",)),
        "no_amount": ((5,), ("买家实际支付金额",)),
        "no_order_id": ((6,), ("订单编号",)),
        "future_date": ((7,), ("订单付款时间", "订单创建时间")),
        "too_many_cells": ((8,), ()),
        "undecodable": ((9,), ()),
        "cut_off": ((10,), ()),
    }
    assert all(place.advice.zh and place.advice.en for place in file.places)


def account_of(folder, progress=lambda _name: None):
    return take_in(
        folder / "exports",
        vault=folder / "vault",
        layouts=load_layouts(),
        mappings=(),
        key=KEY,
        brief=Brief(),
        before=date(2030, 1, 1),
        progress=progress,
    )


def test_links_pipes_and_odd_names_stop_nothing(tmp_path):
    exports, outside = tmp_path / "exports", tmp_path / "outside"
    outside.mkdir(parents=True)
    (outside / "secret.csv").write_text(orders("99", 宝贝标题=CANARY), encoding="utf-8")
    (exports / "sub" / "CON").mkdir(parents=True)
    (exports / "good.csv").write_text(orders("1"), encoding="utf-8")
    (exports / "GOOD.csv").write_text(orders("2"), encoding="utf-8")
    (exports / "sub" / "CON" / "aux.csv").write_text(orders("3"), encoding="utf-8")
    (exports / "..hidden..csv").write_text(orders("98"), encoding="utf-8")
    (exports / ("长" * 83 + "a.csv")).write_text(orders("4"), encoding="utf-8")
    (exports / "a\x1b[31m\nb.csv").write_text(orders("5"), encoding="utf-8")
    Path(os.fsdecode(os.fsencode(exports) + b"/" + "订单".encode("gb18030") + b".csv")).write_text(orders("6"))
    Path(os.fsdecode(os.fsencode(exports) + b"/bad\xff.csv")).write_text(orders("7"), encoding="utf-8")
    (exports / "out.csv").symlink_to(outside / "secret.csv")
    (exports / "out").symlink_to(outside)
    (exports / "up").symlink_to("..")
    (exports / "self").symlink_to("self")
    (exports / "gone.csv").symlink_to("nowhere.csv")
    (exports / "device.csv").symlink_to("/dev/zero")
    os.mkfifo(exports / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(os.path.relpath(exports / "plug"))
        account = account_of(tmp_path)
    assert {line["order_id"] for line in read(tmp_path, "order_lines")} == set("1234567")
    assert {file.path: file.unread for file in account.files if file.unread} == {
        "out.csv": "link_outside",
        "out": "link_outside",
        "up": "link_outside",
        "self": "link_broken",
        "gone.csv": "link_broken",
        "device.csv": "link_outside",
        "pipe.csv": "no_file",
        "plug": "no_file",
    }
    assert {"订单.csv", "a\ufffd[31m\ufffdb.csv"} <= set(told(account))
    assert all(file.path.isprintable() for file in account.files)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_what_may_not_be_read_is_told(tmp_path):
    take(tmp_path, GOOD | {"closed.csv": "x", "shut/a.csv": "x"})
    (tmp_path / "exports" / "closed.csv").chmod(0)
    (tmp_path / "exports" / "shut").chmod(0)
    account = account_of(tmp_path)
    (tmp_path / "exports" / "shut").chmod(0o700)
    assert {file.path: file.unread for file in account.files if file.unread} == dict.fromkeys(
        ("closed.csv", "shut"), "not_readable"
    )


def test_a_folder_that_may_not_be_listed_is_named(tmp_path, monkeypatch):
    (tmp_path / "shut").mkdir()
    (tmp_path / "good.csv").write_text("x", encoding="utf-8")
    real = os.scandir

    def scan(folder):
        if Path(folder).name == "shut":
            raise PermissionError
        return real(folder)

    monkeypatch.setattr("diagnostics.intake.files.os.scandir", scan)
    assert {file.name: file.skipped for file in walk_exports(tmp_path)} == {"good.csv": "", "shut": "not_readable"}


def test_a_file_that_changes_while_it_is_read_counts_for_nothing(tmp_path, monkeypatch):
    stands = iter(range(100))
    real = child.identify
    monkeypatch.setattr(child, "identify", lambda path: next(stands) if path.name == "b.csv" else real(path))
    account = take(tmp_path, {"a.csv": orders("1"), "b.csv": orders("2")})
    assert told(account)["b.csv"].unread == "changed"
    assert [line["order_id"] for line in read(tmp_path, "order_lines")] == ["1"]


def test_a_reader_that_is_killed_costs_its_file_only(tmp_path, monkeypatch):
    monkeypatch.setattr(child.Reading, "_await", kill_on_the_second_file(child.Reading._await))
    account = take(tmp_path, {"a.csv": orders("1"), "b.csv": orders("2"), "c.csv": orders("3")})
    assert told(account)["b.csv"].unread == "too_heavy"
    assert {line["order_id"] for line in read(tmp_path, "order_lines")} == {"1", "3"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exports", "vault"]


def kill_on_the_second_file(await_answer):
    answers = []

    def kill(self, process):
        answers.append(1)
        # The first file takes two answers: its rows and its end.
        if len(answers) == 3:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        return await_answer(self, process)

    return kill


def test_a_reader_that_hangs_is_ended(tmp_path):
    (tmp_path / "a.csv").write_text(orders("1"), encoding="utf-8")
    with open_reading() as slow:
        list(slow.read(tmp_path / "a.csv"))
        slow._seconds = 0.2
        os.kill(slow._child.pid, signal.SIGSTOP)
        with pytest.raises(UnreadableError) as ended:
            list(slow.read(tmp_path / "a.csv"))
        assert ended.value.reason == "too_heavy"


def test_an_interruption_leaves_the_old_vault_and_nothing_half_written(tmp_path):
    take(tmp_path, GOOD)
    before = sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "vault").iterdir())
    seen = []

    def interrupt(name):
        seen.append(name)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        account_of(tmp_path, interrupt)
    assert sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "vault").iterdir()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exports", "vault"]


def test_what_a_killed_intake_left_is_cleared_by_the_next(tmp_path):
    take(tmp_path, GOOD)
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nsys.path.insert(0, sys.argv[2])\n"
        "from tests.intake.test_hostile_files import account_of\n"
        "def die(name):\n    if name == 'good.csv':\n        os.kill(os.getpid(), signal.SIGKILL)\n"
        "account_of(Path(sys.argv[1]), die)\n"
    )
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run([sys.executable, "-c", code, tmp_path, root], check=False, cwd=root, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    account_of(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exports", "vault"]


def test_a_slice_of_the_fuzzing_ends_in_rows_or_reasons(tmp_path):
    path = tmp_path / "input"
    with open_reading(seconds=60) as open_reader:

        @seed(7)
        @settings(
            max_examples=120,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(broken_files())
        def read_broken(file):
            path.write_bytes(file[1])
            reason = take_whole_way(path, open_reader).split(":")[0]
            assert reason == "rows" or reason in REASONS
            assert reason != "fails_reader"

        read_broken()
