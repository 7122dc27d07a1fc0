"""A page whose every request and complaint is kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

from tests.matrix.production import HOST
from tests.smoke.service import PASSWORD

API = f"https://{HOST}"
FETCH = """
async ([url, options]) => {
  try {
    const answer = await fetch(url, options);
    const headers = Object.fromEntries(answer.headers);
    return {status: answer.status, headers, body: await answer.text()};
  } catch (refusal) {
    return {refused: refusal.name};
  }
}
"""
REFUSED = {"refused": "TypeError"}  # what fetch tells a page about an answer that it may not see


class Watched:
    """A browser's page that notes what it asked for and what was said on its console."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page = context.new_page()
        self.requests: list[Request] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108 - takes no method of a list
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        """Keep warnings and errors; Chromium's tips about autofocus are neither."""
        icon = message.location["url"].endswith("/favicon.ico")  # asked of every site once; a 404
        if message.type in {"error", "warning", "assert"} and not icon:
            self.complaints.append(message.text)

    def hosts(self) -> set[str]:
        """Return the hosts that were asked, data in addresses aside."""
        addresses = (urlsplit(request.url) for request in self.requests)
        return {str(url.hostname) for url in addresses if url.scheme != "data"}

    def open(self, address: str) -> None:
        """Go to a page and wait until it has loaded; it must exist."""
        answer = self.page.goto(address)
        assert answer, address
        assert answer.status == 200, address

    def fetch(self, path: str, **options: Any) -> dict[str, Any]:
        """Have the page's script call the API; return what the script can see of the answer."""
        seen: dict[str, Any] = self.page.evaluate(FETCH, [API + path, options])
        return seen

    def log_in(self, name: str) -> None:
        """Log in with the form of the admin."""
        self.open(f"{API}/admin/login/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", PASSWORD)
        self.press("[type=submit]")

    def press(self, button: str) -> None:
        """Click on what leads to another page, and wait for that."""
        with self.page.expect_navigation():
            self.page.click(button)


def post(body: str, **headers: str) -> dict[str, Any]:
    """Return the options of a fetch that sends JSON."""
    sent = {"Content-Type": "application/json", **headers}
    return {"method": "POST", "headers": sent, "body": body}
