"""How a pair that is bought together less than the client's other pairs becomes a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.membership import _crossing_words as words
from diagnostics.checks.membership._dimensions import DIMENSIONS
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import name_verbatim, shorten, word_money, word_number, word_percent
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from diagnostics.checks.membership.crossing import Width, Widths
    from diagnostics.statistics.crossing import Pair


def state_gap(pair: Pair, width: Width, measured: Widths) -> Finding:
    """A pair of parts that fewer customers buy both of than the client's other pairs let expect."""
    spend = find_spend(pair, width) * measured.yearly
    low, mid, high = size_stake(tuple(n * spend for n in pair.missing), least=0.25, likely=0.5)  # type: ignore[arg-type] # three ends in, three out
    names = {"small": name_verbatim(shorten(pair.small)), "large": name_verbatim(shorten(pair.large))}
    return Finding(
        code="people.cross_sell_gap",
        scope={width.dimension: pair.small},
        title=words.TITLE.fill(part=word_percent(pair.lift / pair.usual, 0), n=word_number(pair.missing[1]), **names),
        cause=words.CAUSE.fill(
            buyers=word_number(pair.buyers),
            share=word_percent(pair.share),
            lift=word_number(pair.lift, 2),
            low=word_number(pair.low, 2),
            high=word_number(pair.high, 2),
            usual=word_number(pair.usual, 2),
            spend=word_money(spend, measured.currency),
            **names,
        ),
        action=words.ACTION.fill(**names),
        owner_role="product",
        validation=Validation(metric=DIMENSIONS[width.dimension][1], direction="up", window_days=90),
        stop_rule=words.STOP,
        confidence=rate_gap(pair.usual - pair.lift, pair.usual - pair.high),
        impact=Impact(low=low, mid=mid, high=high),
        evidence=(Evidence(table=f"{width.dimension}_pairs", n=pair.buyers, value=pair.lift),),
    )


def find_spend(pair: Pair, width: Width) -> float:
    """What a customer of both spends on the small part; where nobody is, the mean of the pairs."""
    return pair.spend or sum(other.spend for other in width.pairs) / len(width.pairs)
