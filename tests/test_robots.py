"""robots.txt: what it forbids is not asked, and where it can't be known nothing is (RFC 9309)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from newssite import LIMIT, FakeClock, Reply, Site, html, redirect

from ingest.fetch import Fetcher, FetchError, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(name="site")
def _site() -> Iterator[Site]:
    with Site() as site:
        site.pages |= {"/open": html("<p>open</p>"), "/shut/a": html("<p>shut</p>")}
        yield site


def allowed(fetcher: Fetcher, *urls: str) -> list[bool]:
    """Say of each address whether it was fetched."""
    return [_fetched(fetcher, url) for url in urls]


def _fetched(fetcher: Fetcher, url: str) -> bool:
    try:
        fetcher.fetch(parse_address(url), max_bytes=LIMIT)
    except FetchError as error:
        assert error.refused  # noqa: PT017  # several addresses are asked in one test
        return False
    return True


def robots(site: Site, text: str) -> None:
    """Give the site a robots.txt."""
    site.pages["/robots.txt"] = Reply(text.encode())


def test_what_is_forbidden_is_not_asked(site: Site) -> None:
    """The rules for everybody hold, and the file is fetched once a run."""
    robots(site, "User-agent: *\nDisallow: /shut\n")
    urls = [f"{site.url}/open", f"{site.url}/shut/a", f"{site.url}/x/../shut/a", f"{site.url}/open"]
    assert allowed(site.fetcher(), *urls) == [True, False, False, True]
    assert site.asked == ["/robots.txt", "/open", "/open"]


def test_rules_for_footnote_come_before_those_for_everybody(site: Site) -> None:
    """A group that names Footnote is the one that counts, in any case of letters."""
    robots(site, "User-agent: *\nDisallow: /\n\nUser-agent: footnote\nDisallow: /shut\n")
    assert allowed(site.fetcher(), f"{site.url}/open", f"{site.url}/shut/a") == [True, False]


def test_what_the_user_names_is_fetched_as_by_a_browser(site: Site) -> None:
    """robots.txt speaks to those who collect addresses: one that was typed is fetched without asking it."""
    robots(site, "User-agent: *\nDisallow: /\n")
    site.fetcher().fetch(parse_address(f"{site.url}/open"), max_bytes=LIMIT, asked=True)
    assert site.asked == ["/open"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_rules_everything_may_be_read(status: int, site: Site) -> None:
    """A robots.txt that isn't there forbids nothing (RFC 9309, 2.3.1.3)."""
    site.pages["/robots.txt"] = Reply(status=status)
    assert allowed(site.fetcher(), f"{site.url}/open") == [True]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_where_the_rules_can_not_be_known_nothing_is_read(status: int, site: Site) -> None:
    """A server in trouble is left alone (RFC 9309, 2.3.1.4), and asked for its rules no second time a run."""
    site.pages["/robots.txt"] = Reply(status=status)
    fetcher = site.fetcher(clock=FakeClock())
    assert allowed(fetcher, f"{site.url}/open", f"{site.url}/shut/a") == [False, False]
    assert site.asked == ["/robots.txt"] * 3


def test_rules_are_found_behind_redirects(site: Site) -> None:
    """Five redirects are followed to the rules, each checked as any other."""
    site.pages["/robots.txt"] = redirect("/rules")
    site.pages["/rules"] = Reply(b"User-agent: *\nDisallow: /shut\n")
    assert allowed(site.fetcher(), f"{site.url}/open", f"{site.url}/shut/a") == [True, False]
    site.pages["/robots.txt"] = redirect("http://127.0.0.1/rules")
    assert allowed(site.fetcher(), f"{site.url}/open") == [False]


def test_the_rules_of_every_host_on_the_way_count(site: Site) -> None:
    """A redirect to what the next host forbids is not followed."""
    robots(site, "User-agent: *\nDisallow: /shut\n")
    site.pages["/go"] = redirect("http://other.example/shut/a")
    assert allowed(site.public(), "http://news.example/go") == [False]
    assert "/shut/a" not in site.asked


def test_a_delay_is_kept_up_to_half_a_minute(site: Site) -> None:
    """Crawl-delay makes the pause longer, and one of an hour is cut."""
    for told, seconds in (("5", 5.0), ("3600", 30.0), ("0.1", 1.0), ("x", 1.0)):
        robots(site, f"User-agent: *\nCrawl-delay: {told}\n")
        clock = FakeClock()
        allowed(site.fetcher(pause=1.0, clock=clock), f"{site.url}/open", f"{site.url}/open")
        assert clock.waits == [1.0, seconds]  # the first after robots.txt itself


def test_rules_of_any_bytes_are_read(site: Site) -> None:
    """What is no text forbids nothing, and rules beyond the first 500 KiB are not looked for."""
    site.pages["/robots.txt"] = Reply(b"\xff\xfe\x00" * 1000)
    assert allowed(site.fetcher(), f"{site.url}/open") == [True]
    robots(site, "# " + "a" * 600_000 + "\nUser-agent: *\nDisallow: /\n")
    assert allowed(site.fetcher(), f"{site.url}/open") == [True]
