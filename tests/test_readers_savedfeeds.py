"""Feeds saved as files: what they hold of each entry is an article, and nothing is fetched."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ingest.article import Article
from ingest.readers import iter_source
from ingest.readers.common.items import Listed, ReadOptions
from ingest.readers.web.saved_feeds import NO_ENTRY_TEXT, NO_FEED
from ingest.readers.web.web_document import DOCTYPE
from ingest.report import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.readers.common.items import Item

FEED = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Harbour Post</title><language>en-GB</language>
<item><title>Bridge closed</title><link>https://post.example/bridge</link>
<pubDate>Tue, 03 Mar 2026 08:30:00 GMT</pubDate><author>Ann Author</author><category>Traffic</category>
<description>The bridge is closed.</description>
<content:encoded><![CDATA[<p>The bridge is closed.</p><img src="http://127.0.0.1:9/"><p>Trams stop.</p>]]>
</content:encoded></item>
<item><title>Only a title</title><link>https://post.example/title</link></item>
<item><title>Tram</title><description>The tram runs again.</description></item>
</channel></rss>"""


def read(path: Path, text: str) -> list[Item]:
    """Write a file and read it."""
    path.write_text(text, "utf-8")
    return list(iter_source(path, ReadOptions(1_000_000)))


@pytest.mark.parametrize("suffix", [".rss", ".xml", ".atom"])
def test_every_entry_with_text_is_an_article(tmp_path: Path, suffix: str) -> None:
    """Text, title, day, author, section and address come from the entry; one without text is named."""
    path = tmp_path / f"saved{suffix}"
    bridge, untold, tram, end = read(path, FEED)
    assert bridge == Article(
        "The bridge is closed.\n\nTrams stop.",
        "Bridge closed",
        f"{path}#1",
        published=date(2026, 3, 3),
        source="The Harbour Post",
        url="https://post.example/bridge",
        authors=("Ann Author",),
        language="en",
        section="Traffic",
    )
    assert untold == Failure(f"{path}#2", NO_ENTRY_TEXT)
    assert isinstance(tram, Article)
    assert (tram.text, tram.url, tram.source) == ("The tram runs again.", None, "The Harbour Post")
    assert end == Listed(str(path), complete=True)


def test_other_xml_is_named_as_such(tmp_path: Path) -> None:
    """A list of parts is no article, and a sitemap without its site is none either."""
    path = tmp_path / "a.xml"
    assert read(path, "<?xml version='1.0'?><parts><part>Screw</part></parts>") == [
        Failure(str(path), NO_FEED)
    ]
    assert read(path, "<urlset><url><loc>https://a.example/</loc></url></urlset>") == [
        Failure(str(path), NO_FEED)
    ]


def test_entities_are_refused(tmp_path: Path) -> None:
    """A feed that declares a document type is for attacks: none of it is read, nothing is opened (case 7)."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    path = tmp_path / "a.rss"
    declared = f"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{secret}'>]><rss><channel><item>"
    attack = f"<?xml version='1.0'?>{declared}<description>&x;</description></item></channel></rss>"
    assert read(path, attack) == [Failure(str(path), f"It is refused. {DOCTYPE}")]


def test_a_page_that_is_called_xml_is_read_as_a_page(tmp_path: Path) -> None:
    """XHTML is also served and saved as .xml; the beginning decides."""
    paragraph = "The bridge over the harbour is closed until the end of the week, the mayor said. " * 5
    page = f'<?xml version="1.0"?><html><body><article><p>{paragraph}</p></article></body></html>'
    (article,) = [item for item in read(tmp_path / "a.xml", page) if isinstance(item, Article)]
    assert article.text.startswith("The bridge over the harbour")
