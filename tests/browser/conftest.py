"""A browser that reaches the service through the proxy before it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.watched import Watched
from tests.credentials.accounts import new_account
from tests.credentials.deployment import Deployment
from tests.servers.tls import Ports


@pytest.fixture(scope="session")
def executable() -> str:
    """Return the path of the browser; looked for before a service is started in vain."""
    return chromium.program()


@pytest.fixture(scope="session")
def browser(executable: str, edge: Ports) -> Iterator[Browser]:
    with chromium.browser(executable, edge) as started:
        yield started


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """Return a page in a browser that remembers nothing."""
    context = browser.new_context()
    yield Watched(context)
    context.close()


@pytest.fixture
def account(deployed: Deployment) -> str:
    """Return the name of a new account."""
    return new_account(deployed.database_url)
