"""The domain alone: no card, no store but the one in memory."""
