"""Where customers are at home, what buying in several venues is worth, and whether channels take customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.domains import CHANNELS, find_domain
from diagnostics.checks.known_people import ask_identity, read_identity, say_crossing
from diagnostics.checks.limits import find_limits
from diagnostics.checks.venue import _crossing_words as words
from diagnostics.checks.venue._channel_moves import ask_moves, doubt_moves, read_moves, tabulate_moves, tell_moves
from diagnostics.checks.venue._crossing_tables import tabulate_crossing
from diagnostics.metrics.homes import (
    count_widths,
    cut_orders,
    find_homes,
    flow_sides,
    follow_contacts,
    list_purchases,
    move_homes,
    total_after,
    total_assisted,
)
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_money, word_number, word_percent, word_price
from diagnostics.statistics.like_with_like import LEAST_PEOPLE, Compared, compare_kinds
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language
    from diagnostics.statistics.cannibalisation import Move
    from diagnostics.statistics.overlap_bounds import Base

MOST_ROWS = 12
TAKEN = "002-31"


@dataclass(frozen=True, kw_only=True)
class Homes:
    """Customers by width, their worth like with like, homes, moves after an add (empty if unknown), and what is fed.

    `after` and `assisted` are sales to contacts by channel, `None` without contacts or touches; `taken` are pairs of
    channels between which customers may have moved, none without a period before or a second channel.
    """

    widths: pd.DataFrame
    worth: Mapping[str, Compared | None]
    homes: pd.DataFrame
    moves: pd.DataFrame
    after: pd.DataFrame | None
    assisted: pd.DataFrame | None
    flow: pd.DataFrame
    public: float
    base: Base | None
    taken: tuple[Move, ...]
    has_previous: bool
    policy: str
    steered: float
    currency: str

    def count_wide(self, kind: str) -> float:
        """The share of customers of two and more channels or outlets."""
        return float(self.widths.customers[self.widths[kind] > 1].sum() / self.widths.customers.sum())

    @property
    def moved(self) -> tuple[int, int, int]:
        """Customers with a home before and after, those who kept it, and those who moved it to own shops."""
        frame = self.moves
        own = frame.home_after.isin(CHANNELS["own"]) & ~frame.home_before.isin(CHANNELS["own"])
        kept = frame.home_before == frame.home_after
        return int(frame.customers.sum()), int(frame.customers[kept].sum()), int(frame.customers[own].sum())


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for widths, homes and sides, orders of contacts before and after the add, and customers lost and won."""
    engagement = tables.engagement
    period = engagement.horizon.current
    lines = value_lines(tables["order_lines"], engagement.gmv_basis)
    history = tables.share(list_purchases(lines))
    orders = cut_orders(history, period)
    channels = orders.group_by("channel").agg(gmv=orders.gmv.sum())
    asked = {
        "widths": count_widths(orders),
        "homes": find_homes(orders),
        "flow": flow_sides(history, CHANNELS["store"], period),
        "channels": channels,
        "kinds": ask_identity(within(lines, period)),
        **ask_moves(lines, tables),
    }
    if tables.has("contacts", "customer", "added_at"):
        followed = tables.share(follow_contacts(history, tables["contacts"]))
        asked |= {"moves": move_homes(followed), "after": total_after(followed, period)}
    if tables.has("touches", "customer"):
        asked["assisted"] = total_assisted(history, tables["touches"], period)
    return asked


def measure(replies: Replies) -> Homes | NotComputable:
    """Compare widths like with like and lay the moves side by side."""
    widths = replies["widths"]
    if widths.empty:
        return NotComputable(reason=words.NO_CUSTOMERS)
    channels = replies["channels"]
    is_public = [find_domain(channel) == "public" for channel in channels.channel]
    homes = replies["homes"].sort_values(["customers", "home"], ascending=[False, True], ignore_index=True)
    return Homes(
        widths=widths,
        worth={kind: compare_kinds(widths, "orders", widths[kind] > 1) for kind in words.KINDS},
        homes=homes,
        moves=replies["moves"] if "moves" in replies else pd.DataFrame(NO_MOVES),
        after=replies.frames.get("after"),
        assisted=replies.frames.get("assisted"),
        flow=replies["flow"],
        public=float(channels.gmv[is_public].sum()),
        base=read_identity(replies["kinds"]),
        taken=read_moves(replies),
        has_previous=replies.engagement.horizon.previous is not None,
        policy=replies.engagement.brief.text("link_policy") or "",
        steered=find_limits("venue.crossing", LIMITS, replies.engagement)["steered"],
        currency=replies.engagement.currency,
    )


NO_MOVES: dict[str, list[object]] = {"home_before": [], "home_after": [], "customers": []}


