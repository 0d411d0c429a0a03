"""What holds for all tests."""

import os

import pytest
from hypothesis import HealthCheck, settings

# How long something takes on a busy machine says nothing of whether it is right.
settings.register_profile("muster", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("muster")


LONGEST = ("test_fault_drill", "test_fuzz", "test_injection", "test_joins", "test_logs")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take longest, shared out among the processes.

    Each process begins with a part of the list, in its order (pytest-xdist, worksteal), and takes
    from the ends of others when its own is done.
    """
    count = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if _is_long(item)]
    others = [item for item in items if not _is_long(item)]
    size = -(-len(others) // count)
    items[:] = [
        item
        for number in range(count)
        for item in (*long[number::count], *others[number * size : (number + 1) * size])
    ]


def _is_long(item: pytest.Item) -> bool:
    return any(name in item.nodeid for name in LONGEST)
