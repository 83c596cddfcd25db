"""The diagnosis of a brand's private domain: from a client's exports to ranked findings."""

__version__ = "0.1.0"
