"""Where a finding applies, in words."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics.model.names import name_channel
from diagnostics.model.wording import Language, Text, name_verbatim

PLACES: Mapping[str, Text] = {
    "channel": Text(zh="渠道", en="channel"),
    "shop": Text(zh="店铺", en="shop"),
    "store": Text(zh="门店", en="store"),
    "city": Text(zh="城市", en="city"),
    "staff": Text(zh="员工", en="staff"),
    "sku": Text(zh="SKU", en="SKU"),
    "category": Text(zh="品类", en="category"),
    "price_band": Text(zh="价格带", en="price band"),
    "cohort": Text(zh="同期群", en="cohort"),
    "segment": Text(zh="客群", en="segment"),
    "group": Text(zh="社群", en="group"),
    "campaign": Text(zh="活动", en="campaign"),
    "touchpoint": Text(zh="触点", en="touchpoint"),
    "step": Text(zh="步骤", en="step"),
    "hop": Text(zh="环节", en="hop"),
    "session": Text(zh="直播场次", en="live session"),
    "goal": Text(zh="目标", en="goal"),
    "table": Text(zh="数据表", en="table"),
    "file": Text(zh="文件", en="file"),
    "resource": Text(zh="资源", en="resource"),
    "role": Text(zh="岗位", en="role"),
    "scenario": Text(zh="场景", en="scenario"),
    "brand": Text(zh="品牌", en="brand"),
    "factor": Text(zh="因素", en="factor"),
    "training": Text(zh="培训", en="training"),
    "tag": Text(zh="标签", en="tag"),
    "requirement": Text(zh="需求", en="requirement"),
}


def word_scope(scope: Mapping[str, str], language: Language) -> str:
    """All parts of a scope in one phrase.

    >>> word_scope({"channel": "douyin", "sku": "A-1"}, "en")
    'channel: Douyin; SKU: A-1'
    """
    colon, gap = ("：", "；") if language == "zh" else (": ", "; ")
    return gap.join(
        f"{PLACES.get(key, name_verbatim(key)).word(language)}{colon}{_name(key, value).word(language)}"
        for key, value in scope.items()
    )


def _name(key: str, value: str) -> Text:
    return name_channel(value) if key == "channel" else name_verbatim(value)
