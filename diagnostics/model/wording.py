"""Every text in two languages, and the only place where numbers, dates and money become words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from string import Formatter
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

CURRENCY_NAMES: dict[str, tuple[str, str]] = {
    "CNY": ("元", "CNY"),
    "GBP": ("英镑", "GBP"),
    "USD": ("美元", "USD"),
    "EUR": ("欧元", "EUR"),
    "HKD": ("港元", "HKD"),
}


@dataclass(frozen=True, kw_only=True)
class Text:
    """One thing said in Chinese and in English.

    >>> Text(zh="你好，{who}", en="Hello, {who}").fill(who="A").en
    'Hello, A'
    """

    zh: str
    en: str

    def word(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en

    def fill(self, **parts: Text | str) -> Text:
        """Put parts in the places of the template; a part is never read as a template itself.

        >>> Text(zh="{who}的占比", en="Share of {who}").fill(who="EIRE").zh
        'EIRE 的占比'
        """
        return Text(
            zh=_set_apart(self.zh, {name: _word(part, "zh") for name, part in parts.items()}),
            en=self.en.format_map({name: _word(part, "en") for name, part in parts.items()}),
        )

    def __add__(self, other: Text) -> Text:
        """Two texts, one after the other; English gets a space between sentences."""
        gap = " " if self.en and other.en and not self.en.endswith((" ", "\n")) else ""
        return Text(zh=self.zh + other.zh, en=self.en + gap + other.en)


NOTHING = Text(zh="", en="")
HAN, LATIN = re.compile("[一-鿿]"), re.compile("[A-Za-z]")
NOT_KNOWN = Text(zh="未知", en="not known")


def _word(part: Text | str, language: Language) -> str:
    return part.word(language) if isinstance(part, Text) else part


def _set_apart(template: str, parts: dict[str, str]) -> str:
    """Fill a Chinese template, with a space where a part with Latin letters touches a Chinese character."""
    pieces = [
        (piece, is_part)
        for literal, name, _, _ in Formatter().parse(template)
        for piece, is_part in ((literal, False), (parts[name] if name else "", True))
        if piece
    ]
    said, is_open = "", False
    for piece, is_part in pieces:
        is_latin = is_part and LATIN.search(piece) is not None
        touches = (is_open and HAN.match(piece)) or (is_latin and piece[0].isascii() and HAN.match(said[-1:]))
        said += f" {piece}" if touches else piece
        is_open = is_latin and piece[-1].isascii()
    return said


def name_verbatim(name: str) -> Text:
    """A client's own word, the same in both languages."""
    return Text(zh=name, en=name)


def join_texts(parts: Iterable[Text]) -> Text:
    """A list in a sentence: 、 in Chinese, commas in English.

    >>> join_texts([Text(zh="甲", en="a"), Text(zh="乙", en="b")]).zh
    '甲、乙'
    """
    kept = list(parts)
    return Text(zh="、".join(p.zh for p in kept), en=", ".join(p.en for p in kept))


def join_clauses(clauses: Iterable[Text], *, zh: str = "；") -> Text:
    """Clauses of one sentence, parted by semicolons; short ones may take a comma in Chinese.

    >>> join_clauses([Text(zh="甲", en="a"), Text(zh="乙", en="b")])
    Text(zh='甲；乙', en='a; b')
    >>> join_clauses([Text(zh="甲", en="a"), Text(zh="乙", en="b")], zh="，").zh
    '甲，乙'
    """
    kept = list(clauses)
    return Text(zh=zh.join(one.zh for one in kept), en="; ".join(one.en for one in kept))


def word_number(value: float | None, digits: int = 0) -> Text:
    """A number with thousands commas; `None` and NaN are said to be not known."""
    if value is None or not math.isfinite(value):
        return NOT_KNOWN
    return name_verbatim(f"{_unsigned_zero(value, digits):,.{digits}f}")


def word_heads(fte: float | None) -> Text:
    """A number of people, full-time equivalent: 9, or 1.5.

    >>> word_heads(9.0).en, word_heads(1.5).en
    ('9', '1.5')
    """
    return word_number(fte, 0 if fte is None or float(fte).is_integer() else 1)


def word_percent(share: float | None, digits: int = 1) -> Text:
    """A share (0.125) as a percentage (12.5%)."""
    if share is None or not math.isfinite(share):
        return NOT_KNOWN
    return name_verbatim(f"{_unsigned_zero(share * 100, digits):.{digits}f}%")


