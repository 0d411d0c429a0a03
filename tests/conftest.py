"""What holds for all tests."""

import pytest
from hypothesis import HealthCheck, settings

# How long something takes on a busy machine says nothing of whether it is right.
settings.register_profile("muster", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("muster")


LONGEST = ("test_fault_drill", "test_fuzz", "test_injection", "test_joins", "test_logs")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take longest: the others are done beside them."""
    items.sort(key=lambda item: not any(name in item.nodeid for name in LONGEST))
