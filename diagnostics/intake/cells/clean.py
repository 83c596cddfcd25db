"""Turn cells as platforms write them into text, numbers and yes or no; empty where nothing can be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

EMPTY_WORDS = (
    "",
    "-",
    "--",
    "—",
    "/",
    "null",
    "NULL",
    "Null",
    "None",
    "nan",
    "NaN",
    "N/A",
    "#N/A",
    "无",
    "数据将于第二天更新",
)
# No amount or count of a client is this big; it is an id in the wrong column.
_ABSURD = 1e13
# Marks of width nothing and of direction, which come along when a cell is copied.
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
# Commas stand between groups of three digits (or four, as some write it in China); elsewhere they mean something else.
_GROUPED = r"^[-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+)(?:\.\d*)?[^\d,]*$"
_YES = ("是", "yes", "y", "true", "1", "1.0", "t", "会员", "已", "有", "是会员")
_NO = ("否", "no", "n", "false", "0", "0.0", "f", "非会员", "未", "没有", "不是")
_PHONE_IN_TEXT = r"(^|[^0-9])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}([^0-9]|$)"

Array: TypeAlias = pa.Array | pa.ChunkedArray


def over_distinct(array: Array, convert: Callable[[Array], Array]) -> pa.Array:
    """Convert only the distinct values: exports repeat themselves.

    >>> over_distinct(pa.array(["a", "b", "a"]), pc.utf8_upper).to_pylist()
    ['A', 'B', 'A']
    """
    whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    if len(whole) == 0:
        return convert(whole)
    coded = whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode()
    return convert(coded.dictionary).take(coded.indices)


def to_text(array: Array) -> pa.Array:
    r"""Text without wrappers: `="x"`, a leading quote, back-tick or tab, and the many words for nothing.

    >>> to_text(pa.array(['="690123"', "'138", "` 天猫", "\t69", "--", "null"])).to_pylist()
    ['690123', '138', '天猫', '69', None, None]
    """
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        array = pc.cast(array, pa.string())
    return over_distinct(array, _clean_text)


def _clean_text(cells: pa.Array) -> pa.Array:
    bare = pc.utf8_trim(cells, characters=" \t\r\n\u3000\xa0" + _UNSEEN)
    bare = pc.replace_substring_regex(bare, r'(?s)^="(.*)"$', r"\1")
    bare = pc.utf8_trim(pc.utf8_ltrim(bare, characters="'`\t "), characters=" \t\r\n\u3000\xa0" + _UNSEEN)
    return pc.if_else(pc.is_in(bare, value_set=pa.array(EMPTY_WORDS)), pa.scalar(None, pa.string()), bare)


def to_number(array: Array) -> pa.Array:
    """Numbers, whatever surrounds them; a percentage becomes a share, brackets or a minus behind mean below zero.

    A comma in an odd place (`12,5`, `1.234,50`) may be a decimal point: such a cell is no number.

    >>> to_number(pa.array(["(12.50)", "3-", "12,5", "1.234,50"])).to_pylist()
    [-12.5, -3.0, None, None]
    >>> to_number(pa.array(["1,234.5元", "12.5%", "1.2万", "499.00（系统计算中）", "￥8", "无退款申请"])).to_pylist()
    [1234.5, 0.125, 12000.0, 499.0, 8.0, None]
    """
    if pa.types.is_integer(array.type) or pa.types.is_floating(array.type) or pa.types.is_decimal(array.type):
        return _whole(pc.cast(array, pa.float64()))
    if pa.types.is_boolean(array.type):
        return _whole(pc.cast(pc.cast(array, pa.int8()), pa.float64()))
    return over_distinct(to_text(array), _read_numbers)


def _whole(array: Array) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _read_numbers(texts: pa.Array) -> pa.Array:
    folded = pc.utf8_normalize(texts, form="NFKC")
    bare = pc.replace_substring_regex(folded, r"[\s¥$£€]|人民币|CNY|RMB", "")
    bare = pc.replace_substring_regex(bare, "[−–﹣]", "-")
    bare = pc.replace_substring_regex(bare, r"^\((\d[\d.,]*)\)$", r"-\1")
    bare = pc.replace_substring_regex(bare, r"^(\d[\d.,]*)-$", r"-\1")
    bare = pc.replace_substring_regex(bare, r"^(.*\d.*?)\(.*$", r"\1")
    odd = pc.and_(pc.match_substring(bare, ","), pc.invert(pc.match_substring_regex(bare, _GROUPED)))
    bare = pc.if_else(odd, pa.scalar(None, pa.string()), pc.replace_substring(bare, ",", ""))
    parts = pc.extract_regex(
        bare, r"^(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?P<unit>%|万|亿)?(?:元|件|人|次|个|分钟|秒)?$"
    )
    number = pc.cast(pc.struct_field(parts, "number"), pa.float64())
    unit = pc.fill_null(pc.struct_field(parts, "unit"), "")
    scale = pc.case_when(
        pc.make_struct(pc.equal(unit, "%"), pc.equal(unit, "万"), pc.equal(unit, "亿")), 0.01, 1e4, 1e8, 1.0
    )
    scaled = pc.multiply(number, scale)
    return pc.if_else(pc.less(pc.abs(scaled), _ABSURD), scaled, pa.scalar(None, pa.float64()))


def to_bool(array: Array) -> pa.Array:
    """Yes and no in both languages; anything else is not known."""
    if pa.types.is_boolean(array.type):
        return _whole(array)
    return over_distinct(to_text(array), _read_bools)


def _read_bools(texts: pa.Array) -> pa.Array:
    lower = pc.utf8_lower(texts)
    yes, no = pc.is_in(lower, value_set=pa.array(_YES)), pc.is_in(lower, value_set=pa.array(_NO))
    return pc.if_else(yes, True, pc.if_else(no, False, pa.scalar(None, pa.bool_())))  # noqa: FBT003 - arrow scalars


def are_damaged_ids(array: Array) -> pa.Array:
    """Whether ids were turned into scientific notation by a spreadsheet; their digits can't be had back.

    >>> are_damaged_ids(pa.array(["6.90123E+17", "690123", None])).to_pylist()
    [True, False, False]
    """
    return pc.fill_null(pc.match_substring_regex(array, r"^\d(?:\.\d+)?[eE]\+?\d{2,}$"), False)  # noqa: FBT003


def without_phones(array: Array) -> pa.Array:
    """Text in which mobile numbers are starred out.

    >>> without_phones(pa.array(["电话13812345678，急", "单号2138123456781"])).to_pylist()
    ['电话***，急', '单号2138123456781']
    """
    return over_distinct(array, lambda texts: pc.replace_substring_regex(texts, _PHONE_IN_TEXT, r"\1***\2"))


def to_cents(amounts: Array) -> np.ndarray:
    """Amounts as whole cents, nothing as 0."""
    values = np.asarray(pc.fill_null(pc.cast(amounts, pa.float64()), 0.0))
    cents: np.ndarray = np.rint(np.nan_to_num(values) * 100).astype(np.int64)
    return cents
