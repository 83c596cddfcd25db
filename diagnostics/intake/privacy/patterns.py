"""What each kind of personal identifier looks like in a text, and what proves it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from diagnostics.intake.privacy.proofs import is_bank_card, is_id_card, is_mobile

Kind = Literal["email", "wechat", "id_card", "bank_card", "mobile", "landline", "qq", "home", "address"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Hint = Literal["at", "wechat", "qq", "number", "street", "house"]

_GAP = r"[-\s._]"
_ALONE, _ENDS = r"(?<!\d)(?<!\d\.)", r"(?!\d)"
_HEX = re.compile(r"[0-9a-f]{20,}", re.IGNORECASE)
# The code that took an identifier's place is none.
_NO_CODE = r"(?!K-[0-9a-f]{6})"
# What stands shortly before a number says what it is.
_NEAR = 12
_CARD_WORDS = re.compile(r"卡号|银行|账号|帐号|收款|card|bank", re.IGNORECASE)
_ID_WORDS = re.compile(r"身份|证件|证号|id", re.IGNORECASE)
_WECHAT_WORDS = ("微信", "威信", "薇信", "v信", "vx", "wx", "weixin", "wechat")
_NUMBER = re.compile(r"\d{10}|\d{3}[-\s._)]+\d{3}|\d{6}[-\s._]")
_STREET, _HOUSE = re.compile(r"[路街道巷弄同]\s?\d"), re.compile(r"\d\s?[栋幢号座单]")
_ADDRESS_STOP = r"\s,，。；;:：、|/()（）省市区县镇乡"
_STREET_AND_NUMBER = (
    rf"[^{_ADDRESS_STOP}\d]{{1,8}}(?:路|街|大道|巷|弄|胡同)\s?\d{{1,5}}(?:[-—]\d{{1,4}})?\s?(?:号|弄|巷)"
)
_DOOR = rf"[^{_ADDRESS_STOP}]{{0,16}}?\d{{1,4}}\s?(?:号楼|楼|层|单元|幢|栋|座|号院|号|室|户)"


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """How a kind is found: `proves(match)` decides where the look alone does not; group `it` is what is personal.

    A text that does not give the `hint` is not searched.
    """

    kind: Kind
    hint: Hint
    look: re.Pattern[str]
    proves: Callable[[re.Match[str]], bool] = lambda _match: True


def list_hints(text: str) -> set[Hint]:
    """What a text gives away at a glance."""
    low = text.lower()
    hints: dict[Hint, bool] = {
        "at": "@" in low,
        "wechat": any(word in low for word in _WECHAT_WORDS),
        "qq": "qq" in low or "扣扣" in low,
        "number": _NUMBER.search(low) is not None,
        "street": _STREET.search(low) is not None,
        "house": _HOUSE.search(low) is not None,
    }
    return {hint for hint, is_there in hints.items() if is_there}


def _digits(match: re.Match[str]) -> str:
    return re.sub(r"[^\dXx]", "", match["it"])


def _before(match: re.Match[str]) -> str:
    start = match.start("it")
    return match.string[max(0, start - _NEAR) : start]


def _proves_mobile(match: re.Match[str]) -> bool:
    """Not a stretch of a hash, and in a segment of mobile numbers."""
    hashes = _HEX.finditer(match.string)
    inside = any(found.start() < match.start("it") and match.end("it") < found.end() for found in hashes)
    return not inside and is_mobile(_digits(match)[-11:])


def _proves_id_card(match: re.Match[str]) -> bool:
    number = _digits(match)
    return is_id_card(number) and (len(number) == 18 or _ID_WORDS.search(_before(match)) is not None)  # noqa: PLR2004


def _proves_bank_card(match: re.Match[str]) -> bool:
    grouped = not match["it"].isdigit()
    return is_bank_card(_digits(match), named=grouped or _CARD_WORDS.search(_before(match)) is not None)


# In the order in which they are looked for: what is found is not looked at again.
PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        kind="email",
        hint="at",
        look=re.compile(
            r"(?P<it>(?:[A-Za-z0-9][A-Za-z0-9._%+-]*|[一-鿿]{1,6})\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"
        ),
    ),
    Pattern(kind="wechat", hint="wechat", look=re.compile(r"(?P<it>wxid_[A-Za-z0-9]{6,})", re.IGNORECASE)),
    # Named as an id: whatever follows. Only beside the word: what has a digit or an underline, as no plain word has.
    Pattern(
        kind="wechat",
        hint="wechat",
        look=re.compile(
            r"(?:微信|威信|薇信|[vV]信|weixin|wechat|(?<![a-z])[vw]x)\s*(?:号|id|[:：=]|号是)+\s*"
            rf"(?P<it>{_NO_CODE}[A-Za-z][A-Za-z0-9_-]{{5,19}})",
            re.IGNORECASE,
        ),
    ),
    Pattern(
        kind="wechat",
        hint="wechat",
        look=re.compile(
            r"(?:微信|威信|薇信|[vV]信|weixin|wechat|(?<![a-z])[vw]x)\s*"
            rf"(?P<it>{_NO_CODE}(?<![a-z])[A-Za-z](?=[A-Za-z_-]*[0-9_])[A-Za-z0-9_-]{{5,19}})(?![A-Za-z0-9])",
            re.IGNORECASE,
        ),
    ),
    Pattern(
        kind="id_card",
        hint="number",
        look=re.compile(
            rf"{_ALONE}(?P<it>[1-8]\d{{5}}{_GAP}?(?:19|20)\d{{2}}{_GAP}?[01]\d{_GAP}?[0-3]\d{_GAP}?\d{{3}}[\dXx])"
            r"(?![0-9A-Za-z])"
        ),
        proves=_proves_id_card,
    ),
    Pattern(
        kind="id_card", hint="number", look=re.compile(rf"{_ALONE}(?P<it>[1-8]\d{{14}}){_ENDS}"), proves=_proves_id_card
    ),
    Pattern(
        kind="bank_card",
        hint="number",
        look=re.compile(
            rf"{_ALONE}(?P<it>[3-6]\d{{15,18}}|[3-6]\d{{3}}(?:[-\s]\d{{4}}){{3}}(?:[-\s]?\d{{1,3}})?){_ENDS}"
        ),
        proves=_proves_bank_card,
    ),
    Pattern(
        kind="mobile",
        hint="number",
        look=re.compile(
            rf"{_ALONE}(?P<it>(?:(?:\+|00)?86{_GAP}?)?1[3-9]\d(?:\d{{8}}|{_GAP}\d{{4}}{_GAP}\d{{4}}|{_GAP}\d{{3}}{_GAP}\d{{5}}"
            rf"|\d{_GAP}\d{{3}}{_GAP}\d{{4}}|{_GAP}\d{{8}}|\d{{4}}{_GAP}\d{{4}}|{_GAP}\d{{4}}\d{{4}})){_ENDS}"
        ),
        proves=_proves_mobile,
    ),
    Pattern(
        kind="landline",
        hint="number",
        look=re.compile(
            rf"{_ALONE}(?P<it>\(?0(?:10|2\d|[3-9]\d{{2}})(?:\)\s?|\s?-\s?|\s)[2-8]\d{{2,3}}[-\s]?\d{{4}}){_ENDS}"
        ),
    ),
    Pattern(
        kind="landline",
        hint="number",
        look=re.compile(rf"(?:电话|座机|固话|[Tt]el)\s*[:：]?\s*(?P<it>0(?:10|2\d|[3-9]\d{{2}})\d{{7,8}}){_ENDS}"),
    ),
    Pattern(
        kind="qq",
        hint="qq",
        look=re.compile(rf"(?:[qQ]{{2}}|扣扣)\s*(?:号|群)?\s*[:：]?\s*(?P<it>[1-9]\d{{4,10}}){_ENDS}"),
    ),
    # A home, down to the house or door. What is coarser (province, city, district) stays in the text.
    Pattern(
        kind="home",
        hint="street",
        look=re.compile(rf"(?P<it>{_STREET_AND_NUMBER}(?:{_DOOR})+(?:\d{{3,4}}{_ENDS})?)"),
    ),
    Pattern(
        kind="home",
        hint="house",
        look=re.compile(
            rf"(?P<it>[^{_ADDRESS_STOP}\d]{{0,10}}\d{{1,4}}\s?(?:栋|幢|号楼|座|号院|单元)"
            rf"(?:\s?[A-Za-z]座|\s?\d{{1,2}}\s?单元)?(?:\s?\d{{1,5}}\s?(?:室|户)|\d{{3,4}}{_ENDS}))"
        ),
    ),
    # A street with a number may be a home, a shop, or the name of a colour.
    Pattern(kind="address", hint="street", look=re.compile(rf"(?P<it>{_STREET_AND_NUMBER}(?!店|色|线))")),
)
