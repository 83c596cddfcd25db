"""Guess the rest of a mapping: the channel, what order states mean, what stands for an order id, pivoted months."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.channels import find_channel
from diagnostics.intake.cells.clean import to_text
from diagnostics.intake.suggestion.cell_looks import Look
from diagnostics.intake.suggestion.guess_columns import Guess

OTHER = "other"
_STATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("refunded", re.compile(r"退款成功|退款完成|已退款|全额退款|全部退款|退货退款成功|^refunded$", re.IGNORECASE)),
    (
        "unpaid",
        re.compile(r"待付款|未付款|等待买家付款|待支付|未支付|未付|^(?:pending|unpaid|voided|expired)$", re.IGNORECASE),
    ),
    ("unpaid_if_nothing_paid", re.compile(r"关闭|取消|作废|cancel", re.IGNORECASE)),
    ("returned", re.compile(r"^(?:退货|退货单|销售退货|退单|退款单|return)$", re.IGNORECASE)),
)
_STATE_HEADER = re.compile(r"状态|类型|售后|退款|status|state", re.IGNORECASE)
_STORE_WORDS = re.compile(r"pos|小票|收银|门店|零售单", re.IGNORECASE)
_SITE_WORDS = re.compile(r"shopify|lineitem|woocommerce|magento", re.IGNORECASE)
_MONTH = re.compile(r"^(20\d{2})[-/.年]?(0?[1-9]|1[0-2])月?$")
_FEWEST_MONTHS = 3
_GOALS = (
    ("adds", re.compile(r"加粉|拉新|好友|企微|新增")),
    ("sales", re.compile(r"销售|业绩|金额|GMV", re.IGNORECASE)),
)
_ID_AND_AMOUNT = 2
_WITHOUT_ID = ("customer", "ordered_at")
_WITHOUT_CUSTOMER = ("ordered_at", "product", "product_id", "store", "paid_amount")


@dataclass(frozen=True, kw_only=True)
class Pivot:
    """Columns that are values of another: source headers with the word that each stands for."""

    name: str
    words: Mapping[str, str]


def guess_channel(path: str, sheet: str, looks: Mapping[str, Look], guess: Guess) -> str:
    """A channel for the whole file: named in the path or by its headers, a store's till, else `other`."""
    named = next((found for found in map(find_channel, re.split(r"[/\\]", f"{path}/{sheet}")) if found), None)
    if named:
        return named
    headers = " ".join((path, *looks))
    if _SITE_WORDS.search(headers):
        return "website"
    return "store" if "store" in guess.columns or _STORE_WORDS.search(headers) else OTHER


def find_channel_column(looks: Mapping[str, Look], guess: Guess) -> str | None:
    """A column whose cells mostly name known channels, when no header says that it does."""
    if "channel" in guess.columns:
        return None
    for name, look in looks.items():
        known = sum(find_channel(value) is not None for value in look.values)
        if look.kind in ("few", "words") and look.values and known * 2 > len(look.values):
            return name
    return None


def guess_states(looks: Mapping[str, Look]) -> dict[str, dict[str, list[str]]]:
    """For each column of states: which of its words mean unpaid, closed, refunded or taken back."""
    rules: dict[str, dict[str, list[str]]] = {}
    for name, look in looks.items():
        if not _STATE_HEADER.search(name) or look.kind not in ("few", "words"):
            continue
        states: dict[str, list[str]] = {}
        for value in look.values:
            state = next((state for state, pattern in _STATES if pattern.search(value)), None)
            if state:
                states.setdefault(state, []).append(value)
        if states:
            rules[name] = states
    return rules


def tells_whole_orders(guess: Guess, table: pa.Table) -> bool:
    """Whether the paid amount is told of whole orders: once for an order of several rows, or the same on each.

    Rows of one price would look alike too, so there must be orders whose rows differ in price or quantity.
    """
    names = [guess.columns[name].source for name in ("order_id", "paid_amount") if name in guess.columns]
    differing = [guess.columns[name].source for name in ("unit_price", "quantity") if name in guess.columns]
    if guess.table != "order_lines" or len(names) < _ID_AND_AMOUNT:
        return False
    order_id, paid = names
    cells = {name: to_text(table[name]) for name in (*names, *differing)}
    groups = pa.table(cells).group_by(order_id)
    counted = groups.aggregate([([], "count_all"), *((name, "count_distinct") for name in (paid, *differing))])
    several = counted.filter(pc.greater(counted["count_all"], 1))
    if not differing:
        return False
    varied = [pc.greater(several[f"{name}_count_distinct"], 1) for name in differing]
    varying = several.filter(varied[0] if len(varied) == 1 else pc.or_(*varied))
    return bool(varying.num_rows) and bool(pc.max(several[f"{paid}_count_distinct"]).as_py() <= 1)


def build_id_from(guess: Guess) -> tuple[str, ...]:
    """What stands for an order id in an order file that has none; nothing if it has one."""
    if guess.table != "order_lines" or "order_id" in guess.columns:
        return ()
    has_customer = "customer" in guess.columns or "phone" in guess.columns
    names = _WITHOUT_ID if has_customer else _WITHOUT_CUSTOMER
    return tuple(name for name in names if name == "customer" or name in guess.columns)


def find_pivot(headers: Sequence[str], path: str) -> Pivot | None:
    """Months in the headers, or goals in the headers of a sheet of months: each becomes rows of its own."""
    months = {name: found for name in headers if (found := _MONTH.match(name))}
    if len(months) >= _FEWEST_MONTHS:
        return Pivot(name="month", words={name: f"{at[1]}-{int(at[2]):02d}-01" for name, at in months.items()})
    goals = {name: _name_goal(name) for name in headers if "目标" in name and name not in ("目标", "目标值")}
    if goals and "目标" in f"{path}{''.join(headers)}":
        return Pivot(name="metric", words=goals)
    return None


def _name_goal(header: str) -> str:
    return next((word for word, pattern in _GOALS if pattern.search(header)), "sales")


def name_goal(path: str, sheet: str) -> str:
    """What the numbers of a pivoted sheet are, by its name: sales unless it speaks of contacts."""
    return _name_goal(f"{path} {sheet}")
