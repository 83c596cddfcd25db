"""One file the whole way from its bytes to order lines, without a vault."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from diagnostics.intake.account_files import account_file
from diagnostics.intake.files import ExportFile, Piles
from diagnostics.intake.gather import gather
from diagnostics.intake.orders.order_lines import STAGED, settle_pile
from diagnostics.intake.people.pseudonyms import Pseudonyms
from diagnostics.intake.reading.child import Reading
from diagnostics.intake.reception import Reception
from diagnostics.intake.recognition.layouts import Layout, load_layouts
from diagnostics.intake.vault import shape
from tests.intake.clients import KEY


@cache
def _layouts() -> tuple[Layout, ...]:
    return tuple(load_layouts())


def take_whole_way(path: Path, reading: Reading) -> str:
    """How the file ended: `rows`, or the reason and advice of a file that can't be read; every row is accounted for."""
    with TemporaryDirectory() as folder:
        piles = Piles(folder=Path(folder), count=1, schema=STAGED)
        reception = Reception(layouts=_layouts(), mappings=(), keys=Pseudonyms(key=KEY), piles=piles)
        reception.receive(ExportFile(path=path, name="订单.csv"), reading)
        staged = reception.take_pile(0)
        lines = settle_pile(staged, reception.ledger).lines if staged.num_rows else staged
        shape("order_lines", lines)
        for name, parts in reception.take_parts().items():
            shape(name, gather(name, parts, reception.ledger))
        piles.close()
    counts = reception.ledger.counts()
    accounts = [account_file(one, counts.get(at, {}), _layouts()) for at, one in reception.opened.items()]
    assert accounts
    assert sum(one.rows_kept for one in accounts if one.table == "order_lines") == lines.num_rows
    unread = [one for one in reception.opened.values() if one.frame is None]
    return f"{unread[0].reason}: {unread[0].advice}" if unread else "rows"
