"""Reads the address of an engine that is not embedded: a Spark master, a Spark Connect server, this machine's cores."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

EMBEDDED = "duckdb://"
KNOWN = "duckdb://, spark://HOST:PORT, sc://HOST:PORT or local[*]"
_ADDRESS = re.compile(r"(?P<kind>spark|sc)://(?P<hosts>[^/?;]+)(?P<rest>.*)|local(?:\[(?:\*|[1-9]\d*)\])?")
_HOST = re.compile(r"\[?(?P<host>[^\[\]]+?)\]?:(?P<port>\d{1,5})")
_CONNECT_PORT = 15002


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where Spark is, the hosts to reach first, and what the address sets of Spark's own settings."""

    master: str
    hosts: tuple[tuple[str, int], ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_remote(self) -> bool:
        """Whether it is a Spark Connect server, whose session is its own."""
        return self.master.startswith("sc://")


def read_address(url: str) -> Address | None:
    """The parts of an engine's URL, `None` if it is none of Spark's; settings follow a question mark.

    >>> read_address("spark://10.0.0.7:7077?spark.executor.memory=4g").settings
    {'spark.executor.memory': '4g'}
    >>> read_address("sc://10.0.0.7").hosts, read_address("local[*]").hosts, read_address("mysql://x")
    ((('10.0.0.7', 15002),), (), None)
    """
    master, _, query = url.partition("?")
    found = _ADDRESS.fullmatch(master)
    if found is None:
        return None
    hosts: list[tuple[str, int]] = []
    for part in (found["hosts"] or "").split(","):
        place = _HOST.fullmatch(part)
        if place is None and (found["kind"] == "spark" or (found["kind"] == "sc" and ":" in part)):
            return None
        if part:
            hosts.append((place["host"], int(place["port"])) if place else (part, _CONNECT_PORT))
    return Address(master=master, hosts=tuple(hosts), settings=dict(parse_qsl(query)))


def shares_cores(url: str) -> bool:
    """Whether several processes can work on an engine at once: not where each has a session of its own.

    >>> shares_cores("duckdb://"), shares_cores("sc://10.0.0.7"), shares_cores("spark://10.0.0.7:7077")
    (True, True, False)
    """
    address = read_address(url)
    return address is None or address.is_remote
