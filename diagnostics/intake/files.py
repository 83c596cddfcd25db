"""The only place of intake that opens files: walk the exports, read bytes, write the vault whole."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

_NOT_EXPORTS = frozenset(["thumbs.db", "desktop.ini"])


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


def read_bytes(path: Path) -> bytes:
    """The whole file."""
    return path.read_bytes()


def write_whole(folder: Path, tables: Mapping[str, pa.Table], texts: Mapping[str, str]) -> None:
    """Write Parquet and text files into a folder beside `folder`, then put it in its place.

    Nothing half-written is ever seen under `folder`.
    """
    fresh = folder.with_name(f".{folder.name}.new")
    old = folder.with_name(f".{folder.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, table in tables.items():
        parquet.write_table(table, fresh / f"{name}.parquet", compression="zstd", version="2.6")
    for name, text in texts.items():
        (fresh / name).write_text(text, encoding="utf-8")
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
