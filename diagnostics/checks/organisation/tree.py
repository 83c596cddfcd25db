"""What each node of the organisation adds, enrols and sells, and how many customers are held in two pools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.organisation import _tree_words as say
from diagnostics.checks.organisation._tree_nodes import LEVELS, MEASURES, list_paths, roll_up
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.pools import (
    DESK,
    STORE,
    count_enrolled,
    count_held,
    count_pools,
    count_shared,
    place_contacts,
    total_places,
)
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 20
MOST_BARS = 12
LONGEST = 18


@dataclass(frozen=True, kw_only=True)
class Tree:
    """Nodes (roll_up), pools with their people, who is held in which pair of pools, and sales outside stores."""

    nodes: pd.DataFrame
    pools: pd.DataFrame
    shared: pd.DataFrame
    outside: float
    is_stated: bool
    currency: str

    @property
    def upper(self) -> pd.DataFrame:
        """The nodes between headquarters and the stores."""
        return self.nodes[self.nodes.level != "HQ"]

    @property
    def people(self) -> int:
        """Everybody held, once."""
        return int(self.shared.people.sum())

    @property
    def several(self) -> int:
        """Held by two staff and more."""
        return int(self.shared.several.sum())

    @property
    def cross(self) -> int:
        """Held in two pools."""
        return int(self.shared.people[self.shared["first"] != self.shared["last"]].sum())


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for sales, contacts and members by store, and for pools."""
    engagement, has_stores = tables.engagement, tables.has("stores", "store", "ownership")
    period = engagement.horizon.current
    placed = tables.share(place_contacts(tables["contacts"], tables["stores"] if has_stores else None))
    asked = {
        "sales": total_places(within(value_lines(tables["order_lines"], engagement.gmv_basis), period)),
        "held": count_held(placed, period),
        "pools": count_pools(placed),
        "shared": count_shared(placed),
    }
    if tables.has("customers", "is_member", "store"):
        asked["members"] = count_enrolled(tables["customers"])
    if tables.has("stores", "store"):
        asked["stores"] = tables["stores"].select("store", "city", "region")
    return asked


def measure(replies: Replies) -> Tree | NotComputable:
    """Put stores together and add them up along the tree."""
    sales = replies["sales"]
    places = sales.merge(replies["held"], on="store", how="outer")
    if "members" in replies:
        places = places.merge(replies["members"], on="store", how="left")
    outside = float(sales.gmv[sales.store.isna()].sum())
    places = places.dropna(subset=["store"]).assign(stores=1.0).reindex(columns=["store", *MEASURES]).fillna(0.0)
    if places.empty:
        return NotComputable(reason=say.NO_STORES, unlocked_by=say.EXPORT)
    brief = replies.engagement.brief
    masters = replies.frames.get("stores", pd.DataFrame(columns=["store", "city", "region"]))
    return Tree(
        nodes=roll_up(places, list_paths(brief, masters)),
        pools=replies["pools"].sort_values("people", ascending=False, ignore_index=True),
        shared=replies["shared"].sort_values("people", ascending=False, ignore_index=True),
        outside=outside,
        is_stated=bool(brief.rows("org_tree")),
        currency=replies.engagement.currency,
    )


