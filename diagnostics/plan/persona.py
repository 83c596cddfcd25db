"""The persona plan: the matrix of accounts, how full and how complete each is, and the kind that is missing."""

from __future__ import annotations

from collections.abc import Sequence

from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number
from diagnostics.plan.material import Material, Row
from diagnostics.plan.phrases import list_ranks
from diagnostics.plan.roadmap import Roadmap
from diagnostics.plan.section_tables import (
    FROM_SHEET,
    build,
    drop_empty,
    judge_status,
    list_actions,
    read_number,
    read_text,
)

CODES = ("service.overload", "people.concentration_risk")
QUESTION = Text(
    zh="用什么人设的账号服务谁，账号够不够、像不像人？",
    en="Which personas serve whom, are the accounts enough and do they look like people?",
)
ANSWER = Text(
    zh="需求表列出 {n} 个账号，标准人设 {standard} 个、高级人设 {premium} 个{premium_gap}{complete}。",
    en="The sheet lists {n} accounts: {standard} of the standard persona, {premium} of the premium one{premium_gap}"
    "{complete}.",
)
PREMIUM_GAP = Text(
    zh="；高价值买家 {top} 人里 {reached} 人已在私域，却没有高级人设的账号",
    en="; of {top} top buyers {reached} are in the private domain, yet no premium account is there",
)
COMPLETE = Text(
    zh="；人设五项都齐的账号 {whole} 个（共 {all} 个）", en="; {whole} of {all} have all five elements of a persona"
)
NOT_CHECKED = Text(zh="；人设内容还没有填写", en="; what the personas look like is not stated yet")
NO_ACCOUNTS = Text(
    zh="需求表没有写个人号矩阵：填写账号、人设、级别、容量与好友数后才能安排。",
    en="The sheet lists no accounts: accounts, personas, levels, capacity and contacts are needed to plan.",
)
# Whom each level serves; a shopping assistant for everybody, a private butler for the best.
SERVES = {
    "standard": Text(zh="购物助手：服务全部好友", en="shopping assistant: serves every contact"),
    "premium": Text(zh="私人管家：服务高价值客户", en="private butler: serves top customers"),
}
LEVELS = {"standard": Text(zh="标准", en="standard"), "premium": Text(zh="高级", en="premium")}
GOOD_FACES = frozenset(["person"])
ELEMENTS: dict[str, Text] = {
    "name_rule": Text(zh="命名", en="name"),
    "avatar_type": Text(zh="真人头像", en="avatar of a person"),
    "signature": Text(zh="签名", en="signature"),
    "story": Text(zh="故事", en="story"),
    "welcome_message": Text(zh="欢迎语", en="welcome message"),
}
FULL = 1.0


def plan_persona(material: Material, roadmap: Roadmap) -> PlanSection:
    """The account matrix with its load, the checklist of each persona, and the regions covered."""
    accounts = material.brief.rows("accounts_matrix")
    setups = material.brief.rows("persona_setup")
    findings = material.list_findings(*CODES)
    return PlanSection(
        name="plan.persona",
        chapter="12",
        question=QUESTION,
        answer=_tell(accounts, setups, material) if accounts else NO_ACCOUNTS,
        status=judge_status(measured=False, stated=bool(accounts or setups)),
        reason=NO_ACCOUNTS,
        exhibits=drop_empty(
            [
                _draw_matrix(accounts),
                _draw_checklist(setups),
                _draw_regions(accounts),
                list_actions(findings, roadmap),
            ]
        ),
        ranks=list_ranks(findings),
        capabilities=("003-26", "001-34", "001-58", "001-59", "001-60", "001-72", "001-73", "000-46"),
    )


def _tell(accounts: Sequence[Row], setups: Sequence[Row], material: Material) -> Text:
    levels = [read_text(row, "level") for row in accounts]
    top = next(iter(material.rows("people.reach", "assets")), None)
    gap = NOTHING
    if "premium" not in levels and read_number(top, "top"):
        gap = PREMIUM_GAP.fill(
            top=word_number(read_number(top, "top")), reached=word_number(read_number(top, "reached_top"))
        )
    whole = sum(not _list_lacks(row) for row in setups)
    return ANSWER.fill(
        n=word_number(len(accounts)),
        standard=word_number(levels.count("standard")),
        premium=word_number(levels.count("premium")),
        premium_gap=gap,
        complete=COMPLETE.fill(whole=word_number(whole), all=word_number(len(setups))) if setups else NOT_CHECKED,
    )


