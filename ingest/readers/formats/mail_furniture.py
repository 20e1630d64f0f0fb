"""What newsletters put around their text: a link to the browser above it, the way out of the list below."""

from __future__ import annotations

import re

_MOST_ABOVE, _MOST_BELOW = 3, 8  # paragraphs; below stand address, rights, preferences and the like
_LONGEST = 40  # words of a paragraph that can be one of these

_ABOVE = re.compile(
    r"(?:(?:view|read|open|see)\b.{0,40}\b(?:browser|online)"
    r"|.{0,40}\btrouble (?:viewing|reading|seeing)\b.{0,80}"
    r"|(?:im|in) browser (?:ansehen|anzeigen|lesen)"
    r"|(?:voir|lire|afficher)\b.{0,40}\b(?:en ligne|navigateur)"
    r"|ver\b.{0,40}\bnavegador)\W*",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"(?:^|[|·•]\s?|\b(?:to|can|may)\s)unsubscribe(?=$|\s?[|·•.,]|\s(?:here|from|at any time))"
    r"|^you(?:['’]re|\sare|\shave)?\s(?:receive|received|receiving|getting|get)\s(?:this|our|these)\b"
    r"|^this\s(?:e-?mail|newsletter|message)\swas\ssent\sto\b"
    r"|^(?:manage|update|change)\s(?:your\s)?(?:e-?mail\s)?(?:preferences|subscription)"
    r"|^(?:newsletter\s)?(?:abmelden|abbestellen)\b|^se\sdésabonner\b|^se\sdésinscrire\b|^darse\sde\sbaja\b",
    re.IGNORECASE,
)


def without_furniture(text: str) -> str:
    """Return the text of an email without what stands above and below it; a text of nothing else stays."""
    paragraphs = text.strip().split("\n\n")
    start = 0
    for number, paragraph in enumerate(paragraphs[:_MOST_ABOVE]):
        if _ABOVE.fullmatch(" ".join(paragraph.split())[:200]):
            start = number + 1
    end = len(paragraphs)
    for number in range(len(paragraphs) - 1, max(start, len(paragraphs) - _MOST_BELOW) - 1, -1):
        words = paragraphs[number].split()
        if len(words) > _LONGEST:
            break
        if _BELOW.search(" ".join(words)):
            end = number
    rest = "\n\n".join(paragraphs[start:end])
    return rest if any(character.isalnum() for character in rest) else text
