from __future__ import annotations

import hashlib
import hmac

import pyarrow as pa
import pytest

from diagnostics.intake.people.pseudonyms import Pseudonyms, read_mobile

KEYS = Pseudonyms(key=b"k" * 32)


@pytest.mark.parametrize(
    "cell",
    [
        "13812345678",
        "+8613812345678",
        "86-13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "'13812345678",
    ],
)
def test_a_mobile_number_reads_alike_in_every_spelling(cell):
    assert read_mobile(cell) == "+8613812345678"


@pytest.mark.parametrize(
    "cell",
    [
        "138****5678",
        "1******6198",
        "13812345678-1234",
        "13812345678转1234",
        "##x/1==",
        "+4479460000",
        "2138123456781",
        "0571-88881234",
        "",
    ],
)
def test_masked_virtual_foreign_and_longer_numbers_are_no_key(cell):
    assert read_mobile(cell) is None
    assert KEYS.key_phones(pa.array([cell])).to_pylist() == [None]


SIGNS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"


def hash_phone(mobile):
    return hmac.new(b"k" * 32, f"phone|v1|+86{mobile}".encode(), hashlib.sha256).hexdigest()[:32]


def test_a_phone_key_is_the_hmac_of_its_e164_form():
    hashed = hash_phone("13812345678")
    bits = f"{int(hashed[:12], 16):048b}"
    signs = "".join(SIGNS[int(bits[at : at + 6], 2)] for at in range(0, 48, 6))
    assert KEYS.key_phones(pa.array(["138 1234 5678"])).to_pylist() == [f"P-{signs}{hashed[-2:]}"]


def test_keys_sort_as_their_hashes_do():
    mobiles = [str(13812340000 + at * 7919) for at in range(500)]
    keys = dict(zip(mobiles, KEYS.key_phones(pa.array(mobiles)).to_pylist(), strict=True))
    assert sorted(mobiles, key=keys.__getitem__) == sorted(mobiles, key=hash_phone)


def test_an_id_is_another_person_on_another_channel():
    found = KEYS.key_ids(pa.array(["u1", "u1", "u1"]), pa.array(["tmall", "jd", "tmall"]), "platform_id").to_pylist()
    assert found[0] == found[2] != found[1]


def test_masked_and_cipher_ids_are_no_key():
    found = KEYS.key_ids(pa.array(["张**", "##a1==", "$$b", None]), pa.repeat("tmall", 4), "platform_id")
    assert found.to_pylist() == [None] * 4


def test_a_mobile_number_used_as_an_id_is_keyed_as_a_phone():
    as_id = KEYS.key_ids(pa.array(["13812345678"]), pa.array(["store"]), "platform_id").to_pylist()
    assert as_id == KEYS.key_phones(pa.array(["13812345678"])).to_pylist()


def test_staff_get_short_codes():
    code = KEYS.code_staff(pa.array(["王芳"])).to_pylist()[0]
    assert code.startswith("S-")
    assert len(code) == 8


def test_the_key_is_not_shown():
    assert "kkkk" not in repr(KEYS)


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        Pseudonyms(key=b"short")


IDS = [
    "tb001",
    "T-9",
    "8613812345678",
    "13812345678",
    "138 1234 5678",
    "张三",
    "a**b",
    "##x",
    "~y",
    "$$z",
    "１２３",
    " tb001 ",
]
IDS += ["13800138000", "17888888888", "+8613812345679", "12345678901", "_x", "9" * 40, "O'Neil", ""]


@pytest.mark.parametrize("kind", ["platform_id", "unionid", "member_id", "shared_member_id", "external_userid"])
def test_ids_keyed_all_at_once_are_keyed_as_one_by_one(kind):
    keys = Pseudonyms(key=b"0" * 32)
    spaces = pa.repeat("tmall", len(IDS))
    one_by_one = [keys._key_id(f"tmall\x1f{cell}", kind) for cell in IDS]
    assert keys.key_ids(pa.array(IDS), spaces, kind).to_pylist() == one_by_one


def test_phones_keyed_all_at_once_are_keyed_as_one_by_one():
    keys = Pseudonyms(key=b"0" * 32)
    cells = [*IDS, "13812345678;13912345678", None, "a" * 32]
    one_by_one = [None if cell is None else keys._key_phone(cell) for cell in cells]
    assert keys.key_phones(pa.array(cells)).to_pylist() == one_by_one
