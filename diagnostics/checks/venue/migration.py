"""How many people are lost between a scan or an order, a contact and a group, and how many could be won back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.contact_worth import LIFT
from diagnostics.checks.limits import find_limits
from diagnostics.checks.venue import _migration_words as words
from diagnostics.checks.venue._buyer_path import Path, ask_path, draw_path, note_path, read_path, show_path, tell_path
from diagnostics.checks.venue._buyer_path_words import NO_PATH
from diagnostics.checks.venue._hop_findings import state_leak
from diagnostics.checks.venue._hops import Hops, ask_hops, draw_hops, note_hops, read_hops, show_hops, tell_hops
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text
from diagnostics.statistics.hops import SCANS, is_leaking

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

BY_SCANS, BY_BUYERS = ("001-29",), ("001-69", "001-70")


@dataclass(frozen=True, kw_only=True)
class Migration:
    """What became of scans and of buyers, each `None` where nothing tells."""

    hops: Hops | None
    path: Path | None
    yearly: float
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask what became of scans and of buyers, where entrances and contacts are known."""
    return ask_hops(tables) | ask_path(tables)


def measure(replies: Replies) -> Migration | NotComputable:
    """Compare regions by hop, and channels by step."""
    limits = find_limits(NAME, LIMITS, replies.engagement)
    hops, path = read_hops(replies, limits), read_path(replies)
    if hops is None and path is None:
        return NotComputable(reason=words.NOTHING_TOLD, unlocked_by=words.UNLOCKED_BY)
    engagement = replies.engagement
    return Migration(hops=hops, path=path, yearly=engagement.horizon.yearly, currency=engagement.currency)


def judge(measured: Migration, limits: Limits) -> tuple[Finding, ...]:
    """Raise a region whose rate lies clearly below a share of what the other regions reach."""
    if measured.hops is None:
        return ()
    return tuple(
        state_leak(leak, measured.hops.worth, limits, measured.yearly, measured.currency)
        for leak in measured.hops.leaks
        if is_leaking(leak, limits["scans"], limits["ratio"])
    )


def tell(measured: Migration) -> Text:
    """The rate of each hop and its lowest region; then the step and channel that lose most buyers."""
    scanned = NOTHING if measured.hops is None else tell_hops(measured.hops)
    return scanned if measured.path is None else scanned + tell_path(measured.path)


def caveats(measured: Migration) -> tuple[Text, ...]:
    """Entrances that are left out, and steps that no log tells."""
    scanned = () if measured.hops is None else note_hops(measured.hops)
    return scanned if measured.path is None else (*scanned, *note_path(measured.path))


def lacks(measured: Migration) -> Mapping[str, Text]:
    """The half of which nothing tells."""
    scanned = dict.fromkeys(BY_SCANS, words.NO_HOPS) if measured.hops is None else {}
    return scanned | (dict.fromkeys(BY_BUYERS, NO_PATH) if measured.path is None else {})


def tabulate(measured: Migration) -> tuple[Exhibit, ...]:
    """Rates by hop, region and entrance; steps by channel, entries by warmth and volumes."""
    scanned = () if measured.hops is None else show_hops(measured.hops)
    return scanned if measured.path is None else (*scanned, *show_path(measured.path))


def draw(measured: Migration, language: Language) -> Figure:
    """The weakest hop by region; without scans the steps of the channels."""
    if measured.hops is not None:
        return draw_hops(measured.hops, language)
    if measured.path is None:
        raise ValueError(words.NOTHING_TOLD.en)
    return draw_path(measured.path, language)


# February, 1,000 scans a city: 甲 wins 200 contacts, 乙 and 丙 600 each, 1,400 of 3,000 together (46.7 %); at
# the others' 60 % 甲 misses 400, 4,800 a year. Groups: 500 scans and 350 joins in each city, nothing to raise.
# 100 buyers of Tmall, of whom 10 are contacts; 100 of JD, of whom 60 are. The low end of Wilson's interval of 60 in 100
# is 50.2 %: at that rate Tmall would have 50.2 contacts, 40 more.
EXAMPLE_LINES = "\n".join(
    [
        "channel customer ordered_at paid_amount",
        "tmall - 2024-01-01 10",
        *(f"{at} {at[0]}{i:03d} 2024-02-{1 + i % 28:02d} 10" for at in ("tmall", "jd") for i in range(100)),
        "tmall t000 2024-02-29 10",
    ]
)
EXAMPLE_CONTACTS = "\n".join(
    [
        "contact customer added_at way",
        *(f"kt{i} t{i:03d} 2024-02-10 扫码" for i in range(10)),
        *(f"kj{i} j{i:03d} 2024-02-11 群聊" for i in range(60)),
    ]
)
SCANNED = (("甲", 200), ("乙", 600), ("丙", 600))

NAME = "venue.migration"
LIMITS = (
    Limit(
        name="ratio",
        value=0.7,
        reason=Text(
            zh="区间上限仍低于其他地区的七成才提出：地区间一两成的差异常来自客群和店型",
            en="raised only if even the upper end is below seven tenths of the others: a tenth or two often comes "
            "from customers and kinds of stores",
        ),
    ),
    Limit(
        name="scans",
        value=SCANS,
        reason=Text(
            zh="不足 500 次扫码的地区，比率主要由个别日子决定",
            en="under 500 scans a few days decide the rate",
        ),
    ),
    LIFT,
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=(*BY_SCANS, *BY_BUYERS),
    finds=("venue.migration_loss",),
    needs=(Need(table="order_lines"),),
    uses=("entry_days", "contacts"),
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
            "order_lines": EXAMPLE_LINES,
            "contacts": EXAMPLE_CONTACTS,
            "entry_days": "\n".join(
                [
                    "day entrance region scans added group_joined",
                    *(f"2024-02-10 code{city} {city} 1000 {added} -" for city, added in SCANNED),
                    *(f"2024-02-10 group{city} {city} 500 - 350" for city, _ in SCANNED),
                ]
            ),
        },
        says="扫码→加好友 46.7%（3,000 次扫码），最低的地区是甲，20.0%；"
        "扫码→入群 70.0%（1,500 次扫码），最低的地区是丙，70.0%。"
        "本期 200 位买家里（跨渠道重复计）70 位加过好友（35.0%）；流失最多的一步是天猫的“下单 → 加好友”，少了 90 人，"
        "比照最好的渠道可追回约 40 人。",
        finds=(("venue.migration_loss", {"hop": "scan_to_add", "city": "甲"}),),
    ),
    place=40,
)
