"""What holds for all tests."""

import pytest
from hypothesis import HealthCheck, settings

# How long something takes on a busy machine says nothing of whether it is right.
settings.register_profile("muster", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("muster")


LONGEST = "test_fault_drill"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the test that waits longest: the others are done beside it."""
    items.sort(key=lambda item: LONGEST not in item.nodeid)
