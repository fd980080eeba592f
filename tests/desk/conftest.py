"""What the tests of the desk share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.door import open_store
from tests.conftest import Databases
from tests.stage import Stage


@pytest.fixture
async def plain(databases: Databases) -> AsyncIterator[Stage]:
    """A stage on SQLite only: what pages say does not hang on the database."""
    store = await open_store(await databases.sqlite())
    yield Stage(store)
    await store.close()
