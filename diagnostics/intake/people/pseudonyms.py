"""Replace personal keys by keyed hashes, and tell which keys can't serve as one."""

from __future__ import annotations

import hmac
import re
import unicodedata
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.cells.clean import Array, over_distinct
from diagnostics.intake.people.addresses import normalise_address
from diagnostics.model.identity import KEY_KINDS

_MOBILE = re.compile(r"^(?:\+?86|0086)?(1[3-9]\d{9})$")
_GROUPED = re.compile(r"^((?:\+?86|0086)?-?)(1[3-9]\d)-(\d{4})-(\d{4})$")
_HASH = re.compile(r"^[0-9a-f]{32,128}$")
# Numbers that clerks type where a form wants one: the operators' service number, and one digit to the end.
_PLACEHOLDER = re.compile(r"^(?:13800138000|1[3-9]\d?(\d)\1{7,})$")
_TAIL = r"^(?:\+?86-?)?1[0-9*]{6}(?P<tail>[0-9]{4})$"
_BARE_MOBILE = r"^(?:\+?86)?1[3-9]\d{9}$"
# As `_PLACEHOLDER`, for an engine without back references.
_BARE_PLACEHOLDER = r"13800138000$|1[3-9]\d?(?:" + "|".join(f"{digit}{{8,}}" for digit in range(10)) + ")$"
# Space, mark and a word of plain characters that can be no number to call.
_PLAIN_ID = r"^[^\x1f]+\x1f(?:[A-Za-z_][\w.-]*|[\w.-]{1,10})$"
_CIPHER_MARKS = ("##", "$$", "~", "*")
_KEPT_BYTES = 16
# With its letter a code has 12 characters: an engine groups by them in a third less time than by 34.
_CODE_BYTES = 6
# The signs of base 64, as they are and in the order of their places: codes sort as the hashes do.
_IN_ORDER = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    b"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz",
)
_STAFF_DIGITS = 6
_BETWEEN = "\x1f"
# A mapping that says so states one numbering for all channels; `member_id` leaves it to the requirement sheet.
_SHARED = "shared_member_id"
_KIND_OF = {"unionid": "unionid", "external_userid": "contact", "member_id": "member", _SHARED: "member"}


def read_mobile(cell: str) -> str | None:
    """A mobile number of mainland China as E.164; nothing for masked, virtual, cipher or foreign ones.

    >>> read_mobile("86-138 1234 5678"), read_mobile("138****5678"), read_mobile("13812345678-1234")
    ('+8613812345678', None, None)
    """
    folded = _fold(cell).lstrip("'`")
    if not folded[:1].isdigit() and not folded.startswith("+"):
        return None
    folded = re.sub(r"\s", "", folded)
    folded = _GROUPED.sub(r"\2\3\4", folded)
    found = _MOBILE.match(re.sub(r"^(\+?86|0086)-", "", folded))
    return f"+86{found[1]}" if found else None


def is_placeholder(mobile: str) -> bool:
    """Whether a number is one that stands for none.

    >>> is_placeholder("+8613800138000"), is_placeholder("+8613888888888"), is_placeholder("+8613812345678")
    (True, True, False)
    """
    return _PLACEHOLDER.match(mobile.removeprefix("+86")) is not None


