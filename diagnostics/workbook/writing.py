"""Writes files whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, content: bytes | str) -> Path:
    """Write to a temporary name, sync, rename: an interruption leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.partial")
    with beside.open("wb") as file:
        file.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return path


def write_json(path: Path, document: object) -> Path:
    """Write a document as readable JSON."""
    return write_whole(path, json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")


def remove_tree(path: Path) -> None:
    """Remove a file, a link (never what it points to) or a folder with all that is in it; nothing there is no fault."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def take_place(fresh: Path, place: Path) -> None:
    """Put a folder in another's place."""
    remove_tree(place)
    fresh.rename(place)


def point_to(link: Path, target: Path) -> None:
    """Let `link` name `target`, a folder beside it: a symbolic link, on Windows a junction."""
    if link.is_symlink() or link.is_junction() if hasattr(link, "is_junction") else link.is_symlink():
        link.unlink() if link.is_symlink() else link.rmdir()
    if sys.platform == "win32":
        import _winapi  # noqa: PLC0415 - there is none elsewhere

        _winapi.CreateJunction(str(target), str(link))
    else:
        link.symlink_to(target.name, target_is_directory=True)
