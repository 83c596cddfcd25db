"""An invented client with staff, stores, contacts, touches and groups: healthy, or with one trouble planted."""

import numpy as np
import pandas as pd

from diagnostics.checks.examination import examine
from diagnostics.checks.shelf import load_check
from diagnostics.model.brief import Brief
from diagnostics.model.tables import Tables
from diagnostics.model.wording import LANGUAGES, name_verbatim
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, open_frames

FIRST = pd.Timestamp("2024-01-01")
DAYS = 180
STORES = [f"S{place:02}" for place in range(16)]
STAFF = [f"{store}-{turn}" for store in STORES for turn in (1, 2)]


def invent_staff(seed, *, slow=(), blocked=(), idle=()):
    """Staff differ from each other and weeks from each other; a promotion trebles adds and blocks near the end."""
    rng = np.random.default_rng(seed)
    days = pd.date_range(FIRST, periods=DAYS)
    level = rng.lognormal(np.log(9), 0.3, len(STAFF))
    share = rng.beta(60, 4, len(STAFF))
    calm = rng.gamma(5, 0.02 / 5 * 2, len(STAFF))
    rows = []
    for place, staff in enumerate(STAFF):
        week = np.repeat(rng.lognormal(0, 0.15, DAYS // 7 + 1), 7)[:DAYS]
        promotion = np.where((np.arange(DAYS) > 140) & (np.arange(DAYS) < 155), 3.0, 1.0)
        late = np.arange(DAYS) >= DAYS - 60
        chats = rng.poisson(15, DAYS) * (0 if staff in idle else 1)
        minutes = level[place] * week * rng.lognormal(0, 0.2, DAYS) * (8 if staff in slow else 1)
        blocks = calm[place] * promotion * np.where(late & (staff in blocked), 30, 1)
        rows.append(
            pd.DataFrame(
                {
                    "day": days,
                    "staff": staff,
                    "store": staff[:3],
                    "added": rng.poisson(0.8 * promotion) * (0 if staff in idle else 1),
                    "chats": chats,
                    "messages": chats * 4,
                    "reply_share": np.clip(share[place] * rng.normal(1, 0.03, DAYS), 0, 1).round(4),
                    "reply_minutes": minutes.round(1),
                    "blocked": rng.poisson(blocks),
                }
            )
        )
    return pd.concat(rows, ignore_index=True)


def invent_contacts(seed, *, neglectful=(), gap=0.0):
    """Contacts, the touches of them and what they buy; each member of staff forgets some."""
    rng = np.random.default_rng(seed)
    count = 3000
    staff = rng.choice(STAFF, count)
    added = FIRST + pd.to_timedelta(rng.integers(0, DAYS, count), unit="D") + pd.Timedelta(hours=10)
    forgets = dict(zip(STAFF, rng.beta(3, 40, len(STAFF)), strict=True))
    chance = np.array([0.7 if name in neglectful else forgets[name] for name in staff])
    left_alone = rng.random(count) < chance
    people = [f"c{place}" for place in range(count)]
    contacts = pd.DataFrame(
        {
            "contact": people,
            "customer": people,
            "staff": staff,
            "store": [name[:3] for name in staff],
            "added_at": added,
        }
    )
    spoken = np.flatnonzero(~left_alone)
    hours = pd.to_timedelta(rng.exponential(10, len(spoken)).clip(0, 160), unit="h")
    touches = pd.DataFrame({"customer": contacts.customer[spoken], "touched_at": added[spoken] + hours})
    ends = pd.DataFrame({"customer": "x", "touched_at": [FIRST, FIRST + pd.Timedelta(days=DAYS)]})
    spend = rng.gamma(2, 50, count) + np.where(left_alone, 0.0, gap)
    lines = pd.DataFrame(
        {
            "channel": "store",
            "customer": people,
            "store": contacts.store,
            "ordered_at": added + pd.Timedelta(days=20),
            "paid_amount": spend.round(2),
        }
    )
    return contacts, pd.concat([touches, ends], ignore_index=True), lines


def invent_groups(seed, *, dead=(), loud=(), bleeding=()):
    """Thirty groups of ten owners over 91 days; a holiday week is quiet everywhere."""
    rng = np.random.default_rng(seed)
    rows = []
    for place in range(30):
        name, members = f"g{place:02}", 150
        pace = rng.lognormal(np.log(6), 0.4)
        company = min(rng.beta(14, 6), 0.85)
        for day in range(91):
            quiet = 0.3 if 40 <= day < 47 else 1.0
            said = rng.poisson(pace * quiet * rng.gamma(4, 0.25)) if not (name in dead and day >= 91 - 21) else 0
            own = rng.poisson(pace * company / (1 - company) * quiet) * (30 if name in loud else 1)
            joined, left = rng.poisson(0.5), rng.poisson(2.0 if name in bleeding else 0.35)
            members += joined - left
            rows.append(
                (FIRST + pd.Timedelta(days=day), name, f"o{place % 10}", members, joined, left, said + own, own)
            )
    columns = ["day", "group", "owner", "members_total", "members_joined", "members_left", "messages", "staff_messages"]
    return pd.DataFrame(rows, columns=columns)


def complete_lines(lines):
    """Order lines with the columns that every line has, from the first to the last day."""
    ends = pd.DataFrame({"ordered_at": [FIRST, FIRST + pd.Timedelta(days=DAYS - 1)], "paid_amount": 1.0})
    every = pd.concat([lines, ends], ignore_index=True)
    every["channel"] = every.get("channel", pd.Series("store", index=every.index)).fillna("store")
    every["line_id"] = every["order_id"] = [str(number) for number in range(len(every))]
    return every.assign(quantity=1, refund_amount=0, is_return=False)


def open_client(frames, *, brief=None):
    """Canonical tables of one client, from frames; opened once for several questions."""
    lines = complete_lines(frames.get("order_lines", pd.DataFrame({"ordered_at": [], "paid_amount": []})))
    tables = open_frames(connect(), {**frames, "order_lines": lines})
    engagement = fix_engagement(tables, client="t", title=name_verbatim("T"), currency="CNY", brief=brief or Brief())
    return Tables(by_name=tables, available=find_available(tables), engagement=engagement, fetch=fetch)


def ask(name, client, *, drawn=False):
    """The outcome of one check on a client's tables, or on frames of them; figures only where asked for."""
    opened = client if isinstance(client, Tables) else open_client(client)
    check = load_check(name)
    examined = examine(name, check, opened, languages=LANGUAGES if drawn else ())
    assert not examined.fault, examined.fault
    return examined.section


def find(section):
    """Code and scope of what was found."""
    return [(finding.code, dict(finding.scope)) for finding in section.findings]
