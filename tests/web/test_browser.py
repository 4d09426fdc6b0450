"""The page in a real browser: search, facets, timeline, a speech; without scripts, on a phone, in the dark, by keys."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
import uvicorn  # noqa: E402

from searchkit.web import Settings, create_app  # noqa: E402
from searchkit.web.asking import speech_path  # noqa: E402

from .conftest import HOSTILE  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def address(index: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(index, port=port)), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page that fails the test if it logs an error or runs what it must not."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("dialog", lambda dialog: errors.append(dialog.message))
    yield opened
    assert errors == []
    context.close()


def test_search_choose_and_read(page: Any) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("Shusha Declaration")
    page.get_by_role("button", name="Search").click()
    assert "14 have both words" in page.locator(".total").inner_text()
    page.get_by_role("complementary").get_by_role("link", name="Caspian Ledger").click()
    assert page.locator(".total").inner_text().startswith("3 speeches have the exact phrase, 5 have both words")
    assert page.get_by_role("complementary").get_by_role("link", name="Caspian Ledger").get_attribute("aria-current")
    page.locator(".hits h2 a").first.click()
    assert page.locator(".text mark").count() > 0
    page.get_by_role("link", name="Back to the answer").click()
    assert page.get_by_role("searchbox").input_value() == "Shusha Declaration"


def test_a_click_on_the_timeline_chooses_a_year_and_a_drag_several(page: Any) -> None:
    page.goto("/?q=peace")
    page.locator("[data-year='2003']").click()
    page.wait_for_url("**year=2003**")
    page.goto("/?q=peace")
    low, high = (page.locator(f"[data-year='{year}'] .slot").bounding_box() for year in (2004, 2009))
    page.mouse.move(low["x"] + 3, low["y"] + 20)
    page.mouse.down()
    page.mouse.move(high["x"] + 3, high["y"] + 20, steps=8)
    page.mouse.up()
    page.wait_for_url("**from=2004&to=2009**")
    assert "from 2004 to the end of 2009" in page.locator(".understood").inner_text()


def test_keys_alone_are_enough(page: Any) -> None:
    page.goto("/help")
    page.keyboard.press("/")
    page.keyboard.type("Shusha Declaration")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=Shusha+Declaration**")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.hits h2') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/speech/**")


def test_without_scripts_everything_is_there(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/?q=peace")
    page.locator("[data-year='2003']").click()
    page.wait_for_url("**year=2003**")
    page.locator(".facets a").first.click()
    page.locator(".hits h2 a").first.click()
    page.wait_for_url("**/speech/**")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_stands_out_of_the_page_and_axe_finds_nothing(
    browser: Any, address: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        base_url=address, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    page = context.new_page()
    for path in (
        "/",
        "/?q=Shusha+Declaration",
        "/?q=speeker:x",
        "/help",
        "/api/docs",
        "/kwic?q=peace",
        "/trend?q=peace",
        "/speakers",
        "/changes",
        "/saved",
        "/venues",
        "/speech/rtl",
        speech_path(HOSTILE[0]["id"]),
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, (path, found.generate_report())
    context.close()


def test_nothing_hostile_runs(page: Any) -> None:
    for path in ("/?q=peace&limit=100", speech_path(HOSTILE[0]["id"]) + "?q=peace", "/?q=<script>alert(1)</script>"):
        page.goto(path)
        assert page.title().endswith("searchkit")
        assert page.locator("img").count() == 0
