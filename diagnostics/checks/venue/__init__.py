"""Where it is sold, what each place converts, and the way into the private domain."""
