"""When a shared key ties too many people, and how far a chain of links may go: limits with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from diagnostics.intake.people.links import EVIDENCE_KINDS
from diagnostics.model.brief import Brief


@dataclass(frozen=True, kw_only=True)
class LinkRules:
    """Limits of linking; what exceeds one is cut with its reason, never silently.

    `holders_of`: a key of this kind of evidence that more accounts of one channel (or contacts) share is a store's, a
    clerk's or a parcel point's and links nobody. Two, because second accounts and couples on one number are common;
    recipients four, because friends and colleagues receive for each other. Up to there the phone is its main
    account's, the one met strictly most often. An address names a home, not a person: one account only.
    `phones_of`: who has more phones than this by this kind of evidence buys for others. Recipients have no such
    limit: everybody sends presents; only the account's most frequent phone is linked, and a tie links nobody.
    `accounts_of_person`: a person with more accounts of one channel, phones or contacts than this is several
    people: the weakest evidence inside is cut first.
    `allowed`: kinds of evidence that the requirement sheet lets us use.
    """

    holders_of: Mapping[str, int] = field(
        default_factory=lambda: {
            "unionid": 2,
            "stated": 2,
            "buyer_phone": 2,
            "remark_phone": 2,
            "recipient_phone": 4,
            "address": 1,
        }
    )
    phones_of: Mapping[str, int] = field(default_factory=lambda: {"buyer_phone": 2, "remark_phone": 2, "address": 2})
    accounts_of_person: int = 3
    allowed: frozenset[str] = frozenset(EVIDENCE_KINDS) - {"address"}

    def __post_init__(self) -> None:
        limits = [*self.holders_of.values(), *self.phones_of.values(), self.accounts_of_person]
        if min(limits) < 1:
            names = ", ".join(each.name for each in fields(self)[:3])
            message = f"limits of linking ({names}) must be 1 or more"
            raise ValueError(message)


def read_rules(brief: Brief) -> LinkRules:
    """Rules with what the requirement sheet allows.

    Personal data of a kind that the sheet does not list as handed over (`pi_categories`) is outside what the client
    entrusted and links nobody; a sheet that leaves the field open, as before it is filled in, allows all but the
    address. Name and address together serve only where both are listed. Files given as anonymous totals
    (`deid_at_source`) link nobody.
    """
    listed = frozenset(brief.choices("pi_categories"))
    if brief.text("deid_at_source") == "anonymous_aggregate":
        return LinkRules(allowed=frozenset())
    if not listed:
        return LinkRules()
    wanted = {
        "unionid": {"unionid"},
        "stated": {"platform_id"},
        "buyer_phone": {"phone"},
        "remark_phone": {"phone"},
        "recipient_phone": {"phone"},
        "address": {"name", "address"},
        "tail": {"phone"},
    }
    return LinkRules(allowed=frozenset(kind for kind, needs in wanted.items() if needs <= listed))


def find_member_channels(brief: Brief) -> frozenset[str]:
    """Channels that share one numbering of members: those bridged live in a membership that is one for all."""
    if brief.text("member_system") != "unified":
        return frozenset()
    rows = brief.rows("bridge_status")
    return frozenset(str(row["channel"]) for row in rows if row.get("channel") and row.get("status") == "live")
