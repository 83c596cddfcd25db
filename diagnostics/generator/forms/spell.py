"""Spell a plain value the way a platform writes it in a cell."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from diagnostics.generator.forms.plain import Value
    from diagnostics.intake.recognition.form import Form

_SHANGHAI = timedelta(hours=8)
_MASKS: dict[str, Callable[[str], str]] = {
    "": lambda phone: phone,
    "middle": lambda phone: f"{phone[:3]}****{phone[7:]}",
    "ends": lambda phone: f"{phone[0]}******{phone[7:]}",
    "long": lambda phone: f"{phone[:3]}******{phone[9:]}",
    "cipher": lambda phone: f"$${phone[::-1]}Ab3kQ==$1$$",
}


def spell(value: Value, kind: str, name: str, form: Form) -> str:
    """The text of a cell, wrapped as the form says; nothing is written as the form's word for it."""
    text = _spell_bare(value, kind, form)
    if not text or text == form.empty:
        return form.empty
    return form.around.get(name, form.around_all) % text


def count_seconds(moment: datetime) -> int:
    """Unix seconds of a local time."""
    return int((moment - _SHANGHAI).replace(tzinfo=UTC).timestamp())


def _spell_bare(value: Value, kind: str, form: Form) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _hide(value, kind, form)
    if isinstance(value, date):
        return _spell_time(value, form)
    if kind == "share":
        return f"{value * 100:.2f}%"
    if kind == "percent":
        return f"{value * 100:.2f}"
    digits = ".2f" if isinstance(value, Decimal) else "d"
    return format(value, f",{digits}" if form.thousands else digits)


def _hide(text: str, kind: str, form: Form) -> str:
    if kind == "phone":
        return _MASKS[form.mask](text)
    if form.mask == "cipher" and kind in ("person", "address"):
        return f"~{text.encode('utf-8').hex()}~1~" if kind == "person" else f"##{text.encode('utf-8').hex()}##"
    return text


def _spell_time(moment: date, form: Form) -> str:
    pattern = form.times if isinstance(moment, datetime) else form.days
    if pattern == "unix":
        whole = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
        return str(count_seconds(whole))
    return moment.strftime(pattern)
