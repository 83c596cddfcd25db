"""Words on procedures of recurring tasks and on how departments cooperate."""

from __future__ import annotations

from diagnostics.model.wording import Text

NO_LIST = Text(
    zh="需求表没有回答「SOP清单」，常做的事有没有标准流程、部门配不配合无从判断：请按任务填写有没有流程、何时更新。",
    en="The requirement sheet leaves “SOP list” open, so whether routine jobs are written down and departments "
    "cooperate can't be told: state by task whether there is a procedure and when it was changed.",
)
ANSWER = Text(
    zh="{n} 类常做的任务里，{covered} 类有最新的标准流程，{overdue} 类的流程已过期或没写日期，{lacking} 类没有，"
    "{silent} 类未写明{first}{departments}。",
    en="Of {n} kinds of recurring task {covered} have a procedure up to date, {overdue} one that is overdue or "
    "undated, {lacking} have none and {silent} are not stated{first}{departments}.",
)
FIRST = Text(zh="；先补{names}", en="; begin with: {names}")
LEAST = Text(zh="；部门配合度最低的是{name}（{score} 分）", en="; cooperation is lowest in {name} ({score} of 5)")
EVEN = Text(zh="；{n} 个部门的配合度都是 {score} 分", en="; all {n} departments score {score} of 5 for cooperation")
STATES: dict[str, Text] = {
    "covered": Text(zh="有，最新", en="up to date"),
    "overdue": Text(zh="有，待更新", en="overdue or undated"),
    "lacking": Text(zh="没有", en="none"),
    "silent": Text(zh="未写明", en="not stated"),
}
URGENCY = ("lacking", "overdue", "silent", "covered")
YES = Text(zh="●", en="●")
NEXT: dict[str, Text] = {
    "covered": Text(zh="维持，半年一查", en="keep; look again in half a year"),
    "overdue": Text(zh="按现在的做法改写并重新培训", en="rewrite it as the work is done now, and train again"),
    "lacking": Text(
        zh="由做得最好的人写一页步骤，试两周", en="let the best at it write a page of steps; try two weeks"
    ),
    "silent": Text(zh="咨询会上确认有没有", en="ask in the session whether there is one"),
}
