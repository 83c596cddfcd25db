"""Invented names and numbers: phones, nicks and platform accounts, each a fixed shuffle of the person's number."""

from __future__ import annotations

import numpy as np

from diagnostics.generator.draws import Ints
from diagnostics.generator.places import DOUYIN, JD, STORE, TMALL

SURNAMES = ("王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "林")
PHONE_HEADS = ("199", "166")
EIGHT_DIGITS = 100_000_000
TEN_DIGITS = 10_000_000_000
# Odd numbers that are no multiple of 5 shuffle the digits without two persons meeting.
PHONE_STEP, ACCOUNT_STEP, CONTACT_STEP = 61_803_399, 2_718_281_829, 3_141_592_653


def number_phones(person: Ints) -> list[str]:
    """An own mobile number for each person."""
    tails = ((person + 1) * PHONE_STEP % EIGHT_DIGITS).tolist()
    return [f"{PHONE_HEADS[tail & 1]}{tail:08d}" for tail in tails]


def mask_phones(person: Ints) -> list[str]:
    """The same numbers with four digits starred out."""
    return [f"{phone[:3]}****{phone[7:]}" for phone in number_phones(person)]


def mask_names(person: Ints) -> list[str]:
    """A surname and two stars."""
    return [f"{SURNAMES[number]}**" for number in (person * 7 % len(SURNAMES)).tolist()]


def name_accounts(person: Ints, channel: int) -> list[str]:
    """The account under which a person buys in a channel; each channel has its own."""
    numbers = ((person + 1) * ACCOUNT_STEP + channel * 31_415_926_535) % TEN_DIGITS
    frames = {TMALL: "tb%010d", DOUYIN: "dy_%010d", JD: "jd_%010d_p", STORE: "oQY6t5%010dZx"}
    return list(map(frames[channel].__mod__, numbers.tolist()))


def name_contacts(number: Ints) -> list[str]:
    """The id that the messenger gives to a contact."""
    shuffled = ((number + 1) * CONTACT_STEP) % TEN_DIGITS
    return list(map("wmQY3AAA%010d".__mod__, shuffled.tolist()))


def number_orders(first: int, created: Ints, step: int = 137) -> Ints:
    """Order ids that rise with time."""
    return first + np.arange(len(created), dtype=np.int64) * step + created % 97
