"""Whether the accounts look like one kind of person of one brand: names, pictures, signatures, levels, entities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count, scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.content import _persona_words as words
from diagnostics.checks.content._persona_facts import (
    LONGEST_SIGNATURE,
    Kept,
    count_kept,
    group_names,
    hold_rules,
    list_brands,
)
from diagnostics.checks.facts import Fact, count_held
from diagnostics.model.brief import Brief, Row
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number, word_percent
from diagnostics.plan.section_tables import read_number, read_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Personas:
    """The accounts, the rules, how many accounts keep each, and the brands with their entity."""

    accounts: tuple[Row, ...]
    rules: tuple[Fact, ...]
    kept: tuple[Kept, ...]
    brands: tuple[tuple[str, str, int], ...]

    @property
    def names(self) -> pd.DataFrame:
        """A service name and level a row: accounts, contacts and capacity, most contacts first."""
        rows = [
            {
                "persona": shorten(read_text(row, "persona"), 18),
                "level": read_text(row, "level") if read_text(row, "level") in words.LEVELS else "",
                "contacts": read_number(row, "contacts"),
                "capacity": read_number(row, "capacity"),
            }
            for row in self.accounts
            if read_text(row, "persona")
        ]
        frame = pd.DataFrame(rows, columns=["persona", "level", "contacts", "capacity"])
        totals = frame.groupby(["persona", "level"], as_index=False).agg(
            accounts=("persona", "size"),
            contacts=("contacts", lambda own: own.sum(min_count=1)),
            capacity=("capacity", lambda own: own.sum(min_count=1)),
        )
        return totals.sort_values(["contacts", "persona", "level"], ascending=[False, True, True], ignore_index=True)


def query(_tables: Tables) -> Mapping[str, ir.Table]:
    """Ask nothing: the sheet answers."""
    return {}


def measure(replies: Replies) -> Personas | NotComputable:
    """Hold the accounts against the rules."""
    brief = replies.engagement.brief
    accounts = tuple(row for row in brief.rows("accounts_matrix") if read_text(row, "account_code"))
    if not accounts:
        return NotComputable(reason=words.NO_ROWS)
    brands = list_brands(brief)
    entities = {read_text(row, "brand"): read_text(row, "corp_code") for row in brief.rows("wecom_entities")}
    groups = Counter(read_text(row, "brand") for row in brief.rows("groups_list"))
    return Personas(
        accounts=accounts,
        rules=hold_rules(brief),
        kept=count_kept(brief.rows("persona_setup"), brands),
        brands=tuple((brand, entities.get(brand, ""), groups[brand]) for brand in brands),
    )


def judge(_measured: Personas, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: a rule that is not kept is work to do, not a loss that is measured."""
    return ()


def tell(measured: Personas) -> Text:
    """How many rules are kept, which are not, and which the sheet leaves open."""
    held, known = count_held(measured.rules)
    broken = [rule.name for rule in measured.rules if rule.holds is False]
    untold = [rule.name for rule in measured.rules if rule.holds is None]
    names = {name for own in group_names(measured.accounts).values() for name in own}
    owned = sum(bool(read_text(row, "owner_role")) for row in measured.accounts)
    return words.ANSWER.fill(
        accounts=word_number(len(measured.accounts)),
        names=word_number(len(names)),
        owned=word_percent(owned / len(measured.accounts), 0),
        known=word_number(known),
        held=word_number(held),
        broken=words.BROKEN.fill(names=join_texts(broken)) if broken else NOTHING,
        open=words.OPEN.fill(names=join_texts(untold)) if untold else NOTHING,
    )


