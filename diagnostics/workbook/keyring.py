"""Keeps each client's secret key outside the client's folder."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from platformdirs import user_data_path

KEY_BYTES = 32
PLACE_DIGITS = 12
KEY_HOME = "DIAGNOSIS_KEY_HOME"


def find_key_file(client: Path) -> Path:
    """Where the key of a client's folder lies: under the user's data folder, or under `DIAGNOSIS_KEY_HOME`.

    Two folders of one name have keys of their own: what is forgotten of one must not harm the other.
    """
    home = os.environ.get(KEY_HOME)
    folder = Path(home) if home else user_data_path("private-domain-diagnosis") / "keys"
    place = hashlib.sha256(os.fsencode(client.resolve())).hexdigest()[:PLACE_DIGITS]
    return folder / f"{client.name}.{place}.key"


def obtain_key(client: Path) -> bytes:
    """The key of a client's folder, made on first use; readable by this user alone."""
    path = find_key_file(client)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
    return path.read_bytes()
