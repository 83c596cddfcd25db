"""Whether the staff of stores serve customers, how dealers differ, and whose groups join the brand's campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.limits import find_limits, name_limit
from diagnostics.checks.stores import _activation_words as say
from diagnostics.checks.stores._activation_tables import tabulate_staff
from diagnostics.checks.stores._lent import LEAST_ASKED, Lent, ask_lent, draw_lent, read_lent, tabulate_lent, tell_lent
from diagnostics.checks.units import name_unit, name_units
from diagnostics.metrics.recent import count_back
from diagnostics.metrics.store_staff import count_active, describe_stores
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.activation import LEAST_STAFF, join_staff

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

WINDOW = 30
LEAST_DAYS = 14
MOST_FINDINGS = 5
MOST_ROWS = 15
OF_STAFF, OF_GROUPS = ("000-36", "002-32"), ("002-35",)


@dataclass(frozen=True, kw_only=True)
class Staff:
    """One row a store (store, city, ownership, staff, active, share …)."""

    stores: pd.DataFrame
    limits: Limits

    @property
    def told(self) -> pd.DataFrame:
        """Stores with statistics of at least two staff."""
        return self.stores[self.stores.share.notna() & (self.stores.staff >= LEAST_STAFF)]


@dataclass(frozen=True, kw_only=True)
class Activation:
    """The staff of stores and the groups lent to the brand; each `None` where its tables tell nothing."""

    staff: Staff | None
    lent: Lent | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask who is active by store, for the store master, and for tasks by store."""
    asked = ask_lent(tables)
    if tables.has("staff_days", "staff", "store"):
        rows = tables.share(count_back(tables["staff_days"]))
        asked["active"] = count_active(rows, WINDOW, LEAST_DAYS)
        if tables.has("stores", "store"):
            asked["stores"] = describe_stores(tables["stores"])
    return asked


def measure(replies: Replies) -> Activation | NotComputable:
    """Join the statistics with the master, and sum the tasks."""
    staff, lent = _read_staff(replies), read_lent(replies)
    if staff is None and lent is None:
        return NotComputable(reason=say.NEITHER, unlocked_by=say.UNLOCKED_BY)
    return Activation(staff=staff, lent=lent)


def _read_staff(replies: Replies) -> Staff | None:
    if "active" not in replies or replies["active"].empty:
        return None
    master = replies.frames.get("stores", pd.DataFrame({"store": []}))
    stores = join_staff(replies["active"], master).sort_values(["share", "store"], ignore_index=True)
    return Staff(stores=stores, limits=find_limits("stores.activation", LIMITS, replies.engagement))


def lacks(measured: Activation) -> Mapping[str, Text]:
    """The half that its tables do not tell."""
    staff = {} if measured.staff else dict.fromkeys(OF_STAFF, say.NO_STAFF)
    return staff | ({} if measured.lent else dict.fromkeys(OF_GROUPS, say.NO_TASKS))


def find_idle(measured: Staff, limits: Limits) -> pd.DataFrame:
    """Stores in which most staff do nothing, where the other stores are mostly active."""
    told = measured.told
    if told.share.median() < limits["healthy"]:
        return told.iloc[:0]
    return told[told.share < limits["active"]]


def judge(measured: Activation, limits: Limits) -> tuple[Finding, ...]:
    """Raise idle staff; who does not join a campaign is shown and not raised."""
    return _judge_staff(measured.staff, limits) if measured.staff else ()


def _judge_staff(measured: Staff, limits: Limits) -> tuple[Finding, ...]:
    """Raise the whole where staff are idle everywhere, else cities full of idle stores, else single stores."""
    told = measured.told
    if (
        len(told)
        and told.share.median() < limits["healthy"]
        and told.active.sum() < limits["active"] * told.staff.sum()
    ):
        share = word_percent(told.active.sum() / told.staff.sum())
        return (_state({}, say.TITLE_WHOLE.fill(share=share), told, measured),)
    idle = find_idle(measured, limits)
    found, named = [], set()
    if len(idle) > MOST_FINDINGS:
        for city, part in idle.groupby("city"):
            all_there = measured.told[measured.told.city == city]
            if len(part) >= limits["city"] * len(all_there) and len(part) > 1:
                title = say.TITLE_CITY.fill(
                    who=name_verbatim(shorten(str(city))),
                    stores=word_number(len(all_there)),
                    idle=word_number(len(part)),
                )
                found.append(_state({"city": str(city)}, title, part, measured))
                named |= set(part.store)
    single = idle[~idle.store.isin(named)].sort_values("staff", ascending=False).head(MOST_FINDINGS)
    return (*found, *(_state_store(row, measured) for _, row in single.iterrows()))


def _state_store(row: pd.Series, measured: Staff) -> Finding:
    others = measured.told[measured.told.store != row.store]
    title = say.TITLE.fill(
        who=name_unit("store", row.store),
        staff=word_number(row.staff),
        idle=word_number(row.staff - row.active),
        middle=word_percent(others.share.median(), 0),
    )
    return _state({"store": row.store}, title, pd.DataFrame([row]), measured)


