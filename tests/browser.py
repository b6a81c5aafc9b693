"""A headless Chromium for tests of pages: found on the machine, shut off from the network, and listened to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, sync_playwright

__all__ = ["Reader", "Visit", "find_chromium", "find_faults", "open_browser"]

#: Names under which Chromium is installed.
_NAMES = ("chromium", "chromium-browser", "google-chrome")

#: Root in a container has no sandbox, and a test needs neither a graphics card nor anything in the background; WebGL
#: is drawn in software.
_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
)

#: What Chromium says of itself, and not of the page, where WebGL is drawn in software.
_OF_SOFTWARE = "GL Driver Message"

#: The rules of WCAG 2.2 to level AA, and what is good practice.
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

#: Milliseconds that any step of a page may take.
_PATIENCE = 5000


@dataclass
class Visit:
    """A page that is open.

    Attributes:
        page: the page.
        file: where it lies, or the address of the site that it is of.
        asked_for: addresses of all that was asked for, the page's own first.
        complaints: what the console and uncaught errors said.
    """

    page: Page
    file: Path | str
    asked_for: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def has(self, address: str) -> bool:
        """Say whether an address is the page's own, or of its site."""
        if isinstance(self.file, str):
            return address.startswith((f"{self.file}/", "blob:", "data:"))
        return address.partition("#")[0] == self.file.as_uri()

    def assert_quiet(self) -> None:
        """Hold that nothing but the page was asked for, and that nothing was complained of."""
        assert [address for address in self.asked_for if not self.has(address)] == []
        assert self.complaints == []


class Reader:
    """Opens pages as a reader would from a disk; whatever else a page asks for is noted and refused.

    A window is kept for each kind of reader, and shows one page after the other: opening one anew takes a second.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._windows: dict[tuple[int, bool, bool], Page] = {}
        self._seen: Visit | None = None

    def open(
        self, file: Path, *, width: int = 1280, dark: bool = False, fragment: str = "", scripts: bool = True
    ) -> Visit:
        """Open a file.

        Args:
            file: the page.
            width: of the window, in pixels.
            dark: whether the reader likes dark pages.
            fragment: what follows the page's address, with its #.
            scripts: whether scripts may run.
        """
        kind = (width, dark, scripts)
        if kind not in self._windows:
            self._windows[kind] = self._window(*kind)
        page = self._windows[kind]
        self._seen = None
        page.goto("about:blank")
        self._seen = Visit(page, file)
        page.goto(file.as_uri() + fragment)
        if scripts:
            page.wait_for_load_state("load")
        return self._seen

    def visit(self, site: str, address: str, *, width: int = 1280, dark: bool = False, scripts: bool = True) -> Visit:
        """Open a page of a site, which may ask that site alone for more.

        Args:
            site: its address, without a slash at the end.
            address: of the page, from "/" on.
            width: of the window, in pixels.
            dark: whether the reader likes dark pages.
            scripts: whether scripts may run.
        """
        kind = (width, dark, scripts)
        if kind not in self._windows:
            self._windows[kind] = self._window(*kind)
        page = self._windows[kind]
        self._seen = None
        page.goto("about:blank")
        self._seen = Visit(page, site)
        page.goto(site + address)
        if scripts:
            page.wait_for_load_state("load")
        return self._seen

    def _window(self, width: int, dark: bool, scripts: bool) -> Page:
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(_PATIENCE)
        context.route("**/*", self._only_the_page)
        page = context.new_page()
        page.on("request", self._note_request)
        page.on("console", self._note_message)
        page.on("pageerror", self._note_error)
        return page

    def _only_the_page(self, route: Route) -> None:
        if self._seen is not None and self._seen.has(route.request.url):
            route.continue_()
        else:
            route.abort()

    def _note_request(self, request: Request) -> None:
        if self._seen is not None:
            self._seen.asked_for.append(request.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        if self._seen is not None and message.type in {"error", "warning"} and _OF_SOFTWARE not in message.text:
            self._seen.complaints.append(message.text)

    def _note_error(self, error: Exception) -> None:
        if self._seen is not None:
            self._seen.complaints.append(str(error))


def find_chromium() -> str | None:
    """Return the path of Chromium: what the variable CHROMIUM names, or the first installed one; None for none."""
    return shutil.which(os.environ.get("CHROMIUM", "")) or next(filter(None, map(shutil.which, _NAMES)), None)


def find_faults(page: Page) -> list[str]:
    """Return what axe-core finds on a page that breaks a rule of WCAG 2.2 AA, or of good practice."""
    page.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", list(_RULES))
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@contextmanager
def open_browser() -> Iterator[Reader]:
    """Open Chromium; skip the test where there is none, or fail it where tests must all run (CI is set)."""
    path = find_chromium()
    if path is None:
        message = f"no Chromium found ({', '.join(_NAMES)}, or the variable CHROMIUM); install one to test the pages"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_OPTIONS))
        try:
            yield Reader(browser)
        finally:
            browser.close()
