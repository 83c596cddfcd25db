"""Plants identifiers in every place of a client where people leave them, and looks for them in every byte of a run."""

import base64
import csv
import io
import json
import zipfile
from dataclasses import dataclass
from urllib.parse import quote

import openpyxl
import pypdf
import yaml
from pyarrow import parquet

from tests.intake.clients import export_csv

# All numbers begin alike, so that one search finds any of them.
BEGINNING = "139876543"
MOBILES = [f"{BEGINNING}{n:02d}" for n in range(1, 30)]
ID_CARD, BANK_CARD, EMAIL, WECHAT = (
    "11010519491231002X",
    "6222021234567890128",
    "zhuge.liang@shu-han.cn",
    "wxid_kongming88",
)
LANDLINE, QQ, ADDRESS, NAME, CHAT_ID = "0571-85123467", "918273645", "武侯祠大街231号2栋", "诸葛孔明", "kongming_1234"
OTHERS = (ID_CARD, BANK_CARD, EMAIL, WECHAT, LANDLINE, QQ, ADDRESS, NAME, CHAT_ID)
TALK = (
    f"电话{{phone}}，身份证{ID_CARD}，卡号{BANK_CARD}，邮箱{EMAIL}，{WECHAT}，座机{LANDLINE}，QQ：{QQ}，"
    f"微信号：{CHAT_ID}，住四川省成都市武侯区{ADDRESS}"
)


@dataclass
class Planter:
    """Hands out numbers, each once, so that a trace tells where it came from."""

    used: int = 0

    def phone(self):
        self.used += 1
        return MOBILES[self.used - 1]

    def talk(self):
        return TALK.format(phone=self.phone())


def plant(case, day="2026-03-05"):
    """Files, names, texts, settings, notes and answers with identifiers, beside what the client has."""
    some, exports = Planter(), case.exports
    folder = exports / f"转自{EMAIL}"
    folder.mkdir(parents=True)
    order = {
        "订单编号": some.phone(),
        "买家会员名": some.phone(),
        "总金额": "120.00",
        "买家实际支付金额": "100.00",
        "订单状态": "交易成功",
        "联系手机": some.phone(),
        "收货人姓名": NAME,
        "收货地址": f"四川省 成都市 武侯区 {ADDRESS}",
        "订单创建时间": f"{day} 10:00:00",
        "订单付款时间": f"{day} 10:05:00",
        "宝贝标题": f"面霜 {some.talk()}",
        "宝贝总数量": "1",
        "店铺名称": f"青颜店{some.phone()}",
        "订单备注": some.talk(),
        "买家留言": some.talk(),
        "退款金额": "0.00",
    }
    tmall = export_csv("tb_order_2022", [order, order | {"订单编号": f"P-{some.phone()}", "联系手机": some.phone()}])
    (folder / f"订单_{some.phone()}.csv").write_bytes(tmall.encode("gb18030"))
    _write_book(exports / "留言.xlsx", some.phone(), [["编码", "留言内容"], ["1", some.talk()]])
    (exports / "无表头.csv").write_text(f"{NAME},{some.phone()},100\n{NAME},{some.phone()},200\n", encoding="utf-8")
    said = [{"day": day, "where": f"店{some.phone()}", "text": some.talk(), "who": NAME}]
    (exports / "口碑.json").write_text(json.dumps({"data": said}), encoding="utf-8")
    _write_rows(exports / "活动计划表.csv", [["名称", "起", "止", "费用"], [some.talk(), day, day, "100"]])
    _write_rows(
        exports / "群清单.csv",
        [["群", "群类型", "建群"], [f"{some.phone()}福利群", some.talk(), day], ["二群", "甲", day]],
    )
    settings = yaml.safe_load(case.settings.read_text(encoding="utf-8"))
    settings["mappings"] = [*settings.get("mappings", []), *MAPPINGS]
    settings["title"] = f"某品牌 {some.phone()}"
    case.settings.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    comment = {"zh": some.talk(), "en": some.phone()}
    case.notes.write_text(
        yaml.safe_dump({"comments": {"data.coverage": comment}}, allow_unicode=True), encoding="utf-8"
    )
    return {"owner_client": NAME, "tasks": (some.talk(),), "constraints": (some.phone(),), "approvers": (NAME,)}


MAPPINGS = (
    {
        "file": "口碑.json",
        "table": "feedback",
        "columns": {"day": "day", "channel": "where", "words": "text"},
    },
    {
        "file": "活动计划表.csv",
        "table": "campaigns",
        "channel": "tmall",
        "columns": {"campaign": "名称", "starts_on": "起", "ends_on": "止", "cost": "费用"},
    },
    {"file": "群清单.csv", "table": "groups", "columns": {"group": "群", "kind": "群类型", "created_on": "建群"}},
)


def _write_rows(path, rows):
    paper = io.StringIO(newline="")
    csv.writer(paper).writerows(rows)
    path.write_text(paper.getvalue(), encoding="utf-8")


def _write_book(path, sheet, rows):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)


def list_needles():
    """Every planted value in every dress in which bytes could hold it."""
    dressed = {}
    for value in (BEGINNING, *OTHERS):
        for word in _vary(value):
            for data in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), word.encode("gb18030")):
                dressed[data] = value
            dressed[quote(word).encode()] = value
            dressed[json.dumps(word)[1:-1].encode()] = value
        for shift in range(3):
            coded = base64.b64encode(b"x" * shift + value.encode()).decode().rstrip("=")
            dressed[coded[(0, 2, 3)[shift] : -1].encode()] = value
    return dressed


def _vary(value):
    words = [value]
    if value == BEGINNING:
        words += [f"{value[:3]}{gap}{value[3:7]}{gap}{value[7:]}" for gap in " -"]
        words += ["13,987,654,3", " ".join(value), f"{value[:3]} {value[3:]}"]
        words.append("".join(chr(ord(digit) + 0xFEE0) for digit in value))
    return words


def find_planted(paths, extra=()):
    """`(where, value)` of everything planted that can be read in files or in further texts."""
    needles, found = list_needles(), []
    for name, data in [*((str(path), data) for path in paths for data in _open(path)), *extra]:
        found += [(name, value) for needle, value in needles.items() if needle in data]
    return found


def _open(path):
    """The bytes of a file, and what its format hides."""
    raw = path.read_bytes()
    yield raw
    yield str(path).encode()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    elif path.suffix == ".pdf":
        yield "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages).replace("\n", "").encode()
    elif path.suffix == ".parquet":
        table = parquet.read_table(path)
        for name in table.column_names:
            yield name.encode()
            yield "\n".join(map(str, table[name].unique().to_pylist())).encode()
