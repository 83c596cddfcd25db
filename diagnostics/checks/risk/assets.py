"""What the company would lose with people: personal WeChat, lists that nobody recorded, accounts that hold alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count, scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.contact_worth import ask_worth, price_contacts, read_worth
from diagnostics.checks.risk import _asset_words as words
from diagnostics.metrics.account_assets import hold_accounts
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Impact
from diagnostics.model.section import Exhibit, Field, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NAME = "risk.assets"
MOST_ROWS, TOP = 15, 5
# Which delivered table bears out the users of a container.
RECORDS = {
    "wecom": ("contacts", "contact"),
    "group": ("group_days", "members_total"),
    "official_account": ("audience_days", "total"),
    "miniprogram": ("customers", "customer"),
}


@dataclass(frozen=True, kw_only=True)
class Assets:
    """Containers as stated, which of them are borne out, what each account holds alone, and personal WeChat's worth."""

    brief: Brief
    recorded: frozenset[str]
    accounts: pd.DataFrame
    personal: float
    worth: Impact | None
    yearly: float
    currency: str

    @property
    def stated(self) -> dict[str, Mapping[str, object]]:
        """Containers of the sheet by kind; personal WeChat also where only its use is stated."""
        rows = {str(row.get("type")): row for row in self.brief.rows("containers")}
        if self.brief.text("personal_wechat_risk") in {"partly", "mainly"}:
            rows.setdefault("personal_wechat", {})
        return {kind: row for kind, row in rows.items() if kind in words.CONTAINERS}

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """Containers of which no list or statistics were delivered."""
        return tuple(kind for kind in self.stated if kind not in self.recorded)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask what each staff account holds alone, what a contact is worth, and which lists were delivered."""
    asked: dict[str, ir.Table] = {
        f"list_{kind}": tables[table].agg(rows=tables[table].count())
        for kind, (table, column) in RECORDS.items()
        if tables.has(table, column)
    }
    horizon = tables.engagement.horizon
    if tables.has("contacts", "contact", "staff") and tables.has("order_lines", "paid_amount"):
        lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), horizon.current)
        asked["accounts"] = hold_accounts(tables["contacts"], lines, horizon.as_of)
    return asked | ask_worth(tables)


def measure(replies: Replies) -> Assets | NotComputable:
    """Put the sheet beside what the lists show."""
    brief = replies.engagement.brief
    accounts = replies.frames.get("accounts", pd.DataFrame(columns=["staff", "contacts", "sole", "buyers", "gmv"]))
    if accounts.empty and not brief.rows("containers") and brief.text("personal_wechat_risk") is None:
        return NotComputable(reason=words.NOTHING_KNOWN, unlocked_by=words.UNLOCK)
    limits = DEFAULTS | dict(replies.engagement.limits.get(NAME, {}))
    people = [row.get("users") for row in brief.rows("containers") if row.get("type") == "personal_wechat"]
    personal = float(sum(float(users) for users in people if isinstance(users, int | float)))
    worth = read_worth(replies) if personal else None
    return Assets(
        brief=brief,
        recorded=frozenset(kind for kind in RECORDS if f"list_{kind}" in replies),
        accounts=accounts.sort_values(["gmv", "staff"], ascending=[False, True], ignore_index=True),
        personal=personal,
        worth=price_contacts(worth, (personal, personal, personal), limits["lift"]) if worth is not None else None,
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
    )


def judge(_measured: Assets, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: what could leave has not left; deleted and blocked contacts are raised under service."""
    return ()


def tell(measured: Assets) -> Text:
    """Personal WeChat, what accounts hold alone, and what no list bears out."""
    said = words.USES.get(measured.brief.text("personal_wechat_risk") or "", words.USE_UNKNOWN)
    if measured.personal:
        money = NOTHING
        if measured.worth is not None:
            low, high = (word_money(end, measured.currency) for end in (measured.worth.low, measured.worth.high))
            money = words.WORTH.fill(low=low, high=high)
        said += words.PERSONAL.fill(n=word_number(measured.personal), money=money)
    said += _tell_held(measured)
    if measured.unrecorded:
        return said + words.UNRECORDED.fill(names=join_texts(words.CONTAINERS[kind][0] for kind in measured.unrecorded))
    return said + words.ALL_RECORDED if measured.stated else said


def _tell_held(measured: Assets) -> Text:
    accounts, whole = measured.accounts, float(measured.accounts.gmv.sum())
    if whole <= 0:
        return NOTHING
    top = accounts.head(TOP)
    return words.HELD.fill(
        sole=word_number(int(accounts.sole.sum())),
        gmv=word_money(whole * measured.yearly, measured.currency),
        n=word_number(len(top)),
        share=word_percent(float(top.gmv.sum()) / whole),
        most=word_money(float(top.gmv.iloc[0]) * measured.yearly, measured.currency),
    )


def caveats(measured: Assets) -> tuple[Text, ...]:
    """That a hand-over can't be seen."""
    return () if measured.accounts.empty else (words.NO_HANDOVER,)


