"""Cut the links that would make one person of several, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from diagnostics.intake.people.link_codes import (
    CodedLinks,
    Codes,
    Flags,
    Nodes,
    Small,
    count_groups,
    is_strictly_first,
)
from diagnostics.intake.people.link_rules import LinkRules
from diagnostics.intake.people.links import EVIDENCE_KINDS, WEAK_KINDS
from diagnostics.model.links import REASONS, Reason

KEPT = -1
_PHONES = {kind: EVIDENCE_KINDS.index(kind) for kind in ("buyer_phone", "remark_phone", "recipient_phone")}
# A holder's phone and a phone's holder must be the main one: the other ends of presents, parcel services, couples and
# clerks. Staff write one remark a contact, so contacts have no main phone.
_MAIN: dict[Reason, list[int]] = {
    "not_main": [_PHONES["recipient_phone"], _PHONES["buyer_phone"]],
    "other_is_main": list(_PHONES.values()),
}
_WEAK = [EVIDENCE_KINDS.index(kind) for kind in WEAK_KINDS]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The fate of each link: `KEPT` or the place of its reason among `REASONS`."""

    links: CodedLinks
    fate: Small = field(repr=False)

    @property
    def kept(self) -> Flags:
        """Links that still hold."""
        found: Flags = self.fate == KEPT
        return found

    def cut(self, places: Flags, reason: Reason) -> Judged:
        """The same with the links at `places` cut, unless they were cut before."""
        fate = np.where(places & self.kept, np.int8(REASONS.index(reason)), self.fate)
        return Judged(links=self.links, fate=fate)


def judge_links(links: CodedLinks, rules: LinkRules, differs: Flags, slot: Codes) -> Judged:
    """Every link with its fate. `differs` marks links that an account's masked numbers contradict.

    The order matters: what may not be used goes first, then keys of many, then phones that are not the main
    one, then weak evidence against a stronger one, then chains that grew too long. No rule looks at the keys
    themselves, so that the outcome does not depend on the client's secret: ties are cut, not tossed.
    """
    judged = Judged(links=links, fate=np.full(len(links.kind), KEPT, dtype=np.int8))
    judged = judged.cut(~_per_kind(links, {kind: kind in rules.allowed for kind in EVIDENCE_KINDS}), "not_allowed")
    judged = _cut_many(judged, rules)
    judged = judged.cut(differs, "contradicted")
    judged = _cut_minor(judged)
    strong = Judged(links=links, fate=np.where(np.isin(links.kind, _WEAK), np.int8(0), judged.fate))
    strong = _cut_large(strong, rules, slot)
    is_strong = ~np.isin(links.kind, _WEAK)
    judged = Judged(links=links, fate=np.where(is_strong, strong.fate, judged.fate))
    judged = _cut_taken(judged, label_keys(strong), slot)
    return _cut_large(judged, rules, slot)


def label_keys(judged: Judged) -> Nodes:
    """The component of each key over the links that hold."""
    links, kept, count = judged.links, judged.kept, len(judged.links.keys)
    edges = (np.ones(int(kept.sum()), dtype=np.bool_), (links.holder[kept], links.shared[kept]))
    labels: Nodes = connected_components(coo_array(edges, shape=(count, count)), directed=False)[1]
    return labels


def _per_kind(links: CodedLinks, values: dict[str, bool]) -> Flags:
    found: Flags = np.array([values[kind] for kind in EVIDENCE_KINDS])[links.kind]
    return found


def _cut_many(judged: Judged, rules: LinkRules) -> Judged:
    """Keys with more holders in a channel, and holders with more keys, than a person has."""
    links = judged.links
    sides: tuple[tuple[Mapping[str, int], tuple[Nodes, ...], Reason], ...] = (
        (rules.holders_of, (links.shared, links.channel), "shared_by_many"),
        (rules.phones_of, (links.holder,), "holder_of_many"),
    )
    for limits, ends, reason in sides:
        limit = np.array([limits.get(kind, np.iinfo(np.int64).max) for kind in EVIDENCE_KINDS])
        places = np.flatnonzero(judged.kept)
        groups = links.kind[places].astype(np.int64)
        for end in ends:
            groups = groups * (int(end.max(initial=0)) + 1) + end[places]
        over = np.zeros(len(links.kind), dtype=bool)
        over[places] = count_groups(groups) > limit[links.kind[places]]
        judged = judged.cut(over, reason)
    return judged


def _cut_minor(judged: Judged) -> Judged:
    """Of the phones of an account only the one met most, and of a phone's accounts on a channel only the main one."""
    links = judged.links
    for reason, kinds in _MAIN.items():
        places = np.flatnonzero(judged.kept & np.isin(links.kind, kinds))
        groups = links.holder[places].astype(np.int64)
        if reason == "other_is_main":
            groups = links.shared[places].astype(np.int64) * (int(links.channel.max(initial=0)) + 1)
            groups = groups + links.channel[places]
        groups = groups * len(EVIDENCE_KINDS) + links.kind[places]
        minor = np.zeros(len(links.kind), dtype=bool)
        minor[places] = ~is_strictly_first(groups, links.rows[places])
        judged = judged.cut(minor, reason)
    return judged


def _cut_taken(judged: Judged, labels: Nodes, slot: Codes) -> Judged:
    """Weak links to a person who is already known, by stronger evidence, by another account of that channel."""
    links, width = judged.links, int(slot.max(initial=0)) + 1
    filled = np.sort(labels.astype(np.int64) * width + slot)
    places = np.flatnonzero(judged.kept & np.isin(links.kind, _WEAK))
    holder, shared = links.holder[places], links.shared[places]
    wanted = labels[shared].astype(np.int64) * width + slot[holder]
    taken = np.zeros(len(links.kind), dtype=bool)
    # A search in what is sorted: numpy's own set functions are slower by far on millions.
    at = np.minimum(np.searchsorted(filled, wanted), max(len(filled) - 1, 0))
    taken[places] = (filled[at] == wanted) & (labels[holder] != labels[shared]) if len(filled) else False
    return judged.cut(taken, "taken")


def _cut_large(judged: Judged, rules: LinkRules, slot: Codes) -> Judged:
    """In persons of too many accounts, cut the weakest kind of evidence, then the next, until they are small."""
    links, width = judged.links, int(slot.max(initial=0)) + 1
    for _ in EVIDENCE_KINDS:
        labels = label_keys(judged)
        filled = np.sort(labels.astype(np.int64) * width + slot)
        large = np.zeros(len(links.keys) + 1, dtype=bool)
        # So many of one slot that a whole person's worth lies between two equal places of the sorted slots.
        most = rules.accounts_of_person
        large[filled[most:][filled[most:] == filled[:-most]] // width] = True
        inside = judged.kept & large[labels[links.holder]]
        if not inside.any():
            break
        weakest = np.full(len(links.keys) + 1, -1, dtype=np.int8)
        np.maximum.at(weakest, labels[links.holder[inside]], links.kind[inside])
        judged = judged.cut(inside & (links.kind == weakest[labels[links.holder]]), "too_large")
    return judged
