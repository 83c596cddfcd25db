"""Replace personal keys by keyed hashes, and tell which keys can't serve as one."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.clean import Array, over_distinct

_MOBILE = re.compile(r"^(?:\+?86|0086)?(1[3-9]\d{9})$")
_GROUPED = re.compile(r"^((?:\+?86|0086)?-?)(1[3-9]\d)-(\d{4})-(\d{4})$")
_HASH = re.compile(r"^[0-9a-f]{32,128}$")
_CIPHER_MARKS = ("##", "$$", "~", "*")
_KEPT_BYTES = 16
_STAFF_DIGITS = 6
_BETWEEN = "\x1f"


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


@dataclass(frozen=True, kw_only=True)
class Pseudonyms:
    """Hashes with the client's key; the key never leaves this record."""

    key: bytes

    def __repr__(self) -> str:
        return "Pseudonyms(key=…)"

    def __post_init__(self) -> None:
        if len(self.key) < _KEPT_BYTES:
            message = f"the client's key needs at least {_KEPT_BYTES} bytes"
            raise ValueError(message)

    def hash(self, message: str) -> str:
        """HMAC-SHA256 of a message, 128 bits of it in hex."""
        return hmac.digest(self.key, message.encode(), "sha256")[:_KEPT_BYTES].hex()

    def key_phones(self, cells: Array) -> pa.Array:
        """Keys of mobile numbers, the same on every channel; the first usable one if a cell holds several."""
        return self._map(cells, self._key_phone)

    def key_ids(self, cells: Array, spaces: Array, kind: str) -> pa.Array:
        """Keys of a platform's ids, apart for each space (a channel) and kind.

        None for masked or cipher text; a mobile number used as an id is keyed as one, the same on every channel.
        """
        return self._map(pc.binary_join_element_wise(spaces, cells, _BETWEEN), lambda cell: self._key_id(cell, kind))

    def code_staff(self, cells: Array) -> pa.Array:
        """Short codes such as `S-1a2b3c`."""
        return self._map(cells, lambda cell: f"S-{self.hash(f'staff|v1|{_fold(cell)}')[:_STAFF_DIGITS]}")

    def _key_phone(self, cell: str) -> str | None:
        if _HASH.match(cell.lower()):
            return self.hash(f"phone_hash|v1|{cell.lower()}")
        mobiles = (read_mobile(part) for part in re.split(r"[;,，；|\[\]\"]", cell))
        mobile = next((mobile for mobile in mobiles if mobile), None)
        return self.hash(f"phone|v1|{mobile}") if mobile else None

    def _key_id(self, cell: str, kind: str) -> str | None:
        space, _, word = cell.partition(_BETWEEN)
        folded = _fold(word)
        if not folded or folded.startswith(_CIPHER_MARKS) or "**" in folded:
            return None
        return self._key_phone(folded) if read_mobile(folded) else self.hash(f"{space}|{kind}|v1|{folded}")

    def _map(self, cells: Array, convert: Callable[[str], str | None]) -> pa.Array:
        return over_distinct(
            cells,
            lambda found: pa.array([convert(v) if v is not None else None for v in found.to_pylist()], pa.string()),
        )


def _fold(cell: str) -> str:
    return cell.strip() if cell.isascii() else unicodedata.normalize("NFKC", cell).strip()
