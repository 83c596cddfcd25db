"""The ladder from fan to super member, and how the stock of members moves month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.claims import count_contacts
from diagnostics.metrics.customers import first_purchases
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.members import count_joins, count_ladder, count_sources, list_members
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_month, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="从粉丝到超级会员，每一级还剩多少人？", en="How many are left on each step from fan to super member?"
)
DEFINITION = Text(
    zh="好友 = 企微联系人（未流失）；会员 = 会员名单里的人（多个渠道只算一次）；已购 = 本期在任何渠道买过的会员；复购 "
    "= 本期购买两天"
    "及以上的会员；超级会员 = 复购会员中属于本期消费前 20% 买家的人。会员资产表：期初 + 入会 = 期末；导出只有在册会员，"
    "退会看不到，"
    "所以期末是上限。新会员来源里“老客入会”= 入会前已买过，占比很高说明会员体系只在接老客，没有接公域新人。"
    "好友与会员人群不同，"
    "因此两者之间不算比例。",
    en="Contact = a WeCom contact who is not lost; member = anybody on the lists of members, once over all channels; "
    "bought = members who bought in the period in any channel; repeated = on two days and more; super = repeated "
    "members "
    "among the fifth of buyers who spend most. Balance: opening + joined = closing; exports list present members only "
    "and show nobody who left, so the closing is an upper end. Among the sources of new members “old customers” had "
    "bought before joining: a high share says that the membership takes in customers, not newcomers. Contacts and "
    "members are other people; between these two no rate is formed.",
)
NO_MEMBERS = Text(zh="会员名单里没有会员", en="the lists hold no member")
ANSWER = Text(
    zh="会员 {members} 人，本期 {bought}（{share}）买过，{repeated} 复购，{supers} 是超级会员，后者贡献可识别客户 "
    "GMV 的 {gmv}。",
    en="Of {members} members {bought} ({share}) bought in the period, {repeated} repeated and {supers} are super "
    "members, "
    "who bring {gmv} of known GMV.",
)
SOURCES = Text(
    zh="本期新会员 {joined} 人，其中 {old} 是老客入会。", en="New members: {joined}; {old} had bought before joining."
)
STEPS: dict[str, Text] = {
    "contacts": Text(zh="企微好友", en="WeCom contacts"),
    "members": Text(zh="会员", en="Members"),
    "bought": Text(zh="本期已购会员", en="Members who bought"),
    "repeated": Text(zh="复购会员", en="Members who repeated"),
    "supers": Text(zh="超级会员", en="Super members"),
}
UNKNOWN_SOURCE = Text(zh="未写来源", en="no source")
# Contacts and members are other people: neither is a part of the other.
BASES = frozenset({"contacts", "members"})
MOST_MONTHS = 15
LONGEST = 18


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """People by step, the months' balance, and where new members came from."""

    steps: Mapping[str, int]
    super_share: float | None
    member_share: float | None
    months: pd.DataFrame
    sources: pd.DataFrame


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the steps, who joined by month, and their sources."""
    engagement = tables.engagement
    lines = value_lines(tables["order_lines"], engagement.gmv_basis)
    members = tables.share(list_members(tables["customers"]))
    asked = {
        "ladder": count_ladder(members, lines, engagement.horizon.current),
        "joins": count_joins(members),
        "sources": count_sources(members, first_purchases(lines), engagement.horizon.current),
    }
    if tables.has("contacts", "contact"):
        asked["contacts"] = count_contacts(tables["contacts"])
    return asked


def measure(replies: Replies) -> Ladder | NotComputable:
    """Read the steps and add up the balance."""
    row = replies["ladder"].iloc[0].fillna(0)
    if not row.members:
        return NotComputable(reason=NO_MEMBERS)
    steps = {name: int(row[name]) for name in ("members", "bought", "repeated", "supers")}
    if "contacts" in replies:
        steps = {"contacts": int(replies["contacts"].contacts.iloc[0]), **steps}
    gmv = float(row.gmv)
    return Ladder(
        steps=steps,
        super_share=float(row.super_gmv) / gmv if gmv > 0 else None,
        member_share=float(row.member_gmv) / gmv if gmv > 0 else None,
        months=_balance(replies["joins"], pd.Timestamp(replies.engagement.horizon.as_of)),
        sources=replies["sources"],
    )


def _balance(joins: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """One row a month: month, opening, joined, closing; members without a day belong to the first opening."""
    undated = int(joins[joins.month.isna()].joined.sum())
    dated = joins[joins.month.notna()].groupby("month").joined.sum().sort_index()
    dated = dated[dated.index < until]
    closing = dated.cumsum() + undated
    frame = pd.DataFrame({"month": dated.index, "opening": closing - dated, "joined": dated, "closing": closing})
    return frame.reset_index(drop=True).tail(MOST_MONTHS)


def judge(measured: Ladder, limits: Limits) -> tuple[Finding, ...]:
    """Nothing: the steps describe; growth, stock and crossing are judged by themselves."""
    del measured, limits
    return ()


def tell(measured: Ladder) -> Text:
    """The steps, and how many of the new members were customers already."""
    steps = measured.steps
    said = ANSWER.fill(
        members=word_number(steps["members"]),
        bought=word_number(steps["bought"]),
        share=word_percent(steps["bought"] / steps["members"]),
        repeated=word_number(steps["repeated"]),
        supers=word_number(steps["supers"]),
        gmv=word_percent(measured.super_share),
    )
    joined, old = int(measured.sources.joined.sum()), int(measured.sources.customers_before.sum())
    return said + SOURCES.fill(joined=word_number(joined), old=word_percent(old / joined)) if joined else said


def tabulate(measured: Ladder) -> tuple[Exhibit, ...]:
    """The steps with their rates, the balance by month, and the sources of new members."""
    names = list(measured.steps)
    rows = [
        {
            "step": STEPS[name],
            "people": measured.steps[name],
            "rate": measured.steps[name] / measured.steps[names[place - 1]]
            if place and name not in BASES and measured.steps[names[place - 1]]
            else None,
        }
        for place, name in enumerate(names)
    ]
    fields = (
        Field(name="step", label=Text(zh="层级", en="Step")),
        Field(name="people", label=Text(zh="人数", en="People"), unit="count"),
        Field(name="rate", label=Text(zh="占上一级", en="Of the step before"), unit="share"),
    )
    title = Text(zh="关系阶梯", en="Ladder of relationship")
    ladder = Exhibit(name="ladder", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
    return ladder, _show_balance(measured.months), _show_sources(measured.sources)


def _show_balance(months: pd.DataFrame) -> Exhibit:
    frame = (
        months.assign(month=pd.Series([word_month(month) for month in months.month], index=months.index, dtype=object))
        if len(months)
        else months
    )
    fields = (
        Field(name="month", label=Text(zh="月份", en="Month")),
        Field(name="opening", label=Text(zh="期初", en="Opening"), unit="count"),
        Field(name="joined", label=Text(zh="入会", en="Joined"), unit="count"),
        Field(name="closing", label=Text(zh="期末（上限）", en="Closing (at most)"), unit="count"),
    )
    title = Text(zh="会员资产表", en="Balance of members")
    return Exhibit(name="balance", title=title, fields=fields, frame=frame)


def _show_sources(sources: pd.DataFrame) -> Exhibit:
    ordered = sources.sort_values("joined", ascending=False)
    names = [name_verbatim(shorten(str(name), LONGEST)) if name else UNKNOWN_SOURCE for name in ordered.source]
    frame = ordered.assign(
        source=pd.Series(names, index=ordered.index, dtype=object),
        share=ordered.customers_before / ordered.joined,
    )
    fields = (
        Field(name="source", label=Text(zh="来源", en="Source")),
        Field(name="joined", label=Text(zh="本期新会员", en="New members"), unit="count"),
        Field(name="customers_before", label=Text(zh="老客入会", en="Old customers"), unit="count"),
        Field(name="share", label=Text(zh="老客占比", en="Share of old"), unit="share"),
    )
    title = Text(zh="新会员从哪里来", en="Where new members come from")
    return Exhibit(name="sources", title=title, fields=fields, frame=frame)


def caveats(measured: Ladder) -> tuple[Text, ...]:
    """How much of GMV members bring at all."""
    if measured.member_share is None:
        return ()
    return (SHARE.fill(share=word_percent(measured.member_share)),)


SHARE = Text(
    zh="名单上的会员在所有渠道合计占可识别客户 GMV 的 {share}；认不出身份的跨渠道购买不在内。",
    en="Members on the lists bring {share} of known GMV over all channels, without purchases under another identity.",
)


def draw(measured: Ladder, language: Language) -> Figure:
    """People on each step."""
    names = list(measured.steps)
    words = []
    for place, name in enumerate(names):
        before = measured.steps[names[place - 1]] if place and name not in BASES else 0
        rate = word_percent(measured.steps[name] / before, 0) if before else NOTHING
        words.append(f"{word_number(measured.steps[name]).en}  {rate.en}".strip())
    figure = draw_bars(
        [STEPS[name].word(language) for name in names],
        [float(measured.steps[name]) for name in names],
        words,
        axis_label=Text(zh="人数（百分比为占上一级）", en="People (percentage of the step before)").word(language),
    )
    scale_count(figure.axes[0].xaxis)
    return figure


# Five members of ten who bought in February: a buys on two days and spends most of ten buyers.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        "a 2024-01-01 10",
        "a 2024-02-03 500",
        "a 2024-02-10 500",
        *(f"{name} 2024-02-28 10" for name in "bcdefghij"),
    ]
)
EXAMPLE_MEMBERS = "\n".join(["customer channel joined_on", *(f"{name} website 2024-01-15" for name in "abcdz")])

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("001-05", "000-14", "000-15", "001-07"),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)), Need(table="customers", columns=("customer",))),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "customers": EXAMPLE_MEMBERS},
        says="会员 5 人，本期 4（80.0%）买过，1 复购，1 是超级会员",
    ),
    place=10,
)
