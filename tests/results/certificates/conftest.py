"""A bureau for a test."""

import pytest
from django.core.cache import cache

from tests.results.certificates.bureau import Bureau, open_bureau


@pytest.fixture
def bureau(db: None) -> Bureau:
    cache.clear()
    return open_bureau()


@pytest.fixture
def committed_bureau(transactional_db: None) -> Bureau:
    """The same with real commits, for tests with several connections."""
    return open_bureau()
