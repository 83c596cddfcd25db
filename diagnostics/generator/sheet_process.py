"""The invented client's answers on its procedures: which tasks have one, and when it was last looked at."""

from __future__ import annotations

from datetime import date

Answers = dict[str, object]
# Task, whether it has a procedure, and when that was last changed.
PROCEDURES: tuple[tuple[str, bool, date | None], ...] = (
    ("新好友接待", True, date(2026, 5, 8)),
    ("社群日常运营", True, date(2025, 3, 20)),
    ("朋友圈内容", True, date(2026, 2, 11)),
    ("直播", True, date(2026, 6, 1)),
    ("售后与客诉", True, date(2026, 4, 15)),
    ("门店导购加企微", True, date(2025, 6, 30)),
    ("大促活动", True, date(2026, 5, 20)),
    ("老带新", False, None),
    ("流失唤醒", False, None),
)


def answer_process() -> Answers:
    """The list of procedures, as the sheet's table."""
    rows: list[Answers] = []
    for task, has_one, changed in PROCEDURES:
        dated = {} if changed is None else {"last_update": changed}
        rows.append({"task_type": task, "has_sop": has_one, **dated})
    return {"sop_list": tuple(rows)}