def tabulate(measured: Assets) -> tuple[Exhibit, ...]:
    """The inventory of containers, and the accounts that hold most alone."""
    shown = (_show_inventory(measured), _show_accounts(measured))
    return tuple(exhibit for exhibit in shown if not exhibit.frame.empty) or shown[:1]


def _show_inventory(measured: Assets) -> Exhibit:
    yes, no = Text(zh="有", en="yes"), Text(zh="没有", en="no")
    rows = [
        {
            "container": words.CONTAINERS[kind][0],
            "users": row.get("users"),
            "accounts": row.get("account_count"),
            "owner": words.CONTAINERS[kind][1],
            "list": yes if kind in measured.recorded else no,
            "step": words.STEPS[kind],
        }
        for kind, row in measured.stated.items()
    ]
    fields = (
        Field(name="container", label=Text(zh="资产", en="Asset")),
        Field(name="users", label=Text(zh="人数（填写）", en="People, stated"), unit="count"),
        Field(name="accounts", label=Text(zh="账号或群数", en="Accounts or groups"), unit="count"),
        Field(name="owner", label=Text(zh="归谁", en="Whose it is")),
        Field(name="list", label=Text(zh="有名单或统计", en="List or statistics")),
        Field(name="step", label=Text(zh="怎么登记", en="How to record it")),
    )
    title = Text(zh="私域资产清点", en="Inventory of private-domain assets")
    return Exhibit(name="inventory", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_accounts(measured: Assets) -> Exhibit:
    rows = [
        {
            "staff": name_verbatim(shorten(str(row["staff"]), 18)),
            "contacts": row["contacts"],
            "sole": row["sole"],
            "buyers": row["buyers"],
            "money": float(str(row["gmv"])) * measured.yearly,
        }
        for row in measured.accounts.head(MOST_ROWS).to_dict("records")
    ]
    fields = (
        Field(name="staff", label=Text(zh="员工号（代号）", en="Staff account, coded")),
        Field(name="contacts", label=Text(zh="好友", en="Contacts"), unit="count"),
        Field(name="sole", label=Text(zh="只被此人持有的客户", en="Customers held alone"), unit="count"),
        Field(name="buyers", label=Text(zh="其中本期买家", en="Of these, buyers"), unit="count"),
        Field(name="money", label=Text(zh="一年成交，最多牵动", en="Sales a year, at most"), unit="money"),
    )
    title = Text(zh="离职牵动最大的员工号", en="Accounts whose leaving would move most")
    return Exhibit(name="accounts", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def draw(measured: Assets, language: Language) -> Figure:
    """Money that accounts hold alone; without contacts the people by container."""
    if not measured.accounts.empty:
        top = measured.accounts.head(MOST_ROWS)
        money = [float(gmv) * measured.yearly for gmv in top.gmv]
        figure = draw_bars(
            [shorten(str(staff), 18) for staff in top.staff],
            money,
            [word_money(one, measured.currency).word(language) for one in money],
            axis_label=Text(zh="只被此人持有的客户一年成交", en="Sales a year to customers held alone").word(language),
        )
        scale_money(figure.axes[0].xaxis, measured.currency, language)
        return figure
    kinds = [(kind, row.get("users")) for kind, row in measured.stated.items()]
    known = [(kind, float(users)) for kind, users in kinds if isinstance(users, int | float)]
    figure = draw_bars(
        [words.CONTAINERS[kind][0].word(language) for kind, _ in known],
        [users for _, users in known],
        [word_number(users).word(language) for _, users in known],
        axis_label=Text(zh="人数", en="People").word(language),
        marked=[place for place, (kind, _) in enumerate(known) if kind in measured.unrecorded],
    )
    scale_count(figure.axes[0].xaxis)
    return figure


LIMITS = (
    Limit(
        name="lift",
        value=0.3,
        reason=Text(
            zh="自有数据看不出好友多花钱时，上限取公开案例自述的频次增幅",
            en="where the client's contacts don't spend more, the high end is the rise that a public case claims",
        ),
    ),
)
DEFAULTS = {limit.name: limit.value for limit in LIMITS}

# Account s1 holds a alone, b is held by two. Of the two months compared the second counts: a bought 100 in it, 1,200 a
# year; b's 500 can't leave with one person. Personal WeChat holds 300 people of whom no list is there.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-38", "001-71"),
    finds=(),
    needs=(),
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
            "order_lines": "customer ordered_at paid_amount\n"
            "a 2024-01-01 9\nb 2024-01-31 9\na 2024-02-02 100\nb 2024-02-29 500",
            "contacts": "contact customer staff added_at\nk1 a s1 2024-01-01\nk2 b s1 2024-01-01\nk2 b s2 2024-01-01",
        },
        says="1 位客户只被一个员工号持有，一年成交 1,200元",
        brief=Brief(
            answers={
                "personal_wechat_risk": "partly",
                "containers": ({"type": "wecom", "users": 2}, {"type": "personal_wechat", "users": 300}),
            }
        ),
    ),
    place=10,
)
