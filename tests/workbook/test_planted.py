"""No output of a run holds an identifier of the client's customers, wherever the client left it and however dressed."""

import shutil
import subprocess
import sys

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from diagnostics.intake.privacy.identifiers import find_identifiers
from diagnostics.workbook.case import CLIENT_DATA, PROJECT, Case
from diagnostics.workbook.order import Order
from diagnostics.workbook.runner import run_case
from tests.workbook.planted import BEGINNING, ID_CARD, OTHERS, Planter, find_planted, list_needles, plant


def list_outputs(case):
    return [path for home in (case.vault, case.runs) for path in home.rglob("*") if path.is_file()]


def call(*arguments):
    command = [sys.executable, str(PROJECT / "run_diagnosis.py"), *map(str, arguments)]
    told = subprocess.run(command, capture_output=True, timeout=300, check=False)
    return told.returncode, told.stdout + told.stderr


def test_the_search_finds_what_was_planted_in_the_files_themselves(small_case):
    found = find_planted([path for path in small_case.exports.rglob("*") if path.suffix in {".csv", ".json", ".xlsx"}])
    assert {value for _, value in found} >= {BEGINNING, *OTHERS}
    assert len(list_needles()) > 80


def test_no_output_of_the_generated_client_holds_a_planted_identifier(small_run, small_case):
    assert not small_run.failed, small_run.faults
    outputs = list_outputs(small_case)
    assert {".parquet", ".ipynb", ".html", ".pdf", ".xlsx", ".svg", ".json", ".csv"} <= {
        path.suffix for path in outputs
    }
    assert find_planted(outputs) == []


def test_check_and_its_messages_hold_no_planted_identifier(small_case):
    for wish in ((), ("--json",)):
        code, said = call("check", small_case.folder, *wish)
        assert code == 0, said.decode()
        assert find_planted([small_case.intake_file], [("said", said)]) == []


def test_a_fault_in_the_settings_is_told_without_the_number_in_it(small_case, tmp_path):
    folder = tmp_path / "faulty"
    folder.mkdir()
    (folder / "exports").mkdir()
    (folder / "settings.yaml").write_text(f"currency: '{BEGINNING}01 {ID_CARD}'\n", encoding="utf-8")
    code, said = call("run", folder)
    assert code == 3
    assert find_planted([], [("said", said)]) == []


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The real client's last orders of two years, with identifiers among its products and beside its files."""
    case = Case(folder=tmp_path_factory.mktemp("real") / "online_retail_ii")
    bundled = CLIENT_DATA / "online_retail_ii"
    shutil.copytree(bundled, case.folder, ignore=shutil.ignore_patterns("runs", "vault", "exports"))
    case.exports.mkdir()
    raw = parquet.read_table(bundled / "exports" / "online_retail_ii.parquet").to_pandas()
    few = raw.iloc[::60].copy()
    talk = Planter(used=20)
    few.loc[few.index[:40], "Description"] = f"GIFT FOR {talk.talk()}"
    few.loc[few.index[40:44], "InvoiceNo"] = talk.phone()
    few.loc[few.index[44:48], "StockCode"] = talk.phone()
    few.loc[few.index[48:60], "Country"] = f"Narnia {talk.phone()}"
    parquet.write_table(pa.Table.from_pandas(pd.DataFrame(few)), case.exports / "online_retail_ii.parquet")
    plant(case, day="2011-03-05")
    return case, run_case(case, Order(only=("goods",)))


def test_no_output_of_the_real_client_holds_a_planted_identifier(real):
    case, finished = real
    assert not finished.failed, finished.faults
    assert find_planted(list_outputs(case)) == []


def test_the_real_clients_own_products_and_orders_are_left_alone():
    raw = parquet.read_table(CLIENT_DATA / "online_retail_ii" / "exports" / "online_retail_ii.parquet")
    for name in ("Description", "InvoiceNo", "StockCode", "Country"):
        cells = raw[name].cast(pa.string()).unique().drop_null().to_pylist()
        assert [cell for cell in cells if find_identifiers(cell)] == []
