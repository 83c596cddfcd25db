"""Holds the checks against invented clients whose troubles are known: `python benchmarks/clinic.py --clients 200`.

Every client is of another size and trade. A quarter is left healthy and asked everything; an eighth is given one to
three troubles at two or four times the noise floor and asked everything, for the rank; on every client two kinds of
trouble are planted alone, each at each strength, and only the check that may raise them is asked. With `--several`
only the clients with several troubles are visited, with `--alone` only troubles alone are tried. How floors are made
says `diagnostics/generator/clinic`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from diagnostics.generator.clinic.client import Client, invent_client
from diagnostics.generator.clinic.planting import STRENGTHS, list_plantings
from diagnostics.generator.clinic.trades import TRADES
from diagnostics.model.finding import Finding
from diagnostics.statistics.proportions import wilson
from diagnostics.workbook.clinic import (
    Outcome,
    examine_client,
    list_detectors,
    open_client,
    read_limits,
    try_alone,
    try_together,
)

CLIENTS = 200
SEED = 11
ALONE = 2
# Of eight clients of a trade, those that are left healthy, and those with several troubles at once.
KINDS = 8
HEALTHY, TOGETHER = (0, 4), (1,)
MOST_TOGETHER = 3
STRONG = (2.0, 4.0)
FIRST = 3
# The strength whose ranges are counted.
RANGED = 2.0


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What came of one client: what a healthy one was told, its troubles together, and troubles alone."""

    told: tuple[Finding, ...] | None
    together: tuple[Outcome, ...]
    alone: tuple[Outcome, ...]
    seconds: float


def visit(number: int, seed: int, codes: Sequence[str]) -> Visit:
    """Everything that is tried on one client."""
    started = time.process_time()
    client = invent_client(number, seed)
    kind = _tell_kind(number)
    return Visit(
        told=examine_client(open_client(client), list_detectors()) if kind in HEALTHY else None,
        together=tuple(_try_some(client, seed, codes)) if kind in TOGETHER else (),
        alone=_try_each(client, seed, codes),
        seconds=time.process_time() - started,
    )


def visit_alone(number: int, seed: int, codes: Sequence[str]) -> Visit:
    """Only troubles planted alone."""
    started = time.process_time()
    alone = _try_each(invent_client(number, seed), seed, codes)
    return Visit(told=None, together=(), alone=alone, seconds=time.process_time() - started)


def visit_several(number: int, seed: int, codes: Sequence[str]) -> Visit:
    """Only several troubles at once, on a client that is one of those given several."""
    started = time.process_time()
    together = _try_some(invent_client(number, seed), seed, codes) if _tell_kind(number) in TOGETHER else ()
    return Visit(told=None, together=tuple(together), alone=(), seconds=time.process_time() - started)


def _tell_kind(number: int) -> int:
    return number // len(TRADES) % KINDS


