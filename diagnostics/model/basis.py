"""On what share of the data a figure was computed: all, a part, or nothing, and then why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from diagnostics.model.wording import Text, word_percent

State = Literal["computed", "computed_on_part", "not_computable"]
# Worded with one digit: what rounds to 100% is all of it.
ALL = 0.9995

_ON_ALL = Text(zh="按全部{of}计算", en="computed on all {of}")
_ON_PART = Text(zh="按 {share} 的{of}计算", en="computed on {share} of {of}")
_ON_NONE = Text(zh="无法计算：{why}", en="not computable: {why}")


@dataclass(frozen=True, kw_only=True)
class Basis:
    """The share of `of` (buyers, orders, rows ...) on which a figure stands; `why` says what keeps out the rest."""

    share: float
    of: Text
    why: Text

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            message = f"a share must lie in 0 to 1, not {self.share}"
            raise ValueError(message)

    @property
    def state(self) -> State:
        """Whether the figure was computed, on a part, or not at all."""
        if self.share >= ALL:
            return "computed"
        return "computed_on_part" if self.share > 0 else "not_computable"

    def word(self) -> Text:
        """The basis in a few words, to stand in brackets behind a figure.

        >>> Basis(share=0.25, of=Text(zh="买家", en="buyers"), why=Text(zh="无", en="none")).word().en
        'computed on 25.0% of buyers'
        """
        if self.state == "not_computable":
            return _ON_NONE.fill(why=self.why)
        return (_ON_ALL if self.state == "computed" else _ON_PART).fill(share=word_percent(self.share), of=self.of)
