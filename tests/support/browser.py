"""Headless Chromium, which remembers what it was told and from where."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
# The browser's own calls home are not what is tested.
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SWITCHES += ["--disable-component-update", "--disable-sync"]


@dataclass
class Visit:
    """A page, the hosts that have answered, and the API calls that went wrong."""

    page: Page
    answered: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)

    def read(self, url: str, expected: str) -> str:
        """Open an address and wait for a text; all that is to be read then."""
        self.page.goto(url)
        self.page.get_by_text(expected).first.wait_for(timeout=60_000)
        return self.page.inner_text("body")


@contextmanager
def visit() -> Iterator[Visit]:
    """A new browser with one page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        visit = Visit(page)

        def remember(response):
            if not response.url.startswith(("data:", "blob:")):
                visit.answered.add(urlsplit(response.url).netloc)
            if "/api/" in response.url and response.status >= 400:
                visit.failed.append(f"{response.status} {response.url}")

        page.on("response", remember)
        yield visit
        browser.close()
