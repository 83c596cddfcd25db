"""The pins, the conda file and the project agree, and no pin names an address."""

import re
import tomllib

import yaml
from packaging.requirements import Requirement

from diagnostics.workbook.case import PROJECT
from diagnostics.workbook.environment import MARKS, RUN_LOCK, SPARK_LOCK, SPARK_MARKS, SPARK_SOURCE_LOCK, TEST_LOCK

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def read_pins(lock):
    return {name.lower(): version for name, version in PIN.findall(lock.read_text(encoding="utf-8"))}


def read_project():
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_library_of_the_project_is_pinned_within_its_range():
    pins = read_pins(RUN_LOCK)
    for line in read_project()["project"]["dependencies"]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(pins[wanted.name.lower()]), line


def test_every_library_of_the_tests_is_pinned():
    pins = read_pins(TEST_LOCK)
    assert all(Requirement(line).name.lower() in pins for line in read_project()["dependency-groups"]["test"])


def test_tests_run_on_the_versions_that_users_get():
    tested = read_pins(TEST_LOCK)
    assert all(tested[name] == version for name, version in read_pins(RUN_LOCK).items())


def test_spark_is_pinned_within_its_range_beside_the_versions_that_users_get():
    pins = read_pins(SPARK_LOCK)
    assert all(pins[name] == version for name, version in read_pins(RUN_LOCK).items())
    pins |= read_pins(SPARK_SOURCE_LOCK)
    for line in read_project()["project"]["optional-dependencies"]["spark"]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(pins[wanted.name.lower()]), line
    imported = {"grpc_status": "grpcio-status"}
    assert {imported.get(mark, mark) for mark in SPARK_MARKS} <= set(pins)


def test_every_pin_has_a_hash_and_no_address():
    for lock in (RUN_LOCK, TEST_LOCK, SPARK_LOCK, SPARK_SOURCE_LOCK):
        text = lock.read_text(encoding="utf-8")
        assert text.count("==") > 0
        assert "://" not in text
        entries = re.split(r"\n(?=[a-z0-9])", text.strip(), flags=re.IGNORECASE)
        assert all("--hash=sha256:" in entry for entry in entries)


def test_conda_users_get_the_same_pins_and_pythons():
    parts = yaml.safe_load((PROJECT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert "python " + read_project()["project"]["requires-python"] in parts
    (from_pip,) = [part["pip"] for part in parts if isinstance(part, dict)]
    assert from_pip == ["--require-hashes", f"-r {RUN_LOCK.name}"]


def test_the_marks_of_an_environment_are_libraries_that_are_pinned():
    imported = {"python_calamine": "python-calamine", "ibis": "ibis-framework", "pptx": "python-pptx"}
    for lock, marks in MARKS.items():
        assert {imported.get(mark, mark) for mark in marks} <= set(read_pins(lock))