def _state(scope: dict[str, str], title: Text, part: pd.DataFrame, measured: Staff) -> Finding:
    unseen = part.unseen.sum()
    idle = (part.staff - part.active).sum()
    return Finding(
        code="store.inactive_staff",
        scope=scope,
        title=title,
        cause=say.CAUSE.fill(
            window=word_number(WINDOW),
            added=word_number(part.added.sum()),
            chats=word_number(part.chats.sum()),
            unseen=say.UNSEEN.fill(n=word_number(unseen)) if unseen else Text(zh="", en=""),
        ),
        action=say.ACTION,
        owner_role="store_guide",
        validation=Validation(metric="league", direction="up", window_days=30),
        stop_rule=say.STOP,
        confidence=0.9 if not unseen else 0.7,
        impact_reason=say.NO_MONEY,
        severity="medium" if idle >= measured.limits["matters"] * measured.told.staff.sum() else "low",
        evidence=(
            Evidence(table="stores", n=int(part.staff.sum()), value=float(part.active.sum() / part.staff.sum())),
        ),
    )


def tell(measured: Activation) -> Text:
    """The share of active staff and the stores where most do nothing; then whose groups take part."""
    said = _tell_staff(measured.staff) if measured.staff else NOTHING
    return said + tell_lent(measured.lent) if measured.lent else said


def _tell_staff(measured: Staff) -> Text:
    told = measured.stores.dropna(subset=["share"])
    said = say.ANSWER.fill(
        stores=word_number(len(told)),
        staff=word_number(told.staff.sum()),
        share=word_percent(told.active.sum() / told.staff.sum()),
        window=word_number(WINDOW),
    )
    idle = measured.told[measured.told.share < measured.limits["active"]]
    names = name_units(list(idle.store))
    tail = say.IDLE.fill(n=word_number(len(idle)), names=names) if len(idle) else say.ALL_ACTIVE
    return Text(zh=said.zh + tail.zh, en=said.en + tail.en)


def caveats(measured: Activation) -> tuple[Text, ...]:
    """Stores without statistics."""
    unknown = int(measured.staff.stores.share.isna().sum()) if measured.staff else 0
    return (say.UNKNOWN.fill(stores=word_number(unknown)),) if unknown else ()


def tabulate(measured: Activation) -> tuple[Exhibit, ...]:
    """Stores, lowest first, and the same by ownership, region and city; tasks, and who took the least part."""
    staff = tabulate_staff(measured.staff.stores) if measured.staff else ()
    return (*staff, *(tabulate_lent(measured.lent) if measured.lent else ()))


def draw(measured: Activation, language: Language) -> Figure:
    """The stores with the fewest active staff; without statistics of staff those whose groups take the least part."""
    if measured.staff is not None:
        return _draw_staff(measured.staff, language)
    return draw_lent(measured.lent, language)  # type: ignore[arg-type]  # one of both is there, or measure gave up


def _draw_staff(measured: Staff, language: Language) -> Figure:
    """The lowest stores; of equal ones those with the fewest contacts added come first."""
    told = measured.stores.dropna(subset=["share"]).sort_values(["share", "added"]).head(MOST_ROWS)
    idle = set(find_idle(measured, measured.limits).store)
    figure = draw_bars(
        [shorten(store, 18) for store in told.store],
        told.share.astype(float).tolist(),
        [f"{word_percent(row['share'], 0).en}  n={word_number(row['staff']).en}" for row in told.to_dict("records")],
        axis_label=Text(zh="活跃员工占比（n 为员工数）", en="Share of staff active (n: staff)").word(language),
        marked={place for place, store in enumerate(told.store) if store in idle},
    )
    scale_share(figure.axes[0].xaxis)
    return figure


LIMITS = (
    name_limit("active", 0.5, "不到一半员工有动作，即多数员工未行动", "with under half active, most do nothing"),
    name_limit(
        "healthy",
        0.7,
        "其他门店普遍七成以上活跃，才是这家店自己的问题",
        "only where seven tenths are usual is it the store's own trouble",
    ),
    name_limit("city", 0.5, "一个城市一半门店如此，归到城市", "with half of a city's stores it is the city's"),
    name_limit("matters", 0.1, "涉及一成以上门店员工才列为中等", "medium from a tenth of all staff in stores"),
)

# Twenty days of five stores with two guides each; those of E speak to nobody: 8 of 10 active.
# One task for the owners of three stores' groups: those of A and B did it, that of C did not; D's group has no store.
EXAMPLE_DAYS = "\n".join(
    [
        "day staff store added chats",
        *(
            f"2024-02-{day:02} {store}{guide} {store} 0 {0 if store == 'E' else 5}"
            for day in range(1, 21)
            for store in "ABCDE"
            for guide in (1, 2)
        ),
    ]
)

CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION.fill(
        window=word_number(WINDOW), least=word_number(LEAST_DAYS), asked=word_number(LEAST_ASKED)
    ),
    answers=(*OF_STAFF, *OF_GROUPS),
    finds=("store.inactive_staff",),
    needs=(Need(table="order_lines"),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={
            "staff_days": EXAMPLE_DAYS,
            "stores": "store city ownership staff_count\n"
            + "\n".join(f"{store} 甲 {'经销' if store == 'E' else '直营'} 2" for store in "ABCDE"),
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-28 10",
            "groups": "group owner store\ng1 a A\ng2 b B\ng3 c C\ng4 d -",
            "staff_tasks": "day task kind staff done\n2024-02-05 新品 转发 a true\n2024-02-05 新品 转发 b true\n"
            "2024-02-05 新品 转发 c false\n2024-02-05 新品 转发 d true",
        },
        says="80.0% of 10 staff in 5 stores are active (last 30 days); stores where most of them do nothing: 1 (E). "
        "In 1 tasks of the brand 66.7% of store group owners took part (20.8% to 93.9%); of 3 stores with groups 1 "
        "never did",
        finds=(("store.inactive_staff", {"store": "E"}),),
    ),
    place=10,
    uses=("staff_days", "staff_tasks", "groups"),
)
