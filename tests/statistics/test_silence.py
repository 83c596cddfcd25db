import numpy as np

from diagnostics.statistics.silence import find_silences, list_runs, recurs

DAYS = 730
WEEKDAYS = np.arange(DAYS) % 7
NEVER = np.zeros(DAYS, dtype=bool)
CHANCE = 0.001


def sell(level, seed=1):
    return np.random.default_rng(seed).poisson(level, DAYS).astype(float)


def find(counts, closed=NEVER):
    return find_silences(counts, WEEKDAYS, closed, CHANCE)


def test_a_week_without_orders_in_a_busy_channel_is_found():
    counts = sell(20)
    counts[300:307] = 0
    (silence,) = find(counts)
    assert (silence.start, silence.stop, silence.days) == (300, 307, 7)
    assert 120 < silence.expected < 160


def test_an_export_that_ends_early_is_found():
    counts = sell(20)
    counts[700:] = 0
    assert [(silence.start, silence.stop) for silence in find(counts)] == [(700, 730)]


def test_a_channel_that_opens_late_has_no_gap_before():
    counts = sell(20)
    counts[:400] = 0
    assert find(counts) == []


def test_a_closed_weekday_is_no_gap():
    counts = sell(20)
    counts[WEEKDAYS == 5] = 0
    assert find(counts) == []


def test_a_channel_with_few_orders_never_falls_silent():
    assert all(find(sell(0.3, seed)) == [] for seed in range(20))


def test_chance_alone_hardly_ever_makes_a_gap():
    assert sum(len(find(sell(2.5, seed))) for seed in range(40)) == 0


def test_days_on_which_everybody_is_closed_do_not_count():
    counts = sell(20)
    counts[300:307] = 0
    closed = NEVER.copy()
    closed[300:307] = True
    assert find(counts, closed) == []


def test_the_day_after_a_promotion_is_judged_by_the_usual_days():
    counts = sell(20)
    counts[400:404] *= 15
    counts[404:409] = 0
    assert [(silence.start, silence.stop) for silence in find(counts)] == [(404, 409)]


def test_a_yearly_closing_recurs_and_a_lost_export_does_not():
    counts = sell(20)
    counts[20:30] = 0
    counts[387:396] = 0
    counts[500:510] = 0
    assert [recurs(counts, silence) for silence in find(counts)] == [True, True, False]


def test_nothing_sold_has_no_runs():
    assert list_runs(np.zeros(5)) == []
