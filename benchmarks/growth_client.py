"""Makes a client folder whose vault holds so many order lines: `python benchmarks/growth_client.py FOLDER LINES`.

Three years of five channels: one customer for eight lines, who buys again soon or late or never, a few of them a
hundred times; orders of one line or a few, products of which few sell much, 6 % refunds, 1 % cancellations, 8 % of
orders without a known customer. Beside them customers, contacts, touches, events, products with cost and traffic.
Written a million lines at a time, so memory does not grow with LINES; the same bytes for the same numbers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import parquet

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from diagnostics.intake.vault import arrow_schema, describe, join_accounts, shape
from diagnostics.model.account import IntakeAccount
from diagnostics.model.brief import Brief
from diagnostics.model.tables import CANONICAL_TABLES
from diagnostics.workbook.case import Case
from diagnostics.workbook.vault import fingerprint, keep
from diagnostics.workbook.writing import write_whole

Whole = NDArray[np.int64]

STEP = 600_000
LINES_AN_ORDER, LINES_A_CUSTOMER = 1.7, 7.0
START, DAYS = date(2023, 1, 1), 1096
# Shares of orders that are cancelled or of an unknown customer, of those in the customer's own channel, and of lines
# that are refunded.
CANCELLED, UNKNOWN, AT_HOME, REFUNDED = 0.01, 0.08, 0.85, 0.06
# Half of those who come again do so soon; shares of contacts that stay, and of messages that are answered.
SOON, STAYING, ANSWERED = 0.5, 0.8, 0.05
CHANNELS = ("tmall", "jd", "douyin", "youzan", "store")
CATEGORIES = ("面膜", "洁面", "精华", "面霜", "防晒", "彩妆", "身体护理", "香氛")
REGIONS = ("浙江", "江苏", "广东", "四川", "湖北", "北京", "上海", "山东", "河南", "福建")
STEPS = ("浏览", "加购", "下单", "支付")
WAYS = ("扫码", "获客链接", "群聊", "名片分享")
# Customers who come at about the same time: among so many, a few buy most.
ALIKE = 64
# What pseudonyms are made of.
CODE_SIGNS = 8
SIGNS = np.frombuffer(b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz", np.uint8)
HEX = np.frombuffer(b"0123456789abcdef", np.uint8)
SETTINGS = "title: {zh: 规模测试, en: Growth}\ncurrency: CNY\ndata: generated\n"


def make_client(folder: Path, lines: int) -> None:
    """The folder with settings, empty exports and a vault that intake takes for current."""
    case = Case(folder=folder)
    case.exports.mkdir(parents=True, exist_ok=True)
    case.vault.mkdir(exist_ok=True)
    write_whole(case.settings, SETTINGS)
    people, products = round(lines / LINES_A_CUSTOMER), max(60, round(lines**0.5 / 4))
    parts = {
        "order_lines": make_lines(lines, people, products),
        "products": iter([make_products(products)]),
        "customers": make_customers(people),
        "contacts": make_contacts(people),
        "touches": make_touches(people),
        "events": make_events(people, products),
        "traffic": iter([make_traffic(lines)]),
    }
    accounts = {}
    for name, tables in parts.items():
        schema = arrow_schema(CANONICAL_TABLES[name])
        with parquet.ParquetWriter(case.vault / f"{name}.parquet", schema, compression="zstd", version="2.6") as file:
            told = []
            for table in tables:
                shaped = shape(name, table)
                told.append(describe(shaped))
                file.write_table(shaped)
        accounts[name] = join_accounts(told)
    keep(case, IntakeAccount(tables=accounts, data="generated"), Brief(), fingerprint(case))


def make_lines(lines: int, people: int, products: int) -> Iterator[pa.Table]:
    """Order lines in the order of time, each chunk of its own random numbers."""
    orders, made, start = round(lines / LINES_AN_ORDER * 1.01), 0, 0
    while made < lines:
        table = _make_orders(start, STEP, orders, people, products).slice(0, lines - made)
        made, start = made + table.num_rows, start + STEP
        yield table


def _make_orders(start: int, count: int, orders: int, people: int, products: int) -> pa.Table:
    draw = np.random.default_rng([start, count])
    order = np.arange(start, start + count)
    moment = _date_moments(np.minimum(order / orders, 1), draw)
    person = _choose_people(order / orders, people, draw)
    cancels = draw.random(count) < CANCELLED
    size = np.where(cancels, 1, np.minimum(draw.geometric(1 / LINES_AN_ORDER, count), 8))
    place = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    line = np.repeat(np.arange(count), size)
    person, anonymous = person[line], (draw.random(count) < UNKNOWN)[line]
    home = _mix(person, 7) % np.uint64(10)
    channel = np.where(draw.random(count)[line] < AT_HOME, np.minimum(home, 9) // 2, (home + 3) % 5).astype(np.int64)
    item = np.floor(products * draw.random(len(line)) ** 2.5).astype(np.int64)
    units = draw.choice([1, 1, 1, 2, 3], len(line))
    listed = price_items(item) * units
    paid = (listed * draw.choice([1.0, 0.95, 0.9, 0.8, 0.7], len(line))).astype(np.int64)
    back = draw.random(len(line)) < REFUNDED
    gone = cancels[line]
    order_id = pc.cast(pa.array(order[line] + 3_200_000_000_000), pa.string())
    channels = pa.array(CHANNELS).take(pa.array(channel))
    codes = name_items(item)
    return pa.table(
        {
            "line_id": pc.binary_join_element_wise(channels, order_id, codes, pc.cast(pa.array(place), "string"), "|"),
            "order_id": order_id,
            "channel": channels,
            "shop": pc.binary_join_element_wise(channels, "旗舰店", ""),
            "customer": pc.if_else(pa.array(anonymous), pa.scalar(None, pa.string()), name_people(person, "P-")),
            "ordered_at": pa.array(moment[line]),
            "product_id": codes,
            "product": pc.binary_join_element_wise(pa.array(CATEGORIES).take(pa.array(item % 8)), codes, " "),
            "category": pa.array(CATEGORIES).take(pa.array(item % 8)),
            "quantity": pa.array(np.where(gone, 0.0, units)),
            "list_amount": pa.array(np.where(gone, 0, listed) / 100),
            "paid_amount": pa.array(np.where(gone, 0, paid) / 100),
            "refund_amount": pa.array(np.where(back | gone, paid, 0) / 100),
            "is_return": pa.array(gone),
            "used_coupon": pa.array(paid < listed),
            "is_member": pa.array(_is_one_of(person, 11, 40)),
            "is_private": pa.array(channel == CHANNELS.index("youzan")),
            "store": pa.array([f"S{at:03d}" for at in range(200)]).take(
                pa.array(person % 200, mask=channel != CHANNELS.index("store"))
            ),
            "region": pa.array(REGIONS).take(pa.array(person % len(REGIONS))),
        }
    )


def _choose_people(when: NDArray[np.float64], people: int, draw: np.random.Generator) -> Whole:
    """Who orders at a point of the whole time: somebody new, lately new, or of long ago."""
    lag = draw.exponential(0.3, len(when))
    lag = np.where(draw.random(len(when)) < SOON, draw.exponential(0.03, len(when)), lag)
    lag = np.where(draw.random(len(when)) < LINES_AN_ORDER / LINES_A_CUSTOMER, 0, lag)
    entered = np.where(lag > when, draw.random(len(when)) * when, when - lag) * people
    return np.minimum(
        np.floor(entered / ALIKE) * ALIKE + np.floor(ALIKE * draw.random(len(when)) ** 2.2), people - 1
    ).astype(np.int64)


def _date_moments(when: NDArray[np.float64], draw: np.random.Generator) -> NDArray[np.datetime64]:
    """Times of a growing business, in the whole seconds of days between nine and midnight."""
    day = np.floor(when**0.8 * DAYS)
    second = day * 86_400 + 9 * 3600 + draw.integers(0, 15 * 3600, len(when))
    return np.datetime64(START, "us") + np.minimum(second, DAYS * 86_400 - 1).astype("timedelta64[s]")


def price_items(item: Whole) -> Whole:
    """List price in cents."""
    return (_mix(item, 3) % np.uint64(380)).astype(np.int64) * 100 + 1_990


def name_items(item: Whole) -> pa.Array:
    """Codes of products."""
    return pc.binary_join_element_wise("SKU", pc.utf8_lpad(pc.cast(pa.array(item), "string"), 6, "0"), "-")


def name_people(person: Whole, prefix: str) -> pa.Array:
    """Pseudonyms as intake writes them: the prefix, eight signs in base 64 and two hexadecimal digits."""
    bits = _mix(person, 1)
    letters = np.empty((len(person), len(prefix) + CODE_SIGNS + 2), dtype=np.uint8)
    letters[:, : len(prefix)] = np.frombuffer(prefix.encode(), np.uint8)
    for at in range(CODE_SIGNS + 2):
        signs = SIGNS if at < CODE_SIGNS else HEX
        letters[:, len(prefix) + at] = signs[(bits >> np.uint64(6 * at)) % np.uint64(len(signs))]
    whole = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(letters.shape[1]), len(person), [None, pa.py_buffer(letters)]
    )
    return pc.cast(pc.cast(whole, pa.binary()), pa.string())


def _mix(number: Whole, salt: int) -> NDArray[np.uint64]:
    """Random-looking 64 bits of a number (splitmix64)."""
    bits = number.astype(np.uint64) + np.uint64(salt * 0x9E3779B97F4A7C15 % 2**64)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def _is_one_of(person: Whole, salt: int, percent: int) -> NDArray[np.bool_]:
    return _mix(person, salt) % np.uint64(100) < percent


def _split(people: int) -> Iterator[tuple[Whole, np.random.Generator]]:
    for start in range(0, people, STEP):
        yield np.arange(start, min(start + STEP, people)), np.random.default_rng([start, people])


def _enter(person: Whole, people: int, draw: np.random.Generator) -> NDArray[np.datetime64]:
    return _date_moments(person / people, draw)


def make_customers(people: int) -> Iterator[pa.Table]:
    """Members of the shop: two in five."""
    for everyone, draw in _split(people):
        person = everyone[_is_one_of(everyone, 11, 40)]
        joined = pc.cast(pa.array(_enter(person, people, draw)), pa.date32(), safe=False)
        yield pa.table(
            {
                "customer": name_people(person, "P-"),
                "channel": pa.repeat("youzan", len(person)),
                "became_customer_on": joined,
                "joined_on": joined,
                "is_member": pa.repeat(pa.scalar(value=True), len(person)),
                "tier": pa.array(["V1", "V2", "V3"]).take(pa.array(draw.choice([0, 0, 0, 1, 1, 2], len(person)))),
                "points": pa.array(draw.integers(0, 3000, len(person)).astype(float)),
                "region": pa.array(REGIONS).take(pa.array(person % len(REGIONS))),
            }
        )


def make_contacts(people: int) -> Iterator[pa.Table]:
    """Contacts of the company: three customers in ten."""
    for everyone, draw in _split(people):
        person = everyone[_is_one_of(everyone, 13, 30)]
        added = _enter(person, people, draw)
        lost = added + draw.integers(1, 400, len(person)).astype("timedelta64[D]")
        stays = (draw.random(len(person)) < STAYING) | (lost > np.datetime64(START, "us") + np.timedelta64(DAYS, "D"))
        yield pa.table(
            {
                "contact": name_people(person, "C-"),
                "customer": name_people(person, "P-"),
                "staff": pc.binary_join_element_wise("S", pc.cast(pa.array(person % 500), "string"), "-"),
                "added_at": pa.array(added),
                "lost_at": pa.array(lost, mask=stays),
                "way": pa.array(WAYS).take(pa.array(draw.integers(0, len(WAYS), len(person)))),
                "store": pa.array([f"S{at:03d}" for at in range(200)]).take(pa.array(person % 200)),
            }
        )


def make_touches(people: int) -> Iterator[pa.Table]:
    """Messages to contacts, one each on average."""
    for everyone, draw in _split(people):
        some = everyone[_is_one_of(everyone, 13, 30)]
        person = some[draw.integers(0, len(some), len(some))]
        after = _enter(person, people, draw) + draw.integers(0, 300, len(person)).astype("timedelta64[D]")
        end = np.datetime64(START, "us") + np.timedelta64(DAYS * 86_400 - 1, "s")
        yield pa.table(
            {
                "customer": name_people(person, "P-"),
                "touched_at": pa.array(np.minimum(after, end)),
                "kind": pa.array(["群发", "朋友圈"]).take(pa.array(draw.integers(0, 2, len(person)))),
                "answered": pa.array(draw.random(len(person)) < ANSWERED),
            }
        )


def make_events(people: int, products: int) -> Iterator[pa.Table]:
    """Steps of visitors of the mini-program on their way to an order, one each on average."""
    for everyone, draw in _split(people):
        person = everyone[draw.integers(0, len(everyone), len(everyone))]
        yield pa.table(
            {
                "customer": name_people(person, "P-"),
                "happened_at": pa.array(_enter(person, people, draw)),
                "kind": pa.array(STEPS).take(pa.array(draw.choice([0, 0, 0, 0, 1, 1, 2, 3], len(person)))),
                "product_id": name_items(np.floor(products * draw.random(len(person)) ** 2.5).astype(np.int64)),
                "channel": pa.repeat("youzan", len(person)),
            }
        )


def make_products(products: int) -> pa.Table:
    """Every product with its cost, two fifths of its list price."""
    item = np.arange(products)
    return pa.table(
        {
            "product_id": name_items(item),
            "product": pc.binary_join_element_wise(
                pa.array(CATEGORIES).take(pa.array(item % 8)), name_items(item), " "
            ),
            "category": pa.array(CATEGORIES).take(pa.array(item % 8)),
            "list_price": pa.array(price_items(item) / 100),
            "unit_cost": pa.array(np.floor(price_items(item) * 0.4) / 100),
        }
    )


def make_traffic(lines: int) -> pa.Table:
    """Visitors of every channel and month."""
    days = [START + timedelta(days=at) for at in range(DAYS)]
    months = sorted({day.replace(day=1) for day in days})
    ends = [*months[1:], days[-1] + timedelta(days=1)]
    rows = [
        (start, end, channel, source, round(lines / LINES_AN_ORDER / len(months) / 5 * 4))
        for start, end in zip(months, ends, strict=True)
        for channel in CHANNELS
        for source in ("搜索", "推荐", "付费")
    ]
    names = ("starts_on", "ends_on", "channel", "source", "visitors")
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


if __name__ == "__main__":
    make_client(Path(sys.argv[1]), int(sys.argv[2]))
