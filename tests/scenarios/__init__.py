"""Scenarios: the whole bot over HTTP, with the Teams stand-in around it."""
