"""Which stores put their groups at the service of the brand's activities, task by task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.stores import _activation_words as words
from diagnostics.metrics.group_hosts import total_tasks
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

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


def ask_lent(tables: Tables) -> dict[str, ir.Table]:
    """Ask for tasks by store, where tasks and the stores of groups are known."""
    if not (tables.has("staff_tasks", "staff", "done") and tables.has("groups", "owner", "store")):
        return {}
    return {"tasks": total_tasks(tables["staff_tasks"], tables["groups"], tables.engagement.horizon.current)}


def read_lent(replies: Replies) -> Lent | None:
    """Sum by task and by store; `None` where no owner of a store's group was given a task."""
    if "tasks" not in replies or replies["tasks"].empty:
        return None
    rows = replies["tasks"]
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


def tell_lent(lent: Lent) -> Text:
    """The share who take part, and the stores that never do."""
    asked, done = lent.stores.asked.sum(), lent.stores.done.sum()
    low, high = wilson(done, asked)
    return words.LENT.fill(
        tasks=word_number(len(lent.tasks)),
        share=word_percent(done / asked),
        low=word_percent(float(low)),
        high=word_percent(float(high)),
        stores=word_number(len(lent.stores)),
        never=word_number(lent.never),
    )


def tabulate_lent(lent: Lent) -> tuple[Exhibit, ...]:
    """Tasks, and stores with the least part first."""
    asked = Field(name="asked", label=Text(zh="收到任务的群主", en="Owners asked"), unit="count")
    done = Field(name="done", label=Text(zh="执行", en="Carried out"), unit="count")
    share = Field(name="share", label=Text(zh="参与率", en="Took part"), unit="share")
    tasks = lent.tasks.head(MOST_ROWS)
    shown = pd.DataFrame(
        {
            "task": [name_verbatim(shorten(task, 18)) if task else words.UNNAMED for task in tasks.task],
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
    stores = lent.stores.head(MOST_ROWS)
    return (
        Exhibit(
            name="tasks",
            title=Text(zh="门店社群参与的品牌任务", en="Store groups in tasks"),
            fields=fields,
            frame=shown,
        ),
        Exhibit(
            name="store_groups",
            title=Text(zh="参与最少的门店", en="Stores that take the least part"),
            fields=(Field(name="store", label=Text(zh="门店", en="Store")), asked, done, share),
            frame=stores.assign(share=stores.share.where(stores.asked >= LEAST_ASKED)),
        ),
    )


def draw_lent(lent: Lent, language: Language) -> Figure:
    """The share who took part by store, lowest first."""
    shown = lent.stores.head(MOST_ROWS)
    low, high = wilson(shown.done, shown.asked)
    figure = draw_bars(
        [shorten(store, 18) for store in shown.store],
        shown.share.tolist(),
        [
            f"{word_percent(share, 0).en}  n={word_number(asked).en}"
            for share, asked in zip(shown.share, shown.asked, strict=True)
        ],
        axis_label=words.LENT_AXIS.word(language),
        low=list(low),
        high=list(high),
        marked=[place for place, done in enumerate(shown.done) if not done],
    )
    scale_share(figure.axes[0].xaxis)
    return figure
