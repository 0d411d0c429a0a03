"""The domain: what actions are and what may happen to them. Standard library only, no I/O."""
