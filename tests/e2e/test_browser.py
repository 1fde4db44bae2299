"""The simulator's page and HQ's page in a real browser, with every part a real process."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.waiting import soon

CHROMIUM, DRIVER = "chromium", "chromedriver"
HOW_TO_INSTALL = "There is no Chromium with its driver: apt-get install chromium chromium-driver"
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en",
    "--window-size=1440,900",
)

START_WITHIN_S = 60.0
LI_NA = "04a1c35e2b6f80"


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[str]:
    """The address of a simulator's page; afterwards no process of it is left."""
    folder, said = tmp_path / "sim", tmp_path / "said.txt"
    command = [sys.executable, "-m", "sim", "--port", "0", "--members", "40"]
    with said.open("wb") as out:
        process = subprocess.Popen([*command, "--folder", str(folder)], stdout=out, stderr=out)
    try:
        yield soon(lambda: _address(process, said), "the simulator's address", START_WITHIN_S)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0, said.read_text()
        assert _processes_of(folder) == []
    finally:
        process.kill()
        process.wait()


def _address(process: "subprocess.Popen[bytes]", said: Path) -> str:
    assert process.poll() is None, said.read_text()
    lines = said.read_text().splitlines()
    return next((line.split(" ", 1)[1] for line in lines if line.startswith("Simulator: ")), "")


def _processes_of(folder: Path) -> list[str]:
    """Command lines that name the folder."""
    left = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in words:
            left.append(words.replace(b"\0", b" ").decode())
    return left


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    """A headless Chromium that knows nothing yet."""
    chromium, driver = shutil.which(CHROMIUM), shutil.which(DRIVER)
    if chromium is None or driver is None:
        pytest.fail(HOW_TO_INSTALL)
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path / 'chromium'}"):
        options.add_argument(switch)
    chrome = webdriver.Chrome(options, Service(driver))
    yield chrome
    chrome.quit()


class Page:
    """The simulator's page as a person uses it."""

    def __init__(self, browser: webdriver.Chrome, url: str) -> None:
        self._browser = browser
        self._url = url
        browser.get(url)
        soon(self.frame, "the kiosk's picture on the page")

    def find(self, selector: str) -> WebElement | None:
        """The first element, if there is one now."""
        found = self._browser.find_elements(By.CSS_SELECTOR, selector)
        return found[0] if found else None

    def click(self, selector: str) -> None:
        """Click an element as soon as it is there, even when the page is just drawn anew."""

        def clicked() -> bool:
            element = self.find(selector)
            try:
                if element:
                    element.click()
                return element is not None
            except StaleElementReferenceException:
                return False

        soon(clicked, f"a click on {selector}")

    def frame(self) -> str:
        """Number of the kiosk's frame that is shown; empty before the first."""
        screen = self.find("#screen")
        return str(screen.get_attribute("data-frame") or "") if screen else ""

    def pixels(self) -> str:
        """What the canvas shows, as text to compare."""
        script = "return document.getElementById('screen').toDataURL()"
        return str(self._browser.execute_script(script))

    def scene(self) -> dict[str, Any]:
        """What the kiosk shows, as text."""
        scene: dict[str, Any] = requests.get(f"{self._url}/scene", timeout=15).json()
        return scene

    def shows(self, name: str) -> bool:
        """Whether the kiosk shows this scene."""
        return bool(self.scene()["name"] == name)

    def touch(self, key: str) -> None:
        """Press a button of the kiosk with the mouse, on the picture."""
        button = next(one for one in self.scene()["buttons"] if one["key"] == key)
        screen = self._browser.find_element(By.ID, "screen")
        scale = screen.size["height"] / 1920
        x = button["x"] * scale - screen.size["width"] / 2
        y = button["y"] * scale - screen.size["height"] / 2
        actions = ActionChains(self._browser)
        actions.move_to_element_with_offset(screen, round(x), round(y)).click().perform()

    def complaints(self) -> list[str]:
        """Errors in the browser's console."""
        lines = self._browser.get_log("browser")  # type: ignore[no-untyped-call] # selenium's own
        return [line["message"] for line in lines]


def test_a_tap_a_touch_and_the_visit_at_hq(simulator: str, browser: webdriver.Chrome) -> None:
    """Otherwise a newcomer could not see the road from the card to HQ in a browser."""
    page = Page(browser, simulator)
    assert page.shows("attract")
    attract = page.pixels()

    page.click(f'.tray [data-card="{LI_NA}"]')
    soon(lambda: page.shows("home"), "the member's page")
    frame = page.frame()
    assert page.find(f'#laid [data-card="{LI_NA}"]'), "the card does not lie on the reader"
    soon(lambda: page.pixels() != attract, "the member's page on the picture")

    assert "完成" in page.scene()["texts"]
    page.touch("language")
    soon(lambda: "Done" in page.scene()["texts"], "the member's page in English")
    soon(lambda: page.frame() != frame, "the touch on the picture")

    page.click(f'#laid [data-card="{LI_NA}"]')
    soon(lambda: not page.find("#laid [data-card]"), "the card taken away")
    soon(lambda: page.find("#records li.visit"), "the visit in the list of what HQ received")
    record = page.find("#records li.visit time")
    assert record is not None
    moment = datetime.fromisoformat(str(record.get_attribute("datetime")))
    assert record.text == f"{moment.astimezone(ZoneInfo('Asia/Shanghai')):%H:%M:%S}"
    received, waiting = page.find("#received"), page.find("#waiting")
    soon(lambda: received and int(received.text) >= 1, "the count of what HQ received")
    soon(lambda: waiting and waiting.text == "0", "an empty outbox")
    assert page.complaints() == []

    link = page.find("#hq-page")
    assert link is not None
    browser.get(str(link.get_attribute("href")))
    rows = browser.find_elements(By.CSS_SELECTOR, "#records tbody tr")
    assert ["Visit Ms L." in row.text for row in rows if "Visit" in row.text] == [True]

    address = browser.current_url.partition("?")[0].rstrip("/")
    browser.get(f"{address}/answers/post_purchase/3?lang=en")
    (chart, *_) = browser.find_elements(By.CSS_SELECTOR, ".chart")
    image = chart.find_element(By.TAG_NAME, "img")
    soon(lambda: int(str(image.get_property("naturalWidth"))) > 0, "the first chart")
    soon(lambda: "drawing" not in str(chart.get_attribute("class")), "nothing in front of it")
    assert page.complaints() == []