@dataclass(frozen=True, kw_only=True)
class Pseudonyms:
    """Codes from hashes with the client's key; the key never leaves this record.

    Each code begins with the letter of its kind of key (`model.identity`).
    `member_channels` share one numbering of members, so that a member id means the same person on all of them.
    Addresses are keyed only `with_addresses`: where the requirement sheet allows them.
    """

    key: bytes
    with_addresses: bool = False
    member_channels: frozenset[str] = field(default_factory=frozenset)

    def __repr__(self) -> str:
        return "Pseudonyms(key=…)"

    def __post_init__(self) -> None:
        if len(self.key) < _KEPT_BYTES:
            message = f"the client's key needs at least {_KEPT_BYTES} bytes"
            raise ValueError(message)

    def hash(self, message: str) -> str:
        """HMAC-SHA256 of a message, 128 bits of it in hex."""
        return self._digest(message).hex()

    def _digest(self, message: str) -> bytes:
        return hmac.digest(self.key, message.encode(), "sha256")[:_KEPT_BYTES]

    def _code(self, message: str) -> str:
        """Eight signs in base 64 and two hexadecimal digits, by which metrics draw groups of customers at random.

        56 bits: that any two of ten million keys meet has a chance of one in a thousand.
        """
        digest = self._digest(message)
        return f"{b64encode(digest[:_CODE_BYTES]).translate(_IN_ORDER).decode()}{digest[-1]:02x}"

    def key_phones(self, cells: Array) -> pa.Array:
        """Keys of mobile numbers, the same on every channel; the first usable one if a cell holds several."""
        return over_distinct(cells, self._key_distinct_phones)

    def key_tails(self, cells: Array) -> pa.Array:
        """Keys of the last four digits of whole and of masked numbers: never a link, but one can contradict it."""
        bare = pc.replace_substring_regex(cells, r"[\s'`]", "")
        tails = pc.struct_field(pc.extract_regex(bare, _TAIL), "tail")
        return self._map(tails, lambda tail: self.hash(f"tail|v1|{tail}")[:_STAFF_DIGITS])

    def key_ids(self, cells: Array, spaces: Array, kind: str) -> pa.Array:
        """Keys of a platform's ids, apart for each space (a channel) and kind.

        None for masked or cipher text; a mobile number used as an id is keyed as one, the same on every channel.
        """
        joined = pc.binary_join_element_wise(spaces, cells, _BETWEEN)
        return over_distinct(joined, lambda found: self._key_distinct_ids(found, kind))

    def key_addresses(self, names: Array, addresses: Array) -> pa.Array:
        """Keys of a name with its address, both whole; None where either is masked, missing or too short to tell."""
        joined = pc.binary_join_element_wise(names, addresses, _BETWEEN)
        return self._map(joined, self._key_address)

    def code_staff(self, cells: Array) -> pa.Array:
        """Short codes such as `S-1a2b3c`."""
        return self._map(cells, lambda cell: f"S-{self.hash(f'staff|v1|{_fold(cell)}')[:_STAFF_DIGITS]}")

    def _key_distinct_phones(self, found: pa.Array) -> pa.Array:
        """Most cells are a bare number and need no second look: they are told apart all at once."""
        bare = pc.match_substring_regex(found, _BARE_MOBILE)
        bare = pc.and_not(bare, pc.match_substring_regex(found, _BARE_PLACEHOLDER))
        start, code = KEY_KINDS["phone"].prefix, self._code
        return _key_parts(
            found,
            np.asarray(pc.fill_null(bare, False)),  # noqa: FBT003 - an arrow scalar
            lambda cell: start + code(f"phone|v1|+86{cell[-11:]}"),
            self._key_phone,
        )

    def _key_distinct_ids(self, found: pa.Array, kind: str) -> pa.Array:
        """An id of plain characters that is no number to call is its own word; the others are looked at."""
        plain = np.asarray(pc.fill_null(pc.match_substring_regex(found, _PLAIN_ID), False))  # noqa: FBT003
        if _KIND_OF.get(kind, "account") == "member":
            plain = np.zeros(len(found), bool)
        start, code = KEY_KINDS[_KIND_OF.get(kind, "account")].prefix, self._code
        middle = f"|{kind}|v1|"
        return _key_parts(
            found,
            plain,
            lambda cell: start + code(cell.replace(_BETWEEN, middle, 1)),
            lambda cell: self._key_id(cell, kind),
        )

    def _key_phone(self, cell: str) -> str | None:
        if _HASH.match(cell.lower()):
            return self._name("phone_hash", f"phone_hash|v1|{cell.lower()}")
        mobiles = (read_mobile(part) for part in re.split(r"[;,，；|\[\]\"]", cell))
        mobile = next((mobile for mobile in mobiles if mobile and not is_placeholder(mobile)), None)
        return self._name("phone", f"phone|v1|{mobile}") if mobile else None

    def _key_id(self, cell: str, kind: str) -> str | None:
        space, _, word = cell.partition(_BETWEEN)
        folded = _fold(word)
        if not folded or folded.startswith(_CIPHER_MARKS) or "**" in folded:
            return None
        if mobile := read_mobile(folded):
            return None if is_placeholder(mobile) else self._key_phone(folded)
        kept = _KIND_OF.get(kind, "account")
        if kept == "member":
            # Without a shared numbering, member 17 of one channel is not member 17 of another.
            is_shared = kind == _SHARED or space in self.member_channels
            kept, space, kind = ("member", "members", "member_id") if is_shared else ("account", space, kind)
        return self._name(kept, f"{space}|{kind}|v1|{folded}")

    def _key_address(self, cell: str) -> str | None:
        found = normalise_address(*cell.split(_BETWEEN, 1))
        return self._name("address", f"address|v1|{found}") if found else None

    def _name(self, kind: str, message: str) -> str:
        return KEY_KINDS[kind].prefix + self._code(message)

    def _map(self, cells: Array, convert: Callable[[str], str | None]) -> pa.Array:
        return over_distinct(
            cells,
            lambda found: pa.array([convert(v) if v is not None else None for v in found.to_pylist()], pa.string()),
        )


def _key_parts(
    found: pa.Array, simple: np.ndarray, key_simple: Callable[[str], str], key_other: Callable[[str], str | None]
) -> pa.Array:
    """Keys of distinct cells: one way where the mask is true, another elsewhere; empty stays empty."""
    keys = np.full(len(found), None, object)
    keys[simple] = [key_simple(cell) for cell in found.filter(pa.array(simple)).to_pylist()]
    others = found.filter(pa.array(~simple)).to_pylist()
    keys[~simple] = [key_other(cell) if cell is not None else None for cell in others]
    return pa.array(keys, pa.string())


def _fold(cell: str) -> str:
    return cell.strip() if cell.isascii() else unicodedata.normalize("NFKC", cell).strip()
