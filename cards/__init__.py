"""Domain values as Adaptive Cards: pure functions."""
