from datetime import date

import pytest

from diagnostics.model.wording import Text, name_verbatim
from diagnostics.plan.draw_up import draw_up
from diagnostics.plan.pools import place
from tests.plan.findings import make_finding
from tests.plan.plans import ACTIONS, CODES, POOLS, make_exhibit, make_gates, make_material, make_section

HOSTILE = "<script>alert(1)</script>{0}{x}%s"
ANSWERS = {
    "public_pools": (
        {"pool": "抖音广告", "monthly_visitors": 1000, "cost": 500.0, "adds": 50},
        {"pool": HOSTILE, "monthly_visitors": 5, "cost": 1.0, "adds": 1},
    ),
    "acquisition_ways": ("paid",),
    "accounts_matrix": (
        {
            "account_code": HOSTILE,
            "persona": "小助手",
            "level": "standard",
            "region": "华东",
            "capacity": 100,
            "contacts": 150,
        },
    ),
    "persona_setup": ({"account_code": "A1", "name_rule": "品牌+名字", "avatar_type": "logo"},),
    "events_calendar": ({"date": date(2026, 6, 18), "event": HOSTILE, "type": "promo", "channel": "tmall"},),
    "bridge_status": (
        {"channel": "tmall", "brand": HOSTILE, "status": "live", "id_type": "phone"},
        {"channel": "douyin", "status": "none"},
        {"channel": "jd", "status": "planned"},
    ),
    "groups_list": ({"group_code": "g1", "channel": "jd"},),
}


def make_cycle(category, *, gaps, low):
    days = {"low": low, "median": low + 10, "high": low + 20, "far": low + 70}
    return {"category": category, "gaps": gaps, **days, "returning": 0.5}


EXHIBITS = {
    "people.reach": [make_exhibit("reach", [{"channel": "tmall", "share": 0.08}, {"channel": "douyin", "share": 0.4}])],
    "venue.channels": [
        make_exhibit(
            "channels",
            [
                {"name": Text(zh="天猫", en="Tmall"), "gmv": 9.0, "share": 0.6, "change": -0.1, "new_share": 0.5},
                {"name": Text(zh="抖音", en="Douyin"), "gmv": 5.0, "share": 0.4, "change": 0.3, "new_share": None},
            ],
        )
    ],
    "retention.cycle": [
        make_exhibit(
            "cycle",
            [
                make_cycle(Text(zh="没有写品类的订单", en="Orders without a category"), gaps=99, low=1.0),
                make_cycle(name_verbatim("茶"), gaps=50, low=20.0),
            ],
        )
    ],
    "goods.gateway": [
        make_exhibit(
            "gateways",
            [
                {"name": "a", "share": 0.2, "rate": 0.5, "low": 0.45, "high": 0.55, "expected_rate": 0.4},
                {"name": "b", "share": 0.2, "rate": 0.2, "low": 0.15, "high": 0.25, "expected_rate": 0.4},
            ],
        )
    ],
} | make_gates("open", "shut")  # fmt: skip


def draw(*findings, **parts):
    return {part.name: part for part in draw_up(make_material(*findings, **parts)).sections}


def rows(part, name):
    return next(exhibit for exhibit in part.exhibits if exhibit.name == name).frame.to_dict("records")


@pytest.fixture(scope="module")
def full():
    findings = [make_finding(code=code, mid=1000.0, channel="tmall", title=HOSTILE) for code in CODES]
    return draw(*findings, answers=ANSWERS, exhibits=EXHIBITS, sections={"service.adds": make_section("service.adds")})


def test_every_finding_code_has_an_action_of_its_own():
    assert set(ACTIONS) == set(CODES)
    assert all(set(action.after) <= set(CODES) for action in ACTIONS.values())
    assert all(action.reason.zh and action.reason.en for action in ACTIONS.values())


def test_nothing_known_is_said_and_never_counted_as_zero():
    for part in draw().values():
        assert part.answer.zh
        assert part.answer.en
        assert part.status != "computed" or part.name == "plan.roadmap"
        if part.status == "not_computable":
            assert part.reason.en


def test_a_grid_shows_the_cells_with_data_and_says_how_many_have_none(full):
    (exhibit,) = [one for one in full["plan.acquisition"].exhibits if one.name == "grid"]
    (paid,) = rows(full["plan.acquisition"], "grid")
    assert (paid["pool"].en, paid["way"].en) == ("Short video and live", "Paid media")
    assert (paid["cost"], paid["each"], paid["rate"]) == (500.0, 10.0, 0.05)
    assert "Another 23 cells have no data" in exhibit.note.en
    pools = rows(full["plan.acquisition"], "pools")
    assert sum("would show it" in row["missing"].en for row in pools if row.get("gmv") is None) >= 6


def test_words_of_a_client_find_their_pool_and_way():
    found = [place(said, POOLS) for said in ("小红书笔记", "与电影院异业合作", "美团点评广告", "传统电商", "hello")]
    ids = [(pool and pool.id, way.id) for pool, way in found]
    assert ids == [
        ("content", "touchpoint"),
        ("partner", "viral"),
        ("local", "paid"),
        ("ecommerce", "touchpoint"),
        (None, "touchpoint"),
    ]


def test_the_moments_of_touch_are_those_of_a_category_of_the_client(full):
    assert "for 茶, bought again most, remind from 20 days" in full["plan.repurchase"].answer.en


def test_products_stand_in_front_only_where_their_buyers_return_for_sure(full):
    tasks = [row["task"].en for row in rows(full["plan.product"], "firsts")]
    assert tasks == ["put in front and into ads", "give up its place for newcomers, keep as an add-on"]


def test_bridging_begins_with_the_channel_that_grows_fastest(full):
    bridges = rows(full["plan.channel"], "bridges")
    assert [row["channel"].en for row in bridges] == ["Douyin", "JD", "Tmall"]
    assert [row["until"].en for row in bridges] == [
        "until then start a group for this channel",
        "until then by groups: 1 there already",
        "none needed",
    ]


def test_a_full_account_takes_no_more_and_an_avatar_must_be_a_person(full):
    (account,) = rows(full["plan.persona"], "accounts")
    assert (account["load"], account["advice"].en[:15]) == (1.5, "beyond capacity")
    (setup,) = rows(full["plan.persona"], "checklist")
    assert setup["lacks"].en == "avatar of a person, signature, story, welcome message"


def test_referral_waits_for_gates_and_open_findings(full):
    answer = full["plan.referral"].answer.en
    assert answer.startswith("No referral campaign yet; not passed: new contacts are received; still open: #")
    assert draw(exhibits=make_gates("open", "open"))["plan.referral"].answer.en.startswith("The base steps have passed")


def test_every_row_of_actions_names_its_finding(full):
    for part in full.values():
        for exhibit in part.exhibits:
            if exhibit.name in {"actions", "roadmap", "not_now"}:
                assert all(row["finding"].en.startswith("#") for row in exhibit.frame.to_dict("records"))


def test_both_languages_are_complete_and_hostile_text_stays_text(full):
    seen = ""
    for part in full.values():
        texts = [part.question, part.answer]
        for exhibit in part.exhibits:
            texts += [exhibit.title, *(field.label for field in exhibit.fields)]
            cells = [cell for column in exhibit.frame.columns for cell in exhibit.frame[column]]
            texts += [cell for cell in cells if isinstance(cell, Text)]
            seen += "".join(cell for cell in cells if isinstance(cell, str))
        assert all(text.zh and text.en for text in texts), part.name
    assert "<script>alert(1)</script>" in seen
