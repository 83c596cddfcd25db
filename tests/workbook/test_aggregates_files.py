"""Result files as they may come: whatever is wrong is told with file and column, and nothing is guessed."""

import ibis
import pandas as pd
import pytest

from diagnostics.workbook.result_files import WrongResultError, find_result, open_result, type_result
from diagnostics.workbook.result_folder import ResultFolder
from diagnostics.workbook.statements import EMPTY_TEXT, SEAL, seal_query

SCHEMA = {"channel": "string", "day": "date", "buyers": "int64", "paid": "decimal(38,2)", "share": "float64"}
TYPED = ibis.schema(SCHEMA)
HEADER = ",".join(SCHEMA)
GOOD = "tmall,2025-01-31,3,0.10,0.5"


def read(path):
    return type_result(open_result(path), TYPED)


@pytest.fixture
def put(tmp_path):
    def write(content):
        path = tmp_path / "x.y.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


def test_cells_become_the_types_of_the_statement(put):
    frame = read(
        put(f"\ufeff{HEADER}\n{GOOD}\n{EMPTY_TEXT},2025-02-01 00:00:00,\\N,123456789012345.67,\n,,4.0,,1e-3\n")
    )
    assert frame.channel.tolist()[:2] == ["tmall", ""]
    assert frame.channel.isna().tolist() == [False, False, True]
    assert frame.day.tolist()[:2] == [pd.Timestamp("2025-01-31"), pd.Timestamp("2025-02-01")]
    assert frame.buyers.tolist()[0] == 3
    assert frame.paid.tolist()[:2] == [0.1, 123456789012345.67]
    assert frame.share.tolist()[2] == 0.001
    assert [str(kind) for kind in frame.dtypes[1:]] == ["datetime64[us]", "float64", "float64", "float64"]


def test_columns_may_stand_in_another_order(put):
    header, cells = HEADER.split(","), GOOD.split(",")
    assert read(put(f"{','.join(header[::-1])}\n{','.join(cells[::-1])}\n")).buyers.tolist() == [3]


WRONG = {
    "column missing": ("channel,day,buyers,paid\ntmall,2025-01-31,3,1", "share"),
    "column more": (f"{HEADER},phone\n{GOOD},1", "phone"),
    "column twice": (f"{HEADER},channel\n{GOOD},tmall", "channel"),
    "no header": (GOOD, "channel"),
    "nothing": ("", "channel"),
    "text for a number": (f"{HEADER}\ntmall,2025-01-31,many,1,0.5", "buyers"),
    "half a person": (f"{HEADER}\ntmall,2025-01-31,2.5,1,0.5", "buyers"),
    "too large": (f"{HEADER}\ntmall,2025-01-31,9999999999999999999,1,0.5", "buyers"),
    "grouped": (f'{HEADER}\ntmall,2025-01-31,3,"1,234.50",0.5', "paid"),
    "infinite": (f"{HEADER}\ntmall,2025-01-31,3,1,inf", "share"),
    "underscored": (f"{HEADER}\ntmall,2025-01-31,3,1,1_0", "share"),
    "no day": (f"{HEADER}\ntmall,2025-02-30,3,1,0.5", "day"),
    "other day": (f"{HEADER}\ntmall,31/01/2025,3,1,0.5", "day"),
    "line break": (f'{HEADER}\n"tmall\nx",2025-01-31,3,1,0.5', "channel"),
    "turned round": (f"{HEADER}\n\u202egnp,2025-01-31,3,1,0.5", "channel"),
    "hidden": (f"{HEADER}\ntm\u200ball,2025-01-31,3,1,0.5", "channel"),
    "endless": (f"{HEADER}\n{'x' * 1_001},2025-01-31,3,1,0.5", "channel"),
    "phone": (f"{HEADER}\n门店13812345678,2025-01-31,3,1,0.5", "channel"),
    "twice": (f"{HEADER}\n{GOOD}\n{GOOD}", ""),
    "cells more": (f"{HEADER}\n{GOOD},9", ""),
    "open quote": (f'{HEADER}\n"tmall,2025-01-31,3,1,0.5', ""),
    "zero bytes": (f"{HEADER}\n{GOOD}\0", ""),
    "other encoding": (f"{HEADER}\n天猫,2025-01-31,3,1,0.5".encode("gb18030"), ""),
}


