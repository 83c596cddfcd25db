"""What the questions on people say of their basis."""

import pandas as pd

from diagnostics.checks.data import identity
from diagnostics.checks.known_people import read_identity, say_crossing, say_people
from diagnostics.model.account import LinkCount
from diagnostics.model.basis import Basis
from diagnostics.model.wording import Text
from diagnostics.statistics.overlap_bounds import Base

ALONE = Base(channels={"tmall": 40, "jd": 30}, alone={("tmall", "account"): 40, ("jd", "account"): 30}, crossing={})
BRIDGED = Base(
    channels={"tmall": 40, "youzan": 30},
    alone={("tmall", "phone"): 30, ("youzan", "phone"): 20},
    crossing={"phone": 10},
    hidden=7,
)


def measure(base, links=()):
    return identity.Identity(base=base, channels=pd.DataFrame(), pairs=(), links=links)


def test_channels_without_a_common_key_are_not_computable_and_say_why():
    said = identity.tell(measure(ALONE))
    assert "not computable: the channels hold no key in common" in said.en
    assert "无法计算" in said.zh
    assert identity.judge(measure(ALONE), {"comparable": 0.5, "width": 0.3, "most_pairs": 1}) == ()


def test_bridged_channels_are_computed_on_all():
    # Ten recognised; one, 5 % of the twenty outside the larger channel, by a second number; seven hidden by orders.
    assert say_crossing(BRIDGED)[0].en.startswith("People who bought in two channels or more (computed on all buyers)")
    assert "between 57 and 60" in say_people(BRIDGED)[0].en
    assert "at least 10, at most 18" in say_crossing(BRIDGED)[0].en


def test_one_channel_and_ids_given_as_people_need_no_bounds():
    rows = [("channel", "tmall", "phone", 5), ("alone", "tmall", "phone", 5)]
    columns = ["part", "channel", "kind", "n"]
    assert read_identity(pd.DataFrame(rows, columns=columns)) is None
    rows = [("channel", at, "given", 5) for at in ("a", "b")] + [("alone", at, "given", 5) for at in ("a", "b")]
    assert read_identity(pd.DataFrame(rows, columns=columns)) is None
    assert say_people(None) == say_crossing(None) == ()


def test_what_was_cut_is_said_once_a_reason():
    links = (
        LinkCount(kind="buyer_phone", reason="", links=9, rows=30),
        LinkCount(kind="buyer_phone", reason="shared_by_many", links=4, rows=8),
        LinkCount(kind="remark_phone", reason="shared_by_many", links=3, rows=3),
    )
    said = identity.caveats(measure(BRIDGED, links))
    assert [text.en.split(" (")[0] for text in said] == [
        "Links cut: 7",
        "Besides, 7 orders carry no customer key and are not counted.",
    ]
    evidence = identity.tabulate(measure(BRIDGED, links))[-1]
    assert evidence.frame.links.tolist() == [9, 4, 3]


def test_a_basis_is_all_a_part_or_nothing():
    words = {"of": Text(zh="行", en="rows"), "why": Text(zh="无键", en="no key")}
    found = [Basis(share=share, **words) for share in (1.0, 0.4, 0.0)]
    assert [basis.state for basis in found] == ["computed", "computed_on_part", "not_computable"]
    assert [basis.word().zh for basis in found] == ["按全部行计算", "按 40.0% 的行计算", "无法计算：无键"]
