"""The models in continuous time, from simple to complex."""

from __future__ import annotations

from diagnostics.statistics.repeat_buying.bgnbd import BG_NBD
from diagnostics.statistics.repeat_buying.mbgnbd import MBG_NBD
from diagnostics.statistics.repeat_buying.model import Model
from diagnostics.statistics.repeat_buying.nbd import NBD
from diagnostics.statistics.repeat_buying.pareto_nbd import PARETO_NBD

MODELS: tuple[Model, ...] = (NBD, BG_NBD, MBG_NBD, PARETO_NBD)
# Without the one that takes an integral a row: twenty times the work, and no better a forecast on real shops.
SWIFT_MODELS: tuple[Model, ...] = (NBD, BG_NBD, MBG_NBD)
