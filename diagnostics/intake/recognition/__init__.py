"""What a file is: its header, the layout that fits, and the recipe that feeds a table."""
