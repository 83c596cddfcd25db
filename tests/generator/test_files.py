import csv
import hashlib
import io
from pathlib import Path

import pytest
import yaml

from diagnostics.generator.layouts import read_columns
from diagnostics.generator.qingyan import make_client, sheet_answers
from diagnostics.generator.world import build_world
from diagnostics.intake.recognition.layouts import load_layouts
from diagnostics.intake.recognition.mapping import read_mappings
from diagnostics.intake.sheet.form import write_form
from diagnostics.intake.sheet.reader import read_form
from tests.generator.raw import read_csv, read_sheet

SMALL = 1_500
CUSTOMERS = 3_000
# The same on every machine, system and Python; changes only with the generator itself.
TABLES_DIGEST = "298d1d9bbb8701b356f87ae5e00d2f9e54c2fd5105c901e12ac21e8aa9fa5b73"

HEADERS = [
    ("天猫/ExportOrderList*.csv", "gb18030", "tb_order_2022", 0),
    ("天猫/ExportOrderDetailList*.csv", "gb18030", "tb_item_new", 0),
    ("抖音/fxg_export_*.csv", "utf-8-sig", "douyin_order_75", 1),
    ("有赞/订单导出_*.csv", "utf-8", "youzan_order_2026", 1),
    ("有赞/客户导出_*.csv", "utf-8", "youzan_customer", 0),
    ("京东/订单导出_*.csv", "gb18030", "jd_order_2026", 0),
    ("门店/微信支付交易账单_*.csv", "utf-8", "wxpay_bill", 0),
    ("小程序/访问趋势_*.csv", "utf-8", "miniprogram_visit", 0),
    ("企业微信/客户列表_*.csv", "utf-8", "wecom_contact", 0),
]


@pytest.fixture(scope="module")
def troubled(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("troubled")
    make_client(folder, customers=CUSTOMERS)
    return folder


def hash_files(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    make_client(tmp_path / "one", customers=SMALL)
    build_world.cache_clear()
    make_client(tmp_path / "two", customers=SMALL)
    hashes = hash_files(tmp_path / "one")
    assert hashes == hash_files(tmp_path / "two")
    tables = "".join(digest for name, digest in hashes.items() if name.endswith(".csv"))
    assert hashlib.sha256(tables.encode()).hexdigest() == TABLES_DIGEST


@pytest.mark.parametrize(("pattern", "encoding", "layout", "extra"), HEADERS)
def test_headers_are_those_of_the_layout(troubled, pattern, encoding, layout, extra):
    paths = sorted((troubled / "exports").glob(pattern))
    assert paths
    for path in paths:
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode(encoding, errors="strict"), newline="")))
        header = [cell.strip() for cell in rows[0]]
        assert tuple(header[: len(header) - extra]) == read_columns(layout)
        assert {len(row) for row in rows} == {len(header)}
        assert len(rows) > 1


def test_cells_carry_the_quirks_of_their_platform(troubled):
    orders = read_csv(troubled, "天猫/ExportOrderList*.csv", "gb18030")
    assert all(row["订单编号"].startswith('="2') and row["联系手机"].startswith("'") for row in orders)
    assert {row["打款商家金额"][-1] for row in orders} == {"元"}
    assert {"交易成功", "交易关闭", "等待买家付款"} <= {row["订单状态"] for row in orders}
    assert (troubled / "exports/抖音/fxg_export_20240901-20250228.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = read_csv(troubled, "抖音/fxg_export_*.csv", "utf-8-sig")
    assert all(row["主订单编号"].startswith("\t") and row["收件人"].startswith("##") for row in rows)
    jd = read_csv(troubled, "京东/订单导出_20260301*.csv", "gb18030")
    assert any(row["商家应收"].endswith("仅供参考）") for row in jd)


def test_sycm_files_have_five_notes_above_the_header(troubled):
    path = troubled / "exports" / "生意参谋" / "【生意参谋平台】流量来源_2025-02-01_2025-02-28.xls"
    rows = read_sheet(path)
    assert path.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    assert tuple(rows[5]) == read_columns("sycm_flow")
    assert rows[6][1] == "汇总"


def test_every_file_is_known_or_mapped(troubled):
    settings = yaml.safe_load((troubled / "settings.yaml").read_text(encoding="utf-8"))
    mappings = read_mappings(settings["mappings"])
    exports = troubled / "exports"
    names = [path.relative_to(exports).as_posix() for path in exports.rglob("*") if path.is_file()]
    mapped = [name for name in names if any(mapping.covers(name, "") for mapping in mappings)]
    assert len(mapped) == len(mappings) == 5
    assert settings["data"] == "generated"
    assert {layout for _, _, layout, _ in HEADERS} <= {layout.id for layout in load_layouts()}


def test_a_jd_order_repeats_its_amount_on_each_row(troubled):
    amounts: dict[str, set[str]] = {}
    rows = read_csv(troubled, "京东/订单导出_*.csv", "gb18030")
    for row in rows:
        amounts.setdefault(row["订单号"], set()).add(row["应付金额"])
    assert len(amounts) < len(rows)
    assert all(len(found) == 1 for found in amounts.values())


def test_item_amounts_of_tmall_sum_to_their_order(troubled):
    paid: dict[str, float] = {}
    for row in read_csv(troubled, "天猫/ExportOrderDetailList*.csv", "gb18030"):
        paid[row["主订单编号"]] = paid.get(row["主订单编号"], 0) + float(row["买家实际支付金额"])
    orders = read_csv(troubled, "天猫/ExportOrderList*.csv", "gb18030")
    assert len(orders) == len(paid)
    for row in orders:
        assert float(row["买家实际支付金额"]) == pytest.approx(paid[row["订单编号"]], abs=0.001)


@pytest.mark.parametrize("is_healthy", [True, False])
def test_the_sheet_can_be_written_and_read_back(is_healthy):
    answers = sheet_answers(healthy=is_healthy, customers=CUSTOMERS)
    reading = read_form(write_form("zh", answers), "requirement_sheet.xlsx")
    assert reading.faults == ()
    assert reading.unanswered == ()
    assert reading.tiers == ("minimum", "standard", "full")
    assert len(answers) > 42
    assert dict(reading.brief.answers) == answers


def test_the_stated_turnover_lies_a_little_above_the_files(troubled):
    paid = sum(
        float(row["买家实际支付金额"])
        for row in read_csv(troubled, "天猫/ExportOrderList*.csv", "gb18030")
        if row["订单付款时间 "] >= "2025-09-01" and row["订单付款时间 "] != "null"
    )
    answers = sheet_answers(customers=CUSTOMERS)
    channels = {row["channel"]: row["gmv_share"] for row in answers["main_channels"]}
    assert answers["annual_gmv"] == pytest.approx(paid / channels["tmall"] * 1.02, rel=0.005)