def deal(codes: Sequence[str], number: int, seed: int) -> list[str]:
    """The codes planted alone on a client, dealt from one shuffled deck after another: all come equally often."""
    first = number * ALONE
    decks = range(first // len(codes), (first + ALONE - 1) // len(codes) + 1)
    cards = np.concatenate([np.random.default_rng([seed, 4, deck]).permutation(len(codes)) for deck in decks])
    start = first - first // len(codes) * len(codes)
    return [codes[card] for card in cards[start : start + ALONE]]


def _try_each(client: Client, seed: int, codes: Sequence[str]) -> tuple[Outcome, ...]:
    dealt = deal(codes, client.number, seed)
    tried = (try_alone(client, code, strength, [seed, 1]) for code in dealt for strength in STRENGTHS)
    return tuple(outcome for outcome in tried if outcome is not None)


def _try_some(client: Client, seed: int, codes: Sequence[str]) -> list[Outcome]:
    rng = np.random.default_rng([seed, 2, client.number])
    count = min(int(rng.integers(1, MOST_TOGETHER + 1)), len(codes))
    chosen = [str(code) for code in rng.choice(codes, count, replace=False)]
    return try_together(client, chosen, rng.choice(STRONG, count).tolist(), [seed, 3], list_detectors())


def tell_share(hits: int, n: int) -> str:
    """A share with its 95 % Wilson interval and n."""
    if not n:
        return "-"
    low, high = wilson(hits, n)
    return f"{hits / n:4.0%} [{float(low):.0%}, {float(high):.0%}] n={n}"


def tell_sensitivity(alone: Iterable[Outcome]) -> list[list[str]]:
    """Found in the right scope, by code and strength, then over all codes."""
    frame = pd.DataFrame(
        [(one.trouble.code, one.trouble.strength, one.finding is not None) for one in alone],
        columns=["code", "strength", "found"],
    )
    rows = []
    for code, own in [*frame.groupby("code"), ("all", frame)]:
        cells = [own[own.strength == strength].found for strength in STRENGTHS]
        rule = list_plantings()[str(code)].rule if code in list_plantings() else ""
        rows.append([str(code), *(tell_share(int(cell.sum()), len(cell)) for cell in cells), rule])
    return rows


def tell_coverage(alone: Iterable[Outcome]) -> list[list[str]]:
    """Whether the stated range holds the true effect, by code, for the troubles of two floors that were found.

    A client's troubles of one kind share its chance whatever their strength, so only one strength counts. Apart stand
    ranges of what could be won back, from a cautious part to all of the gap: they are no 80 % ranges.
    """
    held = [(one.trouble.code, one) for one in alone if one.holds is not None and one.trouble.strength == RANGED]
    stakes = {code for code, _ in held if is_stake(code)}
    measured = {code for code, _ in held} - stakes
    groups = [*((code, {code}) for code in sorted(measured)), ("all 80 % ranges", measured)]
    rows = []
    for code, codes in [*groups, *((f"{code} (to be won back)", {code}) for code in sorted(stakes))]:
        own = [one for name, one in held if name in codes]
        ratios = [ratio for one in own if (ratio := _compare(one)) is not None]
        below, above = (sum(_falls(one) == side for one in own) for side in ("below", "above"))
        hits = sum(bool(one.holds) for one in own)
        middle = f"{np.median(ratios):.2f}" if ratios else "-"
        rows.append([code, tell_share(hits, len(own)), str(below), str(above), middle])
    return rows


def is_stake(code: str) -> bool:
    """Whether a finding's money is what could be won back rather than what is lost."""
    return "feasible_mid" in read_limits(code)


def _compare(one: Outcome) -> float | None:
    """The middle of the stated range as a multiple of the true effect."""
    if one.finding is None or one.finding.impact is None or not one.trouble.effect:
        return None
    return one.finding.impact.mid / one.trouble.effect


def _falls(one: Outcome) -> str:
    """Where the true effect lies beside the range."""
    if one.finding is None or one.finding.impact is None or one.trouble.effect is None:
        return ""
    if one.trouble.effect < one.finding.impact.low:
        return "below"
    return "above" if one.trouble.effect > one.finding.impact.high else ""


def tell_healthy(visits: Iterable[Visit]) -> list[list[str]]:
    """How many healthy clients were told something high or medium, and what."""
    told = [visit.told for visit in visits if visit.told is not None]
    rows = []
    for severity in ("high", "medium"):
        struck = [{one.code for one in findings if one.severity == severity} for findings in told]
        codes = pd.Series([code for found in struck for code in found], dtype=str).value_counts()
        named = ", ".join(f"{code} {many}" for code, many in codes.items())
        rows.append([severity, tell_share(sum(bool(found) for found in struck), len(told)), named])
    return rows


def tell_ranks(together: Iterable[Outcome]) -> list[list[str]]:
    """Whether planted troubles of clients with one to three of them stand among the first three."""
    known = list(together)
    rows = []
    groups = [(f"{strength:g}", {strength}) for strength in STRONG]
    for name, strengths in [*groups, ("all", set(STRONG))]:
        own = [one for one in known if one.trouble.strength in strengths]
        found = [one for one in own if one.finding is not None]
        counts = (
            len(found),
            sum((one.finding.rank or 0) <= FIRST for one in found if one.finding is not None),
            sum((one.place or 0) <= FIRST for one in found),
        )
        rows.append([name, *(tell_share(count, len(own)) for count in counts)])
    return rows


def tabulate(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def run(given: argparse.Namespace, codes: Sequence[str]) -> list[Visit]:
    """Visit every client, in processes side by side, in the order of their numbers."""
    kind = visit_several if given.several else visit_alone if given.alone else visit
    work: Callable[[int], Visit] = partial(kind, seed=given.seed, codes=codes)
    with ProcessPoolExecutor(max_workers=given.jobs) as pool:
        return list(pool.map(work, range(given.clients)))


def main() -> None:
    """Read the arguments, visit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--codes", default="", help="plant only these codes, separated by commas")
    some = parser.add_mutually_exclusive_group()
    some.add_argument("--several", action="store_true", help="visit only the clients with several troubles at once")
    some.add_argument("--alone", action="store_true", help="try only troubles planted alone")
    given = parser.parse_args()
    codes = given.codes.split(",") if given.codes else list(list_plantings())
    visits = run(given, codes)
    alone = [one for visit in visits for one in visit.alone]
    together = [one for visit in visits for one in visit.together]
    print(
        f"{given.clients} clients, seed {given.seed}, {sum(visit.seconds for visit in visits) / 60:.1f} CPU minutes\n"
    )
    if not given.several:
        print_alone(alone)
    if not (given.several or given.alone):
        print("Healthy clients (every check asked):\n")
        print(tabulate(["severity", "clients told so", "codes"], tell_healthy(visits)))
    if not given.alone:
        print("Clients with one to three troubles (every check asked):\n")
        header = ["floors", "found", "among the first three findings", "where money told twice counts once"]
        print(tabulate(header, tell_ranks(together)))


def print_alone(alone: Sequence[Outcome]) -> None:
    """What was found of troubles planted alone, and whether ranges held."""
    strengths = [f"{strength:g} floors" for strength in STRENGTHS]
    print("Found in its scope (one trouble planted, only its own check asked; share, 95 % interval):\n")
    print(tabulate(["trouble", *strengths, "floor"], tell_sensitivity(alone)))
    print("True effect inside of the stated range (2 floors, where found):\n")
    print(tabulate(["trouble", "inside", "truth below", "truth above", "median middle / truth"], tell_coverage(alone)))


if __name__ == "__main__":
    main()
