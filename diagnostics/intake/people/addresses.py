"""Bring a name and a delivery address into one spelling, so that the pair can be compared."""

from __future__ import annotations

import re
import unicodedata

_LEAST_NAME, _LEAST_ADDRESS = 2, 8
_NOISE = re.compile(r"[\s,，.。;；:：、\-—_()（）\[\]【】]+")
_REGION = re.compile(r"^(.{2,8}?(?:省|自治区|特别行政区))?(.{2,8}?(?:市|自治州|地区|盟))?")
_DELIVERY = re.compile(r"(?:菜鸟|驿站|快递柜|丰巢|自提|代收|前台|门卫|保安室|传达室|店铺|门店|营业厅|仓库)")


def normalise_address(name: str, address: str) -> str | None:
    """`name|address` without spaces, punctuation and the names of province and city; None where it tells no home.

    Masked cells, addresses without a number and places where parcels of many people are handed over are no key.

    >>> normalise_address("张三 ", "浙江省 杭州市 西湖区 文三路1号2幢301")
    '张三|西湖区文三路1号2幢301'
    >>> normalise_address("张**", "西湖区文三路1号"), normalise_address("张三", "西湖区文三路1号菜鸟驿站")
    (None, None)
    """
    whose = _NOISE.sub("", unicodedata.normalize("NFKC", name))
    place = _NOISE.sub("", unicodedata.normalize("NFKC", address))
    if "*" in whose + place or _DELIVERY.search(place):
        return None
    place = _REGION.sub("", place, count=1)
    if len(whose) < _LEAST_NAME or len(place) < _LEAST_ADDRESS or not any(sign.isdigit() for sign in place):
        return None
    return f"{whose}|{place}"
