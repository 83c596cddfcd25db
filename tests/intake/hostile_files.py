"""Files that harm, lie or are broken, made small enough to be kept as the code that makes them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
import struct
import zipfile
from itertools import chain

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from tests.intake.clients import export_csv
from tests.intake.mutations import LAYOUT, ORDER, make_web_table, make_xls, make_xlsx, make_xml_sheet, rezip

CANARY = "CANARY"
MEGABYTE = 1 << 20


def orders(*numbers: str, **cells: str) -> str:
    """Tmall orders as text, each of 100.01."""
    rows = [ORDER | {"订单编号": number, "买家实际支付金额": "100.01"} | cells for number in numbers]
    return export_csv(LAYOUT, rows)


def table(*numbers: str, **cells: str) -> list[list[str]]:
    """The same as rows of cells."""
    return list(csv.reader(io.StringIO(orders(*numbers, **cells), newline="")))


def zip_up(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts."""
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return paper.getvalue()


def swap_sheet(change: bytes, old: bytes = b"<sheetData>") -> bytes:
    """A workbook in whose sheet `old` gave way to `change`."""
    return rezip(
        make_xlsx([[CANARY, "x"]]),
        lambda name, data: data.replace(old, change) if name.endswith("sheet1.xml") else data,
    )


def add_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """A workbook with more parts: a macro, a link to another file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    return zip_up(held | parts)


def bomb(megabytes: int = 160) -> bytes:
    """A workbook whose sheet unpacks to very much."""
    return rezip(
        make_xlsx([[CANARY, "x"]]),
        lambda name, data: data + b" " * (megabytes * MEGABYTE) if name.endswith("sheet1.xml") else data,
    )


def lying_bomb() -> bytes:
    """The same, whose directory states small sizes."""
    data = bytearray(bomb())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", min(4096, *struct.unpack("<I", data[at + 24 : at + 28])))
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def far_cells() -> bytes:
    """Two cells as far from each other as a sheet is wide and long; nothing states it."""
    far = b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return rezip(swap_sheet(far), lambda name, data: _without_dimension(data) if "sheet1" in name else data)


def _without_dimension(data: bytes) -> bytes:
    start = data.find(b"<dimension")
    return data[:start] + data[data.find(b"/>", start) + 2 :] if start >= 0 else data


def open_document() -> bytes:
    """An OpenDocument spreadsheet with one order table."""
    rows = chain.from_iterable(
        (
            "<table:table-row>",
            *(
                f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>"
                for cell in row
            ),
            "</table:table-row>",
        )
        for row in table("801")
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="订单">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        b'<manifest:file-entry manifest:full-path="/" manifest:media-type="' + kind + b'"/></manifest:manifest>'
    )
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return paper.getvalue()


def odd_parquet() -> bytes:
    """Text that is no text in a column that says it is."""
    wrong = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff\xfe"], pa.binary()).buffers())
    paper = io.BytesIO()
    parquet.write_table(pa.table({"a": wrong, "b": pa.array([1])}), paper)
    return paper.getvalue()


def endless_parquet() -> bytes:
    """Very many rows of one value in very few bytes."""
    paper = io.BytesIO()
    column = pa.array(np.zeros(3_000_000, np.int8))
    parquet.write_table(pa.table({"a": column, "b": column}), paper, compression="zstd")
    return paper.getvalue()


def locked_zip() -> bytes:
    """A workbook whose parts say that they need a password."""
    data = bytearray(make_xlsx([[CANARY, "x"]]))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


LOCKED = b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&b;</Data>'
    b"</Cell></Row></Table></Worksheet></Workbook>"
)


def unreadable() -> dict[str, tuple[bytes, str]]:
    """What each file is called, holds, and is told as."""
    text = orders("901", 宝贝标题=CANARY).encode()
    book = make_xlsx(table("902", 宝贝标题=CANARY))
    packed = gzip.compress(text * 3000, mtime=0)
    return {
        "empty.csv": (b"", "empty_file"),
        "blank.csv": (b"\r\n  \r\n", "empty_file"),
        "empty.xlsx": (make_xlsx([]), "empty_file"),
        "cut.xlsx": (book[: len(book) // 2], "damaged_workbook"),
        "cut.xls": (make_xls(table("903"))[:5000], "damaged_workbook"),
        "cut.csv.gz": (packed[:-2000], "damaged_archive"),
        "cut.csv.xz": (lzma.compress(text)[:-20], "damaged_archive"),
        "cut.parquet": (odd_parquet()[:-30], "damaged_parquet"),
        "endless.parquet": (endless_parquet(), "zip_bomb"),
        "odd.parquet": (odd_parquet(), "damaged_parquet"),
        "password.xlsx": (LOCKED, "password"),
        "locked.xlsx": (locked_zip(), "password"),
        "bomb.xlsx": (bomb(), "zip_bomb"),
        "bomb.csv.gz": (gzip.compress((b"1," + b"x" * 60_000 + b"\n") * 2000, mtime=0), "zip_bomb"),
        "vast.xlsx": (swap_sheet(b'<dimension ref="A1:XFD1048576"/>', b'<dimension ref="A1:B1"/>'), "oversized_sheet"),
        "far.xlsx": (far_cells(), "too_heavy"),
        "xml-index.xls": (
            make_xml_sheet([["a", "b"]]).replace(b"<Row>", b'<Row ss:Index="99999999">'),
            "oversized_sheet",
        ),
        "entities.xls": (ENTITIES, "entities"),
        "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(300), "unsupported_format"),
        "paper.xlsx": (b"%PDF-1.7\n" + bytes(300), "unsupported_format"),
        "letter.xlsx": (
            zip_up({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}),
            "unsupported_format",
        ),
        "all.zip": (zip_up({"orders.csv": text}), "archive"),
        "lying.xlsx": (lying_bomb(), "damaged_workbook"),
        "all.rar": (b"Rar!\x1a\x07" + bytes(200), "archive"),
        "program.csv": (b"\x7fELF\x02\x01\x01" + bytes(2000), "not_text"),
        "page.xls": (b"<!DOCTYPE html><html><body>login " + CANARY.encode() + b"</body></html>", "web_page"),
        "wide.csv": (",".join(["x"] * 1_000_000).encode() + b"\n" + b"1\n", "too_many_columns"),
        "wide.json": (json.dumps([{f"a{at}": 1 for at in range(5000)}]).encode(), "too_many_columns"),
        "deep.json": (b"[" * 100_000, "damaged_json"),
        "cut.json": (b'{"a": [{"b": 1}, {"b"', "damaged_json"),
        "sheets.xls": (b"<html>" + b"<table><tr><td>a</td><td>b</td></tr></table>" * 300, "too_many_sheets"),
    }


def readable() -> dict[str, tuple[bytes, tuple[str, ...]]]:
    """Files that look hostile and are read: what each is called, holds, and the orders that must come of it."""
    text = orders("101", "102")
    lines = text.split("\r\n")
    return {
        "csv-named.xlsx": (text.encode(), ("101", "102")),
        "xlsx-named.csv": (make_xlsx(table("201")), ("201",)),
        "web.xls": (make_web_table(table("301", 宝贝标题="面霜"), "gb18030"), ("301",)),
        "web-no-ends.xls": (
            make_web_table(table("302")).replace(b"</td>", b"").replace(b"</tr>", b"").replace(b"</html>", b""),
            ("302",),
        ),
        "xml.xls": (make_xml_sheet(table("401")), ("401",)),
        "xml16.xls": (make_xml_sheet(table("402")).decode().encode("utf-16"), ("402",)),
        "macro.xlsm": (add_parts(make_xlsx(table("501")), {"xl/vbaProject.bin": LOCKED}), ("501",)),
        "links.xlsx": (
            add_parts(make_xlsx(table("502")), {"xl/externalLinks/externalLink1.xml": ENTITIES}),
            ("502",),
        ),
        "nul.csv": (orders("601").replace("精华", "精\x00华").encode(), ("601",)),
        "ends.csv": ("\n".join([lines[0] + "\r", *(orders("602").split("\r\n")[1:])]).encode(), ("602",)),
        "quote.csv": ("\r\n".join([lines[0], '1,"x', *orders("603").split("\r\n")[1:]]).encode(), ("603",)),
        "large.csv": (orders("604", 宝贝标题="长" * (MEGABYTE // 3)).encode(), ("604",)),
        "old.ods": (open_document(), ("801",)),
    }
