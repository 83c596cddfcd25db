"""In whose hands customers are: bound to a guide, nobody's, or lost with the person who holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count, scale_money
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.contact_worth import ask_worth, price_contacts, read_worth
from diagnostics.checks.limits import find_limits
from diagnostics.checks.risk import _asset_words as words
from diagnostics.checks.risk._asset_tables import MOST_ROWS, tabulate_assets
from diagnostics.checks.risk._binding import (
    NO_BINDING,
    WINDOW,
    Binding,
    ask_binding,
    list_doubts,
    read_binding,
    tabulate_binding,
    tell_binding,
)
from diagnostics.metrics.account_assets import hold_accounts
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Impact
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import (
    NOTHING,
    Text,
    join_texts,
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
TOP = 5
BY_SHEET, BY_ORDERS = ("000-38", "001-71"), ("002-37", "002-38")
# Which delivered table bears out the users of a container.
RECORDS = {
    "wecom": ("contacts", "contact"),
    "group": ("group_days", "members_total"),
    "official_account": ("audience_days", "total"),
    "miniprogram": ("customers", "customer"),
}


@dataclass(frozen=True, kw_only=True)
class Assets:
    """Containers as stated, which of them are borne out, what each account holds alone, and personal WeChat's worth.

    `binding` is whom guides hold in stores, `None` where that can't be told.
    """

    brief: Brief
    recorded: frozenset[str]
    accounts: pd.DataFrame
    personal: float
    worth: Impact | None
    binding: Binding | None
    yearly: float
    currency: str

    @property
    def tells_assets(self) -> bool:
        """Whether the sheet or the contacts say who holds customers."""
        asked = self.brief.rows("containers") or self.brief.text("personal_wechat_risk") is not None
        return bool(asked or len(self.accounts))

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
    """Ask whom guides hold, what each account holds alone, what a contact is worth, and which lists were delivered."""
    asked: dict[str, ir.Table] = {
        f"list_{kind}": tables[table].agg(rows=tables[table].count())
        for kind, (table, column) in RECORDS.items()
        if tables.has(table, column)
    }
    horizon = tables.engagement.horizon
    if tables.has("contacts", "contact", "staff") and tables.has("order_lines", "paid_amount"):
        lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), horizon.current)
        asked["accounts"] = hold_accounts(tables["contacts"], lines, horizon.as_of)
    return asked | ask_worth(tables) | ask_binding(tables)


def measure(replies: Replies) -> Assets | NotComputable:
    """Put the sheet beside what the lists show, and count who is bound."""
    brief = replies.engagement.brief
    accounts = replies.frames.get("accounts", pd.DataFrame(columns=["staff", "contacts", "sole", "buyers", "gmv"]))
    limits = find_limits(NAME, LIMITS, replies.engagement)
    people = [row.get("users") for row in brief.rows("containers") if row.get("type") == "personal_wechat"]
    personal = float(sum(float(users) for users in people if isinstance(users, int | float)))
    worth = read_worth(replies) if personal else None
    measured = Assets(
        brief=brief,
        recorded=frozenset(kind for kind in RECORDS if f"list_{kind}" in replies),
        accounts=accounts.sort_values(["gmv", "staff"], ascending=[False, True], ignore_index=True),
        personal=personal,
        worth=price_contacts(worth, (personal, personal, personal), limits["lift"]) if worth is not None else None,
        binding=read_binding(replies),
        yearly=replies.engagement.horizon.yearly,
        currency=replies.engagement.currency,
    )
    if measured.binding is None and not measured.tells_assets:
        return NotComputable(reason=words.NOTHING_KNOWN, unlocked_by=words.UNLOCK)
    return measured


def judge(_measured: Assets, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: what could leave has not left; low reach and deleted contacts are raised elsewhere."""
    return ()


def tell(measured: Assets) -> Text:
    """Who is bound and who is nobody's, what accounts hold alone, then personal WeChat and what no list bears out."""
    said = NOTHING if measured.binding is None else tell_binding(measured.binding)
    return said + _tell_held(measured) + _tell_stated(measured) if measured.tells_assets else said


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


def _tell_stated(measured: Assets) -> Text:
    """One sentence on personal WeChat and on what lists bear out."""
    personal, records = NOTHING, words.ALL_RECORDED if measured.stated else NOTHING
    if measured.personal:
        money = NOTHING
        if measured.worth is not None:
            low, high = (word_money(end, measured.currency) for end in (measured.worth.low, measured.worth.high))
            money = words.WORTH.fill(low=low, high=high)
        personal = words.PERSONAL.fill(n=word_number(measured.personal), money=money)
    if measured.unrecorded:
        names = join_texts(words.CONTAINERS[kind][0] for kind in measured.unrecorded)
        records = words.UNRECORDED.fill(names=names)
    use = words.USES.get(measured.brief.text("personal_wechat_risk") or "", words.USE_UNKNOWN)
    return words.STATED.fill(use=use, personal=personal, records=records)


def caveats(measured: Assets) -> tuple[Text, ...]:
    """That only known buyers can be told, and that a hand-over can't be seen."""
    said = () if measured.binding is None else list_doubts(measured.binding)
    return said if measured.accounts.empty else (*said, words.NO_HANDOVER)


def lacks(measured: Assets) -> Mapping[str, Text]:
    """Binding without known buyers of stores and contacts; assets where neither sheet nor contacts speak of them."""
    binding = dict.fromkeys(BY_ORDERS, NO_BINDING) if measured.binding is None else {}
    return binding if measured.tells_assets else binding | dict.fromkeys(BY_SHEET, words.NO_ASSETS)


def tabulate(measured: Assets) -> tuple[Exhibit, ...]:
    """Stores with their binding and members by city, then the inventory and the accounts that hold most alone."""
    binding = () if measured.binding is None else tabulate_binding(measured.binding)
    return (*binding, *tabulate_assets(measured)) if measured.tells_assets else binding


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

# Of four buyers of store A, a and b are contacts of a guide there, c of one of store B, d is nobody's: 3 of 4. s1 alone
# holds a, h1 holds c, two hold b. In February, the second of the two months compared, a bought 100 and c 50, 1,800 a
# year; b's 500 can't leave with one person; d spent 30. Personal WeChat holds 300 people of whom no list is there.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(window=word_number(WINDOW)),
    answers=(*BY_SHEET, *BY_ORDERS),
    judges=BY_SHEET,
    finds=(),
    needs=(Need(table="order_lines"),),
    uses=("contacts",),
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
            "order_lines": "channel store customer ordered_at paid_amount\n"
            "store A a 2024-01-01 9\nstore A b 2024-01-31 9\nstore A a 2024-02-02 100\nstore A c 2024-02-03 50\n"
            "store A d 2024-02-04 30\nstore A b 2024-02-29 500",
            "contacts": "contact customer staff store added_at\nk1 a s1 A 2024-01-01\nk2 b s1 A 2024-01-01\n"
            "k2 b s2 A 2024-01-01\nk3 c h1 B 2024-01-01",
        },
        says="4 位门店买家里 75.0% 绑定了导购（95% 区间 30.1% 至 95.4%），50.0% 绑定在本店；1 位无主，合计消费 30元。"
        "企业微信里 2 位客户只被一个员工号持有，一年成交 1,800元",
        brief=Brief(
            answers={
                "personal_wechat_risk": "partly",
                "containers": ({"type": "wecom", "users": 2}, {"type": "personal_wechat", "users": 300}),
            }
        ),
    ),
    place=10,
)
