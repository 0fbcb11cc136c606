"""A headless Chromium that opens pages from disk and tells what it was asked to load and to complain of.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import shutil
import tempfile
import time

import pytest

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys  # noqa: F401, for the tests
except ImportError:  # each test says that it is skipped: none may be missing from the count
    webdriver = Keys = None

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-default-apps", "--disable-extensions", "--force-color-profile=srgb",
         "--window-size=1440,1040"]
MISSING = [name for name, found in (("chromium", CHROMIUM), ("chromedriver", DRIVER), ("selenium", webdriver))
           if not found]
needs_chromium = pytest.mark.skipif(bool(MISSING), reason=f"no browser: {', '.join(MISSING)} not installed")


@pytest.fixture(scope="module")
def chromium():
    browser = Browser()
    yield browser
    browser.close()


def roles(browser):
    """Address -> role, as the page sees it in the end."""
    return browser.js("""const {data, story} = hostgraph;
        return Object.fromEntries(data.hosts.id.map((id, h) => [id, story.role(h, null)]))""")


class Browser:
    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="hostgraph-browser-")
        options = Options()
        options.binary_location = CHROMIUM
        for flag in [*FLAGS, f"--user-data-dir={self.profile}"]:
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service(DRIVER), options=options)
        self.driver.get("about:blank")

    def close(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def open(self, path):
        self.complaints()
        self.requests()
        self.driver.get(path.as_uri())
        self.wait("return Boolean(window.hostgraph)")
        self.wait("return hostgraph.map.isSettled() && hostgraph.map.drawn() > 0 || "
                  "hostgraph.data.hostCount === 0")
        return self

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait(self, script, *arguments, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            value = self.js(script, *arguments)
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError(f"still not so: {script}")

    def find(self, selector):
        return self.driver.find_element("css selector", selector)

    def all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def text(self, selector):
        return self.js("return document.querySelector(arguments[0]).textContent", selector)

    def host(self, address):
        return self.js("return hostgraph.data.host(arguments[0])", address)

    def click_node(self, address):
        """Clicks where the host is drawn."""
        x, y = self.js("""
            const node = hostgraph.view.nodeOf(hostgraph.data.host(arguments[0]));
            const {transform} = hostgraph.map.frame();
            const box = document.getElementById("map").getBoundingClientRect();
            return [box.left + node.x * transform.k + transform.x, box.top + node.y * transform.k + transform.y];
            """, address)
        ActionChains(self.driver, duration=20).move_by_offset(0, 0).perform()
        action = ActionChains(self.driver, duration=20)
        action.w3c_actions.pointer_action.move_to_location(round(x), round(y))
        action.w3c_actions.pointer_action.click()
        action.perform()

    def keys(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def complaints(self):
        """What the console said since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Addresses that were asked for since."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            # What the browser's own first tab asked for is none of the page's.
            if (message["method"] == "Network.requestWillBeSent"
                    and not message["params"]["documentURL"].startswith("chrome:")):
                found.append(message["params"]["request"]["url"])
        return found

    def assert_quiet(self, path):
        """It loaded itself, nothing else, and the console stayed empty."""
        complaints, requests = self.complaints(), self.requests()
        assert complaints == [], complaints
        assert requests == [path.as_uri()], requests
