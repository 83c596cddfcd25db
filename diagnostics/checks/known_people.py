"""What every question on customers of several channels says of its basis: bounds, and on whom it was computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.metrics.identity import count_kinds
from diagnostics.model.basis import Basis
from diagnostics.model.identity import GIVEN
from diagnostics.model.wording import Text, word_number, word_percent
from diagnostics.statistics.overlap_bounds import Base, Bounds, LinkError, bound_crossing, bound_people, read_base

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

BUYERS = Text(zh="买家", en="buyers")
NO_COMMON_KEY = Text(
    zh="各渠道没有可互相比对的识别键（手机号、unionid 或统一会员号）",
    en="the channels hold no key in common (phone, unionid or shared member id)",
)
PEOPLE = Text(
    zh="同一人在不同渠道已尽量合并（{basis}）：这些买家背后有 {low} 至 {high} 人。",
    en="Customers are merged across channels where keys allow ({basis}): between {low} and {high} people stand behind "
    "these buyers.",
)
CROSSING = Text(
    zh="在两个及以上渠道购买的人（{basis}）：至少 {low}，至多 {high}。",
    en="People who bought in two channels or more ({basis}): at least {low}, at most {high}.",
)
NEWNESS = Text(
    zh="“首购”按能认出的人判断；在别处以另一身份买过的人会被误认作新客。",
    en="“New” goes by the people recognised: who bought elsewhere under another identity passes as new.",
)
ERROR = LinkError()


def ask_identity(lines: ir.Table) -> ir.Table:
    """The query on kinds of key behind the buyers of `lines`."""
    return count_kinds(lines)


def read_identity(frame: pd.DataFrame) -> Base | None:
    """The base of the bounds; `None` where there is one channel only or the ids came as people."""
    base = read_base(frame)
    kinds = {kind for _, kind in base.alone} | set(base.crossing)
    return base if len(base.channels) > 1 and kinds - {GIVEN.id} else None


def say_people(base: Base | None) -> tuple[Text, ...]:
    """How many people stand behind the buyers."""
    return () if base is None else (_fill(PEOPLE, bound_people(base, ERROR), base),)


def say_crossing(base: Base | None) -> tuple[Text, ...]:
    """How many people bought in several channels."""
    return () if base is None else (_fill(CROSSING, bound_crossing(base, ERROR), base),)


def find_basis(share: float, of: Text = BUYERS) -> Basis:
    """The basis of a figure on buyers of several channels."""
    return Basis(share=share, of=of, why=NO_COMMON_KEY)


def word_bounds(bounds: Bounds) -> Text:
    """Bounds of a share in a few words."""
    return Text(zh="{low} 至 {high}", en="{low} to {high}").fill(
        low=word_percent(bounds.low, 0), high=word_percent(bounds.high, 0)
    )


def _fill(words: Text, bounds: Bounds, base: Base) -> Text:
    return words.fill(
        basis=find_basis(base.comparable).word(), low=word_number(bounds.low), high=word_number(bounds.high)
    )
