"""MBG/NBD: as BG/NBD, but customers may leave after the very first purchase too."""

from __future__ import annotations

from diagnostics.statistics.repeat_buying.bgnbd import (
    chance_of_stayers,
    leave_terms,
    mean_of_stayers,
    pace_of_stayers,
    pairs_of_stayers,
    rate_of_stayers,
    stay_terms,
)
from diagnostics.statistics.repeat_buying.histories import Numbers
from diagnostics.statistics.repeat_buying.likelihood import Terms, Ways
from diagnostics.statistics.repeat_buying.model import Model
from diagnostics.statistics.repeat_buying.nbd import count_terms


def _stay(parameters: Numbers, repeats: Numbers, age: Numbers) -> Terms:
    return stay_terms(parameters, repeats, age, repeats + 1)


def _leave(parameters: Numbers, repeats: Numbers, last: Numbers) -> Terms:
    return leave_terms(parameters, repeats, last, repeats + 1)


def _born(parameters: Numbers) -> float:
    _, _, a, b = parameters
    return float(b / (a + b))


# Source: E. P. Batislam, M. Denizel and A. Filiztekin (2007), International Journal of Research in Marketing
# 24:201-209; the same as the CBG/NBD of D. Hoppe and U. Wagner (2007), Marketing JRM 3:75-90.
MBG_NBD = Model(
    name="MBG/NBD",
    names=("r", "alpha", "a", "b"),
    timed=(False, True, False, False),
    pairs=(("r", "alpha"), ("a", "b")),
    ease=3,
    starts=((0.5, 1.0, 0.5, 1.5), (2.0, 1.0, 0.1, 2.0), (0.5, 1.0, 1.5, 1.5)),
    ways=Ways(common=count_terms, late=_stay, early=_leave, active=lambda p, x, age: _stay(p, x, age)[0]),
    rate=lambda p, x, age, ahead: rate_of_stayers(p, x, age, ahead, x + 1),
    pair_rate=lambda p, x, age, ahead: pairs_of_stayers(p, x, age, ahead, x + 1),
    mean=lambda p, x, age, ahead: mean_of_stayers(p, x, age, ahead, x + 1),
    chance=lambda p, x, age, ahead, count: chance_of_stayers(p, x, age, ahead, count, stayed=x + 1),
    pace=lambda p, x, age: pace_of_stayers(p, x, age, x + 1),
    born=_born,
)