def tabulate(measured: Personas) -> tuple[Exhibit, ...]:
    """Rules, service names by level, and brands with their entity."""
    rules = pd.DataFrame(
        [
            {
                "rule": rule.name,
                "state": rule.state,
                "seen": rule.seen,
                "means": words.MEANS[rule.id] if rule.holds is False else None,
            }
            for rule in measured.rules
        ]
    )
    brands = [
        {"brand": name_verbatim(shorten(brand, 24)), "entity": entity or None, "groups": groups or None}
        for brand, entity, groups in measured.brands
    ]
    names = measured.names
    return (
        Exhibit(
            name="rules",
            title=Text(zh="人设规则逐条对照", en="Rules of a persona, one by one"),
            fields=(
                Field(name="rule", label=Text(zh="规则", en="Rule")),
                Field(name="state", label=Text(zh="是否守住", en="Kept")),
                Field(name="seen", label=Text(zh="写明的事实", en="What is stated")),
                Field(name="means", label=Text(zh="后果", en="What follows")),
            ),
            frame=rules,
        ),
        Exhibit(
            name="names",
            title=Text(zh="称呼与级别", en="Service names by level"),
            fields=(
                Field(name="persona", label=Text(zh="称呼", en="Service name")),
                Field(name="level_name", label=Text(zh="级别", en="Level")),
                Field(name="accounts", label=Text(zh="账号", en="Accounts"), unit="count"),
                Field(name="contacts", label=Text(zh="好友", en="Contacts"), unit="count"),
                Field(name="capacity", label=Text(zh="容量", en="Capacity"), unit="count"),
            ),
            frame=names.assign(level_name=pd.Series([words.LEVELS[level] for level in names.level], dtype=object)),
        ),
        Exhibit(
            name="brands",
            title=Text(zh="品牌与企业微信主体", en="Brands and their WeCom entity"),
            fields=(
                Field(name="brand", label=Text(zh="品牌", en="Brand")),
                Field(name="entity", label=Text(zh="企业微信主体", en="WeCom entity")),
                Field(name="groups", label=Text(zh="社群", en="Groups"), unit="count"),
            ),
            frame=pd.DataFrame(brands, dtype=object),
        ),
    )


def draw(measured: Personas, language: Language) -> Figure:
    """The share of accounts that keep each rule; contacts by service name where no persona is described."""
    told = [kept for kept in measured.kept if kept.stated]
    if told:
        figure = draw_bars(
            [words.RULES[kept.rule].word(language) for kept in told],
            [kept.kept / kept.stated for kept in told],
            [f"{word_percent(kept.kept / kept.stated, 0).en}  n={kept.stated}" for kept in told],
            axis_label=words.AXIS.word(language),
            marked={place for place, kept in enumerate(told) if kept.kept < kept.stated},
        )
        scale_share(figure.axes[0].xaxis)
        return figure
    names = measured.names.head(MOST_ROWS).fillna({"contacts": 0.0})
    figure = draw_bars(
        [f"{row.persona} ({words.LEVELS[str(row.level)].word(language)})" for row in names.itertuples()],
        names.contacts.tolist(),
        [word_number(held).en for held in names.contacts.tolist()],
        axis_label=words.AXIS_NAMES.word(language),
    )
    scale_count(figure.axes[0].xaxis)
    return figure


CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(longest=word_number(LONGEST_SIGNATURE)),
    answers=("002-19", "002-21", "002-52", "001-34", "001-72", "001-73", "001-74"),
    finds=(),
    needs=(),
    asks=(Asked(key="accounts_matrix", label=words.ASKED),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={"order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-01-31 10"},
        # Two service names; the premium account bears the name of a standard one, and one picture is scenery.
        says="9 条规则里守住 6 条，没守住的是级别称呼有别、真人头像、人设故事",
        brief=Brief(
            answers={
                "client_name": "青颜",
                "accounts_matrix": (
                    {"account_code": "A", "persona": "小颜", "level": "standard", "owner_role": "客服", "contacts": 90},
                    {"account_code": "B", "persona": "小颜", "level": "premium", "owner_role": "客服", "contacts": 10},
                ),
                "persona_setup": (
                    {
                        "account_code": "A",
                        "name_rule": "青颜+小颜",
                        "avatar_type": "person",
                        "signature": "有问必答",
                        "story": "十年配方师",
                        "welcome_message": "您好",
                    },
                    {
                        "account_code": "B",
                        "name_rule": "青颜+小颜",
                        "avatar_type": "scenery",
                        "signature": "专属护肤",
                        "welcome_message": "您好",
                    },
                ),
                "wecom_entities": ({"brand": "青颜", "corp_code": "ww1"},),
            }
        ),
    ),
    place=30,
)
