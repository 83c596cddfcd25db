"""Invented evidence of links, dense enough that every rule cuts some, and persons in a shape that can be compared."""

import numpy as np
import pyarrow as pa

from diagnostics.intake.people.links import EVIDENCE, EVIDENCE_KINDS
from diagnostics.intake.people.persons import list_links

CHANNELS = ("tmall", "jd", "youzan", "store")
SHARES = (0.1, 0.1, 0.25, 0.1, 0.25, 0.1, 0.1)


def invent_evidence(seed, count):
    """`count` links, several times the same among them."""
    draw = np.random.default_rng(seed)
    return pa.concat_tables(
        [EVIDENCE.empty_table(), pa.Table.from_pylist([_invent_link(draw, count) for _ in range(count)]).cast(EVIDENCE)]
    )


def _invent_link(draw, count):
    kind = str(draw.choice(EVIDENCE_KINDS, p=SHARES))
    channel = str(draw.choice(CHANNELS))
    account = f"A-{channel}{draw.integers(count // 3):05d}"
    phone, contact = f"P-{draw.integers(count // 3):05d}", f"C-{draw.integers(count // 5):05d}"
    union, address, tail = (
        f"U-{draw.integers(count // 5):05d}",
        f"D-{draw.integers(count // 5):05d}",
        f"{draw.integers(5)}",
    )
    holder, shared = {
        "unionid": (contact, union),
        "stated": (contact, account),
        "buyer_phone": (account, phone),
        "remark_phone": (contact, phone),
        "recipient_phone": (account, phone),
        "address": (str(draw.choice([account, phone])), address),
        "tail": (str(draw.choice([account, phone])), tail),
    }[kind]
    rows = int(draw.integers(1, 4))
    return {"holder": holder, "shared": shared, "channel": channel, "kind": kind, "rows": rows}


def describe_persons(persons):
    """Every link with its fate, and the head of each key that stands for nobody or for another."""
    keys = persons.judged.links.keys.to_pylist()
    heads = [None if place is None else keys[place] for place in persons.heads.to_pylist()]
    links = sorted(map(str, list_links(persons).to_pylist()))
    return links, dict(zip(persons.moved.to_pylist(), heads, strict=True))
