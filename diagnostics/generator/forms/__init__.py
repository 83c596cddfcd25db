"""Any known export as a file in its true form, from rows of plain values."""
