"""CPU seconds to fit each model of buying again: `python benchmarks/repeat_buying.py --referee PYTHON`.

Customers are drawn from the BG/NBD (and their spend from the Gamma-Gamma) at the published CDNOW parameters, in days,
with ages spread over a year and a half; sBG and BG/BB get contracts and occasions of the published ones. REFEREE is
the Python of an environment that has the `lifetimes` package (0.11.3); it fits the same customers.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from diagnostics.statistics.repeat_buying.bgbb import fit_occasions
from diagnostics.statistics.repeat_buying.estimate import Fit
from diagnostics.statistics.repeat_buying.gamma_gamma import fit_spend, gather_spending
from diagnostics.statistics.repeat_buying.histories import Histories, Numbers, compress
from diagnostics.statistics.repeat_buying.model import fit_model
from diagnostics.statistics.repeat_buying.models import MODELS
from diagnostics.statistics.repeat_buying.sbg import fit_renewals

WEEK = 7
LONGEST = 546
REFEREE = """
import sys, time, warnings
warnings.simplefilter("ignore")
import numpy as np
from lifetimes import BetaGeoFitter, GammaGammaFitter, ModifiedBetaGeoFitter, ParetoNBDFitter
data = np.load(sys.argv[1])
x, last, age, spend = (data[name] for name in ("repeats", "last", "age", "spend"))
for maker in (BetaGeoFitter, ModifiedBetaGeoFitter, ParetoNBDFitter):
    start = time.process_time()
    try:
        fitter = maker().fit(x, last, age)
        told = dict(fitter.params_.round(4))
    except Exception as error:
        told = f"failed: {type(error).__name__}"
    print(f"{maker.__name__}: {time.process_time() - start:.1f} CPU-s; {told}", flush=True)
some = x > 0
start = time.process_time()
fitter = GammaGammaFitter().fit(x[some], spend[some])
print(f"GammaGammaFitter: {time.process_time() - start:.1f} CPU-s; {dict(fitter.params_.round(4))}")
"""


def draw_customers(n: int, rng: np.random.Generator) -> dict[str, Numbers]:
    """Repeats, last, age (whole days, given in weeks) and mean spend of customers of a BG/NBD."""
    age = rng.integers(1, LONGEST, n) / WEEK
    rate, leave = rng.gamma(0.243, 1 / 4.414, n), rng.beta(0.793, 2.426, n)
    repeats, last, clock = np.zeros(n), np.zeros(n), np.zeros(n)
    waiting = np.arange(n)
    while len(waiting):
        clock[waiting] += rng.exponential(1 / np.maximum(rate[waiting], 1e-12))
        waiting = waiting[clock[waiting] <= age[waiting]]
        repeats[waiting] += 1
        last[waiting] = clock[waiting]
        waiting = waiting[rng.random(len(waiting)) > leave[waiting]]
    last = np.minimum(np.ceil(last * WEEK) / WEEK, age)
    scale = rng.gamma(3.74, 1 / 15.44, n)
    spend = rng.gamma(6.25 * np.maximum(repeats, 1), 1 / (scale * np.maximum(repeats, 1)))
    return {"repeats": repeats, "last": last, "age": age, "spend": spend}


def clock(name: str, work: Callable[[], Fit | None]) -> None:
    """Print how long one fit takes and what it found."""
    start = time.process_time()
    fit = work()
    seconds = time.process_time() - start
    told = dict(zip(fit.names, fit.parameters.round(4).tolist(), strict=True)) if fit else "no fit"
    height = f"{fit.log_likelihood:.1f}" if fit else "-"
    print(f"{name}: {seconds:.2f} CPU-s; {told}, log-likelihood {height}", flush=True)


def draw_occasions(n: int, rng: np.random.Generator) -> Histories:
    """Customers of a BG/BB over six occasions."""
    buys, stays = rng.beta(1.204, 0.75, n), 1 - rng.beta(0.657, 2.783, n)
    steps = np.arange(1, 7)
    alive = np.cumprod(rng.random((n, 6)) < stays[:, None], axis=1)
    bought = alive * (rng.random((n, 6)) < buys[:, None])
    return compress(bought.sum(axis=1), (bought * steps).max(axis=1), np.full(n, 6))


def main() -> None:
    """Fit all models once on the same customers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_250_000)
    parser.add_argument("--referee", default="", help="the Python of an environment with lifetimes")
    options = parser.parse_args()
    rng = np.random.default_rng(20_260_831)
    drawn = draw_customers(options.customers, rng)
    start = time.process_time()
    histories = compress(drawn["repeats"], drawn["last"], drawn["age"])
    print(f"{options.customers:,} customers, {len(histories.counts):,} distinct histories")
    print(f"counting equal histories: {time.process_time() - start:.2f} CPU-s")
    for model in MODELS:
        clock(model.name, lambda model=model: fit_model(model, histories))  # type: ignore[misc]  # bound in the loop
    some = drawn["repeats"] > 0
    clock("Gamma-Gamma", lambda: fit_spend(gather_spending(drawn["repeats"][some], drawn["spend"][some])))
    occasions = draw_occasions(options.customers, rng)
    clock("BG/BB", lambda: fit_occasions(occasions))
    stopped = np.array([131, 126, 90, 60, 42, 34, 26.0]) * options.customers / 1000
    staying = np.array([0, 0, 0, 0, 0, 0, 491.0]) * options.customers / 1000
    clock("sBG", lambda: fit_renewals(stopped, staying))
    if options.referee:
        with tempfile.TemporaryDirectory() as home:
            path = Path(home) / "customers.npz"
            np.savez(path, allow_pickle=False, **drawn)
            print("lifetimes, on the same customers:", flush=True)
            subprocess.run([options.referee, "-c", REFEREE, str(path)], check=True)


if __name__ == "__main__":
    main()
