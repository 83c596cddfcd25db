"""Findings and the requirement sheet in, ranked actions out."""
