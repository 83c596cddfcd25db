"""Channels, stores, brands and dates against each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from diagnostics.intake.sheet.conflicts.conflict import Conflict, find_row, list_words, read_number
from diagnostics.model.brief import Brief
from diagnostics.model.names import name_channel
from diagnostics.model.wording import Text, word_date, word_number, word_percent

ONLINE = frozenset({"tmall", "taobao", "jd", "douyin", "kuaishou", "pdd", "xiaohongshu", "vip", "youzan", "weimob"})
STORE_MODELS = frozenset({"chain", "franchise", "dealer", "service"})
OLD_YEARS = 8
FEW_GUIDES = 1.0

_STORES = Text(
    zh="主要销售渠道里门店数是 {rows}，而门店数写 {count}：哪个是目前营业的数量？",
    en="The sales channels list {rows} stores, the number of stores is {count}: which is the number open today?",
)
_NO_STORES = Text(
    zh="写了 {count} 家门店，但主要销售渠道里没有线下门店：门店不产生销售吗？",
    en="There are {count} stores, but stores are no sales channel: do they sell nothing?",
)
_MODEL = Text(
    zh="销售渠道里有线下门店，但业态没有选直营连锁、加盟、经销或服务：请补选业态或去掉门店。",
    en="Stores are a sales channel, but the business model names no chain, franchise, dealers or "
    "service: please add one.",
)
_ONLINE = Text(
    zh="业态选了电商，但主要销售渠道里没有线上店铺：请补充渠道。",
    en="The business model names online shops, but no sales channel is one: please add the channels.",
)
_OWNERSHIP = Text(
    zh="门店归属里{kind}占 {share}，但业态没有选{kind}：请核对。",
    en="{share} of the stores are {kind}, but the business model does not name it: please check.",
)
_TWICE = Text(
    zh="渠道「{channel}」写了两行：请合并，或说明是两家店铺。",
    en="The channel {channel} has two rows: please join them, or say that they are two shops.",
)
_STARTUP = Text(
    zh="企业阶段选了初创，但「{channel}」{day} 就已开店：请核对阶段。",
    en="The stage is start-up, yet {channel} opened on {day}: please check the stage.",
)
_FUTURE = Text(
    zh="渠道「{channel}」的开店日期 {day} 在启动日期之后，却已有GMV占比：日期是否有误？",
    en="The channel {channel} starts on {day}, after the kick-off, yet has a share of GMV: is the date right?",
)
_BRANDS = Text(
    zh="品牌数写 {count}，品牌清单有 {listed} 个：请核对。",
    en="The number of brands is {count}, the list holds {listed}: please check.",
)
_GUIDES = Text(
    zh="有 {stores} 家门店，但导购折合只有 {guides} 人：导购人数是否漏填？",
    en="There are {stores} stores but {guides} full-time guides only: are some left out?",
)
_KINDS = {
    "franchise": Text(zh="加盟", en="franchise"),
    "dealer": Text(zh="经销", en="dealers"),
}


def compare_store_counts(brief: Brief) -> Iterator[Conflict]:
    """The number of stores against the shops of the store channel."""
    count, found = brief.number("store_count"), find_row(brief, "main_channels", "channel", "store")
    if count is None:
        return
    if found is None:
        if count and brief.rows("main_channels"):
            text = _NO_STORES.fill(count=word_number(count))
            yield Conflict(cells=("store_count", "main_channels"), text=text)
        return
    place, row = found
    shops = read_number(row, "shop_count")
    if shops is not None and shops != count:
        text = _STORES.fill(rows=word_number(shops), count=word_number(count))
        yield Conflict(cells=("store_count", f"main_channels/{place}/shop_count"), text=text)


def match_model(brief: Brief) -> Iterator[Conflict]:
    """Channels that the business model does not name, and the other way round."""
    models, channels = set(brief.choices("business_model")), list_words(brief, "main_channels", "channel")
    if not models or not channels:
        return
    if "store" in channels and not models & STORE_MODELS:
        yield Conflict(cells=("business_model", "main_channels"), text=_MODEL)
    if "ecommerce" in models and not channels & (
        ONLINE | {"website", "own_app", "miniprogram", "wechat_shop", "other"}
    ):
        yield Conflict(cells=("business_model", "main_channels"), text=_ONLINE)


def match_ownership(brief: Brief) -> Iterator[Conflict]:
    """Franchise or dealer stores of a business model that has none."""
    models = brief.choices("business_model")
    for place, row in enumerate(brief.rows("store_ownership")):
        for kind, name in _KINDS.items():
            share = read_number(row, kind)
            if share and models and kind not in models:
                text = _OWNERSHIP.fill(kind=name, share=word_percent(share))
                yield Conflict(cells=(f"store_ownership/{place}/{kind}", "business_model"), text=text)


def find_repeated_channels(brief: Brief) -> Iterator[Conflict]:
    """A channel with two rows."""
    seen: dict[str, int] = {}
    for place, row in enumerate(brief.rows("main_channels")):
        channel = str(row.get("channel", ""))
        if channel and channel != "other" and channel in seen:
            cells = (f"main_channels/{seen[channel]}/channel", f"main_channels/{place}/channel")
            yield Conflict(cells=cells, text=_TWICE.fill(channel=name_channel(channel)))
        seen.setdefault(channel, place)


def compare_stage(brief: Brief) -> Iterator[Conflict]:
    """A start-up whose channel is old."""
    kickoff = brief.day("kickoff_date")
    for place, channel, day in _list_starts(brief):
        if brief.text("company_stage") == "startup" and kickoff and (kickoff - day).days > OLD_YEARS * 365:
            text = _STARTUP.fill(channel=name_channel(channel), day=word_date(day))
            yield Conflict(cells=("company_stage", f"main_channels/{place}/start_date"), text=text)


def check_starts(brief: Brief) -> Iterator[Conflict]:
    """A channel that sells before it starts."""
    kickoff, rows = brief.day("kickoff_date"), brief.rows("main_channels")
    for place, channel, day in _list_starts(brief):
        if kickoff and day > kickoff and read_number(rows[place], "gmv_share"):
            text = _FUTURE.fill(channel=name_channel(channel), day=word_date(day))
            yield Conflict(cells=(f"main_channels/{place}/start_date", "kickoff_date"), text=text)


def count_brands(brief: Brief) -> Iterator[Conflict]:
    """The number of brands against their list."""
    count, listed = brief.number("brand_count"), len(brief.choices("brand_list"))
    if count is not None and listed and listed != count:
        text = _BRANDS.fill(count=word_number(count), listed=word_number(listed))
        yield Conflict(cells=("brand_count", "brand_list"), text=text)


def compare_guides(brief: Brief) -> Iterator[Conflict]:
    """Fewer guides than stores."""
    stores, found = brief.number("store_count"), find_row(brief, "headcount", "role", "store_guide")
    guides = read_number(found[1], "fte") if found else None
    if stores and found and guides is not None and guides < FEW_GUIDES * stores:
        text = _GUIDES.fill(stores=word_number(stores), guides=word_number(guides, 1))
        yield Conflict(cells=("store_count", f"headcount/{found[0]}/fte"), text=text)


def _list_starts(brief: Brief) -> Iterator[tuple[int, str, date]]:
    for place, row in enumerate(brief.rows("main_channels")):
        day = row.get("start_date")
        if isinstance(day, date):
            yield place, str(row.get("channel", "")), day


RULES = (
    compare_store_counts,
    match_model,
    match_ownership,
    find_repeated_channels,
    compare_stage,
    check_starts,
    count_brands,
    compare_guides,
)
