"""Team, budget and resources against each other."""

from __future__ import annotations

from collections.abc import Iterator

from diagnostics.intake.sheet.conflicts.conflict import Conflict, list_words, read_number, sum_column
from diagnostics.intake.sheet.labels import fold_label
from diagnostics.model.brief import Brief
from diagnostics.model.wording import Text, name_verbatim, shorten, word_money, word_number, word_percent

CURRENCY = "CNY"
SMALL_TEAM = 5.0
AGENCY_TEAM = 10.0
# More than this share of GMV is no budget for a private domain.
LARGEST_BUDGET = 0.3

_MINIMAL = Text(
    zh="团队模式选了极简，但不含导购的编制合计 {fte} 人：请核对模式或人数。",
    en="The team is called minimal, yet has {fte} full-time people without store guides: please check mode or numbers.",
)
_AGENCY = Text(
    zh="团队模式选了代运营，但自有编制有 {fte} 人：代运营负责哪些岗位？",
    en="The team is an agency's, yet {fte} people are your own: which roles does the agency fill?",
)
_BUDGET = Text(
    zh="预算 {budget} 低于已列的年投入 {plan}（引流费用、营销节点、激励）：预算是否不含这些？",
    en="The budget of {budget} is below the {plan} a year already listed (traffic, events, incentives): does it leave "
    "them out?",
)
_LARGE = Text(
    zh="预算 {budget} 相当于年GMV的 {share}：单位是否是元？",
    en="The budget of {budget} is {share} of annual GMV: is it in CNY?",
)
_LIVE = Text(
    zh="填写了直播分工，但团队里没有直播岗位：由谁兼任？",
    en="Roles in live shows are listed, but the team has no one for live shows: who does it?",
)
_KEY = Text(
    zh="关键资源「{name}」不在已有资源清单里：请补充或改用同样的名称。",
    en="The key resource {name} is not among the existing resources: please add it, or use the same name.",
)
_HAVE = Text(
    zh="「{name}」既是已有资源，又是目标资源：已经有了吗？",
    en="{name} is both an existing and a wanted resource: do you have it?",
)
_BOTH = Text(
    zh="「{name}」既是引流品又是盈利品：它的主要角色是哪个？",
    en="{name} is both a traffic and a profit product: which is its main role?",
)
_AUTOMATION = Text(
    zh="有已上线的自动化场景，但系统清单里没有 SCRM、CDP 或营销自动化系统：由哪个系统执行？",
    en="Automation is live, but no SCRM, CDP or automation system is listed: which system runs it?",
)
_KPI_ROLE = Text(
    zh="考核里的岗位「{role}」不在团队人数里：岗位名称不同，还是没有人？",
    en="The role {role} has KPIs but is not in the headcount: another name, or nobody?",
)
_MORE_ADDS = Text(
    zh="「{pool}」的月加粉 {adds} 多于月访客 {visitors}：请核对。",
    en="{pool} brings {adds} adds from {visitors} visitors a month: please check.",
)
RUNNERS = ("scrm", "cdp", "ma", "营销自动化", "企微", "wecom", "crm")


def compare_mode(brief: Brief) -> Iterator[Conflict]:
    """A small or outsourced team with many people."""
    mode = brief.text("team_mode")
    fte = sum(read_number(row, "fte") or 0.0 for row in brief.rows("headcount") if row.get("role") != "store_guide")
    if mode == "minimal" and fte > SMALL_TEAM:
        yield Conflict(cells=("team_mode", "headcount"), text=_MINIMAL.fill(fte=word_number(fte, 1)))
    if mode == "outsourced" and fte > AGENCY_TEAM:
        yield Conflict(cells=("team_mode", "headcount"), text=_AGENCY.fill(fte=word_number(fte, 1)))


