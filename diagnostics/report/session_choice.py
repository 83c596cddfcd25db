"""Chooses what a part of the session tells: fixed answers, the findings that matter most, what there is room for."""

from __future__ import annotations

from collections.abc import Iterable

from diagnostics.report.outline import FindingCard
from diagnostics.report.session_agenda import Agenda, AgendaPart, Source
from diagnostics.report.session_points import Missing, Teller, Told

# Talk, a question and an answer take five minutes.
MINUTES_A_POINT = 5
FEWEST = 2


def choose(part: AgendaPart, agenda: Agenda, teller: Teller) -> tuple[Told, ...]:
    """What the part tells, in order: answers that open it, findings by rank, the other answers.

    Each chapter of the part has its best finding first; there is at least one thing told, if only what could not be
    examined.
    """
    most = max(FEWEST, part.minutes // MINUTES_A_POINT)
    answers = [source for source in agenda.list_sources(part) if teller.knows(source)]
    fixed = [source for source in answers if source.told != "room"]
    cards = [card for card in _one_a_kind(teller.cards) if agenda.find_part(teller.find_chapter(card)) is part]
    leading = list({teller.find_chapter(card): card for card in reversed(cards)}.values())[::-1]
    clear = [source for source in answers if teller.find_home(source) not in map(teller.find_chapter, cards)]
    wanted: list[Told] = [*fixed, *leading, *clear, *cards, *answers]
    kept: list[Told] = list(dict.fromkeys(wanted))[:most]
    told = sorted(kept, key=_order)
    has_gap = not told or (len(told) < FEWEST and bool(teller.list_missing(part)))
    return (*told, Missing(part=part.name)) if has_gap else tuple(told)


def _one_a_kind(cards: Iterable[FindingCard]) -> list[FindingCard]:
    """The foremost finding of each code, in order of rank, without mere notes."""
    firsts: dict[str, FindingCard] = {}
    for card in cards:
        if card.severity != "info":
            firsts.setdefault(card.code, card)
    return list(firsts.values())


def _order(told: Told) -> tuple[int, int]:
    if isinstance(told, FindingCard):
        return 1, told.rank
    return (0 if isinstance(told, Source) and told.told == "first" else 2), 0
