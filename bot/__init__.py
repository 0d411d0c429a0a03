"""The edge: HTTP, Bot Framework, identity, and everything wired together."""
