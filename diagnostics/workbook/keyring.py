"""Keeps each client's secret key outside the client's folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from platformdirs import user_data_path

KEY_BYTES = 32
KEY_HOME = "DIAGNOSIS_KEY_HOME"


def find_key_file(client: str) -> Path:
    """Where the key of a client lies: under the user's data folder, or under `DIAGNOSIS_KEY_HOME`."""
    home = os.environ.get(KEY_HOME)
    folder = Path(home) if home else user_data_path("private-domain-diagnosis") / "keys"
    return folder / f"{client}.key"


def obtain_key(client: str) -> bytes:
    """The client's key, made on first use; readable by this user alone."""
    path = find_key_file(client)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
    return path.read_bytes()
