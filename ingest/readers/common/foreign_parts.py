"""Parts of a page that are not its article: signatures of posts, notices, offers, hints at other articles."""

from __future__ import annotations

import re
from typing import Any

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
    r"pay-?wall|subscri|app-?(?:promo|banner|download)|piano|reg-?wall|premium|membership|offer|upsell|plus-?teaser|abo(?:\b|nn)",
    re.IGNORECASE,
)
_ONLY_OFFER = re.compile(r"subscri|app-?(?:promo|banner|download)|upsell", re.IGNORECASE)
_OFFER_WORDS = re.compile(
    r"cancel (?:it )?(?:at )?any ?time|already (?:a |have a )?(?:subscri|member)"
    r"|subscribe (?:now|today|to (?:read|continue))"
    r"|your subscription|download (?:our|the) app|(?:sign|log) in here|digital edition|free trial"
    r"|a (?:week|month)\b.{0,60}(?:read|access)"
    r"|(?:read|access to) all articles|continue reading|jederzeit kündbar|bereits abonnent",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\s*(?:read (?:also|more|next|on)|also read|related(?: (?:articles?|stories|news|content|coverage))?"
    r"|(?:other|more|latest|further) (?:[\w-]+ ){0,2}(?:columns?|stories|articles?|news|headlines)"
    r"|(?:more|most) (?:read|popular|from .{1,40}|on this story)"
    r"|you (?:may|might) (?:also )?(?:like|be interested in)"
    r"|recommended(?: for you)?|don.t miss|lesen sie auch|mehr zum thema|lire aussi"
    r"|à lire aussi|lee también|leggi anche"
    r")\s*[:›»>-]?\s*",
    re.IGNORECASE,
)
_DRUPAL_TEXTS = (
    ".//*[contains(concat(' ', @class, ' '), ' field--name-body ')"
    " or contains(concat(' ', @class, ' '), ' field-name-body ')]"
)
"""The text of a page of Drupal, which trafilatura knows only by its oldest name."""

_SHORT_LINK = re.compile(r"(?:https?://)?(?:t\.co/|pic\.[\w.]+/)\S*$")
_LARGEST_PART = 0.5  # of the page's text: what holds more is no aside
_LONGEST_PART = 2500  # characters of a notice or an offer
_OFFER_PHRASES = 2  # one alone may be in an article about newspapers
_SHORT_OFFER = 160  # characters: of so short a part one is enough
_TEASER = 60  # characters of the shortest paragraph that is a teaser
_LINKED = 0.5  # of a hint's text is the name of the other article


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
    for post in body.iter("blockquote"):
        if not _POSTS.isdisjoint((post.get("class") or "").split()):
            _unsign(post)
    for hint in list(body.iter("p", "li", "h2", "h3", "h4", "h5", "div", "strong")):
        part = _hint_part(hint)
        if part is not None and len(part.text_content()) < _LARGEST_PART * total:
            _drop(part)
    _open_asides(body)
    for text in body.xpath(_DRUPAL_TEXTS):
        text.set("class", f"{text.get('class')} field-body")
    return tree


def _unsign(post: Any) -> None:  # noqa: ANN401
    """Leave the words of an embedded post: its day and account are nothing that the article says.

    The words stay, because articles are written around them.
    """
    words = post.findall(".//p")
    if not words:
        return
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
    return not _EMBEDDED.isdisjoint(names) or not _UNSEEN.isdisjoint(names)


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


def _hint_part(hint: Any) -> Any:  # noqa: ANN401
    """Return the part that only points to other articles: a line with a link, or a group with its heading."""
    text = " ".join(hint.text_content().split())
    found = _OTHERS.match(text)
    if not found:
        return None
    if found.end() < len(text):  # "Read also: The ferry stays"
        linked = " ".join(" ".join(link.text_content() for link in hint.iter("a")).split())
        of_rest = len(linked) >= _LINKED * (len(text) - found.end())
        return hint if hint.tag in {"p", "li", "strong"} and linked and of_rest else None
    part = None
    for around in list(hint.iterancestors())[:4]:
        if around.tag in {"body", "article", "main"} or around.find(".//h1") is not None:
            break
        if not " ".join(around.text_content().split()).startswith(text):
            break
        part = around if around.find(".//a") is not None else part
    return part
