"""Cells as platforms write them: text, numbers, times, periods and channels."""
