"""Hold links and bounds against a population whose persons are known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from diagnostics.generator.population import CONTACTS, NOBODY, Regime, Seen, make_population
from diagnostics.intake.feed import OWN_KEY, PHONE_KEY
from diagnostics.intake.people.links import collect_links
from diagnostics.intake.people.persons import Persons, fill_person, resolve
from diagnostics.model.identity import find_kind
from diagnostics.statistics.link_scores import Labels, Scores, score_pairs
from diagnostics.statistics.overlap_bounds import (
    Base,
    Bounds,
    LinkError,
    bound_crossing,
    bound_overlap,
    bound_people,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.intake.people.link_rules import LinkRules

# Contacts have a unionid in three cases of five, told by their number.
UNIONID_OF_FIVE = 3


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One population: scores of all pairs of identities, of those that keys connect at all, and of the bounds.

    `held` counts, for each error that was assumed, how many of the `stated` bounds hold the truth; `widths` are those
    under the first, as shares of the truth.
    """

    all_pairs: Scores
    linkable: Scores
    held: tuple[int, ...]
    stated: int
    widths: tuple[float, ...]


def try_links(
    persons: int, regime: Regime, seed: int, errors: Sequence[LinkError], rules: LinkRules | None = None
) -> Trial:
    """Link one population and score what was found."""
    seen = make_population(persons, regime, seed)
    tables = [show_rows(one) for one in seen]
    evidence = pa.concat_tables(collect_links(table, _table_of(one)) for one, table in zip(seen, tables, strict=True))
    found = resolve(evidence, rules)
    people = [_read_people(table, found) for table in tables]
    labels, owners, reachable = _label_identities(seen, people)
    bounds = [_bound(seen, people, error) for error in errors]
    return Trial(
        all_pairs=score_pairs(labels, owners),
        linkable=score_pairs(labels, reachable),
        held=tuple(sum(one.low <= truth <= one.high for one, truth in of) for of in bounds),
        stated=len(bounds[0]),
        widths=tuple((one.high - one.low) / max(truth, 1) for one, truth in bounds[0]),
    )


def show_rows(seen: Seen) -> pa.Table:
    """Rows as intake makes them: channel, order_id, `_own_key`, `_phone_key`, and contact for contacts."""
    account = _name(f"A-{seen.channel}", seen.account)
    columns = {
        "channel": pa.repeat("" if seen.channel == CONTACTS else seen.channel, len(seen.person)),
        "order_id": pa.array([f"{seen.channel}{order}" for order in seen.order.tolist()]),
        OWN_KEY: account,
        PHONE_KEY: _name("P-", seen.phone),
    }
    if seen.channel == CONTACTS:
        has_unionid = seen.account % 5 < UNIONID_OF_FIVE
        columns["contact"] = _name("C-", seen.account)
        columns[OWN_KEY] = _name("U-", np.where(has_unionid, seen.account, NOBODY))
    return pa.table(columns)


def _name(prefix: str, numbers: np.ndarray) -> pa.Array:
    return pa.array([None if number == NOBODY else f"{prefix}{number}" for number in numbers.tolist()], pa.string())


def _table_of(seen: Seen) -> str:
    return "contacts" if seen.channel == CONTACTS else "order_lines"


def _read_people(table: pa.Table, found: Persons) -> list[str | None]:
    people: list[str | None] = fill_person(table, "customer", found)["customer"].to_pylist()
    return people


def _bound(seen: Sequence[Seen], people: Sequence[list[str | None]], error: LinkError) -> list[tuple[Bounds, int]]:
    """Bounds and truth: overlap of each ordered pair of channels, people of all, people of several channels."""
    known = [Counter(_kinds(of)) for of in people]
    truth = [
        {int(who) for who, key in zip(one.person, of, strict=True) if key} for one, of in zip(seen, people, strict=True)
    ]
    every = [set(one.person.tolist()) for one in seen]
    stated = []
    for a, b in permutations(range(len(seen)), 2):
        matched = Counter(find_kind(key).id for key in set(filter(None, people[a])) & set(filter(None, people[b])))
        hidden = sum(key is None for key in people[b])
        stated.append((bound_overlap(known[a], known[b], matched, hidden, error), len(truth[a] & every[b])))
    base = _count_base(seen, people)
    stated.append((bound_people(base, error), len(set().union(*truth))))
    of_many = Counter(who for one in every for who in one)
    crossing = sum(of_many[who] > 1 for who in set().union(*truth))
    stated.append((bound_crossing(base, error), crossing))
    return stated


def _kinds(people: list[str | None]) -> list[str]:
    return [find_kind(key).id for key in {key for key in people if key}]


def _count_base(seen: Sequence[Seen], people: Sequence[list[str | None]]) -> Base:
    places: dict[str, set[str]] = {}
    for one, of in zip(seen, people, strict=True):
        for key in filter(None, of):
            places.setdefault(key, set()).add(one.channel)
    return Base(
        channels={one.channel: len({key for key in of if key}) for one, of in zip(seen, people, strict=True)},
        alone=Counter((next(iter(at)), find_kind(key).id) for key, at in places.items() if len(at) == 1),
        crossing=Counter(find_kind(key).id for key, at in places.items() if len(at) > 1),
        hidden=sum(key is None for of in people for key in of),
    )


def _label_identities(seen: Sequence[Seen], people: Sequence[list[str | None]]) -> tuple[Labels, Labels, Labels]:
    """For each identity (an account, or a phone without one): the person found, the true one, and the reachable one.

    Reachable are identities that were seen, at least once, with the phone that their person uses there: no other
    can be put together by keys.
    """
    found: list[object] = []
    owner: list[object] = []
    reach: list[object] = []
    for one, of in zip(seen, people, strict=True):
        rows: dict[tuple[str, int], list[int]] = {}
        for row, (account, phone) in enumerate(zip(one.account.tolist(), one.phone.tolist(), strict=True)):
            if account != NOBODY or phone != NOBODY:
                rows.setdefault(("phone", phone) if account == NOBODY else ("account", account), []).append(row)
        for unit, at in rows.items():
            whose = Counter(one.person[at].tolist()).most_common(1)[0][0]
            usual = {int(one.usual[row]) for row in at if one.phone[row] == one.usual[row] and one.person[row] == whose}
            alone = (one.channel, *unit)
            found.append(of[at[0]] or alone)
            owner.append(whose)
            reach.append((whose, min(usual)) if usual else alone)
    return _number(found), _number(owner), _number(reach)


def _number(labels: Sequence[object]) -> Labels:
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.int64)
