"""The channel plan: each channel's task, and in which order memberships are bridged, with groups until then."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics.model.names import ID_TYPES, MEETING_IDS, name_channel
from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_clauses, join_texts, name_verbatim, word_change, word_number
from diagnostics.plan.material import Material, Row
from diagnostics.plan.phrases import list_ranks, word_ranks
from diagnostics.plan.roadmap import Roadmap
from diagnostics.plan.section_tables import (
    NO_DATA,
    build,
    drop_empty,
    judge_status,
    key_channels,
    list_channel_findings,
    name_of,
    read_number,
    read_text,
)

# The capabilities that take the sheet's state of bridging.
BRIDGING = ("002-46", "002-53")
# States of bridging that come after those in which nothing is bridged.
ORDER = {"within": 1, "live": 2}
QUESTION = Text(
    zh="各渠道接下来的任务是什么，会员按什么顺序打通？",
    en="What is each channel's task, and in which order are memberships bridged?",
)
ANSWER = Text(
    zh="{n} 个渠道里 {busy} 个有要处理的问题{most}；{bridge}。",
    en="Of {n} channels {busy} have something to mend{most}; {bridge}.",
)
MOST = Text(zh="，最多的是{name}（{ranks}）", en=", most of all {name} ({ranks})")
BRIDGE = Text(zh="还没打通的从{name}开始", en="bridging begins with {name}")
BRIDGED = Text(zh="填写的渠道都已打通", en="all channels stated are bridged")
NOT_STATED = Text(zh="需求表没有写会员打通情况", en="the sheet does not state which memberships are bridged")
NOTHING_WRONG = Text(zh="没有发现问题，维持", en="no trouble found: keep")
WITHIN = Text(
    zh="填写的渠道都写着已打通，但{names}只用平台用户号，跨渠道认不出人，从{first}开始补手机号或 unionid",
    en="all channels stated are called bridged, but {names} by the platform's own id, which tells nobody apart across "
    "channels; phone or unionid is collected first in {first}",
)
STATUS = {
    "within": Text(zh="只在平台内打通", en="bridged within the platform only"),
    "live": Text(zh="已打通", en="bridged"),
    "planned": Text(zh="计划中", en="planned"),
    "none": Text(zh="未打通", en="not bridged"),
}
GROUPS = Text(zh="打通前用社群承接：已有 {n} 个群", en="until then by groups: {n} there already")
NO_GROUPS = Text(zh="打通前先为这个渠道建群承接", en="until then start a group for this channel")
NO_NEED = Text(zh="无需过渡", en="none needed")
COLLECT = Text(
    zh="入会页或包裹卡上用权益换手机号或 unionid",
    en="ask for phone or unionid against a benefit, on the joining page or the parcel card",
)
ORDERS = Text(zh="带渠道的订单明细", en="order lines with their channel")


def plan_channel(material: Material, _roadmap: Roadmap) -> PlanSection:
    """Channels with what was measured and their findings; bridges in order of the channel's growth."""
    sales = material.rows("venue.channels", "channels")
    rows = _list_channels(material, sales)
    bridges = _order_bridges(material, key_channels(sales, "name"))
    findings = [one for row in rows for one in list_channel_findings(material, name_of(row["channel"]))]
    return PlanSection(
        name="plan.channel",
        chapter="12",
        question=QUESTION,
        answer=_tell(material, rows, bridges),
        status=judge_status(measured=bool(rows), stated=bool(bridges)),
        reason=NOT_STATED if rows else NO_DATA.fill(export=ORDERS),
        exhibits=drop_empty([_draw_channels(rows), _draw_bridges(bridges)]),
        ranks=list_ranks(findings),
        capabilities=("003-21", *(BRIDGING if bridges else ())),
        lacking=() if bridges else BRIDGING,
    )


def _list_channels(material: Material, sales: list[dict[str, object]]) -> list[dict[str, object]]:
    reach = key_channels(material.rows("people.reach", "reach"), "channel")
    rows: list[dict[str, object]] = []
    for row in sales:
        name = name_of(row["name"])
        findings = list_channel_findings(material, name)
        rows.append(
            {
                "channel": name,
                "gmv": row["gmv"],
                "share": row["share"],
                "change": row["change"],
                "reached": read_number(reach.get(name.en), "share"),
                "task": join_clauses(one.title for one in findings) if findings else NOTHING_WRONG,
                "finding": word_ranks(findings),
            }
        )
    return rows


