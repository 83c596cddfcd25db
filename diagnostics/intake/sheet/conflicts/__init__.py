"""Answers that contradict each other: one small rule each, gathered in a table."""
