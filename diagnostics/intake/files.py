"""The only place of intake that opens files: walk the exports, read them, write the vault whole."""

from __future__ import annotations

import os
import shutil
import stat
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


@dataclass(frozen=True, kw_only=True)
class Identity:
    """By what a file is known not to have changed."""

    size: int
    changed: int
    number: int


def identify(path: Path) -> Identity:
    """Size, time of change and number of a file; `OSError` if it can't be reached."""
    found = path.stat()
    return Identity(size=found.st_size, changed=found.st_mtime_ns, number=found.st_ino)


def walk_exports(exports: Path) -> list[ExportFile]:
    """Everything that lies under the folder, sorted by name; what can't be an export is named as skipped.

    Folders behind links are not entered; a link to a file inside the exports is read like the file.
    """
    home = exports.resolve()
    return [_describe(path, exports, home) for path in sorted(_walk(exports))]


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        # Told as a folder that can't be read; the files beside it go on.
        yield folder
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)


def _describe(path: Path, exports: Path, home: Path) -> ExportFile:
    relative = path.relative_to(exports)
    name = name_safely(relative.as_posix())
    if path.name.startswith("~$"):
        return ExportFile(path=path, name=name, skipped="office_lock_file")
    if any(part.startswith(".") for part in relative.parts) or path.name.lower() in _NOT_EXPORTS:
        return ExportFile(path=path, name=name, skipped="hidden_file")
    return ExportFile(path=path, name=name, skipped=_find_obstacle(path, home))


def _find_obstacle(path: Path, home: Path) -> str:
    """Why a path is no file to read: a link that leads nowhere or out, a folder, a pipe or a device."""
    try:
        target, mode = path.resolve(strict=True), path.stat().st_mode
    except (OSError, RuntimeError):
        return "link_broken" if path.is_symlink() else "not_readable"
    if not target.is_relative_to(home):
        return "link_outside"
    if stat.S_ISDIR(mode):
        return "link_folder" if path.is_symlink() else "not_readable"
    return "" if stat.S_ISREG(mode) else "no_file"


def name_safely(name: str) -> str:
    r"""A name that can be shown and written; bytes that are no UTF-8 are read as GB18030, as archives leave them.

    >>> name_safely(os.fsdecode("订单.csv".encode("gb18030"))), name_safely("a\x1b[31m.csv")
    ('订单.csv', 'a�[31m.csv')
    """
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "�" for sign in name)


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
