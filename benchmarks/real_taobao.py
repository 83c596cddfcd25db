"""Take in a real brand's Taobao orders, as CSV and as XLSX, and see that both give the same table.

`python benchmarks/real_taobao.py FOLDER`, where FOLDER holds `orders_gb18030.csv` and `orders.xlsx` with the
headers 品牌名称, 买家昵称, 付款日期, 订单状态, 实付金额, 邮费, 省份, 城市, 购买数量. The data are not shipped.
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from diagnostics.intake.recognition.layouts import load_layouts
from diagnostics.intake.recognition.mapping import read_mappings
from diagnostics.intake.take_in import take_in
from diagnostics.model.account import FileAccount
from diagnostics.model.brief import Brief

FORMS = ("orders_gb18030.csv", "orders.xlsx")
MAPPING = {
    "file": "orders*",
    "table": "order_lines",
    "channel": "taobao",
    "columns": {
        "customer": "买家昵称",
        "ordered_at": "付款日期",
        "paid_amount": "实付金额",
        "quantity": "购买数量",
        "region": "省份",
        "shop": "品牌名称",
    },
    "order_id_from": ["customer", "ordered_at"],
    "status": [{"column": "订单状态", "refunded": ["付款以后用户退款成功，交易自动关闭"]}],
}
KEY = b"a fixed key for benchmarks, 32 b"


def take(source: Path) -> tuple[FileAccount, pa.Table, float]:
    """The account of one file, its order lines and the seconds taken."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "exports").mkdir()
        shutil.copy(source, folder / "exports" / source.name)
        begun = time.perf_counter()
        account = take_in(
            folder / "exports",
            vault=folder / "vault",
            layouts=load_layouts(),
            mappings=read_mappings([MAPPING]),
            key=KEY,
            brief=Brief(),
            progress=lambda _name: None,
        )
        seconds = time.perf_counter() - begun
        return account.files[0], parquet.read_table(folder / "vault" / "order_lines.parquet"), seconds


def main(folder: Path) -> int:
    """Print what came of each form; 1 if they differ."""
    tables = []
    for name in FORMS:
        file, lines, seconds = take(folder / name)
        kept = f"{file.rows_kept:,} kept + {file.rows_rejected:,} rejected {file.rejected}"
        print(f"{name}: {file.layout}, {file.encoding}; {file.rows_read:,} read = {kept}; {seconds:.1f} s")
        paid, refunded = (pc.sum(lines[column]).as_py() for column in ("paid_amount", "refund_amount"))
        orders, customers = (pc.count_distinct(lines[column]).as_py() for column in ("order_id", "customer"))
        print(f"  paid {paid:,}, refunded {refunded:,}; {orders:,} orders of {customers:,} customers")
        print(f"  first {pc.min(lines['ordered_at'])}, last {pc.max(lines['ordered_at'])}")
        tables.append(lines.sort_by("line_id"))
    alike = tables[0].equals(tables[1])
    print("both forms give the same table" if alike else "the forms differ")
    return 0 if alike else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
