"""The kinds of task of a private domain, and the words and scenarios by which a sheet names them."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.model.wording import Text


@dataclass(frozen=True, kw_only=True)
class Task:
    """One kind of task: its name, the words of a procedure for it, and the automated scenarios that take it over."""

    name: Text
    words: tuple[str, ...]
    scenarios: tuple[str, ...] = ()


# After the duties of the role cards; a task is found by the first kind whose word it holds.
TASKS: tuple[Task, ...] = (
    Task(name=Text(zh="老带新", en="Referral"), words=("老带新", "裂变", "转介绍", "refer")),
    Task(
        name=Text(zh="流失唤醒", en="Lapsed customers"), words=("流失", "唤醒", "沉睡", "lapse"), scenarios=("lapse",)
    ),
    Task(name=Text(zh="门店导购", en="Store guides"), words=("门店", "导购", "store", "guide")),
    Task(name=Text(zh="直播", en="Live selling"), words=("直播", "live")),
    Task(
        name=Text(zh="新好友接待", en="Welcoming contacts"),
        words=("接待", "欢迎", "加粉", "welcome"),
        scenarios=("welcome",),
    ),
    Task(name=Text(zh="社群运营", en="Groups"), words=("社群", "群", "group")),
    Task(name=Text(zh="内容与朋友圈", en="Content and moments"), words=("内容", "朋友圈", "content", "moments")),
    Task(name=Text(zh="售后与客诉", en="After-sales"), words=("售后", "客诉", "客服", "service", "complaint")),
    Task(
        name=Text(zh="会员与权益", en="Members and benefits"),
        words=("会员", "权益", "积分", "member"),
        scenarios=("birthday",),
    ),
    Task(
        name=Text(zh="复购提醒", en="Repeat buying"),
        words=("复购", "回购", "repeat"),
        scenarios=("long_cycle", "intent_no_order"),
    ),
    Task(name=Text(zh="活动与大促", en="Events"), words=("活动", "大促", "event"), scenarios=("big_event",)),
)


def find_task(said: str) -> Task | None:
    """The kind of task that a free text names; `None` if none is recognised.

    >>> find_task("社群日常运营").name.en, find_task("财务报销")
    ('Groups', None)
    """
    lowered = said.lower()
    return next((task for task in TASKS if any(word in lowered for word in task.words)), None)
