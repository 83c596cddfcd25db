"""How sure and how much: decomposition, survival, intervals and upside."""