def judge(_measured: Tree, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: customers held twice are a matter of rules, which the session settles."""
    return ()


def tell(measured: Tree) -> Text:
    """The size of the tree, its largest branch, and who is held twice."""
    whole = measured.nodes[measured.nodes.level == "HQ"].iloc[0]
    tops = measured.upper[[len(path) == 1 for path in measured.upper.path]]
    top = (tops if len(tops) else measured.nodes).sort_values("gmv", ascending=False).iloc[0]
    said = say.ANSWER.fill(
        stores=word_number(whole.stores),
        nodes=word_number(len(measured.upper)),
        gmv=word_money(whole.gmv, measured.currency),
        added=word_number(whole.added),
        level=LEVELS[top.level],
        name=_name(top),
        share=word_percent(top.gmv / whole.gmv if whole.gmv else None),
    )
    if not measured.people:
        return said
    return said + say.POOLS.fill(
        people=word_number(measured.people),
        several=word_number(measured.several),
        share=word_percent(measured.several / measured.people),
        cross=word_number(measured.cross),
    )


def _name(node: pd.Series) -> Text:
    return name_verbatim(shorten(str(node["name"]), LONGEST)) if node["name"] else say.ALL


def _name_pool(pool: str) -> Text:
    if pool == DESK:
        return say.DESK
    return say.OF_STORES if pool == STORE else say.OWNERS.get(pool) or name_verbatim(shorten(pool))


def caveats(measured: Tree) -> tuple[Text, ...]:
    """Where the tree comes from, and what it leaves out."""
    whole = float(measured.nodes.gmv[measured.nodes.level == "HQ"].iloc[0]) + measured.outside
    outside = say.OUTSIDE.fill(share=word_percent(measured.outside / whole)) if whole and measured.outside else None
    return tuple(text for text in (None if measured.is_stated else say.NO_TREE, outside) if text is not None)


def tabulate(measured: Tree) -> tuple[Exhibit, ...]:
    """The tree; the pools; who is held in which of them."""
    return _show_nodes(measured), _show_pools(measured), _show_shared(measured)


def _show_nodes(measured: Tree) -> Exhibit:
    told = [name for name in MEASURES if name != "members" or measured.nodes.members.sum() > 0]
    rows = [
        {"level": LEVELS[node.level], "name": _name(node), **{name: node[name] for name in told}}
        for _, node in measured.nodes.head(MOST_ROWS).iterrows()
    ]
    fields = (
        Field(name="level", label=Text(zh="层级", en="Level")),
        Field(name="name", label=Text(zh="节点", en="Node")),
        Field(name="stores", label=Text(zh="门店", en="Stores"), unit="count"),
        Field(name="accounts", label=Text(zh="员工账号", en="Staff accounts"), unit="count"),
        Field(name="added", label=Text(zh="新增好友", en="Contacts added"), unit="count"),
        Field(name="held", label=Text(zh="联系人", en="Contacts held"), unit="count"),
        Field(name="members", label=Text(zh="会员", en="Members"), unit="count"),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
    )
    frame = pd.DataFrame(rows, dtype=object).reindex(columns=[field.name for field in fields])
    title = Text(zh="逐级汇总（上级为下级之和）", en="Roll-up by level (a node is the sum of its stores)")
    return Exhibit(name="nodes", title=title, fields=fields, frame=frame)


def _show_pools(measured: Tree) -> Exhibit:
    rows = [
        {"pool": _name_pool(str(row["pool"])), "accounts": row["accounts"], "people": row["people"]}
        for row in measured.pools.to_dict("records")
    ]
    fields = (
        Field(name="pool", label=Text(zh="私域池", en="Pool")),
        Field(name="accounts", label=Text(zh="账号", en="Accounts"), unit="count"),
        Field(name="people", label=Text(zh="客户（池间会重复）", en="People (pools overlap)"), unit="count"),
    )
    title = Text(zh="员工与渠道人员的私域池", en="Pools of employees and of stores' staff")
    return Exhibit(name="pools", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_shared(measured: Tree) -> Exhibit:
    rows = []
    for row in measured.shared.to_dict("records"):
        first, last = _name_pool(str(row["first"])), _name_pool(str(row["last"]))
        pair = first if row["first"] == row["last"] else say.PAIR.fill(first=first, last=last)
        rows.append({"pools": pair, "people": row["people"], "several": row["several"]})
    fields = (
        Field(name="pools", label=Text(zh="所在的池", en="In pool")),
        Field(name="people", label=Text(zh="客户", en="People"), unit="count"),
        Field(name="several", label=Text(zh="其中两位及以上员工添加", en="Of these, held by 2+ staff"), unit="count"),
    )
    title = Text(zh="客户归属与重复", en="Whose the customers are, once or twice")
    return Exhibit(name="shared", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Tree, language: Language) -> Figure:
    """Sales of the nodes below headquarters, with what they added."""
    top = measured.upper[[len(path) == 1 for path in measured.upper.path]]
    shown = (top if len(top) else measured.nodes).sort_values("gmv", ascending=False).head(MOST_BARS)
    note = Text(zh="{gmv}，新增好友 {added}", en="{gmv}, added {added}")
    figure = draw_bars(
        [_name(node).word(language) for _, node in shown.iterrows()],
        [float(gmv) for gmv in shown.gmv],
        [
            note.fill(gmv=word_money(node.gmv, measured.currency), added=word_number(node.added)).word(language)
            for _, node in shown.iterrows()
        ],
        axis_label=Text(zh="本期门店 GMV", en="GMV of stores, current period").word(language),
    )
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    figure.axes[0].margins(x=0.45)
    return figure


# Two stores in the east and one in the south sell 300 + 100 and 100: the east has 80%. a is held by a guide and the
# desk: 1 of 3 people held twice, and across pools.
CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION,
    answers=("000-21", "000-22"),
    finds=(),
    needs=(
        Need(table="order_lines", columns=("store", "paid_amount")),
        Need(table="contacts", columns=("staff", "store")),
    ),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": (
                "customer ordered_at paid_amount store channel\na 2024-01-02 250 - tmall\na 2024-02-02 300 E1 store\n"
                "b 2024-02-02 100 E2 store\nc 2024-02-28 100 S1 store"
            ),
            "contacts": (
                "contact customer staff added_at store\nk1 a g1 2024-02-03 E1\nk1 a d1 2024-02-04 -\n"
                "k2 b g2 2024-02-03 E2\nk3 c g3 2024-02-05 S1"
            ),
        },
        says="大区是 east（占 GMV 80.0%）。私域里的 3 人中，1 人",
        brief=Brief(
            answers={
                "org_tree": (
                    {"node_id": "E", "level": "region", "name_code": "east"},
                    {"node_id": "S", "level": "region", "name_code": "south"},
                    {"node_id": "E1", "parent_id": "E", "level": "store"},
                    {"node_id": "E2", "parent_id": "E", "level": "store"},
                    {"node_id": "S1", "parent_id": "S", "level": "store"},
                )
            }
        ),
    ),
    place=35,
)
