"""Seeds of every format that intake reads, and what a hostile or unlucky world does to them."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable
from functools import cache

import pyarrow as pa
import xlsxwriter
import xlwt
from hypothesis import strategies as st
from pyarrow import parquet

from tests.intake.clients import export_csv, layout_columns

ORDER = {
    "订单编号": "11",
    "买家会员名": "tb001",
    "总金额": "120.00",
    "买家实际支付金额": "100.00",
    "订单状态": "交易成功",
    "联系手机": "13812345678",
    "收货人姓名": "张三",
    "收货地址": "浙江省 杭州市 西湖区 文三路1号",
    "订单创建时间": "2024-03-01 10:00:00",
    "订单付款时间": "2024-03-01 10:05:00",
    "宝贝标题": "精华，面霜\n两件",
    "宝贝总数量": "3",
    "店铺名称": "青颜旗舰店",
    "退款金额": "0.00",
}
LAYOUT = "tb_order_2022"
CONTACT = {"external_userid": "wm1", "userid": "g1", "createtime": 1709265605, "tags": [{"tag_name": "a"}]}
# What breaks readers: quotes, ends of lines, marks, zero bytes, wide numbers, closing and opening of markup.
TOKENS = (
    *(b'"', b"\n", b"\r", b"\r\n", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b",", b"\t", b";", b"="),
    *(b"1e400", b"NaN", b"-0", b"9" * 40, b"\xff" * 9, b"\x81\x30\x81\x30", "\ud55c".encode(), "，".encode("gb18030")),
    *(b"</row>", b"<c r='XFD1048576'><v>1</v></c>", b"&a;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<![CDATA[", b"]]>"),
    *(b"{", b"}", b"[" * 2000, b"null", b"\\u0000", b'"\\ud800"', b"PK\x03\x04", b"\x1f\x8b", b"PAR1", b"2024-13-45"),
    *(b"<table>", b"</td>", b"<td colspan=99999999>", b"ss:Index='99999999'", b"A" * 5000, b"\xd0\xcf\x11\xe0"),
)


def _rows(count: int = 12) -> list[list[str]]:
    columns = layout_columns(LAYOUT)
    orders = [ORDER | {"订单编号": f"{1000 + number}"} for number in range(count)]
    return [columns, *([order.get(name, "") for name in columns] for order in orders)]


def _csv() -> str:
    return export_csv(LAYOUT, [ORDER | {"订单编号": f"{1000 + number}"} for number in range(12)])


def make_xlsx(rows: list[list[object]], sheet: str = "订单") -> bytes:
    """A workbook of one sheet, as a platform writes it."""
    paper = io.BytesIO()
    with xlsxwriter.Workbook(paper, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return paper.getvalue()


def make_xls(rows: list[list[object]]) -> bytes:
    """An old workbook (BIFF8)."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("订单")
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            page.write(at, place, cell)
    paper = io.BytesIO()
    book.save(paper)
    return paper.getvalue()


def make_web_table(rows: list[list[str]], charset: str = "utf-8") -> bytes:
    """A table that a web program saved under the name of a workbook."""
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>'
    return f"{head}<body><table border=1>{lines}</table></body></html>".encode(charset)


def make_xml_sheet(rows: list[list[str]]) -> bytes:
    """A workbook in the XML of Excel 2003."""
    cells = ["".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) for row in rows]
    lines = "".join(f"<Row>{row}</Row>\n" for row in cells)
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="订单"><Table>{lines}</Table></Worksheet></Workbook>'
    ).encode()


def _parquet() -> bytes:
    columns, *orders = _rows()
    paper = io.BytesIO()
    parquet.write_table(pa.table(dict(zip(columns, map(list, zip(*orders, strict=True)), strict=True))), paper)
    return paper.getvalue()


@cache
def seeds() -> dict[str, bytes]:
    """A small honest file of every kind, by kind."""
    text = _csv()
    rows = _rows()
    return {
        "csv": text.encode(),
        "csv_marked": text.encode("utf-8-sig"),
        "csv_gb18030": text.encode("gb18030"),
        "csv_utf16": text.encode("utf-16"),
        "tsv": text.replace(",", "\t").encode(),
        "xlsx": make_xlsx(rows),
        "xls": make_xls(rows),
        "json": json.dumps({"errcode": 0, "external_contact_list": [CONTACT] * 5}).encode(),
        "json_lines": b"\n".join([json.dumps(CONTACT).encode()] * 5),
        "parquet": _parquet(),
        "gzip": gzip.compress(text.encode(), mtime=0),
        "xz": lzma.compress(text.encode()),
        "web_table": make_web_table(rows),
        "xml_sheet": make_xml_sheet(rows),
    }


def rezip(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The workbook with its parts changed before they are packed again: the mutation reaches the XML itself."""
    paper = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return paper.getvalue()


Step = tuple[str, float, int, bytes]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "replace", "delete", "cut", "repeat", "flip", "shuffle"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 400),
        st.one_of(st.sampled_from(TOKENS), st.binary(min_size=1, max_size=12)),
    ),
    min_size=1,
    max_size=6,
)
PARTS = ("", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml")


def mutate(data: bytes, steps: list[Step]) -> bytes:
    """The bytes after every step in turn."""
    for kind, place, length, token in steps:
        at = int(place * len(data))
        data = _STEPS[kind](data, at, length, token)
    return data


def _flip(data: bytes, at: int, length: int, _token: bytes) -> bytes:
    return data[:at] + bytes([data[at] ^ (length & 0xFF)]) + data[at + 1 :] if data else data


_STEPS: dict[str, Callable[[bytes, int, int, bytes], bytes]] = {
    "insert": lambda data, at, _length, token: data[:at] + token + data[at:],
    "replace": lambda data, at, _length, token: data[:at] + token + data[at + len(token) :],
    "delete": lambda data, at, length, _token: data[:at] + data[at + length :],
    "cut": lambda data, at, _length, _token: data[:at],
    "repeat": lambda data, at, length, _token: data[:at] + data[at : at + length] * 20 + data[at + length :],
    "flip": _flip,
    "shuffle": lambda data, at, length, _token: data[:at] + data[at : at + length][::-1] + data[at + length :],
}


@st.composite
def broken_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A kind of file, and one of that kind that something happened to."""
    kind = draw(st.sampled_from(sorted(seeds())))
    data, steps = seeds()[kind], draw(STEPS)
    part = draw(st.sampled_from(PARTS)) if kind == "xlsx" else ""
    if part:
        return kind, rezip(data, lambda name, held: mutate(held, steps) if name == part else held)
    if kind in ("gzip", "xz") and draw(st.booleans()):
        pack = gzip.compress if kind == "gzip" else lzma.compress
        return kind, pack(mutate(seeds()["csv"], steps))
    return kind, mutate(data, steps)
