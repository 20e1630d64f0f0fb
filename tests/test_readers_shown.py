"""The text of a page as it stands there: corrections, notes, formulas, and what is not the article's."""

from __future__ import annotations

import pytest

from ingest.errors import SourceError
from ingest.readers.formats.fragments import fragment_text
from ingest.readers.formats.html_page import html_article

SENTENCE = "The town council voted on Tuesday to keep the library open until the end of next year. "

INLINE = (
    ("The count is <del>seven</del> eleven, and it stays <s>open</s> shut.",
     "The count is eleven, and it stays shut."),
    ('It is <b style="color:red; text-decoration: line-through">seven</b> eleven.', "It is eleven."),
    ('So <span class="MathJax">E</span><script type="math/tex">E=mc^2</script> holds.', "So E=mc^2 holds."),
    ("The count is <strike>seven</strike> <ins>eleven</ins>.", "The count is eleven."),
    ('Some 12 thousand<sup><a href="#n4">4</a></sup> came.', "Some 12 thousand came."),
    ('It sank in 1931<sup class="footnote-ref">2</sup> at night.', "It sank in 1931 at night."),
    ("It sank in 1931<sup>2</sup> at night.", "It sank in 1931 at night."),
    ("She had 12<sup>3</sup> children.", "She had 12 children."),
    ("The owner<sup>*</sup> paid.", "The owner paid."),
    ("There are 10<sup>6</sup> cells on 40 m<sup>2</sup>, or 10<sup>-3</sup> moles.",
     "There are 10⁶ cells on 40 m², or 10⁻³ moles."),
    ("On the 21<sup>st</sup> it rained.", "On the 21st it rained."),
    ('Some 12<a role="doc-noteref" href="#n3">3</a> came.', "Some 12 came."),
    ('Some 12<a epub:type="noteref" href="n.xhtml#n3">3</a> came.', "Some 12 came."),
    ("The <ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby> is open.", "The 港 is open."),
    ("CO<sub>2</sub> rose.", "CO2 rose."),
    ("It opens on <time datetime='2024-05-01'>1 May</time> at noon.", "It opens on 1 May at noon."),
    ("Press <button>Start</button> to begin and read the <output>green</output> light.",
     "Press Start to begin and read the green light."),
    ("Tick <label>News by post</label> in the form below.", "Tick News by post in the form below."),
    ("Run <code>make all</code>. Then <q>wait</q>, he said.", "Run make all. Then “wait”, he said."),
    ("Below <math><mfrac><mi>a</mi><mn>2</mn></mfrac><mo>+</mo><msup><mi>b</mi><mn>2</mn></msup></math> V.",
     "Below a/2 + b^2 V."),
    ("Solve <math><msqrt><mi>x</mi><mo>&lt;</mo><mn>3</mn></msqrt></math> first.", "Solve √(x < 3) first."),
)  # fmt: skip

CARD = (
    '<li><a href="/4"><img src="fox.jpg"></a><div><h3><a href="/4">A fox crossed the bridge</a></h3>'
    "<p>It was seen at noon and did not stop for anybody at all.</p></div></li>"
)
FOREIGN = (
    '<blockquote class="instagram-media"><p>View this post, it is lovely</p></blockquote>',
    '<span class="visually-hidden">The picture shows a boat at sea</span>',
    '<div id="cookie-banner"><p>We use cookies and share your choice with 80 partners.</p></div>',
    '<div class="subscribe-box"><p>Already a subscriber? Sign in here to read.</p></div>',
    '<p>Read also: <a href="/2">The ferry stays in port for a week</a></p>',
    '<div><h3>More stories</h3><ul><li><a href="/3">A fox crossed the old bridge at noon</a></li></ul></div>',
    '<div id="newsletter"><h3>Harbour mail</h3><form><input></form><p>Thanks for signing up!</p></div>',
    '<p>Sign up <a href="/mail">here</a> for our daily newsletter, free of charge.</p>',
    f"<ul>{CARD * 3}</ul>",
    '<div class="tp-modal"><p>You have read 3 free articles this month. Subscribe now.</p></div>',
)


def page(body: str) -> str:
    """Return a page with an article that ends with `body`."""
    return (
        f"<html><head><title>Library</title></head><body><article><p>{SENTENCE * 6}</p>{body}"
        f"<p>{SENTENCE * 2}</p></article></body></html>"
    )


