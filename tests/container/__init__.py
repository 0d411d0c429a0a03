"""The container image and the compose file."""
