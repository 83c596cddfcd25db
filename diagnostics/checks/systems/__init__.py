"""Systems: what is connected with what, and which key ties it."""
