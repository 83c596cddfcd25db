"""The only place of intake that opens files: walk the exports, read them, write the vault whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pyarrow as pa
from pyarrow import parquet

_NOT_EXPORTS = frozenset(["thumbs.db", "desktop.ini"])
_PILED = pa.ipc.IpcWriteOptions(compression="lz4")


@dataclass(frozen=True, kw_only=True)
class ExportFile:
    """A file under the exports folder: its path, its name relative to the folder, and why it is skipped, if it is."""

    path: Path
    name: str
    skipped: str = ""


def walk_exports(exports: Path) -> list[ExportFile]:
    """All files, sorted by name; hidden files, lock files and links that lead out are named as skipped."""
    found = sorted(path for path in exports.rglob("*") if path.is_file())
    home = exports.resolve()
    return [_describe(path, path.relative_to(exports), home) for path in found]


def _describe(path: Path, relative: Path, home: Path) -> ExportFile:
    skipped = "" if path.resolve().is_relative_to(home) else "link_outside"
    if path.name.startswith("~$"):
        skipped = "office_lock_file"
    elif any(part.startswith(".") for part in relative.parts) or path.name.lower() in _NOT_EXPORTS:
        skipped = "hidden_file"
    return ExportFile(path=path, name=relative.as_posix(), skipped=skipped)


def open_bytes(path: Path) -> IO[bytes]:
    """The file as a stream of bytes."""
    return path.open("rb")


@dataclass(kw_only=True)
class Piles:
    """Tables of one schema dealt into numbered piles on disk; rows stay in the order in which they came."""

    folder: Path
    count: int
    schema: pa.Schema
    _writers: dict[int, pa.ipc.RecordBatchStreamWriter] = field(default_factory=dict)

    def add(self, at: int, table: pa.Table) -> None:
        """Lay rows on a pile."""
        if at not in self._writers:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._writers[at] = pa.ipc.new_stream(str(self.folder / str(at)), self.schema, options=_PILED)
        self._writers[at].write_table(table)

    def take(self, at: int) -> pa.Table:
        """All rows of a pile, which is then gone."""
        writer = self._writers.pop(at, None)
        if writer is None:
            return self.schema.empty_table()
        writer.close()
        path = self.folder / str(at)
        with pa.OSFile(str(path)) as source:
            table = pa.ipc.open_stream(source).read_all()
        path.unlink()
        return table

    def close(self) -> None:
        """Close what is still open."""
        for writer in self._writers.values():
            writer.close()
        self._writers.clear()


class Draft:
    """A vault in the making: nothing is seen under its name before `settle`."""

    def __init__(self, vault: Path) -> None:
        self._vault = vault
        self.folder = vault.with_name(f".{vault.name}.new")
        self._old = vault.with_name(f".{vault.name}.old")
        self._piles: list[Piles] = []
        for leftover in (self.folder, self._old):
            shutil.rmtree(leftover, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def make_piles(self, name: str, count: int, schema: pa.Schema) -> Piles:
        """Piles that live as long as the draft."""
        piles = Piles(folder=self.folder / f"piles_{name}", count=count, schema=schema)
        self._piles.append(piles)
        return piles

    def write_table(self, name: str, table: pa.Table) -> None:
        """A table of the vault at once."""
        with self.open_table(name, table.schema) as writer:
            writer.write_table(table)

    @contextmanager
    def open_table(self, name: str, schema: pa.Schema) -> Iterator[parquet.ParquetWriter]:
        """A table of the vault that is written part by part."""
        with parquet.ParquetWriter(
            self.folder / f"{name}.parquet", schema, compression="zstd", version="2.6"
        ) as writer:
            yield writer

    def write_text(self, name: str, text: str) -> None:
        """A text beside the tables."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def settle(self) -> None:
        """Put the draft in the vault's place."""
        self._clear_piles()
        if self._vault.exists():
            self._vault.rename(self._old)
        self.folder.rename(self._vault)
        shutil.rmtree(self._old, ignore_errors=True)

    def discard(self) -> None:
        """Leave nothing behind."""
        self._clear_piles()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _clear_piles(self) -> None:
        for piles in self._piles:
            piles.close()
            shutil.rmtree(piles.folder, ignore_errors=True)


@contextmanager
def open_draft(vault: Path) -> Iterator[Draft]:
    """A draft of the vault, which takes the vault's place unless something goes wrong."""
    draft = Draft(vault)
    try:
        yield draft
        draft.settle()
    finally:
        draft.discard()
