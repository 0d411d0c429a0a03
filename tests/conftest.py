"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# How long something takes on a busy machine says nothing of whether it is right.
settings.register_profile("muster", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("muster")
