"""One suite for every store, and what concerns databases only."""
