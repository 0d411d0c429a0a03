"""The documents: what can be checked of what they say."""
