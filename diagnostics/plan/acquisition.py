"""The acquisition plan: eight public pools by three ways, what each cell costs and brings, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics.model.names import name_channel
from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_clauses, join_texts, word_number, word_percent, word_price
from diagnostics.plan.material import Material, Row
from diagnostics.plan.phrases import list_ranks
from diagnostics.plan.pools import Pool, pick, place
from diagnostics.plan.roadmap import Roadmap
from diagnostics.plan.section_tables import (
    NO_DATA,
    build,
    drop_empty,
    judge_status,
    key_channels,
    list_actions,
    name_of,
    read_number,
    read_text,
    tell_todo,
)

CODES = (
    "people.low_reach",
    "lever.users_drop",
    "venue.migration_loss",
    "venue.costly_acquisition",
    "venue.cac_inflation",
    "venue.broken_link",
    "venue.channel_dependence",
)
QUESTION = Text(
    zh="从哪个公域池、用什么方式引流，各花多少、留住多少？",
    en="From which public pools, in which ways, at what cost, and how many stay?",
)
ANSWER = Text(
    zh="{pools} 个公域池 × {ways} 种方式里 {known} 格有客户填的投入与加粉，{measured} 个渠道有实测；{best}{todo}。",
    en="The client states cost or adds for {known} of the {cells} combinations of {pools} public pools and {ways} "
    "ways; channels with measured figures: {measured}; {best}{todo}.",
)
NOTHING_KNOWN = Text(
    zh="{pools} 个公域池都没有客户填的投入与加粉，也没有实测；{todo}。",
    en="For none of {pools} public pools cost or adds are stated, and none was measured; {todo}.",
)
CHEAPEST = Text(zh="单个好友成本最低的是{name}（{cost}）；", en="the cheapest contact comes from {name} ({cost}); ")
LOWEST = Text(zh="买家进入私域最少的是{name}（{share}）；", en="buyers of {name} are reached least ({share}); ")
NOTHING_WRONG = Text(zh="没有发现需要处理的问题", en="no finding calls for a change")
NO_KEEP = Text(
    zh="留存与首单没有数据：补企微客户列表（渠道码、添加与流失时间）与订单",
    en="no data on keep and first order: WeCom contacts (code, time added and lost) with orders would show them",
)
SHEET = Text(zh="需求表：公域流量来源", en="sheet: public pools in use")
GRID_NOTE = Text(
    zh="加粉率 = 月加粉 ÷ 月访客，均为客户所填。其余 {n} 格没有数据（不是零），要补的导出见“各公域池现状”一表。{used}",
    en="The add rate is adds over visitors a month, both as stated by the client. Another {n} cells have no data, "
    "which is no zero; the table of pools says which export would show each. {used}",
)
IN_USE = Text(
    zh="需求表写明在用的方式：{ways}，按来源池拆开的数字还没有。",
    en="Ways in use by the sheet: {ways}, not yet by pool.",
)
WAYS_USED = {
    "touchpoint": ("benefit_hook", "offline", "content"),
    "paid": ("paid",),
    "viral": ("referral", "partner"),
}


def plan_acquisition(material: Material, roadmap: Roadmap) -> PlanSection:
    """The grid, the pools as they were measured, and the actions that findings call for."""
    findings = material.list_findings(*CODES)
    cells = _sum_cells(material)
    pools = _measure_pools(material)
    measured = sum(row.get("source") is not None for row in pools)
    count, ways = len(pick(material.pools, "pool")), len(pick(material.pools, "way"))
    answer = (ANSWER if cells or measured else NOTHING_KNOWN).fill(
        pools=word_number(count),
        ways=word_number(ways),
        cells=word_number(count * ways),
        known=word_number(len(cells)),
        measured=word_number(measured),
        best=_tell_best(cells, pools, material),
        todo=tell_todo(findings, roadmap, NOTHING_WRONG, is_examined=bool(measured or cells)),
    )
    return PlanSection(
        name="plan.acquisition",
        chapter="11",
        question=QUESTION,
        answer=answer,
        status=judge_status(measured=bool(measured), stated=bool(cells)),
        reason=Text(zh="没有任何公域池的数据", en="no pool has any figure"),
        exhibits=drop_empty([list_actions(findings, roadmap), _draw_pools(pools), _draw_grid(cells, material)]),
        ranks=list_ranks(findings),
        capabilities=("003-19", "003-24", "003-25"),
    )


def _sum_cells(material: Material) -> Mapping[tuple[str, str], Row]:
    """What the sheet states by pool and way; rows of one cell are added, as they count different people."""
    cells: dict[tuple[str, str], dict[str, float]] = {}
    for row in material.brief.rows("public_pools"):
        pool, way = place(read_text(row, "pool"), material.pools)
        if pool is None:
            continue
        cell = cells.setdefault((pool.id, way.id), {})
        for name in ("monthly_visitors", "cost", "adds"):
            amount = read_number(row, name)
            if amount is not None:
                cell[name] = cell.get(name, 0.0) + amount
    return {key: cell for key, cell in cells.items() if cell}


def _measure_pools(material: Material) -> list[dict[str, object]]:
    """Each pool's own channels, as other sections measured them; a pool of several channels has a row for each."""
    reach = key_channels(material.rows("people.reach", "reach"), "channel")
    sales = key_channels(material.rows("venue.channels", "channels"), "name")
    costs = key_channels(material.rows("venue.acquisition_cost", "acquisition"), "name")
    back = key_channels(
        [row for row in material.rows("retention.return_curve", "shares") if read_number(row, "day") == RETURN_DAY],
        "channel",
    )
    rows: list[dict[str, object]] = []
    for pool in pick(material.pools, "pool"):
        names = [name_channel(channel) for channel in pool.channels]
        present = [name for name in names if any(name.en in table for table in (reach, sales, costs, back))]
        rows += [_measure_channel(pool, name, reach=reach, sales=sales, costs=costs, back=back) for name in present]
        if not present:
            rows.append({"pool": pool.name, "missing": NO_DATA.fill(export=pool.export)})
    return rows