@pytest.mark.parametrize(("content", "column"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_told_with_its_place(put, content, column):
    with pytest.raises(WrongResultError) as told:
        read(put(content))
    fault = told.value.faults[0]
    assert (fault.file, fault.column) == ("x.y.csv", column)
    assert fault.found
    assert fault.expected
    assert "13812345678" not in fault.found


def test_names_that_look_like_formulas_or_markup_are_names(put):
    rows = "\n".join(
        f'"{name}",2025-01-31,{n},1,0.5' for n, name in enumerate(["=1+1", "<script>", "{{7*7}}", "👨‍👩‍👧", "@x"])
    )
    assert read(put(f"{HEADER}\n{rows}\n")).channel.tolist()[0] == "=1+1"


def test_parquet_may_be_of_narrower_types_but_not_of_rounded_money(tmp_path):
    frame = pd.DataFrame({"channel": ["tmall"], "day": [pd.Timestamp("2025-01-31")], "share": [1.0]})
    frame = frame.assign(buyers=pd.Series([3], dtype="int16"), paid=[2])
    frame.to_parquet(tmp_path / "x.y.parquet")
    assert read(tmp_path / "x.y.parquet").paid.tolist() == [2.0]
    frame.assign(paid=0.1).to_parquet(tmp_path / "x.y.parquet")
    with pytest.raises(WrongResultError) as told:
        read(tmp_path / "x.y.parquet")
    assert told.value.faults[0].column == "paid"


def test_a_file_that_only_claims_to_be_parquet_is_told(tmp_path):
    (tmp_path / "x.y.parquet").write_bytes(b"PAR1 and nothing else PAR1")
    with pytest.raises(WrongResultError):
        open_result(tmp_path / "x.y.parquet")


def test_two_files_of_one_statement_are_told(put, tmp_path):
    put(HEADER)
    (tmp_path / "x.y.parquet").write_bytes(b"")
    with pytest.raises(WrongResultError) as told:
        find_result(tmp_path, "x.y")
    assert "x.y.parquet" in told.value.faults[0].found


LINES = ibis.table({"channel": "string", "ordered_at": "timestamp"}, name="order_lines")
ASKED = LINES.group_by("channel").agg(orders=LINES.count())


def fill(folder, seal):
    (folder / "x.y.csv").write_text(f"channel,orders,{SEAL}\ntmall,3,{seal}\n", encoding="utf-8")
    return ResultFolder(path=folder).receive("x.y", ASKED)


def test_a_result_of_the_statement_as_it_is_now_is_taken(tmp_path):
    assert fill(tmp_path, seal_query("x.y", ASKED).seal).frame.orders.tolist() == [3]


def test_a_seal_whose_digits_read_like_a_number_is_taken(put):
    raw = open_result(put(f"channel,{SEAL}\ntmall,e19096545530.1\n"))
    assert type_result(raw, ibis.schema({"channel": "string", SEAL: "string"})).channel.tolist() == ["tmall"]


def test_a_statement_is_the_same_in_whatever_order_words_were_listed():
    asked = [LINES.filter(LINES.channel.isin(words)) for words in (["b's", "c", "a"], ["a", "b's", "c"])]
    assert len({seal_query("x.y", one).seal for one in asked}) == 1
    assert "IN ('a', 'b''s', 'c')" in seal_query("x.y", asked[0]).duckdb


@pytest.mark.parametrize(
    "seal", [seal_query("x.y", ASKED.limit(5)).seal, "", "0123456789ab", "../../etc/passwd.1", "0123456789ab.1\n2"]
)
def test_a_result_of_another_statement_is_refused(tmp_path, seal):
    with pytest.raises(WrongResultError) as told:
        fill(tmp_path, f'"{seal}"')
    assert told.value.faults[0].column == SEAL


def test_a_result_without_rows_is_an_answer(tmp_path):
    (tmp_path / "x.y.csv").write_text(f"channel,orders,{SEAL}\n", encoding="utf-8")
    assert ResultFolder(path=tmp_path).receive("x.y", ASKED).frame.empty
