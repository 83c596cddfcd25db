"""Measures intake on large files: `python benchmarks/size.py FOLDER [ROWS]` (10 million order lines if not said).

FOLDER gets a CSV in UTF-8, the same in GB18030 and a workbook of 300,000 rows; they are kept for the next time.
Prints CPU time, wall time and the most memory of all processes together, beyond that of an interpreter that has
only imported what it needs, for our reader and the whole intake, beside DuckDB, pandas and openpyxl.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pyarrow as pa
from pyarrow import csv

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

ROWS, SHEET_ROWS, STEP = 10_000_000, 300_000, 500_000
RETURNED = 0.06
COLUMNS = ("订单号", "会员手机号", "下单时间", "商品编码", "商品名称", "类目", "数量", "实付金额", "退款金额", "渠道")
COLUMNS += ("店铺", "门店", "导购", "省份", "订单状态", "备注")
NAMES = ("玻尿酸补水保湿面膜十片装", "氨基酸温和洁面乳120g", "烟酰胺亮肤精华液30ml", "神经酰胺修护面霜50g")
MAPPING = """{"file": "*", "table": "order_lines", "columns": {"order_id": "订单号", "phone": "会员手机号",
"ordered_at": "下单时间", "product_id": "商品编码", "product": "商品名称", "category": "类目", "quantity": "数量",
"paid_amount": "实付金额", "refund_amount": "退款金额", "shop": "店铺", "store": "门店", "staff": "导购",
"region": "省份"}, "channel_column": "渠道", "status": {"column": "订单状态", "unpaid": ["待付款"]}}"""

READERS = {
    "our reader (blocks of text, in a child process)": """
from diagnostics.intake.reading.child import open_reading
from pathlib import Path
with open_reading() as reading:
    rows = sum(grid.cells.num_rows for grid in reading.read(Path(PATH))) - 1
""",
    "DuckDB read_csv, every column as text": """
import duckdb
engine = duckdb.connect(config={"memory_limit": "1500MB", "temp_directory": PATH + ".spill"})
engine.sql("set enable_progress_bar = false")
rows = 0
reader = engine.sql(f"from read_csv('{PATH}', all_varchar=true, header=true)").to_arrow_reader(100_000)
for batch in reader:
    rows += batch.num_rows
""",
    "pandas.read_csv, every column as text, in chunks": """
import pandas as pd
rows = sum(len(part) for part in pd.read_csv(PATH, dtype=str, encoding=ENCODING, chunksize=500_000))
""",
}
SHEETS = {
    "our reader (python-calamine, in blocks)": READERS["our reader (blocks of text, in a child process)"],
    "openpyxl, read only": """
import openpyxl
rows = sum(1 for _ in openpyxl.load_workbook(PATH, read_only=True).active.iter_rows(values_only=True)) - 1
""",
}
TAKE_IN = """
import json, shutil, tempfile
from pathlib import Path
from diagnostics.intake.recognition.layouts import load_layouts
from diagnostics.intake.recognition.mapping import read_mappings
from diagnostics.intake.take_in import take_in
from diagnostics.model.brief import Brief
folder = Path(tempfile.mkdtemp(dir=Path(PATH).parent))
try:
    (folder / "exports").mkdir()
    (folder / "exports" / Path(PATH).name).hardlink_to(PATH)
    account = take_in(folder / "exports", vault=folder / "vault", layouts=load_layouts(),
                      mappings=read_mappings([json.loads(MAPPING)]), key=b"0" * 32, brief=Brief(),
                      progress=lambda name: None)
    (file,) = account.files
    assert file.rows_read == file.rows_kept + file.rows_rejected
    rows = file.rows_read
finally:
    shutil.rmtree(folder)
