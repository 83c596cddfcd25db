"""Cut the links that would make one person of several, on an engine: the rules of `link_cuts` as expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from diagnostics.intake.people.engine_components import Keep, label_components
from diagnostics.intake.people.link_rules import LinkRules
from diagnostics.intake.people.links import EVIDENCE_KINDS, WEAK_KINDS
from diagnostics.model.identity import KEY_KINDS, PREFIX_LENGTH
from diagnostics.model.links import Reason

_PHONES = ("buyer_phone", "remark_phone", "recipient_phone")
_LINK = ("holder", "shared", "channel", "kind", "rows", "reason")
_NO_LIMIT = 2**62


def judge_on_engine(evidence: ir.Table, rules: LinkRules, keep: Keep) -> tuple[ir.Table, ir.Table, ir.Table]:
    """Every link with its `reason`, empty where it holds; each `key` with `rank` and `slot`, and with its `label`.

    `evidence` is of the schema of `links.EVIDENCE`, its words as text. The outcome is that of `link_cuts.judge_links`;
    keys of one `label` are one person by the links that hold.
    """
    is_tail = evidence.kind == "tail"
    links = evidence.filter(~is_tail).group_by("holder", "shared", "channel", "kind")
    links = links.agg(rows=evidence.rows.sum()).mutate(reason=ibis.null("string"))
    links = _cut(links, ~links.kind.isin(sorted(rules.allowed)), "not_allowed")
    links = _cut_many(links, ("shared", "channel"), rules.holders_of, "shared_by_many")
    links = _cut_many(links, ("holder",), rules.phones_of, "holder_of_many")
    links = keep(_cut_contradicted(links, evidence.filter(is_tail)))
    links = _cut_minor(links, ("holder",), ("buyer_phone", "recipient_phone"), "not_main")
    links = keep(_cut_minor(links, ("shared", "channel"), _PHONES, "other_is_main"))
    keys = keep(_place_keys(links))
    is_weak = links.kind.isin(WEAK_KINDS)
    strong, labels = _cut_large(keep(links.filter(~is_weak)), keys, rules, keep)
    judged = keep(strong.union(_cut_taken(links.filter(is_weak), keys, labels)))
    judged, labels = _cut_large(judged, keys, rules, keep)
    return judged, keys, labels


def _cut(links: ir.Table, is_wrong: ir.BooleanValue, reason: Reason) -> ir.Table:
    """Links with the reason noted where it applies, unless they were cut before."""
    fate = links.reason.fill_null(ibis.cases((is_wrong, ibis.literal(reason)), else_=ibis.null("string")))
    return links.mutate(reason=fate).select(*_LINK)


def _cut_many(links: ir.Table, ends: Sequence[str], limits: Mapping[str, int], reason: Reason) -> ir.Table:
    """Keys with more holders in a channel, and holders with more keys, than a person has."""
    same = ibis.window(group_by=["kind", *ends])
    counted = links.mutate(met=links.reason.isnull().cast("int64").sum().over(same))
    limit = counted.kind.cases(*((kind, limits.get(kind, _NO_LIMIT)) for kind in EVIDENCE_KINDS), else_=_NO_LIMIT)
    return _cut(counted, counted.met > limit, reason)


def _cut_contradicted(links: ir.Table, tails: ir.Table) -> ir.Table:
    """Recipients' phones whose last digits an account sees less often than others, masked numbers counted."""
    counted = tails.group_by("holder", "shared").agg(seen=tails.rows.sum())
    most = counted.mutate(most=counted.seen.max().over(ibis.window(group_by="holder")))
    top = (
        most.filter(most.seen == most.most)
        .group_by("holder")
        .agg(tied=lambda t: t.count(), tail=lambda t: t.shared.min())
    )
    main = top.filter(top.tied == 1)
    mine, theirs = main.select(holder="holder", mine="tail"), main.select(shared="holder", theirs="tail")
    told = links.left_join(mine, "holder").drop("holder_right").left_join(theirs, "shared").drop("shared_right")
    differs = (told.kind == "recipient_phone") & (told.mine != told.theirs).fill_null(False)  # noqa: FBT003 - Ibis takes the value by place
    return _cut(told, differs, "contradicted")


