"""Live selling: where sessions lose people, who carries them, and whether viewers come back."""
