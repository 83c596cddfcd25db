"""One question, one file: the shelf of checks, by wing."""
