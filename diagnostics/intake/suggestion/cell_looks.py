"""Tell what the cells of a column look like: times, amounts, mobile numbers, ids, a few words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import to_number, to_text
from diagnostics.intake.cells.times import to_time
from diagnostics.model.wording import Text

Kind = Literal["empty", "time", "mobile", "email", "money", "count", "share", "id", "code", "flag", "few", "words"]

LOOKED_AT = 400
_MOST = 0.9
_FEW = 12
_TIMES_EACH = 3
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("mobile", r"^(?:\+?86-?)?1[3-9*]\d?[\d*]{8,9}$"),
    ("email", r"^[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}$"),
    ("share", r"^-?\d+(?:\.\d+)?%$"),
    ("flag", r"^(?:是|否|(?i:yes|no|true|false|y|n))$"),
)
_SPELLED_TIME = r"\d[-/.年]\d{1,2}|^20\d{6}(?:\d{6})?$"
_AMOUNT = r"[.¥￥$€元万]"
_LONG_NUMBER = r"^#?\d{7,}$"
_CODE = r"^[#A-Za-z]*[-_A-Za-z0-9]*\d[-_A-Za-z0-9]*$"

NAMES: dict[Kind, Text] = {
    "empty": Text(zh="没有内容", en="nothing in it"),
    "time": Text(zh="内容像日期或时间", en="looks like dates or times"),
    "mobile": Text(zh="内容像手机号", en="looks like mobile numbers"),
    "email": Text(zh="内容像邮箱", en="looks like e-mail addresses"),
    "money": Text(zh="内容像金额", en="looks like amounts"),
    "count": Text(zh="内容像数量", en="looks like counts"),
    "share": Text(zh="内容像百分比", en="looks like percentages"),
    "id": Text(zh="内容像编号，几乎不重复", en="looks like ids, nearly all different"),
    "code": Text(zh="内容像编码", en="looks like codes"),
    "flag": Text(zh="内容像是或否", en="looks like yes or no"),
    "few": Text(zh="内容只有少数几种值", en="only a few values"),
    "words": Text(zh="内容是文字", en="words"),
}


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a column's cells look like.

    `can_be_time` and `can_be_number` tell whether nearly all cells can be read so, whatever they look like most;
    `values` are the distinct ones of the sample, in order; `filled` is the share of cells with anything in them.
    """

    kind: Kind
    can_be_time: bool = False
    can_be_number: bool = False
    repeats: bool = False
    filled: float = 1.0
    values: tuple[str, ...] = ()


def look_at(cells: pa.Array | pa.ChunkedArray) -> Look:
    """The look of a column, from its first filled cells."""
    whole = to_text(cells.slice(0, LOOKED_AT * 4))
    texts = whole.drop_null().slice(0, LOOKED_AT)
    if not len(texts):
        return Look(kind="empty", filled=0.0)
    values = tuple(texts.unique().to_pylist())
    can_be_time = _share(pc.is_valid(to_time(texts))) >= _MOST
    can_be_number = _share(pc.is_valid(to_number(texts))) >= _MOST
    repeats = len(values) < len(texts)
    return Look(
        kind=_name_kind(texts, values, can_be_time=can_be_time, can_be_number=can_be_number),
        can_be_time=can_be_time,
        can_be_number=can_be_number,
        repeats=repeats,
        filled=1 - whole.null_count / len(whole),
        values=values,
    )


def _name_kind(texts: pa.Array, values: tuple[str, ...], *, can_be_time: bool, can_be_number: bool) -> Kind:
    fitting = next((kind for kind, pattern in _PATTERNS if _match(texts, pattern) >= _MOST), None)
    if fitting:
        return fitting
    if can_be_time and _match(texts, _SPELLED_TIME) >= _MOST:
        return "time"
    if _match(texts, _LONG_NUMBER) >= _MOST:
        return "id"
    if can_be_number:
        return "money" if _match(texts, _AMOUNT) > 1 - _MOST else "count"
    if _match(texts, _CODE) >= _MOST:
        return "id" if len(values) > _MOST * len(texts) else "code"
    return "few" if len(values) <= _FEW and len(texts) >= _TIMES_EACH * len(values) else "words"


def _match(texts: pa.Array, pattern: str) -> float:
    return _share(pc.match_substring_regex(texts, pattern))


def _share(mask: pa.Array) -> float:
    return float(pc.mean(pc.cast(mask, pa.float64())).as_py() or 0.0)