def _cut_minor(links: ir.Table, ends: Sequence[str], kinds: Sequence[str], reason: Reason) -> ir.Table:
    """Of the phones of an account only the one met most, and of a phone's accounts on a channel only the main one."""
    same = ibis.window(group_by=["kind", *ends])
    rows = ibis.cases((links.reason.isnull(), links.rows), else_=-1)
    ranked = links.mutate(weight=rows).mutate(most=rows.max().over(same))
    ranked = ranked.mutate(first=(ranked.weight == ranked.most).cast("int64").sum().over(same))
    is_main = (ranked.weight == ranked.most) & (ranked.first == 1)
    return _cut(ranked, ranked.kind.isin(kinds) & ~is_main, reason)


def _place_keys(links: ir.Table) -> ir.Table:
    """Each key with the rank of its kind and its slot: its kind, and for an account its channel."""
    is_stated = links.kind == "stated"
    ends = links.select(
        key="holder", own=ibis.ifelse(is_stated, ibis.null("string"), links.channel), told=ibis.null("string")
    )
    ends = ends.union(
        links.select(
            key="shared", own=ibis.null("string"), told=ibis.ifelse(is_stated, links.channel, ibis.null("string"))
        )
    )
    keys = ends.group_by("key").agg(own=ends.own.max(), told=ends.told.max())
    prefix = keys.key.substr(0, PREFIX_LENGTH)
    account = list(KEY_KINDS).index("account")
    rank = prefix.cases(*((kind.prefix, place) for place, kind in enumerate(KEY_KINDS.values())), else_=account)
    channel = ibis.coalesce(keys.own, keys.told, ibis.literal(""))
    slot = ibis.ifelse(rank == account, ibis.literal("account ") + channel, rank.cast("string"))
    return keys.select("key", rank=rank.cast("int64"), slot=slot)


def _cut_taken(weak: ir.Table, keys: ir.Table, labels: ir.Table) -> ir.Table:
    """Weak links to a person who is already known, by stronger evidence, by another account of that channel."""
    placed = keys.join(labels, "key")
    filled = placed.select(theirs="label", slot="slot").distinct().mutate(is_filled=True)
    mine = placed.select(holder="key", mine="label", slot="slot")
    theirs = labels.select(shared="key", theirs="label")
    told = weak.join(mine, "holder").join(theirs, "shared").left_join(filled, ["theirs", "slot"])
    return _cut(told, told.is_filled.fill_null(False) & (told.mine != told.theirs), "taken")  # noqa: FBT003 - as above


def _cut_large(links: ir.Table, keys: ir.Table, rules: LinkRules, keep: Keep) -> tuple[ir.Table, ir.Table]:
    """In persons of too many accounts, cut the weakest kind of evidence, then the next, until they are small."""
    for _ in EVIDENCE_KINDS:
        held = links.filter(links.reason.isnull())
        labels = label_components(keys, held, keep)
        sizes = keys.join(labels, "key").group_by("label", "slot").agg(filled=lambda found: found.count())
        large = sizes.filter(sizes.filled > rules.accounts_of_person).select("label").distinct()
        ends = labels.join(large, "label").select(holder="key", whole="label")
        if not int(held.semi_join(ends, "holder").count().to_pandas()):
            break
        strength = links.kind.cases(*((kind, place) for place, kind in enumerate(EVIDENCE_KINDS)), else_=-1)
        inside = links.mutate(strength=ibis.cases((links.reason.isnull(), strength), else_=-1)).left_join(
            ends, "holder"
        )
        weakest = inside.strength.max().over(ibis.window(group_by=inside.whole))
        inside = inside.mutate(weakest=weakest)
        links = keep(_cut(inside, inside.whole.notnull() & (inside.strength == inside.weakest), "too_large"))
    return links, labels
