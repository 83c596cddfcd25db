"""Acquisition: in which scenes people are added, at what cost, and where they are lost on the way."""
