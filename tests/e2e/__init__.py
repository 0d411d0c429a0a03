"""Pictures of the cards, and tests in a browser."""
