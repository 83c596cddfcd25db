"""The trade's ecosystem side by side with what is in use: real, hidden and blank sides, and what to change."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from diagnostics.checks.resources import _ecosystem_words as say
from diagnostics.checks.resources._matrix_words import NOBODY, YES
from diagnostics.checks.resources._register import STAGES, Resource
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number

LONGEST = 18
MOST_ROWS = 10


@dataclass(frozen=True, kw_only=True)
class Ecosystem:
    """Resources of the sheet by the side of the ecosystem that they stand on, and partners on record."""

    resources: tuple[Resource, ...]
    partners: tuple[str, ...]

    def on(self, side: str) -> tuple[Resource, ...]:
        """The resources of one side."""
        return tuple(one for one in self.resources if one.kind == side)

    @property
    def hidden(self) -> tuple[Resource, ...]:
        """Resources that are found or landed only."""
        return tuple(one for one in self.resources if one.stage in {"found", "landed"})

    @property
    def silent(self) -> tuple[str, ...]:
        """Sides on which neither resource nor partner is stated."""
        return tuple(side for side in say.SIDES if not self.on(side) and not (side == "partner" and self.partners))

    @property
    def there(self) -> int:
        """Sides with a real resource."""
        return sum(any(one.is_real for one in self.on(side)) for side in say.SIDES)


def tell_ecosystem(measured: Ecosystem) -> Text:
    """On how many sides something is there, what is not in use, and which sides are blank."""
    silent = measured.silent
    return (say.ANSWER if silent else say.ANSWER_FULL).fill(
        n=word_number(len(say.SIDES)),
        there=word_number(measured.there),
        hidden=word_number(len(measured.hidden)),
        silent=word_number(len(silent)),
        names=join_texts(say.SIDES[side][0] for side in silent[:3]),
    )


def show_ecosystem(measured: Ecosystem, keys: tuple[Resource, ...], wanted: tuple[str, ...]) -> tuple[Exhibit, ...]:
    """The map of sides with what is wanted; key and hidden resources with the change around them."""
    listed = [*keys, *(one for one in measured.hidden if one not in keys)][:MOST_ROWS]
    shown = _show_map(measured, wanted)
    return (shown, _show_changes(listed, keys)) if listed else (shown,)


def _names(names: list[str]) -> Text:
    return join_texts(name_verbatim(shorten(name, LONGEST)) for name in names) if names else NOTHING


def _show_map(measured: Ecosystem, wanted: tuple[str, ...]) -> Exhibit:
    rows = []
    for side, (name, question) in say.SIDES.items():
        mine = measured.on(side)
        partners = list(measured.partners) if side == "partner" else []
        blank = side in measured.silent
        rows.append(
            {
                "side": name,
                "real": _names([one.name for one in mine if one.is_real] + partners),
                "hidden": _names([one.name for one in mine if one in measured.hidden]),
                "ask": question if blank else NOTHING,
            }
        )
    fields = (
        Field(name="side", label=Text(zh="生态方", en="Side")),
        Field(name="real", label=Text(zh="已落实", en="Real")),
        Field(name="hidden", label=Text(zh="没用起来", en="Not in use")),
        Field(name="ask", label=Text(zh="空白处要问的", en="What to ask where it is blank")),
    )
    title = Text(zh="行业生态图", en="Map of the ecosystem")
    note = Text(zh="想要的资源：{names}", en="Wanted: {names}").fill(names=_names(list(wanted)))
    frame = pd.DataFrame(rows, dtype=object)
    return Exhibit(name="map", title=title, fields=fields, frame=frame, note=note if wanted else None)


def _show_changes(listed: list[Resource], keys: tuple[Resource, ...]) -> Exhibit:
    rows = []
    for one in listed:
        owner = name_verbatim(shorten(one.owner, LONGEST)) if one.owner else NOBODY
        change = say.CHANGE_SERVING if one.stage in {"levered", "serving"} else say.CHANGE_LANDED
        rows.append(
            {
                "name": name_verbatim(shorten(one.name, LONGEST)),
                "key": YES if one in keys else NOTHING,
                "stage": STAGES[one.stage],
                "owner": owner,
                "change": change.fill(owner=owner) if one.owner else say.CHANGE_OWNER,
            }
        )
    fields = (
        Field(name="name", label=Text(zh="资源", en="Resource")),
        Field(name="key", label=Text(zh="关键", en="Key")),
        Field(name="stage", label=Text(zh="进展", en="Stage")),
        Field(name="owner", label=Text(zh="负责岗位", en="Owner")),
        Field(name="change", label=Text(zh="组织上的变通", en="Change in the organisation")),
    )
    title = Text(zh="围绕关键与隐藏资源的组织变通", en="Changes around key and hidden resources")
    return Exhibit(name="changes", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
