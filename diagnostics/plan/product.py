"""The product plan: which products bring people in and which don't, what the range lacks, and what to do."""

from __future__ import annotations

from diagnostics.model.plan_section import PlanSection
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, join_texts, name_verbatim, word_number
from diagnostics.plan.material import Material, Row
from diagnostics.plan.phrases import list_ranks
from diagnostics.plan.roadmap import Roadmap
from diagnostics.plan.section_tables import (
    NO_DATA,
    build,
    drop_empty,
    judge_status,
    list_actions,
    read_number,
    tell_todo,
)

CODES = ("goods.", "lever.basket_drop", "lever.discount_deepening", "lever.refund_surge", "people.cross_sell_gap")
QUESTION = Text(
    zh="用哪些商品引流、哪些赚钱、货盘缺什么？",
    en="Which products bring people in, which earn, what does the range lack?",
)
ANSWER = Text(
    zh="{n} 个首单商品有数据：{front}适合放在前面，{back}不适合带新客；{todo}。",
    en="{n} first-order products are known: {front} should stand in front, {back} should not bring newcomers; {todo}.",
)
NOT_KNOWN = Text(
    zh="还看不出哪些商品带来回头客；{todo}。", en="Not known yet which products bring people who return; {todo}."
)
FEW = Text(zh="{n} 个", en="{n}")
NOTHING_WRONG = Text(zh="没有发现货品问题", en="no trouble found with goods")
FRONT = Text(zh="放到首页与投放位", en="put in front and into ads")
BACK = Text(zh="让出引流位，保留搭售", en="give up its place for newcomers, keep as an add-on")
KEEP = Text(zh="维持现状", en="keep as it is")
ORDERS = Text(zh="带商品编码与客户标识的订单明细", en="order lines with product code and customer key")


def plan_product(material: Material, roadmap: Roadmap) -> PlanSection:
    """First-order products with what to do, the roles, the pairs that go along, and the actions."""
    findings = tuple(one for one in material.list_findings(*CODES) if one.severity != "info")
    firsts = [row | {"task": _choose(row)} for row in material.rows("goods.gateway", "gateways")]
    measured = bool(firsts or material.rows("goods.roles", "products"))
    todo = tell_todo(findings, roadmap, NOTHING_WRONG, is_examined=measured)
    return PlanSection(
        name="plan.product",
        chapter="12",
        question=QUESTION,
        answer=_tell(firsts, todo),
        status=judge_status(measured=measured, stated=False),
        reason=NO_DATA.fill(export=ORDERS),
        exhibits=drop_empty(
            [_draw_firsts(firsts), _draw_roles(material), _draw_pairs(material), list_actions(findings, roadmap)]
        ),
        ranks=list_ranks(findings),
        capabilities=("003-21",),
    )


def _choose(row: Row) -> Text:
    """In front where more return than expected for sure, back where fewer do, by the interval that was measured."""
    low, high, expected = (read_number(row, name) for name in ("low", "high", "expected_rate"))
    if low is None or high is None or expected is None:
        return KEEP
    return FRONT if low > expected else BACK if high < expected else KEEP


def _tell(firsts: list[dict[str, object]], todo: Text) -> Text:
    if not firsts:
        return NOT_KNOWN.fill(todo=todo)
    parts = {"front": FRONT, "back": BACK}
    counts = {name: word_number(sum(row["task"] == task for row in firsts)) for name, task in parts.items()}
    return ANSWER.fill(n=word_number(len(firsts)), todo=todo, **{name: FEW.fill(n=n) for name, n in counts.items()})


def _draw_firsts(firsts: list[dict[str, object]]) -> Exhibit:
    fields = (
        Field(name="name", label=Text(zh="首单商品", en="First-order product")),
        Field(name="share", label=Text(zh="带来的新客", en="Newcomers brought"), unit="share"),
        Field(name="rate", label=Text(zh="90 天复购", en="Back within 90 days"), unit="share"),
        Field(name="expected_rate", label=Text(zh="应有水平", en="To be expected"), unit="share"),
        Field(name="task", label=Text(zh="安排", en="Place")),
    )
    return build("firsts", Text(zh="首单商品的安排", en="Place of first-order products"), fields, firsts)


def _draw_roles(material: Material) -> Exhibit:
    """The products of each role; a product of several roles stands in each."""
    named: dict[str, tuple[Text, list[Text]]] = {}
    for row in material.rows("goods.roles", "products"):
        role, name = row["role"], row["name"]
        words = role if isinstance(role, Text) else name_verbatim(str(role or ""))
        product = name if isinstance(name, Text) else name_verbatim(str(name))
        named.setdefault(words.en, (words, []))[1].append(product)
    fields = (
        Field(name="role", label=Text(zh="角色", en="Role")),
        Field(name="products", label=Text(zh="代表商品", en="Products")),
    )
    rows = [{"role": words, "products": join_texts(products)} for words, products in named.values() if words.en]
    return build("roles", Text(zh="货盘角色", en="Roles in the range"), fields, rows)


def _draw_pairs(material: Material) -> Exhibit:
    """Pairs bought together more often than by chance, as they were measured."""
    exhibit = material.find("goods.attach", "pairs")
    title = Text(zh="可以搭售的组合", en="Pairs to bundle")
    if exhibit is None:
        return build("pairs", title, (), [])
    return build("pairs", title, exhibit.fields, material.rows("goods.attach", "pairs"), exhibit.note)
