"""Which stores put their groups at the service of the brand's activities, task by task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.group_hosts import total_tasks
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="品牌做活动时，有多少门店社群参加，哪些店从不参加？",
    en="When the brand runs an activity, how many store groups take part, and which stores never do?",
)
DEFINITION = Text(
    zh="品牌活动以下发给群主的任务（转发、发朋友圈等）为准，本期内；群主按其社群所属门店归店。参与率 = "
    "执行了任务的门店群主 ÷ 收到任务的门店群主（Wilson 95%）。不足 {least} 人次的不写比率。没有任务记录的活动看不见。",
    en="Activities are tasks given to group owners (sharing, moments) in the period; an owner belongs to the store of "
    "the groups. Taking part = store owners who carried the task out over those who got it (Wilson, 95%); no rate "
    "under {least} of them. Activities without a record of tasks can't be seen.",
)
NO_TASKS = Text(zh="本期没有门店社群群主收到任务", en="no owner of a store's group was given a task in the period")
UNLOCK = Text(
    zh="朋友圈与转发任务的执行明细，与带门店的客户群列表",
    en="who carried out moments and sharing tasks, and the group list with stores",
)
ANSWER = Text(
    zh="{tasks} 次品牌任务里，门店社群的参与率 {share}（{low} 至 {high}）；{stores} 家店有社群，其中 {never} "
    "家一次也没参加。",
    en="In {tasks} tasks of the brand {share} of store group owners took part ({low} to {high}); of {stores} stores "
    "with groups {never} never did.",
)
AXIS = Text(zh="参与率（n 为收到任务的人次）", en="Share who took part (n: owners asked)")
UNNAMED = Text(zh="未命名", en="unnamed")
LEAST_ASKED = 30
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Lent:
    """Tasks and stores with asked, done and results."""

    tasks: pd.DataFrame
    stores: pd.DataFrame

    @property
    def never(self) -> int:
        """Stores that took part in nothing."""
        return int((self.stores.done == 0).sum())


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for tasks by store."""
    return {"tasks": total_tasks(tables["staff_tasks"], tables["groups"], tables.engagement.horizon.current)}


def measure(replies: Replies) -> Lent | NotComputable:
    """Sum by task and by store."""
    rows = replies["tasks"]
    if rows.empty:
        return NotComputable(reason=NO_TASKS, unlocked_by=UNLOCK)
    named = rows.assign(task=rows.task.fillna(""), results=rows.results.astype("float64"))
    by_task = named.groupby(["task", "kind"])
    tasks = (
        by_task[["asked", "done"]]
        .sum()
        .assign(
            # What no export tells stays empty.
            results=by_task.results.sum(min_count=1),
            stores=by_task.store.nunique(),
        )
    )
    stores = named.groupby("store", as_index=False)[["asked", "done"]].sum()
    stores = stores.assign(share=stores.done / stores.asked)
    return Lent(
        tasks=tasks.reset_index().sort_values(["asked", "task"], ascending=[False, True], ignore_index=True),
        stores=stores.sort_values(["share", "store"], ignore_index=True),
    )


def judge(_measured: Lent, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: idle staff of stores are raised where they are measured."""
    return ()


def tell(measured: Lent) -> Text:
    """The share who take part, and the stores that never do."""
    asked, done = measured.stores.asked.sum(), measured.stores.done.sum()
    low, high = wilson(done, asked)
    return ANSWER.fill(
        tasks=word_number(len(measured.tasks)),
        share=word_percent(done / asked),
        low=word_percent(float(low)),
        high=word_percent(float(high)),
        stores=word_number(len(measured.stores)),
        never=word_number(measured.never),
    )


def tabulate(measured: Lent) -> tuple[Exhibit, ...]:
    """Tasks, and stores with the least part first."""
    asked = Field(name="asked", label=Text(zh="收到任务的群主", en="Owners asked"), unit="count")
    done = Field(name="done", label=Text(zh="执行", en="Carried out"), unit="count")
    share = Field(name="share", label=Text(zh="参与率", en="Took part"), unit="share")
    tasks = measured.tasks.head(MOST_ROWS)
    shown = pd.DataFrame(
        {
            "task": [name_verbatim(shorten(task, 18)) if task else UNNAMED for task in tasks.task],
            "kind": tasks.kind.tolist(),
            "stores": tasks.stores.tolist(),
            "asked": tasks.asked.tolist(),
            "done": tasks.done.tolist(),
            "share": (tasks.done / tasks.asked).where(tasks.asked >= LEAST_ASKED).tolist(),
            "results": tasks.results.tolist(),
        }
    )
    fields = (
        Field(name="task", label=Text(zh="任务", en="Task")),
        Field(name="kind", label=Text(zh="类型", en="Kind")),
        Field(name="stores", label=Text(zh="门店", en="Stores"), unit="count"),
        asked,
        done,
        share,
        Field(name="results", label=Text(zh="带来的结果", en="What it brought"), unit="count"),
    )
    stores = measured.stores.head(MOST_ROWS)
    return (
        Exhibit(
            name="tasks",
            title=Text(zh="门店社群参与的品牌任务", en="Store groups in tasks"),
            fields=fields,
            frame=shown,
        ),
        Exhibit(
            name="stores",
            title=Text(zh="参与最少的门店", en="Stores that take the least part"),
            fields=(Field(name="store", label=Text(zh="门店", en="Store")), asked, done, share),
            frame=stores.assign(share=stores.share.where(stores.asked >= LEAST_ASKED)),
        ),
    )


def draw(measured: Lent, language: Language) -> Figure:
    """The share who took part by store, lowest first."""
    shown = measured.stores.head(MOST_ROWS)
    low, high = wilson(shown.done, shown.asked)
    figure = draw_bars(
        [shorten(store, 18) for store in shown.store],
        shown.share.tolist(),
        [
            f"{word_percent(share, 0).en}  n={word_number(asked).en}"
            for share, asked in zip(shown.share, shown.asked, strict=True)
        ],
        axis_label=AXIS.word(language),
        low=list(low),
        high=list(high),
        marked=[place for place, done in enumerate(shown.done) if not done],
    )
    scale_share(figure.axes[0].xaxis)
    return figure


# One task for the owners of three stores' groups: those of A and B did it, that of C did not; D's has no store.
CHECK = Check(
    question=QUESTION,
    definition=DEFINITION.fill(least=word_number(LEAST_ASKED)),
    answers=("002-35",),
    finds=(),
    needs=(Need(table="staff_tasks", columns=("staff", "done")), Need(table="groups", columns=("owner", "store"))),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-29 10",
            "groups": "group owner store\ng1 a A\ng2 b B\ng3 c C\ng4 d -",
            "staff_tasks": "day task kind staff done\n2024-02-05 新品 转发 a true\n2024-02-05 新品 转发 b true\n"
            "2024-02-05 新品 转发 c false\n2024-02-05 新品 转发 d true",
        },
        says="of 3 stores with groups 1 never did",
    ),
    place=80,
)
