"""See to it that there is a browser for the tests: exit 0 when there is one, else explain what to install.

Order: FOOTNOTE_BROWSER, a Chromium or Chrome on PATH, one that Playwright brought; then, as root on Debian
or Ubuntu, their own `chromium`; last, Playwright's download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
INSTALL_SECONDS = 600
ADVICE = (
    "No browser was found for the tests in tests/browser: install Chromium or Chrome, or name one with "
    "FOOTNOTE_BROWSER=/path/to/chrome."
)


def find_browser() -> str | None:
    """Return the path of a browser that Playwright can drive."""
    if named := os.environ.get("FOOTNOTE_BROWSER"):
        return named if Path(named).is_file() else None
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _playwrights_own()


def install() -> bool:
    """Try the ways of installing one that need no question; say whether one of them worked."""
    is_root = getattr(os, "geteuid", lambda: -1)() == 0
    if is_root and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "-qq"], env=quiet)
        if _run(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", "chromium"], env=quiet):
            return True
    return _run([sys.executable, "-m", "playwright", "install", "chromium"], env=dict(os.environ))


def main() -> int:
    """Find a browser, or install one, or explain."""
    if find_browser() or (install() and find_browser()):
        return 0
    print(ADVICE, file=sys.stderr)
    return 1


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _run(command: list[str], *, env: dict[str, str]) -> bool:
    try:
        done = subprocess.run(  # noqa: S603  # commands are written above
            command, env=env, check=False, timeout=INSTALL_SECONDS, stdout=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
