"""Which model to use: the simplest of those that no holdout can tell from the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diagnostics.model.wording import Text, join_texts, name_verbatim, word_number, word_percent
from diagnostics.statistics.repeat_buying.forecast import Misfit
from diagnostics.statistics.repeat_buying.holdout import Holdout, Score, measure_misfit, score_model
from diagnostics.statistics.repeat_buying.model import Model
from diagnostics.statistics.repeat_buying.models import MODELS

# A difference below so many standard errors is noise.
CLEAR = 2.0

CHOSEN = Text(
    zh="滚动留出检验（{cuts} 次）中 {model} 最好，其他模型的差距超出误差：总购买次数平均偏差 {total}，"
    "每位客户平均偏差 {each} 次。",
    en="{model} does best on rolling holdouts ({cuts}), the others fall short by more than noise: total purchases off "
    "by {total} on average, a customer's by {each}.",
)
CANT_TELL = Text(
    zh="滚动留出检验（{cuts} 次）无法区分 {others}，差距都在误差以内，因此取其中最简单的 {model}："
    "总购买次数平均偏差 {total}，每位客户平均偏差 {each} 次。",
    en="Rolling holdouts ({cuts}) cannot tell {others} apart, the differences are within noise; the simplest of them, "
    "{model}, is used: total purchases off by {total} on average, a customer's by {each}.",
)
BIASED = Text(
    zh="注意：所选模型的总量误差在多数检验中超出抽样误差，预测只能看数量级。",
    en="Beware: in most holdouts the chosen model's total is off by more than sampling noise; read forecasts as an "
    "order of magnitude.",
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The model to use, whether it could be told from the others, the reason in words, and all scores."""

    model: Model
    told_apart: bool
    alike: tuple[str, ...]
    text: Text
    scores: tuple[Score, ...]

    def mean_error(self, model: str) -> float:
        """Mean absolute error of total purchases over the holdouts that had any, as a share."""
        errors = [abs(score.total_error) for score in self.scores if score.model == model and score.actual]
        return float(np.mean(errors)) if errors else float("nan")

    @property
    def misfit(self) -> Misfit:
        """How far the chosen model's totals missed beyond sampling error, for the intervals of forecasts."""
        return measure_misfit([score for score in self.scores if score.model == self.model.name])

    def mean_of(self, model: str, measure: str) -> float:
        """The mean over the holdouts of another measure of `Score`, by its name."""
        return float(np.mean([getattr(score, measure) for score in self.scores if score.model == model]))


def choose_model(holdouts: Sequence[Holdout], models: Sequence[Model] = MODELS) -> Choice | None:
    """Compare the models on several cuts; `None` if none could be fitted on all of them.

    The best has the highest mean log score. Another is as good unless its log score falls short by more than
    `CLEAR` standard errors of the paired difference, or its total is off by more than the best's and `CLEAR` times
    the sampling error of the actual total. Customers recur from cut to cut, so errors are averaged, not divided by
    the root of the number of cuts.
    """
    scored = {model.name: _score_in_turn(model, holdouts) for model in models}
    usable = {
        name: [score for score in scores if score is not None and score.fit.converged]
        for name, scores in scored.items()
    }
    full = {name: scores for name, scores in usable.items() if len(scores) == len(holdouts) > 0}
    if not full:
        return None
    best = max(full, key=lambda name: float(np.mean([score.log_score for score in full[name]])))
    alike = [model for model in models if model.name in full and _is_as_good(full[model.name], full[best], holdouts)]
    chosen = min(alike, key=lambda model: model.ease)
    return _tell(chosen, alike, [score for scores in full.values() for score in scores], len(holdouts))


def _score_in_turn(model: Model, holdouts: Sequence[Holdout]) -> list[Score | None]:
    """Each fit starts where the neighbouring cut's ended, which is near."""
    scores: list[Score | None] = []
    start = None
    for holdout in holdouts:
        score = score_model(model, holdout, start=start)
        start = score.fit.parameters if score is not None and score.fit.converged else None
        scores.append(score)
    return scores


def _is_as_good(scores: Sequence[Score], best: Sequence[Score], holdouts: Sequence[Holdout]) -> bool:
    gaps, errors, excess, noise = [], [], [], []
    for own, other, holdout in zip(scores, best, holdouts, strict=True):
        counts, n = holdout.histories.counts, holdout.histories.customers
        ahead = other.by_row - own.by_row
        gap = float(counts @ ahead) / n
        gaps.append(gap)
        errors.append(float(np.sqrt(counts @ (ahead - gap) ** 2)) / n)
        if own.actual:
            excess.append(abs(own.total_error) - abs(other.total_error))
            noise.append(own.total_noise)
    is_close = float(np.mean(gaps)) <= CLEAR * float(np.mean(errors))
    return is_close and (not excess or float(np.mean(excess)) <= CLEAR * float(np.mean(noise)))


def _tell(chosen: Model, alike: Sequence[Model], scores: Sequence[Score], cuts: int) -> Choice:
    own = [score for score in scores if score.model == chosen.name]
    draft = Choice(
        model=chosen,
        told_apart=len(alike) == 1,
        alike=tuple(model.name for model in alike),
        text=CHOSEN,
        scores=tuple(scores),
    )
    text = (CHOSEN if draft.told_apart else CANT_TELL).fill(
        cuts=word_number(cuts),
        model=name_verbatim(chosen.name),
        others=join_texts([name_verbatim(model.name) for model in alike]),
        total=word_percent(draft.mean_error(chosen.name)),
        each=word_number(draft.mean_of(chosen.name, "absolute_error"), 2),
    )
    off = sum(abs(score.total_error) > CLEAR * score.total_noise for score in own if score.actual)
    return Choice(**{**vars(draft), "text": text + BIASED if 2 * off > len(own) else text})
