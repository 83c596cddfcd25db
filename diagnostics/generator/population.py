"""A population whose persons are known, seen through channels that hold some of their keys: truth for linking."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.draws import Flags, Ints, open_stream

if TYPE_CHECKING:
    from collections.abc import Mapping

# Channels with an account of their own and the recipient's phone; with the buyer's phone only; and the contacts.
ACCOUNT_CHANNELS = ("tmall", "jd")
PHONE_CHANNEL, STORE_CHANNEL, CONTACTS = "youzan", "store", "contacts"
CHANNELS = (*ACCOUNT_CHANNELS, PHONE_CHANNEL, STORE_CHANNEL, CONTACTS)
NOBODY = -1


@dataclass(frozen=True, kw_only=True)
class Regime:
    """How a population shows itself; all are shares.

    `presence`: of persons on each channel. `phone_seen`: of rows whose phone is not masked, by channel.
    `gifts`: of orders sent to somebody else, half of them to a person of the population. `families`: of persons
    who use another person's phone as theirs. `second_accounts`: of accounts' owners who hold two. `second_phones`:
    of persons who use another number outside the platforms. `shared_phones`: of rows with the store's or staff
    member's phone instead of the own. `recycled`: of phones that another person held before.
    """

    presence: Mapping[str, float] = field(
        default_factory=lambda: {"tmall": 0.6, "jd": 0.35, "youzan": 0.35, "store": 0.3, "contacts": 0.4}
    )
    phone_seen: Mapping[str, float] = field(
        default_factory=lambda: {"tmall": 0.6, "jd": 0.0, "youzan": 0.95, "store": 0.8, "contacts": 0.5}
    )
    gifts: float = 0.06
    families: float = 0.04
    second_accounts: float = 0.03
    second_phones: float = 0.04
    shared_phones: float = 0.02
    recycled: float = 0.01


FAULTLESS = Regime(gifts=0.0, families=0.0, second_accounts=0.0, second_phones=0.0, shared_phones=0.0, recycled=0.0)
MASKED = {"tmall": 0.15, "jd": 0.0, "youzan": 0.5, "store": 0.3, "contacts": 0.2}
REGIMES: dict[str, Regime] = {
    "clean": replace(FAULTLESS, phone_seen=dict.fromkeys(CHANNELS, 1.0)),
    "usual": Regime(),
    "gifts": Regime(gifts=0.25),
    "families": Regime(families=0.15, second_accounts=0.1),
    "shared phones": Regime(shared_phones=0.15),
    "second numbers": Regime(second_phones=0.1, recycled=0.03),
    "mostly masked": Regime(phone_seen=MASKED),
    "no bridge": Regime(phone_seen=dict.fromkeys(CHANNELS, 0.0) | {"youzan": 1.0}),
}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Rows of one channel, as intake would see them, and who stands behind each.

    `account` numbers the channel's own ids, `phone` numbers phones, both `NOBODY` where a row has none; `person` is
    the truth: who holds the account, or placed the order where there is none; `usual` the phone that this person
    uses on the channel, seen or not. Shared phones count down from -2.
    """

    channel: str
    person: Ints
    account: Ints
    phone: Ints
    usual: Ints
    order: Ints


def make_population(persons: int, regime: Regime, seed: int) -> tuple[Seen, ...]:
    """What each channel saw of so many persons."""
    own, other = _give_phones(persons, regime, seed)
    return tuple(_see(channel, own, other, regime, seed) for channel in CHANNELS)


def _give_phones(persons: int, regime: Regime, seed: int) -> tuple[Ints, Ints]:
    """The phone that each person uses on platforms, and the one used elsewhere."""
    stream = open_stream(seed, "phones")
    own = np.arange(persons, dtype=np.int64)
    borrows = stream.random(persons) < regime.families
    own[borrows] = stream.integers(0, persons, int(borrows.sum()))
    other = own.copy()
    second = stream.random(persons) < regime.second_phones
    other[second] = persons + np.flatnonzero(second)
    return own, other


def _see(channel: str, own: Ints, other: Ints, regime: Regime, seed: int) -> Seen:
    stream = open_stream(seed, channel)
    persons = len(own)
    here = np.flatnonzero(stream.random(persons) < regime.presence[channel])
    many = 1 if channel == CONTACTS else np.minimum(stream.geometric(0.45, len(here)), 12)
    person = np.repeat(here, many)
    count = len(person)
    on_platform = channel in ACCOUNT_CHANNELS
    usual = (own if on_platform else other)[person]
    phone = _send_gifts(stream, usual, persons, regime.gifts) if on_platform else usual
    recycled = stream.random(persons) < regime.recycled
    is_old = recycled[person] & (stream.random(count) < 0.5)  # noqa: PLR2004 - half of the rows are older
    phone = np.where(is_old, stream.integers(0, persons, persons)[person], phone)
    shared = stream.random(count) < regime.shared_phones
    # A shop has few phones: one in forty of its customers' number.
    phone = np.where(shared, -2 - stream.integers(0, max(persons // 40, 1), count), phone)
    seen = stream.random(count) < regime.phone_seen[channel]
    phone = np.where(seen, phone, NOBODY)
    account = _number_accounts(stream, person, regime, persons)
    if channel == PHONE_CHANNEL:
        account = np.full(count, NOBODY, dtype=np.int64)
    return Seen(channel=channel, person=person, account=account, phone=phone, usual=usual, order=np.arange(count))


def _send_gifts(stream: np.random.Generator, phone: Ints, persons: int, share: float) -> Ints:
    """Phones with those of gifts replaced by the recipient's: somebody of the population, or a stranger."""
    count = len(phone)
    is_gift: Flags = stream.random(count) < share
    # Strangers lie beyond all numbers of the population and its second phones.
    recipients = stream.integers(0, persons, count) + np.where(stream.random(count) < 0.5, 0, 2 * persons)  # noqa: PLR2004
    return np.where(is_gift, recipients, phone)


def _number_accounts(stream: np.random.Generator, person: Ints, regime: Regime, persons: int) -> Ints:
    has_second = stream.random(persons) < regime.second_accounts
    return np.where(has_second[person] & (stream.random(len(person)) < 0.4), person + persons, person)  # noqa: PLR2004
