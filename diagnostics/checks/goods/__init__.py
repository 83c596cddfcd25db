"""What is sold, in which role, and what the first product leads to."""
