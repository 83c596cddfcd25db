"""Many clients: one that fails stops no other, the gravest code is the answer, an interruption can be gone on with."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from urllib.parse import unquote

import pytest

from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.workbook import portfolio
from diagnostics.workbook.case import PROJECT, Case
from diagnostics.workbook.overview import write_overview
from diagnostics.workbook.portfolio import Ended, choose_home, list_clients, run_clients
from diagnostics.workbook.writing import point_to
from tests.workbook.noted import keep_run, make_engagement, make_finding, make_section

# A stand-in for the program: the folder's name says how it ends.
PROGRAM = """
import sys, time
from pathlib import Path
folder = Path(sys.argv[2])
with (folder / "calls.txt").open("a") as calls:
    calls.write(" ".join(sys.argv[3:]) + "\\n")
if folder.name.startswith("slow") and "--resume" not in sys.argv:
    time.sleep(60)
print("what was wrong\\n-> call 13812345678", file=sys.stderr)
sys.exit(int(folder.name[-1]))
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    program = tmp_path / "program"
    program.mkdir()
    (program / "run_diagnosis.py").write_text(PROGRAM, encoding="utf-8")
    monkeypatch.setattr(portfolio, "PROJECT", program)
    return tmp_path / "客户"


def make_clients(home, *names):
    for name in names:
        (home / name / "exports").mkdir(parents=True)
    return [Case(folder=home / name) for name in names]


def list_calls(case):
    path = case.folder / "calls.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def test_one_client_that_fails_stops_no_other(home):
    cases = make_clients(home, "a0", "b3", "c1", "d4")
    told = []
    ended = run_clients(cases, 2, home, told.append)
    assert [(one.case.name, one.code) for one in ended] == [("a0", 0), ("b3", 3), ("c1", 1), ("d4", 4)]
    assert sorted(one.case.name for one in told) == ["a0", "b3", "c1", "d4"]
    assert "what was wrong" in ended[1].said
    assert "13812345678" not in ended[1].said
    assert not (home / portfolio.STATE_FILE).exists()


def test_notebooks_over_all_clients_never_exceed_the_jobs(home):
    cases = make_clients(home, "a0", "b0", "c0")
    run_clients(cases, 4, home, lambda _ended: None)
    assert [list_calls(case)[0].split()[1] for case in cases] == ["1", "1", "1"]
    (alone,) = make_clients(home, "d0")
    run_clients([alone], 4, home, lambda _ended: None)
    assert list_calls(alone)[0].split()[1] == "4"


def test_an_interruption_ends_every_process_and_can_be_gone_on_with(home):
    done, slow = make_clients(home, "a3", "slow0")

    def interrupt(_ended):
        until = time.monotonic() + 30
        while not list_calls(slow) and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_clients([done, slow], 2, home, interrupt)
    assert time.monotonic() - started < 40
    assert list(json.loads((home / portfolio.STATE_FILE).read_text(encoding="utf-8"))) == [str(done.folder)]
    ended = run_clients([done, slow], 2, home, lambda _ended: None, resume=True)
    assert [one.code for one in ended] == [3, 0]
    assert len(list_calls(done)) == 1
    assert "--resume" in list_calls(slow)[1]


def test_clients_are_the_folders_with_something_of_a_client(home):
    make_clients(home, "b", "a", ".hidden")
    (home / "notes").mkdir()
    assert [case.name for case in list_clients(home)] == ["a", "b"]
    with pytest.raises(PersonError):
        list_clients(home / "a" / "exports")


def test_clients_of_several_homes_are_shown_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one, other = Case(folder=tmp_path / "x" / "a"), Case(folder=tmp_path / "y" / "b")
    assert choose_home([one]) == tmp_path / "x"
    assert choose_home([one, other]) == tmp_path


def show(home, *ended):
    return {path.name[9:11]: path.read_text(encoding="utf-8") for path in write_overview(ended, home)}


def keep_client(home, name):
    case = Case(folder=home / name)
    sections = [make_section(findings=[make_finding()]), make_section("goods.roles", status="not_computable")]
    run = keep_run(case.runs, "20250101-000000", make_engagement(), sections)
    (run.path / "report.zh.html").write_text("报告", encoding="utf-8")
    point_to(case.runs / "latest", run.path)
    return case


def test_the_overview_tells_each_client_and_opens_its_report(tmp_path):
    pages = show(tmp_path, Ended(case=keep_client(tmp_path, "甲 客户"), code=ExitCode.DONE, seconds=3.0))
    assert "触达太少（10.0万元 至 40.0万元/年）" in pages["zh"]
    assert "Too few are reached (CNY 100.0k to CNY 400.0k a year)" in pages["en"]
    assert "1 of 2" in pages["en"]
    (link,) = re.findall(r'href="([^"#]+)"', re.sub(r"<style>.*?</style>", "", pages["zh"], flags=re.DOTALL))
    assert (tmp_path / unquote(link)).read_text(encoding="utf-8") == "报告"


def test_a_client_that_failed_is_shown_with_what_was_wrong_and_with_its_earlier_run(tmp_path):
    old = Ended(case=keep_client(tmp_path, "old"), code=ExitCode.PROGRAM_FAULT, said="<b>broken</b>")
    bare = Ended(case=Case(folder=tmp_path / "bare"), code=ExitCode.INPUT_NEEDS_PERSON, said="no exports")
    page = show(tmp_path, bare, old)["en"]
    assert "a fault of the program: &lt;b&gt;broken&lt;/b&gt;" in page
    assert "from an earlier run (20250101-000000)" in page
    assert "its input needs a person: no exports" in page
    refused = replace(old, code=ExitCode.INPUT_NEEDS_PERSON, made_run=False)
    assert "from an earlier run (20250101-000000)" in show(tmp_path, refused)["en"]
    assert "from an earlier run" not in show(tmp_path, replace(refused, made_run=True))["en"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_batch_of_a_client_without_files_ends_with_3_and_leaves_an_overview(tmp_path):
    (case,) = make_clients(tmp_path / "home", "one")
    command = [sys.executable, str(PROJECT / "run_diagnosis.py"), "batch", str(case.folder)]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert told.returncode == 3, told.stderr
    assert "Traceback" not in told.stderr
    assert [line.rsplit("overview", 1)[-1] for line in told.stdout.split()] == [".zh.html", ".en.html"]
