"""Acquisition: in which scenes people are added, and at what cost."""
