"""Pure functions from data to matplotlib figures, in one theme."""