RETURN_DAY = 180


def _measure_channel(pool: Pool, name: Text, **tables: Mapping[str, Row]) -> dict[str, object]:
    found = {key: table.get(name.en) for key, table in tables.items()}
    costs = found["costs"]
    return {
        "pool": pool.name,
        "channel": name,
        "gmv": read_number(found["sales"], "gmv"),
        "new_share": read_number(found["sales"], "new_share"),
        "reached": read_number(found["reach"], "share"),
        "cac": read_number(costs, "cac"),
        "back": read_number(found["back"], "share"),
        "source": MEASURED,
        "missing": None if costs is not None else NO_COST,
    }


MEASURED = Text(zh="场、触达与复购各节", en="the sections on channels, reach and return")
NO_COST = Text(zh="获客成本没有数据：补“投放与费用”即可看到", en="no data on cost: campaigns and spend would show it")


def _draw_pools(rows: list[dict[str, object]]) -> Exhibit:
    fields = (
        Field(name="pool", label=Text(zh="公域池", en="Pool")),
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="missing", label=Text(zh="还缺什么", en="What is missing")),
        Field(name="gmv", label=Text(zh="GMV（本期）", en="GMV, current period"), unit="money"),
        Field(name="new_share", label=Text(zh="新客占比", en="New customers"), unit="share"),
        Field(name="cac", label=Text(zh="获客成本", en="Cost of a new customer"), unit="price"),
        Field(name="reached", label=Text(zh="买家已在私域", en="Buyers reached"), unit="share"),
        Field(name="back", label=Text(zh="180 天复购", en="Back within 180 days"), unit="share"),
    )
    return build("pools", Text(zh="各公域池现状", en="The pools today"), fields, rows)


def _draw_grid(cells: Mapping[tuple[str, str], Row], material: Material) -> Exhibit:
    """One row a cell of which something is known; the note says how many are not, and what the client uses of them."""
    used = set(material.brief.choices("acquisition_ways"))
    pools, ways = pick(material.pools, "pool"), pick(material.pools, "way")
    rows: list[dict[str, object]] = [
        {"pool": pool.name, "way": way.name, "missing": join_clauses([SHEET, NO_KEEP])} | _price_cell(cell)
        for pool in pools
        for way in ways
        if (cell := cells.get((pool.id, way.id))) is not None
    ]
    fields = (
        Field(name="pool", label=Text(zh="公域池", en="Pool")),
        Field(name="way", label=Text(zh="方式", en="Way")),
        Field(name="missing", label=Text(zh="来自与还缺什么", en="From, and what is missing")),
        Field(name="cost", label=Text(zh="月投入", en="Cost a month"), unit="money"),
        Field(name="adds", label=Text(zh="月加粉", en="Adds a month"), unit="count"),
        Field(name="each", label=Text(zh="单个好友成本", en="Cost per contact"), unit="price"),
        Field(name="rate", label=Text(zh="加粉率", en="Add rate"), unit="share"),
        Field(name="keep", label=Text(zh="30 天留存", en="Kept 30 days"), unit="share"),
        Field(name="first", label=Text(zh="首单率", en="First order"), unit="share"),
    )
    in_use = [way.name for way in ways if used & set(WAYS_USED.get(way.id, ()))]
    note = GRID_NOTE.fill(
        n=word_number(len(pools) * len(ways) - len(rows)),
        used=IN_USE.fill(ways=join_texts(in_use)) if in_use else NOTHING,
    )
    return build("grid", Text(zh="公域池 × 引流方式", en="Pools by ways"), fields, rows, note)


def _price_cell(cell: Row) -> dict[str, object]:
    visitors, cost, adds = (read_number(cell, name) for name in ("monthly_visitors", "cost", "adds"))
    return {
        "cost": cost,
        "adds": adds,
        "each": cost / adds if cost is not None and adds else None,
        "rate": adds / visitors if adds is not None and visitors else None,
    }


def _tell_best(cells: Mapping[tuple[str, str], Row], pools: list[dict[str, object]], material: Material) -> Text:
    """The cheapest contact as stated, else the channel whose buyers are reached least."""
    names = {pool.id: pool.name for pool in material.pools}
    priced = [(price, key) for key, cell in cells.items() if (price := _price_cell(cell)["each"]) is not None]
    if priced:
        cost, (pool, way) = min(priced, key=lambda one: (float(str(one[0])), one[1]))
        return CHEAPEST.fill(
            name=join_texts([names[pool], names[way]]), cost=word_price(float(str(cost)), material.currency)
        )
    reached = [(share, name_of(row["channel"])) for row in pools if (share := read_number(row, "reached")) is not None]
    if not reached:
        return NOTHING
    share, name = min(reached, key=lambda one: one[0])
    return LOWEST.fill(name=name, share=word_percent(share))
