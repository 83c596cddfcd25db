"""One writer per platform: the world in, files as that platform exports them out."""
