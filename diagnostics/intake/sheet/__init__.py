"""The requirement sheet: the form, its reading with all faults at once, the questions that stay open."""
