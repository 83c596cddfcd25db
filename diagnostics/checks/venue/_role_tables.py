"""The tables of the map of venues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.domains import DOMAINS
from diagnostics.checks.venue import _role_words as words
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, join_texts

if TYPE_CHECKING:
    from diagnostics.checks.venue._combinations import Combination

MOST_ROWS = 15


def name_venue(channel: str, *, is_live: bool) -> Text:
    """A venue at the beginning of a sentence.

    >>> name_venue("douyin", is_live=True).en
    'Douyin, live'
    """
    name = name_channel(channel)
    return words.LIVE.fill(channel=name) if is_live else name


def tabulate_roles(
    venues: pd.DataFrame,
    visitors: Mapping[str, float],
    handoffs: pd.DataFrame | None,
    combinations: Sequence[Combination],
) -> tuple[Exhibit, ...]:
    """Venues and their part, domains, people handed on where contacts tell, and combinations."""
    passed = () if handoffs is None else (_show_handoffs(handoffs),)
    return (_show_venues(venues), _show_domains(venues, visitors), *passed, _show_combinations(combinations))


def list_domains(venues: pd.DataFrame, visitors: Mapping[str, float]) -> pd.DataFrame:
    """One row a domain that sells: gmv, orders, known, first, repeat, chat, private and visitors (NaN untold)."""
    sums = venues.groupby("domain")[["gmv", "orders", "known", "first", "repeat", "chat", "private"]].sum()
    pairs = venues.drop_duplicates("channel")
    reported = pairs[pairs.channel.isin(list(visitors))]
    came = reported.assign(visitors=reported.channel.map(dict(visitors))).groupby("domain").visitors.sum()
    ordered = [domain for domain in DOMAINS if domain in sums.index]
    return sums.assign(visitors=came).loc[ordered].reset_index()


def _show_venues(venues: pd.DataFrame) -> Exhibit:
    rows = [
        {
            "venue": name_venue(row["channel"], is_live=bool(row["is_live"])),
            "domain": DOMAINS[row["domain"]],
            "gmv": row["gmv"],
            "orders": row["orders"],
            "repeat": row["rate"],
            "burst": row["burst"],
            "top": row["top"] / row["orders"],
            "structured": 1 - row["chat"] / row["orders"],
            "role": words.ROLES[row["role"]],
        }
        for row in venues.head(MOST_ROWS).to_dict("records")
    ]
    fields = (
        Field(name="venue", label=Text(zh="场", en="Venue")),
        Field(name="domain", label=Text(zh="所属", en="Domain")),
        Field(name="gmv", label=Text(zh="销售额（本期）", en="Sales, current period"), unit="money"),
        Field(name="orders", label=Text(zh="订单", en="Orders"), unit="count"),
        Field(name="repeat", label=Text(zh="回头单占比", en="Repeat orders"), unit="share"),
        Field(name="burst", label=Text(zh="波动", en="Bursts"), unit="number", digits=2),
        Field(name="top", label=Text(zh="最旺一成日子的订单", en="Orders on the busiest tenth of days"), unit="share"),
        Field(name="structured", label=Text(zh="有序订单", en="Structured orders"), unit="share"),
        Field(name="role", label=Text(zh="角色", en="Part")),
    )
    title = Text(zh="各场的角色", en="Venues and their part")
    return Exhibit(name="venues", title=title, fields=fields, frame=pd.DataFrame(rows))


def _show_domains(venues: pd.DataFrame, visitors: Mapping[str, float]) -> Exhibit:
    domains = list_domains(venues, visitors)
    frame = domains.assign(
        domain=domains.domain.map(DOMAINS),
        share=domains.gmv / domains.gmv.sum(),
        first_share=domains["first"] / max(domains["first"].sum(), 1),
        repeat_share=domains["repeat"] / max(domains["repeat"].sum(), 1),
        visitor_share=domains.visitors / domains.visitors.sum() if domains.visitors.notna().any() else None,
    )
    fields = (
        Field(name="domain", label=Text(zh="域", en="Domain")),
        Field(name="visitors", label=Text(zh="访客", en="Visitors"), unit="count"),
        Field(name="visitor_share", label=Text(zh="占已知访客", en="Of visitors known"), unit="share"),
        Field(name="first_share", label=Text(zh="占首购订单", en="Of first orders"), unit="share"),
        Field(name="repeat_share", label=Text(zh="占回头订单", en="Of repeat orders"), unit="share"),
        Field(name="gmv", label=Text(zh="销售额（本期）", en="Sales, current period"), unit="money"),
        Field(name="share", label=Text(zh="占销售额", en="Of sales"), unit="share"),
    )
    title = Text(zh="引流在哪里，成交在哪里", en="Where traffic comes in and where deals are made")
    return Exhibit(name="domains", title=title, fields=fields, frame=frame, note=words.VISITORS_NOTE)


def _show_handoffs(handoffs: pd.DataFrame) -> Exhibit:
    ordered = handoffs.sort_values(["people", "channel"], ascending=[False, True]).head(MOST_ROWS)
    frame = ordered.assign(
        channel=ordered.channel.map(name_channel),
        to_share=(ordered.to_private / ordered.people).where(ordered.people > 0),
        from_share=(ordered.from_private / ordered.people).where(ordered.people > 0),
    )
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="people", label=Text(zh="本期买家", en="Buyers"), unit="count"),
        Field(name="to_private", label=Text(zh="先买后加好友", en="Bought, then added"), unit="count"),
        Field(name="to_share", label=Text(zh="占买家", en="Of buyers"), unit="share"),
        Field(name="from_private", label=Text(zh="先是好友后首购", en="Contact, then first order"), unit="count"),
        Field(name="from_share", label=Text(zh="占买家", en="Of buyers"), unit="share"),
    )
    title = Text(zh="渠道与私域之间的交接", en="Handed on between channels and the private domain")
    return Exhibit(name="handoffs", title=title, fields=fields, frame=frame)


def _show_combinations(combinations: Sequence[Combination]) -> Exhibit:
    rows = [
        {
            "name": one.name,
            "parts": join_texts(words.PARTS[part] for part in one.parts),
            "lacking": join_texts(words.PARTS[part] for part in one.lacking) if one.lacking else words.READY,
            "share": one.share,
        }
        for one in combinations
    ]
    fields = (
        Field(name="name", label=Text(zh="组合", en="Combination")),
        Field(name="parts", label=Text(zh="要素", en="Parts")),
        Field(name="lacking", label=Text(zh="还缺", en="Missing")),
        Field(name="share", label=Text(zh="所含渠道占销售额", en="Share of sales of its channels"), unit="share"),
    )
    title = Text(zh="场的组合（建议的在前）", en="Combinations of venues, the recommended one first")
    return Exhibit(name="combinations", title=title, fields=fields, frame=pd.DataFrame(rows), note=words.RULE)
