"""Groups of customers, each with the model that foretold it best at several earlier cuts, and its fit of today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.statistics.repeat_buying.choice import Choice, choose_model
from diagnostics.statistics.repeat_buying.customer_value import Purses
from diagnostics.statistics.repeat_buying.estimate import Fit
from diagnostics.statistics.repeat_buying.gamma_gamma import fit_spend, gather_spending
from diagnostics.statistics.repeat_buying.histories import Histories, compress
from diagnostics.statistics.repeat_buying.holdout import Holdout
from diagnostics.statistics.repeat_buying.model import Model, fit_model
from diagnostics.statistics.repeat_buying.models import SWIFT_MODELS

if TYPE_CHECKING:
    import pandas as pd

# A model of its own wants so many customers, and so many purchases after the first, at every cut.
LEAST_CUSTOMERS = 300
LEAST_REPEATS = 100
ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Cut:
    """What was known at a cut, and what followed within `ahead` days.

    `rows` have group, repeats, last, age, customers, later and any other columns (`count_histories` gives them);
    `spending` has group, kept, spend and customers (`count_spending`), or is `None` where no money is asked for.
    """

    name: str
    ahead: float
    rows: pd.DataFrame
    spending: pd.DataFrame | None = None


@dataclass(frozen=True, kw_only=True)
class Stand:
    """One group at one cut: its rows, with what the models say of them; `spend` is that of purchases kept."""

    group: str
    cut: Cut
    rows: pd.DataFrame
    model: Model
    fit: Fit
    spend: Fit | None

    @property
    def purses(self) -> Purses:
        """Histories of the rows with their spend, less what other days took back, in the order of the rows."""
        counts = self.rows.customers.to_numpy(dtype=np.float64)
        histories = read_histories(self.rows)
        if "spend" not in self.rows:
            return Purses(histories=histories, spend=np.zeros_like(counts), square=np.zeros_like(counts))
        stayed = self._stayed
        spend, square = (self.rows[name].to_numpy(dtype=np.float64) / counts for name in ("spend", "square"))
        return Purses(histories=histories, spend=spend * stayed, square=square * stayed**2)

    @property
    def kept(self) -> float:
        """The share of repeats that is not paid back: a repeat brings so much of what one does that is kept.

        `spend` knows of kept ones only. The mean of those is not that of all.
        """
        repeats = read_histories(self.rows).bought_again
        return float(self.rows.kept.sum()) / repeats * self._stayed if repeats > 0 else 1.0

    @property
    def _stayed(self) -> float:
        """The share of sold money that was not taken back on other days, of first purchases too."""
        sold = float(self.rows.sold.sum())
        return float(np.clip(self.rows.net.sum() / sold, 0.0, 1.0)) if sold > 0 else 1.0


@dataclass(frozen=True, kw_only=True)
class Base:
    """One group of customers: why its model was chosen, how it stood at the earlier cuts, and how it stands now.

    `year_before` is how it stood a year ago, where that is known.
    """

    name: str
    choice: Choice
    past: tuple[Stand, ...]
    now: Stand
    year_before: Stand | None = None

    def split_by(self, label: Callable[[pd.DataFrame], pd.Series]) -> Base:
        """The same with a column `label` in all rows, for totals by it."""
        past = tuple(_label(stand, label) for stand in self.past)
        before = _label(self.year_before, label) if self.year_before is not None else None
        return replace(self, past=past, now=_label(self.now, label), year_before=before)


def _label(stand: Stand, label: Callable[[pd.DataFrame], pd.Series]) -> Stand:
    return replace(stand, rows=stand.rows.assign(label=label(stand.rows)))


def fit_bases(
    cuts: Sequence[Cut], now: Cut, models: Sequence[Model] = SWIFT_MODELS, *, year_before: Cut | None = None
) -> tuple[Base, ...]:
    """One base a group; groups too small at any cut go together. Empty if even all together are too few.

    The simplest model that no holdout can tell from the best is taken, see `choose_model`. `year_before` may be one of
    the cuts or another.
    """
    kept = _find_large([*cuts, now])
    merged = [_merge(cut, kept) for cut in (*cuts, now)]
    names = [str(name) for name in merged[-1].rows.group.unique()]
    before = None if year_before is None else _merge(year_before, kept)
    bases = (_fit_base(name, merged[:-1], merged[-1], models, before) for name in sorted(names))
    return tuple(base for base in bases if base is not None)


def read_histories(rows: pd.DataFrame) -> Histories:
    """The histories of rows, one to one."""
    x, last, age, counts = (rows[name].to_numpy(dtype=np.float64) for name in ("repeats", "last", "age", "customers"))
    return Histories(repeats=x, last=last, age=age, counts=counts)


def _find_large(cuts: Sequence[Cut]) -> set[str]:
    """Groups large enough at every cut, without those that must go together with what is too small by itself."""
    sums = [
        cut.rows.assign(again=cut.rows.repeats * cut.rows.customers).groupby("group")[["customers", "again"]].sum()
        for cut in cuts
    ]
    large = set.intersection(
        *(set(own.index[(own.customers >= LEAST_CUSTOMERS) & (own.again >= LEAST_REPEATS)]) for own in sums)
    )
    by_size = sorted(large, key=lambda name: float(sums[-1].customers[name]))
    while large and any(_leaves_too_few(own, large) for own in sums):
        large.discard(by_size.pop(0))
    return {str(name) for name in large}


def _leaves_too_few(sums: pd.DataFrame, large: set[str]) -> bool:
    rest = sums[~sums.index.isin(list(large))]
    return len(rest) > 0 and (rest.customers.sum() < LEAST_CUSTOMERS or rest.again.sum() < LEAST_REPEATS)


def _merge(cut: Cut, kept: set[str]) -> Cut:
    def rename(frame: pd.DataFrame) -> pd.DataFrame:
        origin = frame.group.astype(str)
        return frame.assign(origin=origin, group=origin.where(origin.isin(list(kept)), ALL))

    spending = None if cut.spending is None else rename(cut.spending)
    return Cut(name=cut.name, ahead=cut.ahead, rows=rename(cut.rows), spending=spending)


def _fit_base(name: str, cuts: Sequence[Cut], now: Cut, models: Sequence[Model], before: Cut | None) -> Base | None:
    parts = [_pick(cut, name) for cut in cuts]
    holdouts = [
        Holdout(cut=cut.name, histories=read_histories(rows), bought=rows.later.to_numpy(float), ahead=cut.ahead)
        for cut, rows in zip(cuts, parts, strict=True)
    ]
    choice = choose_model(holdouts, models)
    if choice is None:
        return None
    own = [score.fit for score in choice.scores if score.model == choice.model.name]
    past = tuple(_stand(name, *each, choice.model) for each in zip(cuts, parts, own, strict=True))
    today = _fit_stand(name, now, choice.model, own[0])
    if today is None:
        return None
    known = {stand.cut.name: stand for stand in past}
    then = None
    if before is not None:
        then = known.get(before.name) or _fit_stand(name, before, choice.model, own[-1])
    return Base(name=name, choice=choice, past=past, now=today, year_before=then)


def _pick(cut: Cut, group: str) -> pd.DataFrame:
    return cut.rows[cut.rows.group == group].reset_index(drop=True)


def _fit_stand(name: str, cut: Cut, model: Model, near: Fit) -> Stand | None:
    """A stand by a model that is chosen already, climbing from a fit near by."""
    rows = _pick(cut, name)
    whole = read_histories(rows)
    fit = fit_model(model, compress(whole.repeats, whole.last, whole.age, whole.counts), start=near.parameters)
    return None if fit is None else _stand(name, cut, rows, fit, model)


def _stand(name: str, cut: Cut, rows: pd.DataFrame, fit: Fit, model: Model) -> Stand:
    spend = None
    if cut.spending is not None:
        paid = cut.spending[cut.spending.group == name]
        spend = fit_spend(gather_spending(paid.kept, paid.spend, paid.customers))
    return Stand(group=name, cut=cut, rows=rows, model=model, fit=fit, spend=spend)
