"""Personal data in cells, texts and names: found, masked and counted."""