def _list_lacks(setup: Row) -> list[Text]:
    """Elements of a persona that are missing, or an avatar that is no person's."""
    return [
        name
        for key, name in ELEMENTS.items()
        if not read_text(setup, key) or (key == "avatar_type" and read_text(setup, key) not in GOOD_FACES)
    ]


def _draw_matrix(accounts: Sequence[Row]) -> Exhibit:
    fields = (
        Field(name="account", label=Text(zh="账号", en="Account")),
        Field(name="persona", label=Text(zh="人设", en="Persona")),
        Field(name="level", label=Text(zh="级别", en="Level")),
        Field(name="serves", label=Text(zh="服务谁", en="Serves")),
        Field(name="region", label=Text(zh="区域", en="Region")),
        Field(name="owner", label=Text(zh="负责人", en="Owner")),
        Field(name="contacts", label=Text(zh="好友", en="Contacts"), unit="count"),
        Field(name="capacity", label=Text(zh="容量", en="Capacity"), unit="count"),
        Field(name="load", label=Text(zh="占用", en="Taken"), unit="share"),
        Field(name="advice", label=Text(zh="安排", en="Arrangement")),
    )
    rows = [_tell_account(row) for row in accounts]
    note = FROM_SHEET.fill(field=Text(zh="个人号/员工号矩阵", en="account matrix"))
    return build("accounts", Text(zh="个人号矩阵", en="Account matrix"), fields, rows, note)


def _tell_account(row: Row) -> dict[str, object]:
    level = read_text(row, "level")
    contacts, capacity = read_number(row, "contacts"), read_number(row, "capacity")
    load = contacts / capacity if contacts is not None and capacity else None
    return {
        "account": shorten(read_text(row, "account_code")),
        "persona": shorten(read_text(row, "persona")),
        "level": LEVELS.get(level) or name_verbatim(level),
        "serves": SERVES.get(level),
        "region": shorten(read_text(row, "region")),
        "owner": shorten(read_text(row, "owner_role")),
        "contacts": contacts,
        "capacity": capacity,
        "load": load,
        "advice": None if load is None else OVERFULL if load > FULL else ROOM,
    }


OVERFULL = Text(zh="超出容量：停止分配新好友，分批移交", en="beyond capacity: assign no more, hand over in batches")
ROOM = Text(zh="还可承接", en="can take more")


def _draw_checklist(setups: Sequence[Row]) -> Exhibit:
    fields = (
        Field(name="account", label=Text(zh="账号", en="Account")),
        Field(name="lacks", label=Text(zh="还缺", en="Lacks")),
    )
    rows = [
        {"account": shorten(read_text(row, "account_code")), "lacks": join_texts(lacks) if lacks else WHOLE}
        for row in setups
        if (lacks := _list_lacks(row)) is not None
    ]
    note = FROM_SHEET.fill(field=Text(zh="IP 人设设置", en="persona set-up"))
    return build("checklist", Text(zh="人设五项", en="Five elements of a persona"), fields, rows, note)


WHOLE = Text(zh="五项都齐", en="nothing: all five are there")


def _draw_regions(accounts: Sequence[Row]) -> Exhibit:
    """Accounts, contacts and capacity by region, as stated."""
    regions: dict[str, list[Row]] = {}
    for row in accounts:
        if region := shorten(read_text(row, "region")):
            regions.setdefault(region, []).append(row)
    fields = (
        Field(name="region", label=Text(zh="区域", en="Region")),
        Field(name="accounts", label=Text(zh="账号", en="Accounts"), unit="count"),
        Field(name="contacts", label=Text(zh="好友", en="Contacts"), unit="count"),
    )
    rows = [
        {
            "region": region,
            "accounts": len(inside),
            "contacts": sum(read_number(row, "contacts") or 0.0 for row in inside),
        }
        for region, inside in regions.items()
    ]
    return build("regions", Text(zh="各区域的服务账号", en="Service accounts by region"), fields, rows)