def _order_bridges(material: Material, sales: Mapping[str, Row]) -> list[dict[str, object]]:
    """Channels as the sheet states them: those not bridged first, and of these the fastest growing first."""
    groups: dict[str, int] = {}
    for row in material.brief.rows("groups_list"):
        channel = name_channel(read_text(row, "channel")).en
        groups[channel] = groups.get(channel, 0) + 1
    rows = []
    for row in material.brief.rows("bridge_status"):
        name = name_channel(read_text(row, "channel"))
        status, key = read_text(row, "status") or "none", read_text(row, "id_type")
        if status == "live" and key and key not in MEETING_IDS:
            status = "within"
        count = groups.get(name.en, 0)
        until = GROUPS.fill(n=word_number(count)) if count else NO_GROUPS
        rows.append(
            {
                "channel": name,
                "brand": read_text(row, "brand"),
                "status": STATUS.get(status) or name_verbatim(status),
                "key": ID_TYPES.get(key) or key,
                "change": read_number(sales.get(name.en), "change"),
                "until": {"live": NO_NEED, "within": COLLECT}.get(status, until),
                "state": status,
            }
        )
    return sorted(
        rows,
        key=lambda row: (
            ORDER.get(str(row["state"]), 0),
            -(read_number(row, "change") or 0.0),
            name_of(row["channel"]).en,
        ),
    )


def _tell(material: Material, rows: list[dict[str, object]], bridges: list[dict[str, object]]) -> Text:
    counted = {
        name_of(row["channel"]).en: (name_of(row["channel"]), list_channel_findings(material, name_of(row["channel"])))
        for row in rows
    }
    busy = [(name, found) for name, found in counted.values() if found]
    most = NOTHING
    if busy:
        name, found = max(busy, key=lambda one: len(one[1]))
        most = MOST.fill(name=name, ranks=word_ranks(found) or NOTHING)
    bridge = _tell_bridges(bridges) if bridges else NOT_STATED
    return ANSWER.fill(n=word_number(len(rows)), busy=word_number(len(busy)), most=most, bridge=bridge)


def _tell_bridges(bridges: list[dict[str, object]]) -> Text:
    """Where bridging begins: where there is none, else where it holds within the platform only."""
    first = bridges[0]
    if first["state"] == "live":
        return BRIDGED
    if first["state"] != "within":
        return BRIDGE.fill(name=_word_growth(first))
    within = [name_of(row["channel"]) for row in bridges if row["state"] == "within"]
    return WITHIN.fill(names=join_texts(within), first=_word_growth(first))


def _word_growth(row: Row) -> Text:
    change = read_number(row, "change")
    name = name_of(row["channel"])
    return name if change is None else GROWTH.fill(name=name, change=word_change(change))


GROWTH = Text(zh="{name}（GMV {change}）", en="{name} (GMV {change})")


def _draw_channels(rows: list[dict[str, object]]) -> Exhibit:
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="gmv", label=Text(zh="GMV（本期）", en="GMV, current period"), unit="money"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="change", label=Text(zh="变化", en="Change"), unit="share"),
        Field(name="reached", label=Text(zh="买家已在私域", en="Buyers reached"), unit="share"),
        Field(name="task", label=Text(zh="要处理的问题", en="What to mend")),
        Field(name="finding", label=Text(zh="对应问题", en="Finding")),
    )
    return build("channels", Text(zh="各渠道的任务", en="Tasks of the channels"), fields, rows)


def _draw_bridges(rows: list[dict[str, object]]) -> Exhibit:
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="brand", label=Text(zh="品牌", en="Brand")),
        Field(name="status", label=Text(zh="会员打通", en="Membership")),
        Field(name="key", label=Text(zh="身份键", en="Identity key")),
        Field(name="change", label=Text(zh="渠道 GMV 变化", en="Change of the channel's GMV"), unit="share"),
        Field(name="until", label=Text(zh="打通前怎么承接", en="Until it is bridged")),
    )
    note = Text(
        zh="顺序：未打通的在前，只在平台内打通的其次，同一类里增长快的渠道先做。",
        en="Order: not bridged first, then bridged within the platform only; of each the fastest growing first.",
    )
    return build("bridges", Text(zh="会员打通的顺序", en="Order of bridging"), fields, rows, note)