@pytest.mark.parametrize(("written", "read"), INLINE)
def test_a_sentence_reads_as_on_the_page(written: str, read: str) -> None:
    """Struck words and note marks go, powers and formulas stay, and small controls leave no gap."""
    assert html_article(page(f"<p>{written}</p>"), "o").text.split("\n\n")[1] == read
    assert fragment_text(f"<p>{written}</p>").strip() == read


@pytest.mark.parametrize("part", FOREIGN)
def test_what_is_not_the_articles_is_not_in_its_text(part: str) -> None:
    """Posts of others, words for screen readers, notices, offers and hints can't be quoted."""
    assert html_article(page(part), "o").text == html_article(page(""), "o").text


def test_an_embedded_post_keeps_its_words_and_loses_its_signature() -> None:
    """The day of the post is no day of the article's, and a link to a picture says nothing."""
    post = (
        '<blockquote class="twitter-tweet"><p>What a day on the water! <a>pic.twitter.example/A1</a></p>'
        '— Quay (@quay) <a href="#">3 May 2023</a></blockquote>'
    )
    text = html_article(page(post), "o").text
    assert text.split("\n\n")[1] == "What a day on the water!"
    assert "2023" not in text


def test_a_post_in_a_frame_named_social_keeps_its_words() -> None:
    """Names like that are given to menus too, and what an article is written around was lost with them."""
    post = '<blockquote class="twitter-tweet"><p>What a day on the water!</p></blockquote>'
    assert "What a day" in html_article(page(f'<div class="social-media-embed">{post}</div>'), "o").text


def test_a_list_of_things_elsewhere_is_no_row_of_cards() -> None:
    """Headings with pictures that lead to other sites are what an article lists."""
    item = CARD.replace('"/4"', '"https://shop.example/4"')
    assert "A fox crossed the bridge" in html_article(page(f"<ul>{item * 3}</ul>"), "o").text


def test_what_shows_on_hovering_is_in_no_sentence() -> None:
    """The name stays, the card behind it doesn't."""
    card = '<span class="rollover-people-block"><a >Ines Okafor</a><a>Four years on</a></span>'
    text = html_article(
        page(f"<p>On Monday <span><a>Ines Okafor</a>{card}</span> spoke for an hour.</p>"), "o"
    ).text
    assert text.split("\n\n")[1] == "On Monday Ines Okafor spoke for an hour."


def test_an_article_of_others_behind_the_own_one_is_left_out() -> None:
    """It may be longer than the own one; a hint above it says what it is."""
    own = f"<article><h1>Library</h1><p>{SENTENCE * 2}</p></article>"
    other = f"<article><h3>Você pode gostar...</h3>{'<p>Outra coisa.</p>' * 60}<a>Mais</a></article>"
    assert "Outra" not in html_article(f"<html><body><div>{own}{other}</div></body></html>", "o").text


def test_the_headline_of_the_page_is_not_in_its_text() -> None:
    """Also where the page tells programs another title."""
    head = '<head><title>Library saved</title><meta property="og:title" content="Library saved"></head>'
    body = f"<article><h1>How the library was saved</h1><p>{SENTENCE * 6}</p></article>"
    found = html_article(f"<html>{head}<body>{body}</body></html>", "o")
    assert (found.title, found.text[:8]) == ("Library saved", "The town")


def test_what_a_style_sheet_strikes_out_is_left_out() -> None:
    """A class says as much as an element for struck words."""
    html = page('<p>The fire hurt <i class="gone">nine</i> six people.</p>')
    sheet = "<style>.gone { text-decoration: line-through }</style></head>"
    assert "hurt six people." in html_article(html.replace("</head>", sheet), "o").text


def test_a_paid_article_keeps_its_text_under_the_name_of_a_paywall() -> None:
    """Newspapers call the paragraphs of paid articles so; only an offer among them is left out."""
    body = f'<div class="paywall"><p>{SENTENCE}</p><p>She will cancel any time.</p></div>'
    assert "She will cancel any time." in html_article(page(body), "o").text


def test_a_page_struck_out_as_a_whole_keeps_its_text() -> None:
    """An element for struck words that was never closed is a mistake of the page."""
    assert html_article(
        f"<html><body><s><article><p>{SENTENCE * 6}</p></article></s></body></html>", "o"
    ).text


