"""Parts of a page that are not its article: signatures of posts, notices, offers, hints at other articles."""

from __future__ import annotations

import re
from typing import Any

from ingest.readers.common.other_articles import is_beside, other_articles

_POSTS = frozenset({"twitter-tweet", "twitter-video", "bluesky-embed", "mastodon-embed", "text-post-media"})
_EMBEDDED = frozenset({
    "instagram-media", "tiktok-embed", "fb-post", "fb-video", "reddit-embed-bq", "reddit-card",
    "imgur-embed-pub", "telegram-post",
})  # fmt: skip
_UNSEEN = frozenset({
    "sr-only", "screen-reader-text", "screen-reader-only", "screenreader", "visually-hidden",
    "visuallyhidden", "u-visually-hidden", "a11y-hidden", "element-invisible", "offscreen",
    "print-only", "print-only-text",
})  # fmt: skip
_NOTICE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|gdpr|onetrust|cookiebot|didomi|consent)(?:[\s_-](?:consent|banner|notice|bar|policy|popup"
    r"|dialog|message|overlay|wall|law|sdk|box|container))*(?:$|\s)|^(?:onetrust|didomi|usercentrics|cybot)",
    re.IGNORECASE,
)
_NOTICE_WORDS = re.compile(r"cookie|consent|partners|personal data|legitimate interest", re.IGNORECASE)
_OFFER = re.compile(
    r"pay-?wall|subscri|app-?(?:promo|banner|download)|piano|reg-?wall|premium|membership|offer|upsell|plus-?teaser|abo(?:\b|nn)"
    r"|(?:^|[\s_-])(?:modal|meter|gate|lock)",
    re.IGNORECASE,
)
_ONLY_OFFER = re.compile(r"subscri|app-?(?:promo|banner|download)|upsell", re.IGNORECASE)
_OFFER_WORDS = re.compile(
    r"cancel (?:it )?(?:at )?any ?time|already (?:a |have a )?(?:subscri|member)"
    r"|subscribe (?:now|today|to (?:read|continue))"
    r"|your subscription|download (?:our|the) app|(?:sign|log) in here|digital edition|free trial"
    r"|a (?:week|month)\b.{0,60}(?:read|access)"
    r"|free (?:articles?|stories) (?:this month|left|remaining)|articles? (?:left|remaining)"
    r"|(?:read|access to) all articles|continue reading|jederzeit kündbar|bereits abonnent",
    re.IGNORECASE,
)
_DRUPAL_TEXTS = (
    ".//*[contains(concat(' ', @class, ' '), ' field--name-body ')"
    " or contains(concat(' ', @class, ' '), ' field-name-body ')]"
)
"""The text of a page of Drupal, which trafilatura knows only by its oldest name."""

_SIGN_UP = re.compile(r"(?:^|[\s_-])(?:newsletter|sign-?up|mailing-?list)", re.IGNORECASE)
_HOVERING = re.compile(
    r"(?:^|[\s_-])(?:tool-?tip|pop-?over|rollover|hover-?card)[\w-]*[_-]?(?:text|content|block|body|box|inner|card)(?:$|\s)",
    re.IGNORECASE,
)
"""Within a sentence: what is shown only while a pointer rests on a name."""

_APPEAL = re.compile(
    r"(?:please )?(?:click here to |sign up |subscribe |join |get |want )(?=.{0,120}"
    r"\b(?:newsletters?|inbox|subscri\w+|whatsapp|telegram|mailing list)\b)",
    re.IGNORECASE,
)
_LONGEST_APPEAL = 160  # characters
_SHORT_LINK = re.compile(r"(?:https?://)?(?:t\.co/|pic\.[\w.]+/)\S*$")
_LARGEST_PART = 0.5  # of the page's text: what holds more is no aside
_LONGEST_PART = 2500  # characters of a notice or an offer
_OFFER_PHRASES = 2  # one alone may be in an article about newspapers
_SHORT_OFFER = 160  # characters: of so short a part one is enough
_TEASER = 60  # characters of the shortest paragraph that is a teaser


def drop_foreign(tree: Any) -> Any:  # noqa: ANN401  # lxml has no types
    """Take out of a tree what is not its article; return the tree."""
    body = tree.find("body") if tree.tag != "body" else tree
    if body is None:
        return tree
    total = len(body.text_content())
    for element in body.xpath(".//*[@class or @id]"):
        is_small = len(element.text_content()) < _LARGEST_PART * total
        is_offer = _is_offer(element) and _has_other_text(body, element)
        if is_offer or _is_notice(element) or (is_small and _is_foreign(element)):
            _drop(element)
    for part in other_articles(body):
        if len(part.text_content()) < _LARGEST_PART * total or is_beside(part):
            _drop(part)
    _drop_appeals(body)
    _unsign_posts(body)
    _open_asides(body)
    for text in body.xpath(_DRUPAL_TEXTS):
        text.set("class", f"{text.get('class')} field-body")
    return tree


def _drop_appeals(body: Any) -> None:  # noqa: ANN401
    for line in list(body.iter("p", "h2", "h3", "h4", "li")):
        if _is_appeal(line):
            _drop(line)


def _unsign_posts(body: Any) -> None:  # noqa: ANN401
    for post in body.iter("blockquote"):
        if not _POSTS.isdisjoint((post.get("class") or "").split()):
            _unsign(post)


def _unsign(post: Any) -> None:  # noqa: ANN401
    """Leave the words of an embedded post: its day and account are nothing that the article says.

    The words stay, because articles are written around them.
    """
    words = post.findall(".//p")
    if not words:
        return
    shown = post.text_content().split()
    for around in post.iterancestors("div", "figure", "section"):
        if around.text_content().split() != shown:
            break
        around.tag = "div"
        around.attrib.clear()  # names like `social-embed` are taken for menus
    words[-1].tail = None
    for sibling in list(words[-1].itersiblings()):
        sibling.drop_tree()
    for link in [one for word in words for one in word.iter("a")]:
        if _SHORT_LINK.match(link.text_content().strip()):
            link.drop_tree()


def _open_asides(body: Any) -> None:  # noqa: ANN401
    """Call an aside that holds most of the page a division: trafilatura passes asides over."""
    total = len(body.text_content())
    for aside in body.iter("aside"):
        if len(aside.text_content()) > _LARGEST_PART * total:
            aside.tag = "div"


def _drop(element: Any) -> None:  # noqa: ANN401
    if element.getparent() is not None:
        element.drop_tree()


def _is_foreign(element: Any) -> bool:  # noqa: ANN401
    names = (element.get("class") or "").split()
    if not _EMBEDDED.isdisjoint(names) or not _UNSEEN.isdisjoint(names):
        return True
    if element.tag == "span" and _HOVERING.search(element.get("class") or ""):
        return True
    asks = any(_SIGN_UP.search(element.get(name) or "") for name in ("class", "id"))
    return asks and len(element.text_content()) < _LONGEST_PART and element.find(".//form") is not None


def _is_appeal(line: Any) -> bool:  # noqa: ANN401
    """Say whether a line asks to subscribe to a newsletter or a channel, and leads there."""
    text = " ".join(line.text_content().split())
    return len(text) < _LONGEST_APPEAL and bool(_APPEAL.match(text)) and line.find(".//a") is not None


def _is_offer(element: Any) -> bool:  # noqa: ANN401
    """Say whether an element offers a subscription; parts of a paid article carry such names too."""
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not _OFFER.search(name):
        return False
    text = element.text_content()
    phrases = len(set(_OFFER_WORDS.findall(text)))
    is_short = len(text) < _SHORT_OFFER and _ONLY_OFFER.search(name) is not None
    return len(text) < _LONGEST_PART and phrases >= (1 if is_short else _OFFER_PHRASES)


def _has_other_text(body: Any, element: Any) -> bool:  # noqa: ANN401
    """Say whether there is a paragraph outside an element: a teaser inside an offer must not go with it."""
    inside = set(element.iter("p"))
    return any(len(one.text_content()) > _TEASER for one in body.iter("p") if one not in inside)


def _is_notice(element: Any) -> bool:  # noqa: ANN401
    """Say whether an element asks for consent; on a short page it may be most of the text."""
    if not any(_NOTICE.search(element.get(name) or "") for name in ("class", "id")):
        return False
    text = element.text_content()
    return len(text) < _LONGEST_PART and len(set(map(str.lower, _NOTICE_WORDS.findall(text)))) > 1
