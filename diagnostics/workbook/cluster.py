"""Opens Spark at an address within a time limit, and Parquet files on it."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import sys
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis

from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.model.tables import CANONICAL_TABLES
from diagnostics.workbook.engine_address import KNOWN, Address, read_address
from diagnostics.workbook.environment import SPARK_LOCK, SPARK_SOURCE_LOCK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import ibis.expr.types as ir

REACH_SECONDS = 10
OPEN_SECONDS = 120
# What makes Spark count as the embedded engine does: days and times have no zone, a sum over nothing is nothing.
COUNTING: dict[str, str] = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}
# For a session of our own: nothing is served on a port and nothing drawn over the progress of the run.
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
_CONNECT_NEEDS = ("grpc", "grpc_status", "zstandard")


def connect_cluster(url: str) -> ibis.BaseBackend:
    """A connection to Spark; `PersonError` if PySpark or Java is missing, or nobody answers within the time limit.

    The process has one session of Spark: connecting again gives the same one, until it is closed.
    """
    address = read_address(url)
    if address is None:
        raise _refuse(url, "is not known", f"use {KNOWN}")
    _require_programs(url, address)
    _reach(url, address)
    # Results are compared with the embedded engine's by the tests, on the pandas that the lock pins.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    session = _within(OPEN_SECONDS, url, lambda: _open(address))
    return ibis.pyspark.connect(session)


def open_shared(engine: ibis.BaseBackend, files: Mapping[str, Path]) -> dict[str, ir.Table]:
    """Parquet files as tables by canonical name, without a look into them; the workers must see the same path.

    `PersonError` where they do not.
    """
    opened = {
        # A session is one for the whole process: a second vault must not take the names of the first.
        name: engine.read_parquet_dir(
            _write_path(path), table_name=ibis.util.gen_name(name), schema=ibis.schema(CANONICAL_TABLES[name].schema)
        )
        for name, path in files.items()
    }
    from py4j.protocol import Py4JError  # noqa: PLC0415 - an optional library
    from pyspark.errors import PySparkException  # noqa: PLC0415 - the same

    for name, table in [*opened.items()][:1]:
        try:
            table.limit(1).to_pandas()
        except (Py4JError, PySparkException) as error:
            message = f"Spark can't read {files[name].parent}"
            step = "put the client folder on a disk that every worker has under the same path"
            raise PersonError(message, next_step=step, exit_code=ExitCode.WRONG_ARGUMENTS) from error
    return opened


def keep_rows(engine: ibis.BaseBackend, expression: ir.Table, name: str) -> ir.Table:
    """The rows of an expression, worked out now and kept by the workers, in memory and on their disks.

    Unlike a cached view, the table forgets how it came about: what builds on it is planned much faster.
    """
    engine.raw_sql(engine.compile(expression)).localCheckpoint().createOrReplaceTempView(name)
    return engine.table(name)


def _write_path(path: Path) -> str:
    """A path as Spark reads it: on the disk whatever the cluster's own file system, none of its signs a pattern."""
    return "file://" + re.sub(r"([\[\]{}*?\\])", r"\\\1", path.as_posix())


def _require_programs(url: str, address: Address) -> None:
    needed = ("pyspark", *(_CONNECT_NEEDS if address.is_remote else ()))
    if any(importlib.util.find_spec(name) is None for name in needed):
        locks = f"-r {SPARK_LOCK} -r {SPARK_SOURCE_LOCK}"
        step = f"install it: {sys.executable} -m pip install --require-hashes --no-deps {locks}"
        raise _refuse(url, "needs PySpark, which is not installed", step)
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if not address.is_remote and java is None:
        raise _refuse(url, "needs Java 17 or newer, which is not found", "install it, or set JAVA_HOME")


def _reach(url: str, address: Address) -> None:
    """Several masters stand in for each other: one that answers is enough."""
    reasons = []
    for host, port in address.hosts:
        try:
            socket.create_connection((host, port), timeout=REACH_SECONDS).close()
        except OSError as error:
            reasons.append(f"{host}:{port}: {error.strerror or error}")
        else:
            return
    if reasons:
        raise _refuse(url, f"can't be reached ({'; '.join(reasons)})", "check host, port and that it runs")


def _open(address: Address) -> Any:
    """A session, and one row from a worker: a master without a free worker takes every job and answers none."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional library

    builder = SparkSession.builder.appName("private-domain-diagnosis")
    if address.is_remote:
        session = builder.remote(address.master).getOrCreate()
        for name, value in (COUNTING | dict(address.settings)).items():
            session.conf.set(name, value)
    else:
        settings = QUIET | COUNTING | dict(address.settings)
        session = builder.master(address.master).config(map=settings).getOrCreate()
    session.range(1).count()
    return session


def _within(seconds: float, url: str, work: Callable[[], Any]) -> Any:
    """What a piece of work gives; `PersonError` if it fails or is not done in time."""
    given: list[Any] = []
    failed: list[Exception] = []

    def hold() -> None:
        try:
            given.append(work())
        except Exception as error:  # noqa: BLE001 - Spark fails in many ways, and each is told below
            failed.append(error)

    # A daemon, so that a session that never opens does not keep the command from ending.
    hand = threading.Thread(target=hold, daemon=True)
    hand.start()
    hand.join(seconds)
    if given:
        return given[0]
    said = str(failed[0]).strip().splitlines() if failed else []
    reason = said[0] if said else f"no worker answered within {seconds:.0f} seconds"
    step = "check that workers are registered and free, that Spark and Java are of the versions of the cluster"
    raise _refuse(url, f"could not be opened: {reason}", step) from (failed[0] if failed else None)


def _refuse(url: str, what: str, step: str) -> PersonError:
    message = f"the engine {url} {what}"
    return PersonError(message, next_step=step, exit_code=ExitCode.WRONG_ARGUMENTS)
