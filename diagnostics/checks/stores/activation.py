"""Whether the staff of stores add and serve customers, and how own stores and dealers differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.stores import _activation_words as say
from diagnostics.checks.units import name_unit, name_units
from diagnostics.metrics.recent import count_back
from diagnostics.metrics.store_staff import count_active, describe_stores
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.activation import LEAST_STAFF, group_stores, join_staff

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
GROUPINGS: Mapping[str, Text] = {
    "ownership": Text(zh="归属", en="Ownership"),
    "region": Text(zh="大区", en="Region"),
    "city": Text(zh="城市", en="City"),
}


@dataclass(frozen=True, kw_only=True)
class Activation:
    """One row a store (store, city, ownership, staff, active, share …)."""

    stores: pd.DataFrame
    limits: Limits

    @property
    def told(self) -> pd.DataFrame:
        """Stores with statistics of at least two staff."""
        return self.stores[self.stores.share.notna() & (self.stores.staff >= LEAST_STAFF)]


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask who is active by store, and for the store master."""
    rows = tables.share(count_back(tables["staff_days"]))
    asked = {"active": count_active(rows, WINDOW, LEAST_DAYS)}
    if tables.has("stores", "store"):
        asked["stores"] = describe_stores(tables["stores"])
    return asked


def measure(replies: Replies) -> Activation | NotComputable:
    """Join the statistics with the master."""
    if replies["active"].empty:
        return NotComputable(reason=say.NOTHING, unlocked_by=say.UNLOCKED_BY)
    master = replies.frames.get("stores", pd.DataFrame({"store": []}))
    stores = join_staff(replies["active"], master).sort_values(["share", "store"], ignore_index=True)
    return Activation(stores=stores, limits=find_limits("stores.activation", LIMITS, replies.engagement))


def find_idle(measured: Activation, limits: Limits) -> pd.DataFrame:
    """Stores in which most staff do nothing, where the other stores are mostly active."""
    told = measured.told
    if told.share.median() < limits["healthy"]:
        return told.iloc[:0]
    return told[told.share < limits["active"]]


def judge(measured: Activation, limits: Limits) -> tuple[Finding, ...]:
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


def _state_store(row: pd.Series, measured: Activation) -> Finding:
    others = measured.told[measured.told.store != row.store]
    title = say.TITLE.fill(
        who=name_unit("store", row.store),
        staff=word_number(row.staff),
        idle=word_number(row.staff - row.active),
        middle=word_percent(others.share.median(), 0),
    )
    return _state({"store": row.store}, title, pd.DataFrame([row]), measured)


def _state(scope: dict[str, str], title: Text, part: pd.DataFrame, measured: Activation) -> Finding:
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
    """The share of active staff, and the stores where most do nothing."""
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
    unknown = int(measured.stores.share.isna().sum())
    return (say.UNKNOWN.fill(stores=word_number(unknown)),) if unknown else ()


def tabulate(measured: Activation) -> tuple[Exhibit, ...]:
    """Stores, lowest first, and the same by ownership, region and city."""
    counts = (
        Field(name="staff", label=Text(zh="员工", en="Staff"), unit="count"),
        Field(name="active", label=Text(zh="活跃", en="Active"), unit="count"),
        Field(name="share", label=Text(zh="活跃率", en="Share active"), unit="share"),
    )
    shown = [
        Exhibit(
            name="stores",
            title=Text(zh="门店员工活跃榜（低者在前）", en="Active staff by store, lowest first"),
            fields=(
                Field(name="store", label=Text(zh="门店", en="Store")),
                Field(name="city", label=Text(zh="城市", en="City")),
                Field(name="ownership", label=Text(zh="归属", en="Ownership")),
                *counts,
                Field(name="added", label=Text(zh="新增客户", en="Contacts added"), unit="count"),
                Field(name="chats", label=Text(zh="单聊", en="Chats"), unit="count"),
            ),
            frame=measured.stores,
        )
    ]
    for column, label in GROUPINGS.items():
        if measured.stores[column].notna().any():
            frame = group_stores(measured.stores, column).sort_values("share", ignore_index=True)
            fields = (
                Field(name="name", label=label),
                Field(name="stores", label=Text(zh="门店数", en="Stores"), unit="count"),
                *counts,
                Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
                Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
                Field(name="each", label=Text(zh="店均新增客户", en="Contacts added a store"), unit="number", digits=1),
            )
            title = Text(zh="按{by}汇总", en="By {by}").fill(by=label)
            shown.append(Exhibit(name=column, title=title, fields=fields, frame=frame))
    return tuple(shown)


def draw(measured: Activation, language: Language) -> Figure:
    """The stores with the fewest active staff; of equal ones those with the fewest contacts added."""
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


def _limit(name: str, value: float, zh: str, en: str) -> Limit:
    return Limit(name=name, value=value, reason=Text(zh=zh, en=en))


LIMITS = (
    _limit("active", 0.5, "不到一半员工有动作，即多数员工未行动", "with under half active, most do nothing"),
    _limit(
        "healthy",
        0.7,
        "其他门店普遍七成以上活跃，才是这家店自己的问题",
        "only where seven tenths are usual is it the store's own trouble",
    ),
    _limit("city", 0.5, "一个城市一半门店如此，归到城市", "with half of a city's stores it is the city's"),
    _limit("matters", 0.1, "涉及一成以上门店员工才列为中等", "medium from a tenth of all staff in stores"),
)

# Twenty days of five stores with two guides each; those of E speak to nobody: 8 of 10 active.
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
    definition=say.DEFINITION.fill(window=word_number(WINDOW), least=word_number(LEAST_DAYS)),
    answers=("000-36", "002-32"),
    finds=("store.inactive_staff",),
    needs=(Need(table="staff_days", columns=("staff", "store")),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "staff_days": EXAMPLE_DAYS,
            "stores": "store city ownership staff_count\n"
            + "\n".join(f"{store} 甲 {'经销' if store == 'E' else '直营'} 2" for store in "ABCDE"),
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-28 10",
        },
        says="80.0%",
        finds=(("store.inactive_staff", {"store": "E"}),),
    ),
    place=10,
)
