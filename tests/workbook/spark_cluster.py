"""A real standalone cluster of Spark on this machine: a master and two workers as processes of their own."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

HOST = "127.0.0.1"
START_SECONDS = 60
# Short queries: compiling them to machine code, or cutting them into many tasks, costs more than it brings, and so
# does proving the code of Spark's own classes.
FRUGAL = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
# A shell that ends its whole group when nobody holds its input any more, however the tests ended.
WATCHED = ("bash", "-c", '"$@" & read -r; kill -- -$$', "watch")
SETTINGS = {
    "spark.driver.host": HOST,
    "spark.driver.bindAddress": HOST,
    "spark.driver.extraJavaOptions": FRUGAL,
    "spark.executor.extraJavaOptions": FRUGAL,
    "spark.executor.memory": "640m",
    # Where a kept table lies is no reason to wait for that worker.
    "spark.locality.wait": "0",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def need_spark():
    """Skip where PySpark or Java is missing, but never where tests decide on what lands."""
    missing = [] if importlib.util.find_spec("pyspark") else ["PySpark"]
    missing += [] if shutil.which("java") else ["Java"]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{' and '.join(missing)} must be there")
    if missing:
        pytest.skip(f"{' and '.join(missing)} is not installed")


def find_port():
    with socket.socket() as free:
        free.bind((HOST, 0))
        return free.getsockname()[1]


@contextmanager
def start_daemon(folder, name, *arguments):
    """A daemon of Spark in its own process group, which ends with all it started."""
    home = Path(importlib.util.find_spec("pyspark").origin).parent
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": HOST,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": FRUGAL,
    }
    with (folder / f"{arguments[-1].rpartition('/')[2].replace(':', '_')}.log").open("ab") as log:
        daemon = subprocess.Popen(
            [
                *WATCHED,
                str(home / "bin" / "spark-class"),
                f"org.apache.spark.deploy.{name}",
                "--host",
                HOST,
                *arguments,
            ],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield
    finally:
        daemon.stdin.close()
        for stroke in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(daemon.pid, stroke)
                daemon.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def await_port(port):
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"nothing answers on port {port}")


@contextmanager
def start_cluster(folder, workers=2):
    """The URL of a cluster whose workers have one core each; everything is stopped at the end."""
    port = find_port()
    master = f"spark://{HOST}:{port}"
    with ExitStack() as stack:
        stack.enter_context(start_daemon(folder, "master.Master", "--webui-port", "0", "--port", str(port)))
        for place in range(workers):
            own = ["--cores", "1", "--memory", "640m", "--webui-port", "0", "--work-dir", str(folder / f"work{place}")]
            stack.enter_context(start_daemon(folder, "worker.Worker", *own, master))
        await_port(port)
        yield f"{master}?{urlencode(SETTINGS)}"