def judge(_measured: Homes, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: where people like to buy is no trouble, and bounds on who moved are no claim."""
    return ()


def tell(measured: Homes) -> Text:
    """How wide customers buy and what it is worth, where they are at home, and which channels may lose to others."""
    worth = measured.worth["channels"]
    said = words.ANSWER.fill(
        customers=word_number(measured.widths.customers.sum()),
        channels=word_percent(measured.count_wide("channels")),
        outlets=word_percent(measured.count_wide("outlets")),
        worth=NOTHING if worth is None else _tell_worth(worth, measured.currency),
    )
    orders = measured.homes.orders.sum()
    share = word_percent(measured.homes.home_orders.sum() / orders) if orders > 0 else None
    said += words.HABIT.fill(
        home=words.NO_HOME if share is None else words.HOME.fill(share=share),
        stays=_tell_stays(measured),
        fed=_tell_fed(measured),
    )
    return said + tell_moves(measured.taken, measured.currency) if measured.taken else said


def _tell_worth(worth: Compared, currency: str) -> Text:
    return words.WORTH.fill(
        mean=word_price(worth.mean, currency),
        other=word_price(worth.other, currency),
        low=word_price(worth.low, currency, signed=True),
        high=word_price(worth.high, currency, signed=True),
    )


def _tell_stays(measured: Homes) -> Text:
    both, kept, own = measured.moved
    if both < LEAST_PEOPLE:
        return NOTHING
    low, high = wilson(kept, both)
    is_steered = float(wilson(own, both)[0]) > measured.steered
    return words.STAYS.fill(
        share=word_percent(kept / both),
        n=word_number(both),
        low=word_percent(float(low)),
        high=word_percent(float(high)),
        moved=word_percent(own / both),
        policy=words.STEERED if is_steered else words.NEUTRAL,
    )


def sum_public(frame: pd.DataFrame | None) -> float | None:
    """The gmv of public platforms; `None` where nothing was asked."""
    if frame is None:
        return None
    return float(frame.gmv[[find_domain(channel) == "public" for channel in frame.channel]].sum())


def _tell_fed(measured: Homes) -> Text:
    high, low = sum_public(measured.after), sum_public(measured.assisted)
    if high is None or measured.public <= 0:
        return NOTHING
    basis = words.AT_MOST if low is None else words.BETWEEN.fill(low=word_money(low, measured.currency))
    return words.ASSISTED.fill(
        money=word_money(high, measured.currency), share=word_percent(high / measured.public), basis=basis
    )


def caveats(measured: Homes) -> tuple[Text, ...]:
    """Bounds on who buys in several channels, what is missing, and the stated policy."""
    said = list(say_crossing(measured.base))
    if measured.after is None:
        said.append(words.NO_CONTACTS)
    elif measured.moved[0] < LEAST_PEOPLE:
        said.append(words.FEW_BOTH.fill(n=word_number(LEAST_PEOPLE)))
    if measured.policy in words.POLICY:
        said.append(words.POLICY[measured.policy])
    return (*said, *doubt_moves(measured.taken))


def lacks(measured: Homes) -> Mapping[str, Text]:
    """Whether channels take customers, without a period before or a second channel."""
    if measured.taken:
        return {}
    return {TAKEN: words.ONE_CHANNEL if measured.has_previous else words.NO_PREVIOUS}


def tabulate(measured: Homes) -> tuple[Exhibit, ...]:
    """Widths, homes, moves, sales to contacts, the flow between stores and online, and pairs of channels."""
    shown = tabulate_crossing(
        widths=measured.widths,
        homes=measured.homes,
        moves=measured.moves,
        fed=(measured.after, measured.assisted),
        flow=measured.flow,
        worth=measured.worth,
    )
    return (*shown, tabulate_moves(measured.taken)) if measured.taken else shown


def draw(measured: Homes, language: Language) -> Figure:
    """The share of orders that customers place in their home channel, by home."""
    shown = measured.homes.head(MOST_ROWS)
    rates = (shown.home_orders / shown.orders).tolist()
    low, high = wilson(shown.home_orders, shown.orders)
    figure = draw_bars(
        [name_channel(home).word(language) for home in shown.home],
        rates,
        [f"{word_percent(rate).en}  n={word_number(n).en}" for rate, n in zip(rates, shown.customers, strict=True)],
        axis_label=words.AXIS.word(language),
        low=list(low),
        high=list(high),
    )
    scale_share(figure.axes[0].xaxis)
    return figure


LIMITS = (
    Limit(
        name="steered",
        value=0.1,
        reason=Text(
            zh="一成以内换到自有商城，多是客户自己的选择；下限超过一成才说是被引过去的",
            en="up to a tenth moving to own shops is mostly their own choice; only a lower end above it is called led",
        ),
    ),
)

# In January 100 buy at Tmall; in February 40 of them buy at JD, 30 of these no more at Tmall: of 60 lost 30 moved (28.5
# allowing for mistaken matches), and 75 % of takers left. 50 others come in February: 40 buy twice at Tmall, 10 once
# there and once in the store. So 20 of 120 buy in two channels, and of the 120 orders of those with two 100 are at home
# (a tie goes to the first by name).
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        "tmall - 2024-01-01 10",
        *(f"tmall c{i:03d} 2024-01-02 100" for i in range(100)),
        *(f"jd c{i:03d} 2024-02-10 80" for i in range(40)),
        *(f"tmall c{i:03d} 2024-02-28 100" for i in range(30, 70)),
        *(f"tmall t{i} 2024-02-{day} 100" for i in range(40) for day in ("05", "20")),
        *(f"{at} s{i} 2024-02-{day} 100" for i in range(10) for at, day in (("tmall", "06"), ("store", "21"))),
        "tmall - 2024-02-29 10",
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("002-09", "002-10", "002-11", "002-48", "001-52", TAKEN),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)),),
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
        tables={"order_lines": EXAMPLE_LINES},
        says="Customers of two orders and more place 83.3% of them in their home channel. The pair of channels with "
        "most at stake: of 60 customers lost by Tmall, 28 to 30 now buy in JD",
    ),
    place=55,
)
