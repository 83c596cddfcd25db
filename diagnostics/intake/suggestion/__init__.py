"""A mapping for a file that no layout knows, guessed from headers and cells."""
