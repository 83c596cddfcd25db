"""The bundled real client: computed exactly, and honest about what its data can't answer."""

import re
import shutil

import pandas as pd
import pytest

from diagnostics.workbook.case import CLIENT_DATA, Case
from diagnostics.workbook.engagement import open_engagement
from diagnostics.workbook.engine import connect, fetch, open_vault
from diagnostics.workbook.examining import examine_all
from diagnostics.workbook.stages import intake
from tests.workbook.texts import list_texts

CHINESE = re.compile(r"[\u3400-\u9fff]")
NOT_A_PRODUCT = r"^(?:POST|DOT|M|m|BANK CHARGES|AMAZONFEE|ADJUST.*|D|S|B|C2|CRUK|PADS|TEST.*|gift_.*)$"
FROM_THE_SHEET = {"data.ties_out"}
ANSWERED = {"people.base", "people.concentration", "goods.roles", "venue.channels", "levers.tree", "retention.cohorts"}
UNANSWERABLE = {
    *FROM_THE_SHEET,
    "people.reach",
    "venue.conversion",
    "stores.league",
    "venue.migration",
    "levers.discount",
}


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real") / "online_retail_ii"
    bundled = CLIENT_DATA / "online_retail_ii"
    shutil.copytree(bundled, folder, ignore=shutil.ignore_patterns("runs", "vault", "notebooks"))
    case = Case(folder=folder)
    account = intake(case)
    return case, account, *examine_all(case, ["en"])


def test_every_row_is_accounted_for(real):
    _, account, _, _ = real
    (file,) = account.files
    assert file.rows_read == 1_044_847
    assert file.rows_kept + file.rows_rejected == file.rows_read
    assert account.tables["order_lines"].rows == file.rows_kept


def test_gmv_is_exact_to_the_cent_against_a_naive_count(real):
    case, _, _, _ = real
    raw = pd.read_parquet(case.exports / "online_retail_ii.parquet")
    raw = raw[(raw.InvoiceDate >= "2010-12-01") & (raw.InvoiceDate < "2011-12-01") & (raw.UnitPrice > 0)]
    raw = raw[~raw.StockCode.str.match(NOT_A_PRODUCT)]
    cancelled = raw.InvoiceNo.str.startswith("C")
    raw = raw[cancelled | (raw.Quantity > 0)]
    expected = (raw.Quantity * raw.UnitPrice).round(2).sum()
    tables = open_vault(connect(), case.vault)
    engagement = open_engagement(case, tables)
    assert engagement.annual_gmv == pytest.approx(expected, abs=0.005)
    lines = tables["order_lines"]
    assert fetch(lines.agg(n=lines.line_id.nunique())).n.iloc[0] == fetch(lines.agg(n=lines.count())).n.iloc[0]


def test_what_the_data_cant_answer_is_said_with_the_export_that_would(real):
    _, _, examined, _ = real
    silent = {one.section.check: one.section for one in examined if one.section.status == "not_computable"}
    assert set(silent) >= UNANSWERABLE
    assert not set(silent) & ANSWERED
    assert all(section.reason for section in silent.values())
    assert all(silent[name].unlocked_by for name in UNANSWERABLE - FROM_THE_SHEET)


def test_no_section_fails_on_the_real_client(real):
    _, _, examined, _ = real
    assert [(one.section.check, one.fault) for one in examined if one.section.status == "failed"] == []


def test_without_a_cost_no_profit_role_is_claimed(real):
    _, _, examined, _ = real
    (roles,) = [one.section for one in examined if one.section.check == "goods.roles"]
    assert any("cost" in caveat.en for caveat in roles.caveats)


def test_the_english_texts_of_an_english_client_hold_no_chinese(real):
    _, _, examined, _ = real
    assert [text.en for text in list_texts(examined) if CHINESE.search(text.en)] == []
