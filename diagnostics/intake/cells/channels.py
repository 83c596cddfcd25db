"""Names of channels as clients write them, turned into the ids of the house."""

from __future__ import annotations

import re

import pyarrow as pa

from diagnostics.intake.cells.clean import over_distinct
from diagnostics.model.names import CHANNELS

# What clients write beside the names of the house; longer words go first.
_ALSO = {
    "天猫": "tmall",
    "淘宝": "taobao",
    "京东": "jd",
    "抖店": "douyin",
    "抖音": "douyin",
    "快手": "kuaishou",
    "拼多多": "pdd",
    "小红书": "xiaohongshu",
    "唯品会": "vip",
    "有赞": "youzan",
    "微盟": "weimob",
    "小程序": "miniprogram",
    "微信小店": "wechat_shop",
    "视频号小店": "wechat_shop",
    "视频号": "wechat_shop",
    "企业微信": "wecom",
    "企微": "wecom",
    "公众号": "official_account",
    "微信公众号": "official_account",
    "服务号": "official_account",
    "官网": "website",
    "线下门店": "store",
    "门店": "store",
    "线下": "store",
    "经销": "dealer",
    "外卖": "delivery_platform",
}


def read_channel(word: str) -> str:
    """The id of a channel; a client's own word stays as it is.

    >>> read_channel("天猫旗舰店"), read_channel("Youzan shop"), read_channel("United Kingdom")
    ('tmall', 'youzan', 'United Kingdom')
    """
    bare = word.strip()
    exact = {text.lower(): name for name, texts in CHANNELS.items() for text in (name, texts.zh, texts.en)}
    if found := exact.get(bare.lower()):
        return found
    return next((name for word_of, name in _ALSO.items() if bare.startswith(word_of)), bare)


def find_channel(text: str) -> str | None:
    """The id of the channel that a text names anywhere; nothing if it names none.

    >>> find_channel("2024年抖音订单.csv"), find_channel("会员.xlsx")
    ('douyin', None)
    """
    named = {**_ALSO, **{name: name for name in CHANNELS if name != "other"}}
    found = [
        word for word in named if (word in text if not word.isascii() else word in re.split(r"[^a-z]+", text.lower()))
    ]
    return named[max(found, key=len)] if found else None


def read_channels(cells: pa.Array) -> pa.Array:
    """Ids of channels for a column of words."""
    return over_distinct(
        cells, lambda words: pa.array([word and read_channel(word) for word in words.to_pylist()], pa.string())
    )
