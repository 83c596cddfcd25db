import json
from pathlib import Path

import pytest

from diagnostics.generator.assortment import GATEWAY
from diagnostics.generator.qingyan import make_client
from diagnostics.generator.troubles import SCAN_CITY, TARGET_CITY
from tests.generator.raw import read_csv, read_sheet, read_table, share_of_returning, split_years

CUSTOMERS = 4_000
CATALOG = Path(__file__).parents[2] / "diagnostics" / "catalog"


@pytest.fixture(scope="module")
def troubled(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("troubled")
    make_client(folder, customers=CUSTOMERS)
    return folder


@pytest.fixture(scope="module")
def healthy(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("healthy")
    make_client(folder, healthy=True, customers=CUSTOMERS)
    return folder


def measure_conversion(folder: Path) -> tuple[float, float]:
    buyers, visitors = [], []
    for path in (folder / "exports" / "生意参谋").glob("*.xls"):
        rows = read_sheet(path)
        header = [str(cell) for cell in rows[5]]
        whole = [dict(zip(header, map(str, row), strict=True)) for row in rows[6:]]
        whole = [row for row in whole if row["来源明细"] == "汇总"]
        day = path.stem.split("_")[1]
        buyers.append((day, sum(float(row["支付买家数"].replace(",", "")) for row in whole)))
        visitors.append((day, sum(float(row["访客数"].replace(",", "")) for row in whole)))
    assert len(buyers) == 24
    (buyers_before, buyers_after), (visitors_before, visitors_after) = split_years(buyers), split_years(visitors)
    assert visitors_after / visitors_before == pytest.approx(1.04, abs=0.08)
    return buyers_before / visitors_before, buyers_after / visitors_after


def list_douyin(folder: Path) -> list[dict[str, str]]:
    rows = read_csv(folder, "抖音/fxg_export_*.csv", "utf-8-sig")
    return [row for row in rows if row["支付完成时间"].strip() != "-"]


def measure_refunds(folder: Path) -> tuple[float, float]:
    rows = list_douyin(folder)
    paid = split_years([(row["支付完成时间"].strip(), float(row["订单应付金额"])) for row in rows])
    back = split_years(
        [(row["支付完成时间"].strip(), float(row["订单应付金额"])) for row in rows if row["售后状态"] == "退款成功"]
    )
    return back[0] / paid[0], back[1] / paid[1]


def list_tmall(folder: Path) -> list[dict[str, str]]:
    rows = read_csv(folder, "天猫/ExportOrderList*.csv", "gb18030")
    return [row for row in rows if row["订单付款时间 "] != "null"]


def test_tmall_converts_less_in_the_second_year(troubled, healthy):
    before, after = measure_conversion(troubled)
    assert after / before == pytest.approx(0.82, abs=0.06)
    before, after = measure_conversion(healthy)
    assert after / before == pytest.approx(1.0, abs=0.04)


def test_douyin_refunds_surge_in_the_second_year(troubled, healthy):
    before, after = measure_refunds(troubled)
    assert before == pytest.approx(0.05, abs=0.03)
    assert after == pytest.approx(0.13, abs=0.04)
    assert max(measure_refunds(healthy)) < 0.07


def test_douyin_buyers_return_far_less_than_those_of_tmall(troubled, healthy):
    def compare(folder: Path) -> float:
        douyin = share_of_returning([(row["买家ID"], row["支付完成时间"].strip()) for row in list_douyin(folder)])
        tmall = share_of_returning([(row["买家会员名"], row["订单付款时间 "]) for row in list_tmall(folder)])
        return douyin / tmall

    assert compare(troubled) < 0.6
    assert compare(healthy) == pytest.approx(1.0, abs=0.1)


def test_first_buyers_of_the_gateway_product_do_not_return(troubled, healthy):
    def measure(folder: Path) -> float:
        orders = {row["订单编号"]: row for row in list_tmall(folder)}
        first: dict[str, str] = {}
        for number, row in sorted(orders.items(), key=lambda item: item[1]["订单付款时间 "]):
            first.setdefault(row["买家会员名"], number)
        holding = {
            row["主订单编号"]
            for row in read_csv(folder, "天猫/ExportOrderDetailList*.csv", "gb18030")
            if row["商家编码"] == GATEWAY
        }
        buyers = {person for person, number in first.items() if number in holding}
        visits = [(row["买家会员名"], row["订单付款时间 "]) for row in orders.values()]
        return share_of_returning([visit for visit in visits if visit[0] in buyers]) / share_of_returning(visits)

    assert measure(troubled) < 0.65
    assert measure(healthy) == pytest.approx(1.0, abs=0.15)


PLATFORMS = {
    "tmall": ("天猫/ExportOrderList*.csv", "gb18030", "买家会员名"),
    "douyin": ("抖音/fxg_export_*.csv", "utf-8-sig", "买家ID"),
    "jd": ("京东/订单导出_*.csv", "gb18030", "下单帐号"),
    "store": ("门店/微信支付交易账单_*.csv", "utf-8", "用户标识"),
}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_only_tmall_buyers_are_out_of_reach(troubled, healthy, platform):
    def measure(folder: Path) -> float:
        pattern, encoding, key = PLATFORMS[platform]
        accounts = read_csv(folder, "企业微信/企微客户_平台账号对应.csv", "utf-8")
        known = {row["平台账号"] for row in accounts if row["平台"] == platform}
        buyers = {row[key].strip("\t`") for row in read_csv(folder, pattern, encoding)}
        return len(buyers & known) / len(buyers)

    assert measure(healthy) == pytest.approx(0.385, abs=0.07)
    assert measure(troubled) == pytest.approx(0.08 if platform == "tmall" else 0.385, abs=0.07)


def test_scans_lead_to_fewer_contacts_in_one_city_only(troubled, healthy):
    def measure(folder: Path) -> dict[str, float]:
        rows = read_table(folder / "exports" / "门店" / "门店导购.xlsx")
        cities = {str(row["所属地区"]) for row in rows}
        return {
            city: sum(float(str(row["今日新增客户数"])) for row in rows if row["所属地区"] == city)
            / sum(float(str(row["今日点击/扫码总次数"])) for row in rows if row["所属地区"] == city)
            for city in cities
        }

    rates = measure(troubled)
    assert rates.pop(SCAN_CITY) == pytest.approx(0.24, abs=0.02)
    for rate in (*rates.values(), *measure(healthy).values()):
        assert rate == pytest.approx(0.6, abs=0.03)


def test_stores_of_one_city_stay_below_target(troubled, healthy):
    def measure(folder: Path) -> dict[str, float]:
        targets = read_table(folder / "exports" / "门店" / "门店目标.xlsx")
        bills = read_csv(folder, "门店/微信支付交易账单_*.csv", "utf-8")
        sold: dict[str, float] = {}
        for row in bills:
            if row["交易状态"] == "`SUCCESS" and row["交易时间"] >= "`2025-09-01":
                store = row["门店ID"].strip("`")
                sold[store] = sold.get(store, 0) + float(row["总金额"].strip("`"))
        cities: dict[str, list[float]] = {}
        for row in targets:
            cities.setdefault(str(row["城市"]), []).append(float(str(row["销售目标"])))
        places = {str(row["门店编码"]): str(row["城市"]) for row in targets}
        return {
            city: sum(amount for store, amount in sold.items() if places[store] == city) / sum(asked)
            for city, asked in cities.items()
        }

    reached = measure(troubled)
    assert reached.pop(TARGET_CITY) == pytest.approx(0.65, abs=0.15)
    for share in (*reached.values(), *measure(healthy).values()):
        assert share == pytest.approx(1.0, abs=0.07)


def test_planted_troubles_are_codes_of_the_catalog(troubled):
    planted = json.loads((troubled / "planted.json").read_text(encoding="utf-8"))
    codes = {line.split(",")[0] for line in (CATALOG / "finding_codes.csv").read_text(encoding="utf-8").splitlines()}
    assert {entry["code"] for entry in planted} <= codes
    assert len(planted) == 7
    assert all(entry["annual_effect"] > 0 and 0 < entry["strength"] < 1 for entry in planted)


def test_a_healthy_client_has_nothing_planted(healthy):
    assert json.loads((healthy / "planted.json").read_text(encoding="utf-8")) == []
