"""What the project is, and what kind of business it is about."""
