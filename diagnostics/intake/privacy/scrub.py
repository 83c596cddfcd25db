"""Take personal data out of what people wrote themselves."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import Array, over_distinct, without_phones

_STARS = "***"
# Each pattern and what stands for it; longer things go before their parts.
_TAKEN = (
    (r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+", _STARS),
    (r"https?://\S+", _STARS),
    (r"(微信号?|[vV][xX]|[wW]e[cC]hat|QQ|qq|支付宝|淘宝号)(?:[号是:： ]|id|ID)*[A-Za-z0-9_-]{5,}", r"\1" + _STARS),
    (r"\d{3,4}-\d{7,8}", _STARS),
    (r"\d{17}[\dXx]", _STARS),
    (r"\d{7,}", _STARS),
    (r"(我叫|姓名[是:： ]?|联系人[是:： ]?|收货人[是:： ]?)[\p{Han}]{2,4}", r"\1" + _STARS),
    (r"[\p{Han}]{1,6}(?:路|街|巷|弄|大道|胡同)\d+号?(?:[\p{Han}\dA-Za-z-]{0,12}(?:室|单元|楼|栋|幢|号))?", _STARS),
    (r"\d+(?:栋|幢|号楼|单元)[\p{Han}\dA-Za-z-]{0,10}", _STARS),
)
PERSONAL_QUESTION = re.compile(
    r"姓名|名字|称呼|电话|手机|微信|QQ|邮箱|地址|住址|住在|身份证|生日|出生|学校|单位|公司名|账号|帐号|昵称|孩子|宝宝|宝贝几|病|疾"
    r"|name|phone|mobile|mail|address|birth|account|openid|unionid|userid|头像|avatar|IP",
    re.IGNORECASE,
)


def scrub(array: Array) -> pa.Array:
    """Text in which numbers to reach somebody, addresses and told names are starred out.

    >>> scrub(pa.array(["我叫张小明，微信号abc_12345", "住文三路12号3单元", "很好用，回购3次"])).to_pylist()
    ['我叫***，微信号***', '***', '很好用，回购3次']
    """
    return over_distinct(without_phones(array), _scrub)


def _scrub(texts: pa.Array) -> pa.Array:
    for pattern, stars in _TAKEN:
        texts = pc.replace_substring_regex(texts, pattern, stars)
    return texts
