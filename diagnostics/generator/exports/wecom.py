"""WeCom's contacts and statistics as the client's SCRM flattens them, and its list of platform accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.cells import UTF8, Cells, Content, fill, fill_times, write_csv
from diagnostics.generator.draws import Ints, open_stream
from diagnostics.generator.identities import name_accounts, name_contacts, number_phones
from diagnostics.generator.layouts import read_columns
from diagnostics.generator.places import CHANNELS, DOUYIN, JD, STORE, TMALL
from diagnostics.generator.season import DAY_SECONDS, DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diagnostics.generator.world import World

# 2024-09-01 00:00 in Shanghai, in Unix seconds.
EPOCH = 1_725_120_000
STATISTIC_DAYS = 180
ACCOUNT_COLUMNS = ("企微客户ID", "平台", "平台账号", "添加时间")
WALK_IN_NUMBER = 100_000_000
BLOCKING_DAYS_SHARE = 0.04
BOTH_TALK_SHARE = 0.8


def export_wecom(world: World) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file."""
    yield "企业微信/客户列表_20260831.csv", _write_contacts(world)
    yield "企业微信/企微客户_平台账号对应.csv", _write_accounts(world)
    yield "企业微信/联系客户统计_近180天.csv", _write_behaviour(world)
    yield "企业微信/客户群统计_近180天.csv", _write_groups(world)


def _number_contacts(world: World) -> list[str]:
    turn = np.arange(len(world.contacts), dtype=np.int64)
    return name_contacts(np.where(world.contacts.person >= 0, world.contacts.person, WALK_IN_NUMBER + turn))


def _write_contacts(world: World) -> bytes:
    contacts = world.contacts
    phones = np.array(number_phones(np.maximum(contacts.person, 0)), dtype=object)
    in_store = contacts.store >= 0
    codes = np.array([f"store_{store.code}" for store in world.stores], dtype=object)
    content: dict[str, Content] = {
        "external_userid": Cells(values=_number_contacts(world)),
        "name": fill(np.arange(len(contacts), dtype=np.int64), "微信好友%d"),
        "type": "1",
        "gender": "0",
        "userid": fill(contacts.staff),
        "createtime": fill(contacts.added + EPOCH),
        "remark_mobiles": Cells(values=np.where(contacts.phone_known, phones, "").tolist()),
        "add_way": fill(np.where(in_store, 1, 16)),
        "oper_userid": fill(contacts.staff),
        "state": Cells(values=np.where(in_store, codes[contacts.store], "order_card").tolist()),
    }
    return write_csv(read_columns("wecom_contact"), content, UTF8)


def _write_accounts(world: World) -> bytes:
    """Accounts on platforms whose exports show no phone; the shop's customers are told by their phone."""
    names, contacts = np.array(_number_contacts(world), dtype=object), world.contacts
    home = np.where(contacts.person >= 0, world.people.home[contacts.person], -1)
    rows = [np.flatnonzero(home == channel) for channel in (TMALL, DOUYIN, JD, STORE)]
    accounts = [
        name
        for channel, row in zip((TMALL, DOUYIN, JD, STORE), rows, strict=True)
        for name in name_accounts(contacts.person[row], channel)
    ]
    chosen = np.concatenate(rows)
    content: dict[str, Content] = {
        "企微客户ID": Cells(values=names[chosen].tolist()),
        "平台": Cells(values=np.array(CHANNELS, dtype=object)[home[chosen]].tolist()),
        "平台账号": Cells(values=accounts),
        "添加时间": fill_times(contacts.added[chosen]),
    }
    return write_csv(ACCOUNT_COLUMNS, content, UTF8)


def _count_added(world: World) -> Ints:
    """Contacts added by account (rows) and day (columns) of the last 180 days."""
    names = {name: place for place, name in enumerate(world.staff)}
    day = world.contacts.added // DAY_SECONDS - (DAYS - STATISTIC_DAYS)
    inside = day >= 0
    row = np.array([names[name] for name in world.contacts.staff[inside].tolist()], dtype=np.int64)
    counts = np.bincount(row * STATISTIC_DAYS + day[inside], minlength=len(names) * STATISTIC_DAYS)
    return counts.astype(np.int64)


def _list_statistic_days(rows: int) -> Cells:
    midnights = EPOCH + np.arange(DAYS - STATISTIC_DAYS, DAYS, dtype=np.int64) * DAY_SECONDS
    return fill(np.tile(midnights, rows))


def _write_behaviour(world: World) -> bytes:
    added = _count_added(world)
    stream, count, people = open_stream(world.seed, "behaviour"), len(added), len(world.staff)
    chats = stream.integers(12, 30, count)
    content: dict[str, Content] = {
        "userid": Cells(values=np.repeat(np.array(world.staff, dtype=object), STATISTIC_DAYS).tolist()),
        "stat_time": _list_statistic_days(people),
        "new_apply_cnt": fill(added // 3),
        "new_contact_cnt": fill(added),
        "chat_cnt": fill(chats),
        "message_cnt": fill(chats * stream.integers(3, 6, count)),
        "reply_percentage": Cells(values=(stream.integers(9_000, 9_900, count) / 100).tolist(), frame="%.2f"),
        "avg_reply_time": fill(stream.integers(4, 12, count)),
        "negative_feedback_cnt": fill((stream.random(count) < BLOCKING_DAYS_SHARE).astype(np.int64)),
    }
    return write_csv(("userid", *read_columns("wecom_behavior")), content, UTF8)


def _write_groups(world: World) -> bytes:
    """Each store's first guide and each desk own two groups, talked in on most days."""
    owners = [store.guides[0] for store in world.stores] + list(world.desks)
    stream, count = open_stream(world.seed, "groups"), len(owners) * STATISTIC_DAYS
    joined = stream.integers(0, 3, count)
    grown = np.cumsum(joined.reshape(len(owners), STATISTIC_DAYS) * 3 // 4, axis=1).reshape(-1)
    start = np.repeat(stream.integers(120, 200, len(owners)), STATISTIC_DAYS)
    members = start + grown
    speakers = np.round(members * (0.08 + 0.06 * stream.random(count))).astype(np.int64)
    content: dict[str, Content] = {
        "owner": Cells(values=np.repeat(np.array(owners, dtype=object), STATISTIC_DAYS).tolist()),
        "stat_time": _list_statistic_days(len(owners)),
        "new_chat_cnt": "0",
        "chat_total": "2",
        "chat_has_msg": fill(1 + (stream.random(count) < BOTH_TALK_SHARE).astype(np.int64)),
        "new_member_cnt": fill(joined),
        "member_total": fill(members),
        "member_has_msg": fill(speakers),
        "msg_total": fill(speakers * 3 + 4),
        "migrate_trainee_chat_cnt": "0",
    }
    return write_csv(("owner", *read_columns("wecom_group_stat")), content, UTF8)
