"""An engine that can't be had is told in one sentence with what to do, within a time limit."""

import threading
import time

import pytest

from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.workbook import cluster
from diagnostics.workbook.engine import connect
from tests.workbook.spark_cluster import find_port


def refuse(url):
    with pytest.raises(PersonError) as told:
        connect(url)
    assert told.value.exit_code == ExitCode.WRONG_ARGUMENTS
    return told.value


@pytest.fixture
def everything_installed(monkeypatch):
    monkeypatch.setattr(cluster.importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(cluster.shutil, "which", lambda *_, **__: "java")


@pytest.mark.parametrize("url", ["spark://x", "spark://x:port", "sc://x:port", "local[many]", "mysql://x:1", ""])
def test_an_address_of_no_engine_is_refused_with_those_that_are(url):
    assert "spark://HOST:PORT" in refuse(url).next_step


def test_without_pyspark_the_command_that_installs_it_is_told(monkeypatch):
    monkeypatch.setattr(cluster.importlib.util, "find_spec", lambda _name: None)
    error = refuse("local[1]")
    assert "PySpark" in error.message
    assert "requirements-spark.lock" in error.next_step


def test_without_java_a_session_of_our_own_is_refused(monkeypatch, everything_installed):
    monkeypatch.setattr(cluster.shutil, "which", lambda *_, **__: None)
    assert "Java 17" in refuse("local[1]").message


@pytest.mark.parametrize("kind", ["spark", "sc"])
def test_where_nobody_listens_the_host_is_told(kind, everything_installed):
    port = find_port()
    assert f"127.0.0.1:{port}" in refuse(f"{kind}://127.0.0.1:{port}").message


def test_a_master_that_never_answers_is_given_up(monkeypatch, everything_installed):
    monkeypatch.setattr(cluster, "OPEN_SECONDS", 0.2)
    held = threading.Event()
    monkeypatch.setattr(cluster, "_open", lambda _address: held.wait(30))
    started = time.monotonic()
    assert "no worker answered" in refuse("local[1]").message
    held.set()
    assert time.monotonic() - started < 10
