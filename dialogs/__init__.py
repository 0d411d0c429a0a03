"""Forms and lists that people page through: pure functions from what holds to a screen."""
