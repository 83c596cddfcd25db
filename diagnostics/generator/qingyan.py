"""The recipe of the invented client 青颜: its exports, its settings, and what was planted in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from diagnostics.generator.exports.douyin import export_douyin
from diagnostics.generator.exports.jd import export_jd
from diagnostics.generator.exports.masters import export_masters
from diagnostics.generator.exports.stores import export_stores
from diagnostics.generator.exports.sycm import export_sycm
from diagnostics.generator.exports.tmall import export_tmall
from diagnostics.generator.exports.wecom import export_wecom
from diagnostics.generator.exports.youzan import export_youzan
from diagnostics.generator.settings import SETTINGS
from diagnostics.generator.sheet import answer_sheet
from diagnostics.generator.world import build_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from diagnostics.generator.world import World

CUSTOMERS = 60_000
SEED = 20_260_831
WRITERS: tuple[Callable[[World], Iterator[tuple[str, bytes]]], ...] = (
    export_tmall,
    export_sycm,
    export_douyin,
    export_youzan,
    export_jd,
    export_stores,
    export_wecom,
    export_masters,
)


def make_client(folder: Path, *, healthy: bool = False, customers: int = CUSTOMERS, seed: int = SEED) -> None:
    """Write the client's exports, `planted.json` and `settings.yaml` into its folder.

    `healthy` leaves all troubles out. `planted.json` holds for each trouble its code, scope, strength (a
    share) and annual effect in yuan, as `effects.measure_effects` defines it. The same arguments give the
    same bytes.
    """
    world = build_world(healthy=healthy, customers=customers, seed=seed)
    for write in WRITERS:
        for name, content in write(world):
            path = folder / "exports" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    planted = [
        {
            "code": trouble.code,
            "scope": dict(trouble.scope),
            "strength": trouble.strength,
            "annual_effect": trouble.annual_effect,
        }
        for trouble in world.planted
    ]
    (folder / "planted.json").write_bytes((json.dumps(planted, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    (folder / "settings.yaml").write_bytes(SETTINGS.encode("utf-8"))


def sheet_answers(*, healthy: bool = False, customers: int = CUSTOMERS, seed: int = SEED) -> dict[str, object]:
    """The answers of the requirement sheet that belong to the same arguments of `make_client`.

    Keys are fields of the sheet, among them all that the minimum and the standard form ask for; values are typed
    as `model.brief.Brief` says.
    """
    return answer_sheet(build_world(healthy=healthy, customers=customers, seed=seed))
