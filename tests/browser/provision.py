"""Finds the Chromium that the browser tests drive, and installs one where there is none.

Run as a program it sees to it that there is a browser, or fails saying what to install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ADVICE = """
Webbläsartesterna behöver Chromium eller Chrome, och det gick inte att installera här.
Installera en av dem så att den finns på PATH:
  Debian, Ubuntu:  sudo apt-get install chromium
  Fedora:          sudo dnf install chromium
  macOS:           brew install --cask google-chrome
"""


def executable() -> Path | None:
    """The browser to drive: one on PATH, else the one Playwright has downloaded, else None."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    if MAC_CHROME.is_file():
        return MAC_CHROME
    with sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    return downloaded if downloaded.is_file() else None


def install_from_debian(package: str) -> None:
    """Installs a package of Debian's, where that can be done."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        subprocess.run(["apt-get", "--quiet", *arguments], env=quiet, check=False)


def _from_debian() -> None:
    install_from_debian("chromium")


def _download() -> None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    """Leaves a browser in place; exits with advice where no way to get one works."""
    for attempt in (_from_debian, _download):
        if executable() is None:
            attempt()
    found = executable()
    if found is None:
        sys.exit(ADVICE)
    print(f"Browser for the tests: {found}")


if __name__ == "__main__":
    main()
