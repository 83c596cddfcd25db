"""An unknown file gets a mapping that can be pasted, says why, and gives nobody away."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pyarrow as pa
import pytest
import yaml

from diagnostics.intake.recognition.header import normalise
from diagnostics.intake.recognition.layouts import load_layouts
from diagnostics.intake.recognition.mapping import read_mappings
from diagnostics.intake.suggestion.cell_looks import look_at
from diagnostics.intake.suggestion.suggest import suggest_mapping
from tests.intake.clients import export_csv, read, take
from tests.intake.foreign import FOREIGN

KNOWN = export_csv("tb_order_2022", [{"订单编号": "known", "买家实际支付金额": "1.00", "订单付款时间": "2024-03-01"}])


def name_of(foreign):
    return foreign.name


@pytest.fixture(scope="module")
def suggested(tmp_path_factory):
    files = {foreign.name: foreign.content for foreign in FOREIGN}
    account = take(tmp_path_factory.mktemp("unknown"), {**files, "known.csv": KNOWN})
    return {file.path: file for file in account.files}


@pytest.fixture(scope="module")
def pasted(suggested, tmp_path_factory):
    """All files again, under the suggestions as they came."""
    folder = tmp_path_factory.mktemp("pasted")
    mappings = [
        mapping for foreign in FOREIGN for mapping in yaml.safe_load(suggested[foreign.name].suggestion)["mappings"]
    ]
    account = take(folder, {foreign.name: foreign.content for foreign in FOREIGN}, mappings)
    return folder, {file.path: file for file in account.files}


@pytest.mark.parametrize("foreign", FOREIGN, ids=name_of)
def test_a_foreign_file_is_taken_for_no_known_export(foreign, suggested):
    assert suggested[foreign.name].layout is None


@pytest.mark.parametrize("foreign", FOREIGN, ids=name_of)
def test_the_suggestion_is_a_mapping_that_can_be_read(foreign, suggested):
    raw = yaml.safe_load(suggested[foreign.name].suggestion)["mappings"]
    (mapping,) = read_mappings(raw)
    assert mapping.recipe.table == foreign.table
    told = {name: sources[0] for name, sources in mapping.recipe.columns.items()}
    expected = {name: normalise(source) for name, source in foreign.columns.items()}
    assert told | expected == told


@pytest.mark.parametrize("foreign", FOREIGN, ids=name_of)
def test_the_suggestion_shows_no_personal_cell(foreign, suggested):
    for secret in foreign.secrets:
        assert secret not in suggested[foreign.name].suggestion


@pytest.mark.parametrize("foreign", FOREIGN, ids=name_of)
def test_pasted_unedited_it_takes_in_every_row(foreign, pasted):
    folder, files = pasted
    file = files[foreign.name]
    assert (file.layout, file.table, file.rows_kept) == ("mapped", foreign.table, foreign.kept), file.rejected
    if foreign.table == "order_lines":
        lines = [line for line in read(folder, "order_lines") if re.search(foreign.mark, line["order_id"])]
        assert len(lines) == foreign.kept
        assert sum(line["paid_amount"] for line in lines) == foreign.paid
        assert sum(line["refund_amount"] for line in lines) == foreign.refunded


def test_months_and_goals_in_headers_become_rows(pasted):
    rows = read(pasted[0], "store_months")
    assert Counter((row["metric"], row["month"].isoformat()[:7]) for row in rows)["sales", "2024-06"] == 5
    assert {row["metric"] for row in rows} == {"sales", "adds"}
    assert sum(row["target"] for row in rows if row["metric"] == "adds") == 9 * 300


def test_channels_come_from_a_column_the_name_or_the_kind_of_file(pasted):
    lines = read(pasted[0], "order_lines")
    told = {
        foreign.mark: {line["channel"] for line in lines if re.search(foreign.mark, line["order_id"])}
        for foreign in FOREIGN
        if foreign.mark
    }
    assert told["^PS"] == {"store"}
    assert told["^JY"] == {"tmall", "jd"}
    assert told["^JST"] == {"jd"}
    assert told["^#SH"] == {"website"}


def suggest(**columns):
    return suggest_mapping("f.csv", pa.table(columns), load_layouts())


def test_what_was_not_found_is_named_in_both_languages():
    told = suggest(门店=["S1", "S2"], 金额=["1.00", "2.00"])
    assert "没有找到 / not found" in told
    assert "ordered_at" in told


def test_harmless_cells_are_shown_and_others_only_by_shape():
    told = suggest(
        付款时间=["2024-03-01 10:00", "2024-03-02 11:00"],
        实付金额=["12.50", "8.00"],
        姓名=["张小一", "李小二"],
        生日=["1990-01-02", "1991-02-03"],
        备注=["放门口", "电话16100000001"],
    )
    for shown in ("2024-03-01 10:00", "12.50"):
        assert shown in told
    for hidden in ("张小一", "1990-01-02", "16100000001", "放门口"):
        assert hidden not in told
    assert "9999-99-99" in told


def test_a_column_of_a_few_names_of_people_is_not_shown():
    told = suggest(负责=["张小一", "李小二"] * 6, 支付方式=["微信", "现金"] * 6)
    assert "张小一" not in told
    assert "微信" in told


def test_cells_overrule_headers_that_mean_something_else():
    told = yaml.safe_load(
        suggest(订单编号=["A1", "A2"], 时间=["上午", "下午"], 何时=["2024-03-01", "2024-03-02"], 金额=["1.00", "2.00"])
    )
    assert told["mappings"][0]["columns"]["ordered_at"] == "何时"


def test_headers_with_signs_of_yaml_are_quoted():
    told = suggest(**{"订单号: #": ["1", "2"], "- 金额": ["1.00", "2.00"], "[时间]": ["2024-03-01", "2024-03-02"]})
    assert set(yaml.safe_load(told)["mappings"][0]["columns"].values()) <= {"订单号: #", "- 金额", "[时间]"}


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["2024-03-01", "2024/3/2 10:05"], "time"),
        (["20240301", "20240302"], "time"),
        (["16100000001", "161****0002"], "mobile"),
        (["1,234.50", "￥8"], "money"),
        (["3", "12"], "count"),
        (["12.5%", "3%"], "share"),
        (["2300000000000000001", "2300000000000000002"], "id"),
        (["是", "否"], "flag"),
        (["a@example.com", "b@example.com"], "email"),
        (["已完成"] * 5 + ["已关闭"] * 4, "few"),
        (["", "--"], "empty"),
    ],
)
def test_cells_are_told_by_their_look(cells, kind):
    assert look_at(pa.array(cells)).kind == kind


def test_sums_of_a_pasted_mapping_are_decimal(pasted):
    assert all(isinstance(line["paid_amount"], Decimal) for line in read(pasted[0], "order_lines"))
