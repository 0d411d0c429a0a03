"""A world for the use cases."""

import pytest

from tests.actions.world import World, a_world


@pytest.fixture
async def world() -> World:
    """Give a world with a chat and a personal chat."""
    return await a_world()
