"""What masked phone numbers can say against a link: the last digits of an account's other orders."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.intake.people.link_codes import CodedLinks, Flags, code_kinds
from diagnostics.intake.people.links import EVIDENCE_KINDS

_RECIPIENT = EVIDENCE_KINDS.index("recipient_phone")


def split_tails(evidence: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Evidence of kind `tail`, and all other; without any of it nothing is copied."""
    codes = code_kinds(evidence["kind"])
    is_tail = codes == EVIDENCE_KINDS.index("tail")
    if not is_tail.any():
        return evidence.slice(0, 0), evidence
    return evidence.filter(pa.array(is_tail)), evidence.filter(pa.array(~is_tail))


def find_contradicted(links: CodedLinks, tails: pa.Table) -> Flags:
    """Recipients' phones whose last digits an account sees less often than others, masked numbers counted.

    `tails` is evidence of kind `tail`: holder (an account or a whole phone), shared (its last digits), rows.
    """
    against = np.zeros(len(links.kind), dtype=bool)
    places = np.flatnonzero(links.kind == _RECIPIENT)
    if not tails.num_rows or not len(places):
        return against
    counted = tails.group_by(["holder", "shared"]).aggregate([("rows", "sum")])
    tail_of_phone = _find_main(counted)
    holder, phone = (links.keys.take(pa.array(ends[places])) for ends in (links.holder, links.shared))
    mine, theirs = (_look_up(keys, tail_of_phone) for keys in (holder, phone))
    against[places] = np.asarray(pc.fill_null(pc.not_equal(mine, theirs), False))  # noqa: FBT003 - an arrow scalar
    return against


def _find_main(counted: pa.Table) -> pa.Table:
    """The last digits that each holder shows most; none where the first two tie."""
    most = counted.group_by("holder").aggregate([("rows_sum", "max")])
    both = counted.join(most, "holder")
    top = both.filter(pc.equal(both["rows_sum"], both["rows_sum_max"]))
    alone = top.group_by("holder").aggregate([("shared", "count"), ("shared", "min")])
    return alone.filter(pc.equal(alone["shared_count"], 1))


def _look_up(keys: pa.Array, found: pa.Table) -> pa.Array:
    at = pc.index_in(keys, value_set=found["holder"].combine_chunks())
    return found["shared_min"].combine_chunks().take(at)