def word_points(difference: float | None, digits: int = 1) -> Text:
    """A difference of two shares, in percentage points, always signed."""
    if difference is None or not math.isfinite(difference):
        return NOT_KNOWN
    figure = f"{_unsigned_zero(difference * 100, digits):+.{digits}f}"
    return Text(zh=f"{figure} 个百分点", en=f"{figure} percentage points")


def word_bare_points(difference: float, digits: int = 1) -> Text:
    """A difference of two shares where its column says that it is in percentage points.

    >>> word_bare_points(0.071).zh
    '+7.1'
    """
    return name_verbatim(f"{_unsigned_zero(difference * 100, digits):+.{digits}f}")


def word_points_range(low: float, high: float, digits: int = 1, *, signed: bool = True) -> Text:
    """A range of differences of two shares, in percentage points.

    >>> word_points_range(0.065, 0.085).en
    '+6.5 to +8.5 percentage points'
    """
    ends = [f"{_unsigned_zero(end * 100, digits):{'+' if signed else ''}.{digits}f}" for end in (low, high)]
    return Text(zh=f"{ends[0]} 至 {ends[1]} 个百分点", en=f"{ends[0]} to {ends[1]} percentage points")


def word_change(ratio: float | None, digits: int = 1) -> Text:
    """A relative change (0.125) with its sign (+12.5%)."""
    if ratio is None or not math.isfinite(ratio):
        return NOT_KNOWN
    return name_verbatim(f"{_unsigned_zero(ratio * 100, digits):+.{digits}f}%")


def word_money(amount: float | None, currency: str, *, signed: bool = False) -> Text:
    """Money, short enough for a sentence: 万 and 亿 in Chinese, k, m and bn in English.

    >>> word_money(12345678, "CNY")
    Text(zh='1,234.6万元', en='CNY 12.3m')
    >>> word_money(-0.3, "CNY").en
    'CNY 0'
    """
    if amount is None or not math.isfinite(amount):
        return NOT_KNOWN
    zh_name, en_name = CURRENCY_NAMES.get(currency, (currency, currency))
    amount = _unsigned_zero(amount, 0)
    sign = "-" if amount < 0 else "+" if signed and amount > 0 else ""
    size = abs(amount)
    return Text(
        zh=f"{sign}{_scale(size, ((1e8, '亿'), (1e4, '万')))}{zh_name}",
        en=f"{en_name} {sign}{_scale(size, ((1e9, 'bn'), (1e6, 'm'), (1e4, 'k')), k_base=1e3)}",
    )


def word_money_range(low: float, high: float, currency: str) -> Text:
    """A range of money, low to high."""
    return Text(zh="{low} 至 {high}", en="{low} to {high}").fill(
        low=word_money(low, currency), high=word_money(high, currency)
    )


def word_price(amount: float | None, currency: str, *, signed: bool = False) -> Text:
    """Money to the cent, for prices and spend per order."""
    if amount is None or not math.isfinite(amount):
        return NOT_KNOWN
    zh_name, en_name = CURRENCY_NAMES.get(currency, (currency, currency))
    figure = f"{_unsigned_zero(amount, 2):{'+' if signed else ''},.2f}"
    return Text(zh=f"{figure}{zh_name}", en=f"{en_name} {figure}")


def word_days(days: float | None, digits: int = 0) -> Text:
    """A number of days."""
    if days is None or not math.isfinite(days):
        return NOT_KNOWN
    figure = f"{days:,.{digits}f}"
    return Text(zh=f"{figure} 天", en=f"{figure} days" if figure != "1" else "1 day")


def word_date(day: date) -> Text:
    """A day: 2024-03-01 in both languages."""
    return name_verbatim(day.isoformat()[:10])


def word_month(day: date) -> Text:
    """The month of a day: 2024-03."""
    return name_verbatim(f"{day:%Y-%m}")


def word_period(start: date, end: date) -> Text:
    """A half-open period by its first and last day."""
    last = end - timedelta(days=1)
    return Text(zh=f"{start:%Y-%m-%d} 至 {last:%Y-%m-%d}", en=f"{start:%Y-%m-%d} to {last:%Y-%m-%d}")


def shorten(name: str, longest: int = 40) -> str:
    """A client's text cut to a length that a chart or a sentence can hold."""
    flat = " ".join(name.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def _scale(size: float, steps: tuple[tuple[float, str], ...], k_base: float | None = None) -> str:
    for base, unit in steps:
        if size >= base:
            divisor = k_base if k_base is not None and unit == "k" else base
            return f"{size / divisor:,.1f}{unit}"
    return f"{size:,.0f}"


def _unsigned_zero(value: float, digits: int) -> float:
    return 0.0 if round(value, digits) == 0 else value
