"""Generated clients, made once for all tests of the workbook: a small one to run, large ones to be judged."""

import shutil

import pytest

from diagnostics.generator.qingyan import make_client, sheet_answers
from diagnostics.intake.sheet.form import write_form
from diagnostics.workbook.case import Case
from diagnostics.workbook.examining import examine_all
from diagnostics.workbook.order import Order
from diagnostics.workbook.runner import run_case
from diagnostics.workbook.stages import intake
from tests.workbook.planted import plant

SMALL = 1_500
# The size of the bundled client: smaller ones don't show the planted troubles beyond noise.
LARGE = 60_000


def make_case(folder, *, customers, healthy=False):
    make_client(folder, customers=customers, healthy=healthy)
    sheet = write_form("zh", answers=sheet_answers(customers=customers, healthy=healthy))
    (folder / "requirement_sheet.xlsx").write_bytes(sheet)
    return Case(folder=folder)


def judge_case(case, **how):
    intake(case)
    return examine_all(case, **how)


@pytest.fixture(scope="session")
def clients(tmp_path_factory):
    """A home for clients whose path has a space and Chinese characters."""
    return tmp_path_factory.mktemp("客户 数据")


@pytest.fixture(scope="session")
def small_case(clients):
    case = make_case(clients / "小 客户", customers=SMALL)
    answers = sheet_answers(customers=SMALL) | plant(case)
    case.sheet.write_bytes(write_form("zh", answers=answers))
    return case


@pytest.fixture(scope="session")
def small_run(small_case):
    return run_case(small_case, Order())


@pytest.fixture
def fresh_case(small_case, tmp_path):
    """A copy of the small client, with its vault, for a test that changes it."""
    folder = tmp_path / "client"
    shutil.copytree(small_case.folder, folder, ignore=shutil.ignore_patterns("runs"))
    return Case(folder=folder)


@pytest.fixture(scope="session")
def troubled(clients):
    case = make_case(clients / "troubled", customers=LARGE)
    return case, *judge_case(case)


@pytest.fixture(scope="session")
def healthy(clients):
    case = make_case(clients / "healthy", customers=LARGE, healthy=True)
    # The troubled twin's figures are drawn.
    return case, *judge_case(case, languages=())
