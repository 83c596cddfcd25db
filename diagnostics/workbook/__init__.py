"""The stages of a diagnosis and the doors to them."""
