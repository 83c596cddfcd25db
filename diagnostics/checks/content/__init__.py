"""What is said to customers, by whom, and whether they answer."""
