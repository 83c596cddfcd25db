"""Evidence that two keys belong to one person: which keys stand together on rows, where, and how often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.feed import ADDRESS_KEY, OWN_KEY, PHONE_KEY, TAIL_KEY
from diagnostics.intake.working import column
from diagnostics.model.identity import KEY_KINDS

# The channels whose order exports give the phone of who receives the parcel, not of who buys.
RECIPIENT_CHANNELS = (
    "tmall",
    "taobao",
    "jd",
    "douyin",
    "kuaishou",
    "pdd",
    "xiaohongshu",
    "vip",
    "wechat_shop",
    "delivery_platform",
)
# Kinds of evidence, the strongest first. `tail` links nobody: the last digits of an account's masked numbers.
EVIDENCE_KINDS = ("unionid", "stated", "buyer_phone", "remark_phone", "recipient_phone", "address", "tail")
WEAK_KINDS = ("recipient_phone", "address")
_ORDERS = ("order_lines", "live_orders")
_WORDS = pa.dictionary(pa.int32(), pa.string())
EVIDENCE = pa.schema(
    [
        ("holder", pa.string()),
        ("shared", pa.string()),
        ("channel", _WORDS),
        ("kind", _WORDS),
        ("rows", pa.int64()),
    ]
)


def collect_links(table: pa.Table, name: str) -> pa.Table:
    """Distinct pairs of keys seen together on rows of the canonical table `name`, one block or pile of it.

    `holder` is an account, a contact or a phone; `shared` is what ties it to others: a phone, a unionid, a
    platform account or an address. `rows` counts orders where rows have an order id (all lines of an order must
    be in one block), else rows. Counts of blocks add up; `resolve` adds them.
    """
    parts = [_count(table, *pair) for pair in _pair_keys(table, name)]
    return pa.concat_tables([EVIDENCE.empty_table(), *parts])


def add_links(parts: Sequence[pa.Table]) -> pa.Table:
    """Evidence of several blocks as one table: a pair once, its rows added up."""
    names = ["holder", "shared", "channel", "kind"]
    summed = pa.concat_tables(parts).unify_dictionaries().group_by(names).aggregate([("rows", "sum")])
    return summed.rename_columns([*names, "rows"]).cast(EVIDENCE)


def _pair_keys(table: pa.Table, name: str) -> Iterator[tuple[pa.Array, pa.Array, pa.Array]]:
    """Holders, what they share and the kind of evidence, row by row."""
    own, phone = column(table, OWN_KEY), column(table, PHONE_KEY)
    if name == "contacts":
        contact = column(table, "contact")
        is_unionid = pc.fill_null(pc.starts_with(own, KEY_KINDS["unionid"].prefix), False)  # noqa: FBT003
        yield contact, own, pc.if_else(is_unionid, "unionid", "stated")
        yield contact, phone, pa.repeat("remark_phone", table.num_rows)
        return
    yield own, phone, _judge_phones(table, name)
    holder = pc.coalesce(own, phone)
    yield holder, column(table, ADDRESS_KEY), pa.repeat("address", table.num_rows)
    yield phone, column(table, TAIL_KEY), pa.repeat("tail", table.num_rows)
    yield own, column(table, TAIL_KEY), pa.repeat("tail", table.num_rows)


def _judge_phones(table: pa.Table, name: str) -> pa.Array:
    """Whose phone it is on each row: the recipient's on the orders of platforms, else the buyer's own."""
    if name not in _ORDERS:
        return pa.repeat("buyer_phone", table.num_rows)
    known = pc.is_in(column(table, "channel"), value_set=pa.array(RECIPIENT_CHANNELS))
    return pc.if_else(known, "recipient_phone", "buyer_phone")


def _count(table: pa.Table, holder: pa.Array, shared: pa.Array, kind: pa.Array) -> pa.Table:
    names = ["holder", "shared", "channel", "kind"]
    pairs = pa.table([holder, shared, pc.fill_null(column(table, "channel"), ""), kind], names=names)
    if "order_id" in table.column_names:
        pairs = pairs.append_column("order_id", pc.fill_null(column(table, "order_id"), ""))
    known = pc.and_(pc.is_valid(holder), pc.is_valid(shared))
    pairs = pairs.filter(pc.and_(known, pc.fill_null(pc.not_equal(holder, shared), False)))  # noqa: FBT003
    if "order_id" in pairs.column_names:
        pairs = pairs.group_by(pairs.column_names).aggregate([])
    counted = pairs.group_by(names).aggregate([([], "count_all")]).rename_columns([*names, "rows"])
    return counted.cast(EVIDENCE)
