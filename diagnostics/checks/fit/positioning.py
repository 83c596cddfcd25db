"""Which role the private domain plays, whether the brand's position is borne out, and how hall and people compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.facts import Fact, count_held, word_held
from diagnostics.checks.fit import _position_words as words
from diagnostics.checks.fit._position_facts import Step, read_cascade, read_roles
from diagnostics.checks.fit._position_tables import show_axes, show_cascade, show_roles, show_views
from diagnostics.checks.fit._views import Axis, View, read_axes, read_views
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.fit_facts import total_facts
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.reach import count_assets, list_reachable
from diagnostics.metrics.traffic import pair_months
from diagnostics.metrics.two_views import (
    compare_visits,
    count_campaigns,
    total_answered,
    total_talk,
    total_views,
    total_visits,
)
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, NotComputable
from diagnostics.model.wording import Text, join_texts, word_change, word_number, word_percent

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NAME = "fit.positioning"
MOST_NAMED = 2
HALF = 0.5


@dataclass(frozen=True, kw_only=True)
class Positioning:
    """Facts of the three roles, the cascade with the client's own step, both views, and the three axes."""

    roles: Mapping[str, tuple[Fact, ...]]
    named: tuple[str, ...]
    stated: str | None
    cascade: tuple[Step, ...]
    views: tuple[View, ...]
    axes: tuple[Axis, ...]
    has_calendar: bool
    currency: str

    @property
    def strongest(self) -> str:
        """The role of whose known facts most hold; the one with more facts known of two alike."""
        return max(self.roles, key=lambda role: (share_held(self.roles[role]), count_held(self.roles[role])[1]))


def share_held(facts: tuple[Fact, ...]) -> float:
    """Facts that hold over facts known; 0 where none is known."""
    held, known = count_held(facts)
    return held / known if known else 0.0


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for both views of both periods, reach, and what shows that the private domain is alive."""
    horizon = tables.engagement.horizon
    asked: dict[str, ir.Table] = {}
    periods = {"now": horizon.current} | ({"before": horizon.previous} if horizon.previous else {})
    if tables.has("order_lines", "paid_amount"):
        lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
        asked["facts"] = total_facts(within(lines, horizon.current), None)
        asked |= {f"people_{name}": total_views(within(lines, period)) for name, period in periods.items()}
        if tables.has("contacts", "customer"):
            reachable = list_reachable(tables["contacts"], horizon.as_of)
            asked["assets"] = count_assets(within(lines, horizon.current), reachable)
    if tables.has("traffic", "visitors"):
        asked["hall"] = total_visits(tables["traffic"], horizon.current)
        if horizon.previous:
            asked["halls"] = compare_visits(pair_months(tables["traffic"], horizon.previous, horizon.current))
    if tables.has("group_days", "groups_active", "groups_total"):
        asked["talk"] = total_talk(tables["group_days"], horizon.current)
    if tables.has("staff_days", "staff", "reply_share", "chats"):
        asked["reply"] = total_answered(tables["staff_days"], horizon.current)
    if tables.has("campaigns", "cost"):
        asked["campaigns"] = count_campaigns(tables["campaigns"], horizon.current)
    return asked


def measure(replies: Replies) -> Positioning | NotComputable:
    """Read the facts of each role, the cascade, the views and the axes."""
    brief = replies.engagement.brief
    limits = find_limits(NAME, LIMITS, replies.engagement)
    roles = read_roles(replies, limits)
    stated = brief.text("positioning")
    if stated is None and not any(count_held(facts)[1] for facts in roles.values()):
        return NotComputable(reason=words.NOTHING_KNOWN, unlocked_by=words.UNLOCKED_BY)
    return Positioning(
        roles=roles,
        named=brief.choices("pd_positioning"),
        stated=stated,
        cascade=read_cascade(replies, limits),
        views=read_views(replies),
        axes=read_axes(replies),
        has_calendar=bool(brief.rows("events_calendar")),
        currency=replies.engagement.currency,
    )


def judge(_measured: Positioning, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: a role is chosen in the session; what it lacks is raised where it is measured."""
    return ()


def tell(measured: Positioning) -> Text:
    """The role best borne out, the named role that is not, the cascade, and both views."""
    facts = measured.roles[measured.strongest]
    held, known = count_held(facts)
    every = join_texts(
        words.ROLE_SCORE.fill(role=words.ROLES[role], score=word_held(own)) for role, own in measured.roles.items()
    )
    said = words.ANSWER.fill(
        role=words.ROLES[measured.strongest], held=word_number(held), known=word_number(known), all=every
    )
    said += _tell_named(measured)
    return said + _tell_cascade(measured) + _tell_views(measured)


