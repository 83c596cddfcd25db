"""Data, identities and privacy against each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from diagnostics.intake.sheet.conflicts.conflict import Conflict, list_words
from diagnostics.model.brief import Brief
from diagnostics.model.wording import Text, name_verbatim, word_date, word_number

MONTH_DAYS = 30.44
# Months are counted loosely: a part of a month counts as one.
SLACK_MONTHS = 2
IDENTITIES = {"phone": "phone", "unionid": "unionid", "platform_id": "platform_id"}

_HISTORY = Text(
    zh="写可提供 {months} 个月历史，但最早的渠道 {day} 才开店：月数是否有误？",
    en="{months} months of history are offered, yet the oldest channel opened on {day}: is the number right?",
)
_INVENTORY = Text(
    zh="写可提供 {months} 个月历史，但数据清单里最长的一份只有约 {covered} 个月：请核对。",
    en="{months} months of history are offered, yet the longest export listed covers about {covered}: please check.",
)
_ENDS = Text(
    zh="数据「{name}」的截止日期早于起始日期：请核对。",
    en="The data set {name} ends before it starts: please check.",
)
_IDENTITY = Text(
    zh="可用身份键里有 {key}，但个人信息种类没有选它：交付的数据里到底有没有？",
    en="{key} is one of the identity keys, but not among the personal data named: do the files hold it?",
)
_NONE = Text(
    zh="个人信息种类选了不含，但可用身份键里有 {key}：请核对。",
    en="The files are said to hold no personal data, yet {key} is an identity key: please check.",
)
_NO_KEY = Text(
    zh="选了带密钥哈希，但密钥保管方选“不适用”：密钥由谁保管？",
    en="Identities are hashed with a key, but nobody holds the key: who keeps it?",
)
_RAW = Text(
    zh="选了匿名汇总，但可用身份键里仍有 {key}：交付的是汇总还是明细？",
    en="Only anonymous totals are handed over, yet {key} is an identity key: totals, or rows of people?",
)
_SENSITIVE = Text(
    zh="个人信息种类里有健康或未成年人信息，但“是否含敏感个人信息”填否：请核对。",
    en="Health or minors are among the personal data, yet no sensitive data are said to be in: please check.",
)
_EARLY = Text(
    zh="处理期限 {end} 早于报告交付日期 {delivery}：期限需要延长吗？",
    en="Processing must end on {end}, before the report is due on {delivery}: is the period to be extended?",
)
_PIA = Text(
    zh="影响评估选了不适用，但个人信息种类并非“不含”：请核对。",
    en="The impact assessment is said not to apply, yet the files hold personal data: please check.",
)


def compare_history(brief: Brief) -> Iterator[Conflict]:
    """More months than the oldest channel is old, or than the longest export covers."""
    months, kickoff = brief.number("history_months"), brief.day("kickoff_date")
    starts = [day for row in brief.rows("main_channels") if isinstance(day := row.get("start_date"), date)]
    if months and kickoff and starts and len(starts) == len(brief.rows("main_channels")):
        age = (kickoff - min(starts)).days / MONTH_DAYS
        if months > age + SLACK_MONTHS:
            text = _HISTORY.fill(months=word_number(months), day=word_date(min(starts)))
            yield Conflict(cells=("history_months", "main_channels"), text=text)
    covered = [
        (end - start).days / MONTH_DAYS
        for row in brief.rows("data_inventory")
        if isinstance(start := row.get("from"), date) and isinstance(end := row.get("to"), date)
    ]
    if months and covered and months > max(covered) + SLACK_MONTHS:
        text = _INVENTORY.fill(months=word_number(months), covered=word_number(max(covered)))
        yield Conflict(cells=("history_months", "data_inventory"), text=text)


def check_inventory(brief: Brief) -> Iterator[Conflict]:
    """A data set that ends before it starts."""
    for place, row in enumerate(brief.rows("data_inventory")):
        start, end = row.get("from"), row.get("to")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            cells = (f"data_inventory/{place}/from", f"data_inventory/{place}/to")
            yield Conflict(cells=cells, text=_ENDS.fill(name=name_verbatim(str(row.get("dataset", "")))))


def match_identities(brief: Brief) -> Iterator[Conflict]:
    """Identity keys that are not among the personal data named."""
    kinds, keys = brief.choices("pi_categories"), list_words(brief, "key_types", "key_type")
    for key in sorted(keys & set(IDENTITIES)):
        if kinds and "none" in kinds:
            yield Conflict(cells=("pi_categories", "key_types"), text=_NONE.fill(key=name_verbatim(key)))
        elif kinds and IDENTITIES[key] not in kinds:
            yield Conflict(cells=("pi_categories", "key_types"), text=_IDENTITY.fill(key=name_verbatim(key)))
        if brief.text("deid_at_source") == "anonymous_aggregate":
            yield Conflict(cells=("deid_at_source", "key_types"), text=_RAW.fill(key=name_verbatim(key)))


def check_key_holder(brief: Brief) -> Iterator[Conflict]:
    """A keyed hash without anybody who holds the key."""
    if brief.text("deid_at_source") == "hmac" and brief.text("hash_key_holder") == "n_a":
        yield Conflict(cells=("deid_at_source", "hash_key_holder"), text=_NO_KEY)


def match_sensitive(brief: Brief) -> Iterator[Conflict]:
    """Sensitive kinds that are denied, and an assessment that is said not to apply."""
    kinds = set(brief.choices("pi_categories"))
    if brief.flag("sensitive_pi") is False and kinds & {"health", "minor"}:
        yield Conflict(cells=("sensitive_pi", "pi_categories"), text=_SENSITIVE)
    if brief.text("pia_done") == "not_applicable" and kinds - {"none"}:
        yield Conflict(cells=("pia_done", "pi_categories"), text=_PIA)


def compare_period(brief: Brief) -> Iterator[Conflict]:
    """Processing that ends before the report is due."""
    end, delivery = brief.day("processing_period"), brief.day("delivery_date")
    if end and delivery and end < delivery:
        text = _EARLY.fill(end=word_date(end), delivery=word_date(delivery))
        yield Conflict(cells=("processing_period", "delivery_date"), text=text)


RULES = (compare_history, check_inventory, match_identities, check_key_holder, match_sensitive, compare_period)
