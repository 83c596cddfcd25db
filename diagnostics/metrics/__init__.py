"""What is counted: expressions on canonical tables that run on every engine."""