def _tell_named(measured: Positioning) -> Text:
    named = [role for role in measured.named if role in words.ROLES]
    if not measured.named:
        return Text(zh="", en="")
    if not named:
        others = join_texts(words.OTHER_ROLES[role] for role in measured.named if role in words.OTHER_ROLES)
        return words.NOT_NAMED.fill(named=others)
    weak = [role for role in named if share_held(measured.roles[role]) < HALF]
    lacks = [fact.name for role in weak for fact in measured.roles[role] if fact.holds is False]
    if weak and lacks:
        return words.NOT_BORNE.fill(named=join_texts(words.ROLES[role] for role in weak), lacks=join_texts(lacks))
    return Text(zh="", en="")


def _tell_cascade(measured: Positioning) -> Text:
    ids = [step.id for step in measured.cascade]
    if measured.stated not in ids:
        return Text(zh="", en="")
    place = ids.index(measured.stated)
    step = measured.cascade[place]
    parts = {"step": words.POSITIONS[step.id], "seen": step.seen}
    if step.holds is None:
        return words.CASCADE_OPEN.fill(step=parts["step"])
    if step.holds:
        return words.CASCADE_BORNE.fill(**parts)
    after = ids[(place + 1) % len(ids)]
    return words.CASCADE_DENIED.fill(next=words.POSITIONS[after], **parts)


def _tell_views(measured: Positioning) -> Text:
    by_id = {view.id: view for view in measured.views}
    if "buyers" not in by_id or by_id["buyers"].before is None:
        return Text(zh="", en="")
    return words.VIEWS_SAID.fill(
        visitors=_word_view(by_id.get("visitors")),
        gmv=_word_view(by_id["gmv"]),
        buyers=_word_view(by_id["buyers"]),
        repeat=_word_share(by_id["repeat"]),
    )


def _word_view(view: View | None) -> Text:
    change = view.change if view is not None else None
    return Text(zh=" ", en="") + word_change(change) if change is not None else word_number(None)


def _word_share(view: View) -> Text:
    was_to = Text(zh=" {before} → {now}", en="{before} → {now}")
    return was_to.fill(before=word_percent(view.before), now=word_percent(view.now))


def caveats(measured: Positioning) -> tuple[Text, ...]:
    """What is missing for both views and for the role for events, and that many roles are no position."""
    said = []
    if all(view.id != "visitors" for view in measured.views):
        said.append(words.NO_TRAFFIC)
    if not measured.has_calendar:
        said.append(words.NO_CALENDAR)
    if len(measured.named) > MOST_NAMED:
        said.append(words.MANY.fill(n=word_number(len(measured.named))))
    return tuple(said)


def tabulate(measured: Positioning) -> tuple[Exhibit, ...]:
    """Roles with their facts, the cascade, both views side by side, the axes."""
    shown = (
        show_roles(measured.roles),
        show_cascade(measured.cascade, measured.stated),
        show_views(measured.views, measured.currency),
        show_axes(measured.axes),
    )
    return tuple(exhibit for exhibit in shown if not exhibit.frame.empty)


def draw(measured: Positioning, language: Language) -> Figure:
    """The share of facts that hold for each role; named roles that are not borne out stand out."""
    roles = list(measured.roles)
    shares = [share_held(measured.roles[role]) for role in roles]
    return draw_bars(
        [words.ROLES[role].word(language) for role in roles],
        shares,
        [word_held(measured.roles[role]).word(language) for role in roles],
        axis_label=Text(zh="成立的事实 ÷ 已知的事实", en="Facts that hold over facts known").word(language),
        marked=[place for place, role in enumerate(roles) if role in measured.named and shares[place] < HALF],
    )


LIMITS = (
    Limit(
        name="active_groups",
        value=0.5,
        reason=Text(zh="一半以上的群当天无人说话，谈不上互动", en="with most groups silent on a day nobody interacts"),
    ),
    Limit(
        name="full_price",
        value=0.8,
        reason=Text(
            zh="实付达到标价八成以上，才算不靠折扣卖产品；与适配度“品牌力”的最高档一致",
            en="from 80% of list the product sells without discount: the top step of brand strength in the fit",
        ),
    ),
    Limit(
        name="cheap",
        value=0.3,
        reason=Text(
            zh="实付比标价低三成以上，价格才成为购买理由；与“品牌力”的中档一致",
            en="from 30% below list the price is the reason to buy: the middle step of brand strength",
        ),
    ),
    Limit(
        name="answered",
        value=0.9,
        reason=Text(
            zh="当天九成以上的会话得到回复，服务才能当卖点",
            en="service sells when 90% of chats are answered the same day",
        ),
    ),
)

# Paid over list is 180/200, so the product leads. Of the role for differences named, tags and benefits are known.
CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-04", "001-01", "001-03", "004-42"),
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
            "order_lines": "customer ordered_at paid_amount list_amount\na 2024-01-02 90 100\na 2024-02-28 90 100",
        },
        says="差异化营销场（3/3）",
        brief=Brief(
            answers={
                "pd_positioning": ("differentiated",),
                "positioning": "product",
                "tag_dictionary": ({"tag": "a", "dimension": "channel"}, {"tag": "b", "dimension": "behaviour"}),
                "benefits": ({"benefit": "gift", "private_only": True},),
            }
        ),
    ),
    place=30,
)