"""


def make_rows(start: int, count: int) -> pa.Table:
    """Rows of orders of one to three lines; the same for the same numbers."""
    draw = np.random.default_rng(start)
    line = np.arange(start, start + count)
    order = line * 10 // 17
    person = draw.permuted(order % 1_700_003) * 7 % 1_700_003
    moment = np.datetime64("2023-01-01", "s") + (order % 63_000_000).astype("timedelta64[s]")
    item = draw.integers(0, len(NAMES) * 50, count)
    paid = draw.gamma(2.0, 70.0, count).round(2)
    back = np.where(draw.random(count) < RETURNED, paid, 0.0)
    channel = np.array(["天猫", "京东", "抖音", "有赞", "门店"])[person % 5]
    return pa.table(
        {
            "订单号": pa.array(order + 3_200_000_000_000_000_000).cast(pa.string()),
            "会员手机号": pa.array(19_900_000_000 + person).cast(pa.string()),
            "下单时间": pa.array(moment).cast(pa.timestamp("s")).cast(pa.string()),
            "商品编码": pa.array([f"QY-{at:04d}" for at in range(len(NAMES) * 50)]).take(pa.array(item)),
            "商品名称": pa.array(NAMES).take(pa.array(item % len(NAMES))),
            "类目": pa.array(["面膜", "洁面", "精华", "面霜"]).take(pa.array(item % len(NAMES))),
            "数量": pa.array(draw.integers(1, 4, count)).cast(pa.string()),
            "实付金额": pa.array(np.char.mod("%.2f", paid)),
            "退款金额": pa.array(np.char.mod("%.2f", back)),
            "渠道": pa.array(channel),
            "店铺": pa.repeat("青颜旗舰店", count),
            "门店": pa.array([f"S{at:03d}" for at in range(120)]).take(pa.array(person % 120)),
            "导购": pa.array([f"G{at:04d}" for at in range(600)]).take(pa.array(person % 600)),
            "省份": pa.array(["浙江省", "江苏省", "广东省", "四川省", "湖北省"]).take(pa.array(person % 5)),
            "订单状态": pa.array(["交易成功", "待付款"]).take(pa.array((order % 50 == 0).astype(int))),
            "备注": pa.array(["", "请尽快发货，谢谢"]).take(pa.array((item % 9 == 0).astype(int))),
        }
    )


def make_text(path: Path, rows: int, encoding: str) -> None:
    """A CSV of so many rows."""
    with path.open("wb") as file:
        file.write((",".join(COLUMNS) + "\n").encode(encoding))
        for start in range(0, rows, STEP):
            sink = pa.BufferOutputStream()
            csv.write_csv(make_rows(start, min(STEP, rows - start)), sink, csv.WriteOptions(include_header=False))
            text = sink.getvalue().to_pybytes()
            file.write(text if encoding == "utf-8" else text.decode().encode(encoding))


def make_sheet(path: Path, rows: int) -> None:
    """A workbook of so many rows."""
    import xlsxwriter  # noqa: PLC0415 - only when it is made

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("订单")
        sheet.write_row(0, 0, COLUMNS)
        for at, row in enumerate(make_rows(0, rows).to_pylist(), 1):
            sheet.write_row(at, 0, row.values())


def measure(script: str, path: Path, encoding: str = "utf-8") -> tuple[float, float, float, int]:
    """CPU seconds and wall seconds of a script, the most MB of all its processes, and the rows that it counted."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\nPATH, ENCODING, MAPPING = {str(path)!r}, {encoding!r}, "
    code += f"{MAPPING!r}\n{script}\nprint(rows)\n"
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        watched = psutil.Process(process.pid)
        most, spent = 0.0, {}
        while process.poll() is None:
            used = 0
            for one in (watched, *_children(watched)):
                try:
                    used += one.memory_full_info().uss
                    times = one.cpu_times()
                except (psutil.NoSuchProcess, psutil.ZombieProcess, psutil.AccessDenied):
                    continue
                spent[one.pid] = times.user + times.system
            most = max(most, used / 1e6)
            time.sleep(0.1)
        rows = int((process.stdout.read() if process.stdout else "") or 0)
    return sum(spent.values()), time.perf_counter() - began, most, rows


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def tell(title: str, scripts: dict[str, str], path: Path, encoding: str = "utf-8") -> None:
    """One line a way of reading, with the ratio of its CPU time to that of the first."""
    imports = "\n".join(line for line in TAKE_IN.splitlines() if line.startswith(("from", "import")))
    empty = measure(f"{imports}\nimport duckdb, time\ntime.sleep(1)\nrows = 0", path)[2]
    print(f"{title}: {path.name}, {path.stat().st_size / 1e9:.2f} GB; an idle interpreter holds {empty:.0f} MB")
    first = 0.0
    for name, script in scripts.items():
        cpu, wall, most, rows = measure(script, path, encoding)
        first = first or cpu
        print(
            f"  {name:<50} {rows:>11,} rows  CPU {cpu:7.1f} s ({cpu / first:4.2f})  wall {wall:6.1f} s"
            f"  +{most - empty:,.0f} MB",
            flush=True,
        )


def main() -> None:
    """Make what is not there yet, then measure."""
    folder, rows = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ROWS  # noqa: PLR2004
    folder.mkdir(parents=True, exist_ok=True)
    plain, chinese, sheet = (folder / f"{rows}{name}" for name in (".utf8.csv", ".gb18030.csv", ".xlsx"))
    for path, encoding in ((plain, "utf-8"), (chinese, "gb18030")):
        if not path.exists():
            make_text(path, rows, encoding)
    if not sheet.exists():
        make_sheet(sheet, min(rows, SHEET_ROWS))
    tell("UTF-8", READERS, plain)
    others = {name: script for name, script in READERS.items() if not name.startswith("DuckDB")}
    tell("GB18030", others, chinese, "gb18030")
    tell("Workbook", SHEETS, sheet)
    for path in (plain, chinese, sheet):
        tell("Whole intake", {"all files to the vault": TAKE_IN}, path)


if __name__ == "__main__":
    main()
