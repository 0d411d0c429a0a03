"""Forms and lists as JSON: what they hold, and that Teams takes them."""