def compare_budget(brief: Brief) -> Iterator[Conflict]:
    """A budget below what is planned already, or beyond reason."""
    budget, gmv = brief.number("budget"), brief.number("annual_gmv")
    if not budget:
        return
    parts = {
        "public_pools": 12 * (sum_column(brief, "public_pools", "cost") or 0.0),
        "events_calendar": sum_column(brief, "events_calendar", "cost") or 0.0,
        "incentives": sum_column(brief, "incentives", "cost") or 0.0,
    }
    plan = sum(parts.values())
    if plan > budget:
        text = _BUDGET.fill(budget=word_money(budget, CURRENCY), plan=word_money(plan, CURRENCY))
        yield Conflict(cells=("budget", *(key for key, cost in parts.items() if cost)), text=text)
    if gmv and budget > LARGEST_BUDGET * gmv:
        text = _LARGE.fill(budget=word_money(budget, CURRENCY), share=word_percent(budget / gmv))
        yield Conflict(cells=("budget", "annual_gmv"), text=text)


def match_live(brief: Brief) -> Iterator[Conflict]:
    """Live shows without anybody for them."""
    if brief.rows("live_roles") and brief.rows("headcount") and "live" not in list_words(brief, "headcount", "role"):
        yield Conflict(cells=("live_roles", "headcount"), text=_LIVE)


def match_resources(brief: Brief) -> Iterator[Conflict]:
    """A key resource that is not listed, and resources both had and wanted."""
    had = {fold_label(name) for name in list_words(brief, "resources", "resource")}
    key = brief.text("key_resource")
    if key and had and fold_label(key) not in had:
        text = _KEY.fill(name=name_verbatim(shorten(key)))
        yield Conflict(cells=("key_resource", "resources"), text=text)
    for name in brief.choices("target_resources"):
        if fold_label(name) in had:
            text = _HAVE.fill(name=name_verbatim(shorten(name)))
            yield Conflict(cells=("target_resources", "resources"), text=text)


def match_product_roles(brief: Brief) -> Iterator[Conflict]:
    """A product that brings traffic and profit at once."""
    profit = {fold_label(name) for name in brief.choices("profit_products")}
    for name in brief.choices("traffic_products"):
        if fold_label(name) in profit:
            text = _BOTH.fill(name=name_verbatim(shorten(name)))
            yield Conflict(cells=("traffic_products", "profit_products"), text=text)


def match_automation(brief: Brief) -> Iterator[Conflict]:
    """Automation without a system that could run it."""
    is_live = any(row.get("live") is True for row in brief.rows("automation"))
    systems = [fold_label(name) for name in list_words(brief, "systems", "system")]
    if is_live and systems and not any(runner in name for runner in RUNNERS for name in systems):
        yield Conflict(cells=("automation", "systems"), text=_AUTOMATION)


def match_kpi_roles(brief: Brief) -> Iterator[Conflict]:
    """KPIs of a role that nobody has, where roles are named alike."""
    roles = list_words(brief, "headcount", "role")
    for place, row in enumerate(brief.rows("current_kpis")):
        role = str(row.get("role", ""))
        if roles and role in HEADCOUNT_ROLES and role not in roles:
            cells = (f"current_kpis/{place}/role", "headcount")
            yield Conflict(cells=cells, text=_KPI_ROLE.fill(role=name_verbatim(role)))


def check_adds(brief: Brief) -> Iterator[Conflict]:
    """A pool that brings more contacts than visitors."""
    for place, row in enumerate(brief.rows("public_pools")):
        visitors, adds = read_number(row, "monthly_visitors"), read_number(row, "adds")
        if visitors is not None and adds is not None and adds > visitors:
            pool = name_verbatim(shorten(str(row.get("pool", ""))))
            text = _MORE_ADDS.fill(pool=pool, adds=word_number(adds), visitors=word_number(visitors))
            cells = (f"public_pools/{place}/adds", f"public_pools/{place}/monthly_visitors")
            yield Conflict(cells=cells, text=text)


HEADCOUNT_ROLES = frozenset(
    {"manager", "acquisition", "account", "group", "content", "product", "live", "data", "member", "service"}
)
RULES = (
    compare_mode,
    compare_budget,
    match_live,
    match_resources,
    match_product_roles,
    match_automation,
    match_kpi_roles,
    check_adds,
)
