"""What customers say, what the market does, and what was tried before."""
