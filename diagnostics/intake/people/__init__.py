"""One person across channels: keyed hashes, the evidence that ties them, and what was cut."""
