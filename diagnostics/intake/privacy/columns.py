"""Mask or key identifiers in whole columns: only distinct cells that may hold one are looked at closely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import Array, over_distinct, to_text
from diagnostics.intake.people.pseudonyms import Pseudonyms
from diagnostics.intake.privacy.identifiers import MASK, count_kinds, mask_text
from diagnostics.intake.privacy.patterns import KINDS, Kind

# Words of RE2, which has no look-around: they let through more than there is, and never less.
_MAY_HOLD = (
    r"(?i)\p{Nd}{10}|\p{Nd}{3}[-\s._)]+\p{Nd}{3}|[@＠]|wxid_|微信|威信|薇信|v信|weixin|wechat|vx|wx|qq|扣扣"
    r"|(?:路|街|大道|巷|弄|胡同)\s?\p{Nd}|\p{Nd}\s?(?:栋|幢|号楼|座|号院|单元)"
    r"|[\x{ad}\x{200b}-\x{200d}\x{2060}\x{feff}ａ-ｚＡ-Ｚ]"
)
_ID_MAY_HOLD = (
    r"(?:^|[^0-9])(?:(?:00)?86[-\s._]?)?1[3-9]\d[-\s._]?\d{4}[-\s._]?\d{4}(?:[^0-9]|$)"
    r"|(?:^|[^0-9])[1-8]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?:[^0-9A-Za-z]|$)"
    r"|[@＠０-９]|(?i:wxid_)|[\x{ad}\x{200b}-\x{200d}\x{2060}\x{feff}]"
)
_SURE: tuple[Kind, ...] = ("mobile", "id_card", "email", "wechat")
_NOT_PLACE: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind not in {"home", "address"})
_NOT_STREET: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind != "address")
_SHORT = 6


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for in a column, and what takes its place.

    `told_apart` columns name things (orders, groups, stores): a keyed code takes the place of an identifier, so that
    two things stay two and files still fit together; `code_length` is its length.
    """

    kinds: tuple[Kind, ...] = KINDS
    may_hold: str = _MAY_HOLD
    told_apart: bool = False
    code_length: int = _SHORT


_ID = Search(kinds=_SURE, may_hold=_ID_MAY_HOLD, told_apart=True, code_length=32)
_PLACE = Search(kinds=_NOT_PLACE, told_apart=True)
_WORDS = Search(kinds=_NOT_STREET)
_PROSE = Search()
# "No. 8 of Sunset Road" may be a product's colour, and a store's address is no person's: neither is looked for there.
SEARCHES: dict[str, Search] = {
    **dict.fromkeys(("order_id", "line_id", "product_id", "post"), _ID),
    **dict.fromkeys(("store", "store_name", "shop", "channel", "city", "entrance"), _PLACE),
    **dict.fromkeys(("group", "session", "campaign"), Search(told_apart=True)),
    **dict.fromkeys(("product", "category", "brand", "tier", "ownership"), _WORDS),
}


def is_text(kind: pa.DataType) -> bool:
    """Whether a column holds text, in any of Arrow's types for it."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def choose_search(name: str) -> Search:
    """What is looked for in a column of that name."""
    return SEARCHES.get(name) or (_ID if name.endswith("_id") else _PROSE)


def scrub_column(name: str, cells: pa.Array, keys: Pseudonyms) -> pa.Array:
    """A text column of a canonical table without identifiers; other columns come back as they are."""
    if not is_text(cells.type):
        return cells
    cells = pc.cast(cells, pa.string())
    search = choose_search(name)

    def code(identifier: str) -> str:
        return f"K-{keys.hash(f'masked|v1|{identifier}')[: search.code_length]}"

    stand_in = code if search.told_apart else lambda _identifier: MASK
    return over_distinct(cells, lambda distinct: _mask(distinct, search, stand_in))


def count_column(name: str, cells: Array) -> Counter[Kind]:
    """How many cells of a column hold an identifier, by kind."""
    search = choose_search(name)
    counted: Counter[Kind] = Counter()
    for cell, n in _count_suspects(to_text(cells), search.may_hold):
        for kind in count_kinds(cell, search.kinds):
            counted[kind] += n
    return counted


def _mask(texts: pa.Array, search: Search, stand_in: Callable[[str], str]) -> pa.Array:
    suspect = pc.fill_null(pc.match_substring_regex(texts, search.may_hold), False)  # noqa: FBT003 - an arrow scalar
    suspects = texts.filter(suspect)
    if not len(suspects):
        return texts
    masked = [mask_text(cell, search.kinds, stand_in) for cell in suspects.to_pylist()]
    return pc.replace_with_mask(texts, suspect, pa.array(masked, pa.string()))


def _count_suspects(cells: pa.Array, may_hold: str) -> list[tuple[str, int]]:
    """Distinct cells that may hold an identifier, with how often they stand in the column."""
    coded = cells.dictionary_encode()
    hit = pc.fill_null(pc.match_substring_regex(coded.dictionary, may_hold), False)  # noqa: FBT003 - an arrow scalar
    if not pc.any(hit).as_py():
        return []
    codes = np.asarray(pc.drop_null(coded.indices))
    times = np.bincount(codes, minlength=len(coded.dictionary))[np.asarray(hit)]
    return list(zip(coded.dictionary.filter(hit).to_pylist(), times.tolist(), strict=True))
