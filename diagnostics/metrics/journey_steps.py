"""The journey as the requirement sheet describes it: steps with their touchpoint, owner, next step and gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnostics.model.brief import Brief, Row

PHASES = ("pre", "in", "post")
PAYING = re.compile(r"付款|支付|买单|下单|购买|定金|付费|pay|order|buy|deposit", re.IGNORECASE)
BOOKING = re.compile(r"预约|到店|到院|量房|试驾|面诊|就诊|book|appoint|visit|reserv", re.IGNORECASE)
AUTOMATIC = re.compile(r"自动|机器人|系统|SOP|智能|auto|bot|system", re.IGNORECASE)
NOBODY = re.compile(r"^(无|没有|暂无|待定|none|n/?a|tbd|-+|/)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step in the order of the sheet; what is not answered is empty.

    `code` is the entry code of its touchpoint: `None` where the touchpoint list doesn't hold it. `lacks` names what
    breaks it: `next_step` (but for the last step of all), `owner`, `entry_code`.
    """

    place: int
    phase: str
    name: str
    touchpoint: str
    goal: str
    owner: str
    next_step: str
    metric: str
    code: str | None
    is_automatic: bool
    lacks: tuple[str, ...]


def list_steps(brief: Brief) -> tuple[Step, ...]:
    """The steps of the sheet, with the entry codes of its touchpoint list."""
    rows = [row for row in brief.rows("journey_steps") if _read(row, "step")]
    codes = {_read(row, "touchpoint"): _read(row, "entry_code/state") for row in brief.rows("touchpoints")}
    return tuple(_make(place, row, codes, is_last=place == len(rows) - 1) for place, row in enumerate(rows))


def _make(place: int, row: Row, codes: dict[str, str], *, is_last: bool) -> Step:
    touchpoint = _read(row, "touchpoint")
    code = codes.get(touchpoint) if touchpoint else None
    owner, following = _read(row, "owner"), _read(row, "next_step")
    lacks = [
        name
        for name, is_lacking in (
            ("next_step", not following and not is_last),
            ("owner", not owner),
            ("entry_code", code is not None and not code),
        )
        if is_lacking
    ]
    return Step(
        place=place,
        phase=_read(row, "phase"),
        name=_read(row, "step"),
        touchpoint=touchpoint,
        goal=_read(row, "goal"),
        owner=owner,
        next_step=following,
        metric=_read(row, "metric"),
        code=code,
        is_automatic=any(AUTOMATIC.search(text) for text in (owner, following)),
        lacks=tuple(lacks),
    )


def _read(row: Row, column: str) -> str:
    """A cell as text; what says "nobody" or "none" is empty."""
    text = str(row.get(column) or "").strip()
    return "" if NOBODY.match(text) else text


def find_late_payment(steps: tuple[Step, ...]) -> tuple[Step, Step] | None:
    """The first booking step and the first paying step, if booking comes first; else `None`."""
    paying = next((step for step in steps if PAYING.search(step.name)), None)
    booking = next((step for step in steps if BOOKING.search(step.name) and not PAYING.search(step.name)), None)
    if paying is None or booking is None or booking.place > paying.place:
        return None
    return booking, paying


def find_disorder(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Steps that stand behind one of a later phase."""
    ranks = [PHASES.index(step.phase) if step.phase in PHASES else -1 for step in steps]
    return tuple(
        step for place, step in enumerate(steps) if ranks[place] >= 0 and ranks[place] < max(ranks[: place + 1])
    )
