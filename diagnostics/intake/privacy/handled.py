"""Count what becomes of personal data in each column of a block of rows: dropped, keyed or masked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.feed import PERSON_COLUMNS, STAFF_COLUMNS
from diagnostics.intake.privacy.columns import count_column, is_text
from diagnostics.intake.privacy.identifiers import count_kinds, mask_text
from diagnostics.intake.recognition.frame import Frame
from diagnostics.model.account import Handled, Handling
from diagnostics.model.tables import CANONICAL_TABLES

Counts: TypeAlias = Counter[tuple[str, Handling, str]]

_PERSONAL = re.compile(
    r"姓名|收件人|收货人|提货人|昵称|会员名|手机|电话|地址|邮箱|身份证|支付宝账号|帐号|账号|微信号|QQ|生日|备注|留言|街道|发票抬头|openid|unionid"
    r"|external_userid|remark|mobile|phone|address|e-?mail|birthday|^name$|^userid$|customer_?name|用户标识|买家ID",
    re.IGNORECASE,
)
_KEYED = PERSON_COLUMNS | STAFF_COLUMNS | {"phone", "unionid"}
# How many cells of a column that nobody reads are looked at, to learn whether it is personal in spite of its name.
_SAMPLED = 200
_BY_NAME = "name"
# A header that asks yes or no, such as 是否手机订单.
_ASKED = "是否"


def count_handled(frame: Frame) -> Counts:
    """Cells by column, what was done with them, and which kind of identifier gave the reason (`name`: its header).

    A column that is read as text counts the cells in which something was masked; a column that is not read and holds
    personal data by its header or by its first cells counts its filled cells as dropped. Content is never kept.
    """
    counts: Counts = Counter()
    uses = _list_uses(frame)
    for name in frame.table.column_names:
        cells = frame.table[name].combine_chunks()
        wanted = uses.get(name, set())
        if wanted & _KEYED:
            counts[name, "keyed", _BY_NAME] += _count_filled(cells)
        elif wanted:
            for canonical in wanted & _list_texts(frame):
                for kind, n in count_column(canonical, cells).items():
                    counts[name, "masked", kind] += n
        elif why := find_personal(name, frame):
            counts[name, "dropped", why] += _count_filled(cells)
    return counts


def find_personal(name: str, frame: Frame) -> str:
    """Why a column is personal: `name` for its header or its layout, else the kind that its first cells hold, or ""."""
    if is_named_personal(name, frame):
        return _BY_NAME
    cells = frame.table[name].slice(0, _SAMPLED).combine_chunks()
    if not is_text(cells.type):
        return ""
    return next(iter(count_column("order_id", cells)), "")


def is_named_personal(name: str, frame: Frame) -> bool:
    """Whether a column holds personal data by its layout or by its header."""
    if frame.layout is not None and name in frame.layout.personal:
        return True
    return _PERSONAL.search(name) is not None and not name.startswith(_ASKED)


def list_handled(counts: Counts) -> tuple[Handled, ...]:
    """The counts as records, by column; headers are masked themselves. A header that holds nothing is left out."""
    return tuple(
        Handled(column=mask_text(column), handling=handling, kind=kind, cells=cells)
        for (column, handling, kind), cells in sorted(counts.items())
        if cells
    )


def is_headless(names: Sequence[str]) -> bool:
    """Whether what was taken for a header is a row of data: it holds somebody's number or address."""
    return any(count_kinds(name) for name in names)


def _list_uses(frame: Frame) -> dict[str, set[str]]:
    """For each header the canonical columns that are read from it whole."""
    uses: dict[str, set[str]] = {}
    recipe = frame.recipe
    for canonical, sources in recipe.columns.items() if recipe else ():
        for source in sources:
            uses.setdefault(source, set()).add(canonical)
    if recipe and recipe.channel_column:
        uses.setdefault(recipe.channel_column, set()).add("channel")
    return uses


def _list_texts(frame: Frame) -> set[str]:
    recipe = frame.recipe
    columns: Iterable[str] = recipe.columns if recipe else ()
    types = {column.name: column.type for column in CANONICAL_TABLES[recipe.table].columns} if recipe else {}
    return {"channel"} | {name for name in columns if types.get(name) == "string"}


def _count_filled(cells: pa.Array) -> int:
    empty = pc.fill_null(pc.equal(cells, ""), True) if is_text(cells.type) else pc.is_null(cells)  # noqa: FBT003
    return len(cells) - int(pc.sum(pc.cast(empty, pa.int64())).as_py() or 0)
