"""Files that no known layout fits, as other systems write them; all people and numbers are invented."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from decimal import Decimal

from diagnostics.generator.sheets import write_xlsx

PHONES = tuple(f"1610{number:07d}" for number in range(100, 130))
DAYS = tuple(f"2024-03-{day:02d}" for day in range(1, 29))
PRODUCTS = ("洁面乳", "面霜", "精华液")


@dataclass(frozen=True, kw_only=True)
class Foreign:
    """A file, the table that it belongs to, how many rows must be kept, and what its orders must add up to.

    `mark` is a pattern that its order ids alone hold; `secrets` may not be in a suggestion.
    """

    name: str
    content: bytes
    table: str
    kept: int
    mark: str = ""
    paid: Decimal = Decimal(0)
    refunded: Decimal = Decimal(0)
    secrets: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)


def write_text(header: str, rows: list[tuple[object, ...]], encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def write_book(header: str, rows: list[tuple[object, ...]]) -> bytes:
    return write_xlsx("Sheet1", header.split(","), rows)


def _till() -> Foreign:
    header = "门店编号,门店名称,小票号,销售时间,收银员,会员卡号,商品条码,商品名称,数量,零售价,成交价,实收金额,支付方式"
    rows = [
        (
            f"S{at % 3}",
            f"{at % 3}号店",
            f"PS{at // 2:05d}",
            f"{DAYS[at // 2]} 1{at % 9}:05:00",
            f"张小{at % 2}",
            f"VIP{at // 2:06d}",
            f"69{at % 3:011d}",
            PRODUCTS[at % 3],
            1,
            "120.00",
            "100.00",
            f"{100 + at}.50",
            "微信",
        )
        for at in range(20)
    ]
    return Foreign(
        name="门店小票明细.csv",
        content=write_text(header, rows, "gb18030"),
        table="order_lines",
        kept=20,
        mark="^PS",
        paid=sum((Decimal(str(row[11])) for row in rows), Decimal(0)),
        secrets=("张小0", "VIP000001"),
        columns={
            "order_id": "小票号",
            "ordered_at": "销售时间",
            "customer": "会员卡号",
            "paid_amount": "实收金额",
            "store": "门店编号",
            "product": "商品名称",
        },
    )


def _wangdian() -> Foreign:
    header = (
        "订单编号,原始单号,店铺,平台,订单状态,客户网名,收件人,收件人手机,省,市,下单时间,付款时间,"
        "商家编码,货品名称,下单数量,标价,优惠,成交价,分摊后总价,退款状态"
    )
    rows = [
        (
            f"JY{at:09d}",
            f"WD{at:09d}",
            "某某旗舰店",
            ("天猫", "京东", "抖音")[at % 3],
            ("已发货", "已完成", "待付款")[at % 3],
            f"网友{at}",
            f"李小{at}",
            PHONES[at],
            "浙江省",
            "杭州市",
            f"{DAYS[at]} 10:00:00",
            f"{DAYS[at]} 10:01:00",
            f"QY-{at % 4}",
            PRODUCTS[at % 3],
            2,
            "80.00",
            "0.00",
            "80.00",
            "160.00",
            "已退款" if at == 1 else "无退款",
        )
        for at in range(18)
    ]
    return Foreign(
        name="旺店通订单.xlsx",
        content=write_book(header, rows),
        table="order_lines",
        kept=12,
        mark="^JY",
        paid=Decimal(12 * 160),
        refunded=Decimal(160),
        secrets=("李小3", PHONES[3], "网友3"),
        columns={
            "order_id": "订单编号",
            "phone": "收件人手机",
            "channel": "平台",
            "ordered_at": "付款时间",
            "paid_amount": "分摊后总价",
            "product_id": "商家编码",
        },
    )


def _jushuitan() -> Foreign:
    header = (
        "内部订单号,线上订单号,店铺名称,买家账号,订单日期,付款日期,状态,商品编码,商品名,数量,单价,"
        "已付金额,收货省份,快递单号,卖家备注"
    )
    rows = [
        (
            f"{880000 + at}",
            f"JST{at:012d}",
            "京东某某自营店",
            f"buyer_{at}",
            f"{DAYS[at]} 09:00",
            f"{DAYS[at]} 09:01",
            "已取消" if at == 0 else "已发货",
            f"QY{at % 5}",
            PRODUCTS[at % 3],
            1,
            "66.00",
            "0.00" if at == 0 else "66.00",
            "广东省",
            f"SF{at:010d}",
            "",
        )
        for at in range(15)
    ]
    return Foreign(
        name="聚水潭.csv",
        content=write_text(header, rows, "utf-8-sig"),
        table="order_lines",
        kept=14,
        mark="^JST",
        paid=Decimal(14 * 66),
        secrets=("buyer_3",),
        columns={"order_id": "线上订单号", "customer": "买家账号", "paid_amount": "已付金额", "region": "收货省份"},
    )


def _guanyi() -> Foreign:
    header = (
        "单据编号,平台单号,店铺名称,会员名称,拍单时间,付款时间,商品代码,商品名称,订购数量,实际单价,"
        "让利后金额,物流单号,业务员"
    )
    rows = [
        (
            f"SO{at:06d}",
            f"GY{at:09d}",
            "天猫某某店",
            f"tb{at}",
            f"2024/3/{at + 1} 8:05",
            f"2024/3/{at + 1} 8:06",
            f"A{at % 3}",
            PRODUCTS[at % 3],
            1,
            "50",
            "45",
            f"YT{at:010d}",
            "王小一",
        )
        for at in range(12)
    ]
    return Foreign(
        name="管易订单.csv",
        content=write_text(header, rows, "gb18030"),
        table="order_lines",
        kept=12,
        mark="^GY",
        paid=Decimal(12 * 45),
        secrets=("王小一", "tb3"),
        columns={"order_id": "平台单号", "paid_amount": "让利后金额"},
    )


def _shopify() -> Foreign:
    header = (
        "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Total,Discount Code,"
        "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Phone,"
        "Refunded Amount"
    )
    rows: list[tuple[object, ...]] = []
    for at in range(10):
        created = f"{DAYS[at]} 08:30:00 +0800"
        rows.append(
            (
                f"#SH{at:04d}",
                f"p{at}@example.com",
                "paid",
                created,
                "USD",
                "30.00",
                "0.00",
                "30.00",
                "",
                created,
                1,
                "Serum",
                "20.00",
                "SER-1",
                "",
                "0.00",
            )
        )
        rows.append(
            (
                f"#SH{at:04d}",
                f"p{at}@example.com",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                created,
                1,
                "Cream",
                "10.00",
                "CRE-1",
                "",
                "",
            )
        )
    return Foreign(
        name="orders_export_1.csv",
        content=write_text(header, rows),
        table="order_lines",
        kept=20,
        mark="^#SH",
        paid=Decimal(300),
        secrets=("p3@example.com",),
        columns={"order_id": "Name", "customer": "Email", "ordered_at": "Created at", "product": "Lineitem name"},
    )


def _members() -> Foreign:
    header = "会员卡号,姓名,手机号码,性别,会员等级,开卡日期,开卡门店,可用积分,累计消费金额,标签"
    rows = [
        (
            f"C{at:06d}",
            f"陈小{at}",
            PHONES[at],
            "女",
            ("银卡", "金卡")[at % 2],
            f"2023-0{at % 9 + 1}-11",
            f"S{at % 3}",
            at * 10,
            f"{at * 100}.00",
            "敏感肌",
        )
        for at in range(20)
    ]
    return Foreign(
        name="CRM会员.xlsx",
        content=write_book(header, rows),
        table="customers",
        kept=20,
        secrets=("陈小3", PHONES[3]),
        columns={"customer": "会员卡号", "phone": "手机号码", "tier": "会员等级", "joined_on": "开卡日期"},
    )


def _months() -> Foreign:
    months = [f"2024年{month}月" for month in range(1, 7)]
    rows = [(f"S{store:02d}", *[10_000 + store * month for month in range(1, 7)]) for store in range(5)]
    return Foreign(
        name="门店销售目标.xlsx",
        content=write_book(",".join(["门店", *months]), rows),
        table="store_months",
        kept=5,
        columns={"store": "门店"},
    )


def _brand() -> Foreign:
    header = "品牌名称,买家昵称,付款日期,订单状态,实付金额,邮费,省份,城市,购买数量"
    refunded = "付款以后用户退款成功，交易自动关闭"
    rows = [
        (
            "某某",
            f"小买家{at % 14}号",
            f"{DAYS[at]} 00:17:{at + 10}.000",
            refunded if at == 4 else "交易成功",
            100 + at,
            0,
            "上海",
            "上海市",
            1,
        )
        for at in range(20)
    ]
    return Foreign(
        name="淘宝订单.csv",
        content=write_text(header, rows, "gb18030"),
        table="order_lines",
        kept=20,
        mark="-2024",
        paid=Decimal(sum(int(str(row[4])) for row in rows)),
        refunded=Decimal(104),
        secrets=("小买家3号",),
        columns={"customer": "买家昵称", "ordered_at": "付款日期", "paid_amount": "实付金额", "quantity": "购买数量"},
    )


def _items() -> Foreign:
    header = "货号,品名,大类,吊牌价,成本价,上市日期"
    rows = [(f"QY-{at}", f"{PRODUCTS[at % 3]}{at}", "护肤", "199.00", "45.50", "2023-05-01") for at in range(9)]
    columns = {
        "product_id": "货号",
        "product": "品名",
        "list_price": "吊牌价",
        "unit_cost": "成本价",
        "launched_on": "上市日期",
    }
    return Foreign(
        name="商品档案.csv", content=write_text(header, rows, "gb18030"), table="products", kept=9, columns=columns
    )


def _goals() -> Foreign:
    rows = [(f"T{store:02d}", f"2024-0{month}", 50_000, 300) for store in range(3) for month in range(1, 4)]
    content = write_book("门店编码,月份,销售目标,加粉目标", rows)
    return Foreign(
        name="目标分解.xlsx",
        content=content,
        table="store_months",
        kept=9,
        columns={"store": "门店编码", "month": "月份"},
    )


def _spend() -> Foreign:
    rows = [
        (f"活动{at}", "抖音", "投放", f"2024-03-{at + 1:02d}", f"2024-03-{at + 3:02d}", f"{at + 1}000.00")
        for at in range(6)
    ]
    content = write_text("活动名称,渠道,活动类型,开始日期,结束日期,花费", rows)
    return Foreign(
        name="投放费用.csv",
        content=content,
        table="campaigns",
        kept=6,
        columns={"campaign": "活动名称", "cost": "花费"},
    )


def _retailer() -> Foreign:
    header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
    rows = [
        (
            f"UK{5000 + at // 2}",
            f"8{at:04d}A",
            "GLASS JAR",
            3,
            f"2010-12-{at + 1:02d} 08:26:00",
            "2.50",
            "17850.0",
            "France",
        )
        for at in range(16)
    ]
    return Foreign(
        name="retail.csv",
        content=write_text(header, rows),
        table="order_lines",
        kept=16,
        mark="^UK",
        paid=Decimal(16) * Decimal("7.50"),
        secrets=("17850",),
        columns={"order_id": "InvoiceNo", "customer": "CustomerID", "channel": "Country", "unit_price": "UnitPrice"},
    )


FOREIGN = (
    _till(),
    _wangdian(),
    _jushuitan(),
    _guanyi(),
    _shopify(),
    _members(),
    _months(),
    _brand(),
    _items(),
    _goals(),
    _spend(),
    _retailer(),
)
