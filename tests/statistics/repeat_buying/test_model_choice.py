import numpy as np
import pytest

from diagnostics.statistics.repeat_buying.choice import choose_model
from diagnostics.statistics.repeat_buying.histories import Histories
from diagnostics.statistics.repeat_buying.holdout import Holdout, Misfit, Score, measure_misfit, score_model
from diagnostics.statistics.repeat_buying.nbd import NBD
from diagnostics.statistics.repeat_buying.predict import chance_of, expect_purchases


def make_holdout(x, last, age, later, *, ahead, counts=None):
    columns = [np.asarray(column, dtype=float) for column in (x, last, age)]
    weights = np.ones(len(columns[0])) if counts is None else counts
    return Holdout(
        cut="2024-01",
        histories=Histories(repeats=columns[0], last=columns[1], age=columns[2], counts=weights),
        bought=np.asarray(later, dtype=float),
        ahead=ahead,
    )


@pytest.fixture(scope="module")
def chosen(cdnow):
    x, last, age, later, customers = cdnow.columns("repeats", "last_days", "age_days", "bought_later", "customers")
    return choose_model([make_holdout(x, last / 7, age / 7, later, ahead=39.0, counts=customers)])


def test_on_cdnow_nbd_is_out_and_the_others_cannot_be_told_apart(chosen):
    assert chosen.alike == ("BG/NBD", "MBG/NBD", "Pareto/NBD")
    assert chosen.model.name == "BG/NBD"
    assert not chosen.told_apart
    assert "cannot tell BG/NBD, MBG/NBD, Pareto/NBD apart" in chosen.text.en
    assert "12.1%" in chosen.text.zh


def test_all_errors_are_kept(chosen):
    by_model = {score.model: score for score in chosen.scores}
    assert round(by_model["BG/NBD"].predicted, 1) == 1653.4
    assert by_model["BG/NBD"].actual == 1882
    assert by_model["BG/NBD"].total_error == pytest.approx(1653.4 / 1882 - 1, abs=1e-4)
    assert by_model["NBD"].absolute_error > by_model["BG/NBD"].absolute_error
    assert chosen.misfit.size == pytest.approx(np.sqrt(np.log(1653.41 / 1882) ** 2 - 0.04148**2), rel=1e-3)


def test_steady_buyers_are_left_to_the_simplest_model():
    rng, holdouts = np.random.default_rng(2), []
    rates = rng.gamma(0.8, 0.1, 250)
    for age in (20, 35):
        x = rng.poisson(rates * age)
        last = np.where(x > 0, np.ceil(age * rng.random(250) ** (1 / np.maximum(x, 1))), 0)
        holdouts.append(make_holdout(x, last, np.full(250, age), rng.poisson(rates * 15), ahead=15.0))
    found = choose_model(holdouts)
    assert found.model.name == "NBD"
    assert "Rolling holdouts (2)" in found.text.en


def test_a_score_is_what_a_loop_over_customers_gives():
    x, last, age, later = [0, 1, 4], [0, 3, 9], [10, 10, 12], [0, 2, 1]
    holdout = make_holdout(x, last, age, later, ahead=6.0)
    score = score_model(NBD, holdout)
    means = expect_purchases(NBD, score.fit.parameters, holdout.histories, 6)
    assert score.absolute_error == pytest.approx(np.mean([abs(a - b) for a, b in zip(later, means, strict=True)]))
    chance = chance_of(NBD, score.fit.parameters, holdout.histories, 6, later)
    assert score.log_score == pytest.approx(np.log(chance).mean())


def test_nothing_to_fit_is_no_choice():
    assert choose_model([make_holdout([0, 0], [0, 0], [5, 6], [0, 1], ahead=4.0)]) is None
    assert choose_model([]) is None


def test_misfit_is_what_sampling_does_not_explain():
    def score(predicted, noise):
        return Score(
            model="NBD", cut="", fit=None, predicted=predicted, actual=100.0, total_error=predicted / 100 - 1,
            total_noise=noise, absolute_error=0.0, log_score=0.0, by_row=np.zeros(1),
        )  # fmt: skip

    assert measure_misfit([score(103.0, 0.05)]) == Misfit(size=0.0, cuts=1)
    size = measure_misfit([score(130.0, 0.05), score(100.0, 0.05)]).size
    assert size == pytest.approx(np.sqrt((np.log(1.3) ** 2 - 0.05**2) / 2))
