"""Files to blocks of text cells, in a process of their own."""
