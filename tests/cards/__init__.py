"""Cards as JSON: what each state looks like, and that Teams takes it."""