def test_a_list_in_a_cell_stands_with_its_row() -> None:
    """The second column of a table isn't lost where it is a list."""
    rows = "".join(f"<tr><td>{day}</td><td><ul><li>9 to 5</li></ul></td></tr>" for day in ("Mon", "Tue"))
    text = html_article(page(f"<table><tr><th>Day</th><th>Open</th></tr>{rows}</table>"), "o").text
    assert "Day: Mon; Open: 9 to 5\n\nDay: Tue; Open: 9 to 5" in text


def test_a_notice_is_never_taken_for_the_article() -> None:
    """The article is read where it lies in an aside, and not the longer notice about cookies."""
    notice = "We and our partners store cookies on your device. " * 10
    aside = f"<aside class='column'><h1>Choir</h1><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p></aside>"
    html = f"<html><body>{aside}<div class='cookie-notice'><p>{notice}</p></div></body></html>"
    text = html_article(html, "o").text
    assert "library open" in text
    assert "cookies" not in text


def test_a_caption_that_is_a_sentence_is_in_the_text() -> None:
    """A reader sees it and may ask about it; the credit of a picture is no sentence."""
    caption = "Some 80 boats lay in the harbour on the night of the storm."
    figure = "<figure><img src='a.jpg'><figcaption>{}</figcaption></figure>"
    assert caption in html_article(page(figure.format(caption)), "o").text
    assert (
        html_article(page(figure.format("Photo: Ines Okafor")), "o").text == html_article(page(""), "o").text
    )


def test_items_of_an_inner_list_that_are_links_stay() -> None:
    """A list of tickets is part of the article, and not a menu."""
    items = "".join(f"<li><a href='/{n}'>Gate {n} jams whenever it has rained</a></li>" for n in (1, 2))
    text = html_article(
        page(f"<ul><li>The crane works again.</li><li>Open:<ul>{items}</ul></li></ul>"), "o"
    ).text
    assert "Gate 1 jams" in text
    assert "Gate 2 jams" in text


def test_an_article_that_lies_in_noscript_is_read() -> None:
    """Where there is nothing beside it, it is what readers without scripts see."""
    article = f"<article><h1>Library</h1><noscript><p>{SENTENCE * 4}</p></noscript></article>"
    assert html_article(f"<html><body>{article}</body></html>", "o").text.startswith("The town council")


@pytest.mark.parametrize(
    "appeal", ["You need to enable JavaScript to run this app.", "JavaScript is turned off in your browser."]
)
def test_a_page_that_only_asks_for_scripts_is_refused(appeal: str) -> None:
    """Its appeal is no article, and the reason says what to do."""
    with pytest.raises(SourceError, match="only where scripts run"):
        html_article(f"<html><body><div id='root'></div><p>{appeal}</p></body></html>", "o")


PARAGRAPHS = "".join(f"<p>{SENTENCE}Paragraph {number} says so.</p>" for number in range(4))


def test_a_caption_of_old_wordpress_is_kept() -> None:
    """Before there was a figure, captions were paragraphs of a division."""
    caption = "The library, seen from the harbour on a quiet morning."
    figure = f'<div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">{caption}</p></div>'
    page = f"<html><body><article>{PARAGRAPHS}{figure}{PARAGRAPHS}</article></body></html>"
    assert caption in html_article(page, "o").text


def test_lists_and_headings_of_a_drupal_page_are_kept() -> None:
    """Its text is known by the name of its field."""
    items = f"<li>{SENTENCE}</li><li>Nobody voted against it.</li>"
    inside = f"{PARAGRAPHS}<h2>What it costs</h2><ol>{items}</ol>{PARAGRAPHS}"
    field = f'<div class="field field--name-body">{inside}</div>'
    page = f'<html><body><div class="node">{field}</div></body></html>'
    text = html_article(page, "o").text
    assert "What it costs" in text
    assert "Nobody voted against it." in text


@pytest.mark.parametrize(
    ("name", "offer"),
    [
        ("subscribe-box", "Already a subscriber? Sign in to read without limits."),
        ("app-promo", "Download our app for breaking news from your town."),
    ],
)
def test_a_short_offer_is_known_by_one_phrase(name: str, offer: str) -> None:
    """In a part that is named so; in a paragraph of the article the same words stay."""
    page = "<html><body><article>{}{}{}</article></body></html>"
    part = f'<div class="{name}"><p>{offer}</p></div>'
    assert offer not in html_article(page.format(PARAGRAPHS, part, PARAGRAPHS), "o").text
    assert offer in html_article(page.format(PARAGRAPHS, f"<p>{offer}</p>", PARAGRAPHS), "o").text
