"""The journey of a customer: its steps in order, and where it breaks."""
