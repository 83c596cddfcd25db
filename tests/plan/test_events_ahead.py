"""Before each event ahead stand those who wait and the last campaign of its kind, or what would bring them."""

from datetime import date

from diagnostics.model.wording import Text, name_verbatim
from diagnostics.plan.events import brief_events
from tests.plan.plans import make_exhibit, make_material

EVENTS = [
    {"date": date(2024, 6, 18), "event": "618", "type": "promo"},
    {"date": date(2024, 11, 11), "event": "双11", "type": "promo"},
    {"date": date(2024, 12, 1), "event": "新书", "type": "new_item"},
]
MEASURED = {
    "campaigns.lift": [
        make_exhibit(
            "campaigns",
            [
                {
                    "name": name_verbatim("618"),
                    "start": date(2024, 6, 18),
                    "low": 0.1,
                    "high": 0.4,
                    "verdict": Text(zh="有增量", en="added sales"),
                }
            ],
        )
    ],
    "automation.scenarios": [
        make_exhibit(
            "scenarios",
            [
                {"scenario": Text(zh="生日", en="Birthday"), "audience": None},
                {"scenario": Text(zh="老客", en="Lapsed"), "audience": 120.0},
            ],
        )
    ],
}


def test_only_events_ahead_stand_with_what_was_measured():
    material = make_material(answers={"events_calendar": EVENTS}, exhibits=MEASURED, as_of=date(2024, 7, 1))
    frame = brief_events(material, EVENTS).frame
    assert frame.event.tolist() == ["双11", "新书"]
    assert {said.en for said in frame.audience} == {"Lapsed: 120"}
    assert "net +10% to +40%: added sales" in frame["last"].iloc[0].en
    assert frame["last"].iloc[1].en.startswith("no data: ")


def test_what_is_not_measured_is_said():
    frame = brief_events(make_material(as_of=date(2024, 12, 1)), EVENTS).frame
    assert frame.event.tolist() == ["新书"]
    assert frame.audience.iloc[0].en.startswith("no data: ")
    assert brief_events(make_material(as_of=date(2025, 1, 1)), EVENTS).frame.empty
