"""What is said in a conversation and is nothing to search for: thanks, and remarks on the answer before.

"Thanks" asks nothing. "Say it shorter", "give me the source" and "are you sure?" ask for something that no
article has; the reader is told where it stands on the page. So do "tell me a joke" and "write a thank-you
note", which ask for a text to be invented. A question that only begins like that, "give me the source of the
Danube", is searched.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Remark(Enum):
    """What a text is that is not searched."""

    COURTESY = "courtesy"
    WORDING = "wording"
    SOURCES = "sources"
    DOUBT = "doubt"
    TASK = "task"


NOTICES: Mapping[Remark, str] = {
    Remark.COURTESY: "That asks nothing. Ask something about your articles.",
    Remark.WORDING: (
        "What was answered is not put in other words. The first sentence of an answer is the decisive one; "
        "to get less, more or something else, ask about one point."
    ),
    Remark.SOURCES: (
        "The sources stand with the answer. Each number, like [1], is one: the sentence word for word, with "
        "its article, paper and date. In the chat a click on the number opens the article at that sentence."
    ),
    Remark.DOUBT: (
        "An answer rests on what your articles say, on nothing else. Each number, like [1], is the sentence "
        "that it rests on; read it in its article to judge. Whether the article is right is not checked, but "
        "where articles differ, the answer says so."
    ),
    Remark.TASK: "Footnote invents no texts: it answers from your articles. Ask what they say of something.",
}
"""What the reader is told instead of an answer."""


def only_remarked(notices: Iterable[str]) -> bool:
    """Say whether the notices of an answer tell that nothing was asked, so that nothing was searched."""
    return not set(NOTICES.values()).isdisjoint(notices)


COURTESIES = r"ok|okay|got it|i see|thanks|thank you|great|hi|hello there|hello|i understand"
"""What stands before many a question, too."""

# Groups are atomic, longer wordings first: what matched is not tried again, so that no text takes long.
_COURTESY = re.compile(
    r"^\W*(?>(?:"
    r"(?:thanks|thank you) (?:a lot|very much|so much|for (?:your|the|that)(?: (?:help|answer))?)|"
    r"good (?:morning|afternoon|evening|night|bye|job|work|answer)|how are you(?: (?:doing|today))?|"
    r"that(?:['’]s| is) (?:all(?: i needed)?|it|fine|good|great|right|helpful|interesting|clear|correct)|"
    r"that helps(?: a lot)?|makes sense|of course|you(?:['’]re| are) welcome|never ?mind|see you|well done|"
    r"very (?:good|nice|helpful|much|well|interesting)|no problem|all right|uh[- ]?huh|"
    rf"{COURTESIES}|hey|yes|yeah|yep|yup|no|nope|sure|right|exactly|correct|indeed|perfect|good|fine|nice|cool|"
    r"super|excellent|wonderful|awesome|understood|agreed|alright|please|cheers|goodbye|bye|interesting|hm+|wow"
    r")\b\W*)+$",
    re.IGNORECASE,
)

_SO = r"(?:it|this|that)"
_ANSWER = r"(?:(?:the|your|that|this) (?:last |previous )?(?:answer|text|response|reply|summary))"
_IT = rf"(?:{_SO}|{_ANSWER})"
_BEFORE = rf"(?>(?:(?:{COURTESIES}|but|and|so|well|hm+|no|yes|sorry|please|now|then)\b[,.! ]*)*)"
_YOU = (
    r"(?:(?:can|could|would|will) you (?:please )?|(?:can|could|may) i (?:please )?(?:get|have|see) |"
    r"i (?:want|need) )?"
)
_AFTER = r"(?:,? (?:please|again|for me|then|now))*"
_REWORD = (
    r"(?:rephrase|reword|rewrite|repeat|shorten|simplify|summari[sz]e|condense|translate|paraphrase|sum up)"
)
_PUT = rf"(?:say|put|phrase|write|make|tell me|give me|explain|express|{_REWORD})"
_LANGUAGES = (
    r"(?:english|german|french|spanish|italian|portuguese|dutch|polish|russian|ukrainian|turkish|arabic|"
    r"chinese|japanese|korean|hindi|swedish|danish|norwegian|finnish|czech|greek)"
)
_SHORTER = r"(?:a (?:bit|little) |even |much )?(?:shorter|briefer|simpler|clearer|longer|easier)"
_HOW = (
    rf"(?:{_SHORTER}|more (?:simply|briefly|clearly|concise(?:ly)?|detailed)|in (?:short|brief)|"
    r"in (?:a|one|two|three|\d+) (?:\w+ )?(?:words?|sentences?|lines?|paragraphs?)|"
    r"(?:in )?(?:other|simpler|simple|plain|fewer|your own) (?:words|terms|english|language)|"
    rf"(?:in|to|into) {_LANGUAGES}|briefly|simply|again|as (?:a|bullet) (?:list|points|table|bullets))"
)
_VERSION = (
    r"(?:(?:the |a )?(?:short|shorter|brief|briefer|simple|simpler|longer) (?:version|answer|summary)|"
    r"(?:a )?summary)"
)
_THE = r"(?:the|your|its|that)"
_SOURCE = r"(?:sources?|references?|citations?|footnotes?)"
_PROOF = rf"(?:{_SOURCE}|links?|evidence|proof)"
_OF_IT = rf"(?: (?:for|of) {_IT})?"
_SOME = r"(?:a|an|another|some|my)(?: (?!of\b)[\w-]+){0,3} "
_JOKE = r"(?:jokes?|riddles?|rhymes?|limericks?)"
_SONG = r"(?:poems?|songs?|haikus?)"
_PAPER = (
    r"(?:notes?|letters?|e-?mails?|cards?|invitations?|toasts?|speech(?:es)?|essays?|r[ée]sum[ée]s?|tweets?)"
)
_WORDINGS: Mapping[Remark, tuple[str, ...]] = {
    Remark.WORDING: (
        rf"{_YOU}(?:{_PUT} )?{_IT}(?: {_HOW})+",
        rf"{_YOU}{_PUT} {_HOW}",
        rf"{_YOU}{_REWORD}(?: {_IT})?(?: up)?",
        rf"{_SHORTER}|in (?:short|brief|other words|simple terms|plain english)",
        rf"{_YOU}(?:(?:give|write)(?: me)? )?{_VERSION}",
        r"tl;?dr|too long|(?:be|keep it) (?:brief|short)(?:er)?",
    ),
    Remark.SOURCES: (
        rf"{_YOU}(?:give|show|send|name|list|cite)(?: me)? (?:all )?(?:(?:{_THE}|a|any) )?{_PROOF}{_OF_IT}",
        rf"{_YOU}(?:(?:{_THE}|a) )?{_SOURCE}{_OF_IT}",
        rf"(?:what|which|where)(?: is| are| was| were|['’]s) (?:{_THE} {_PROOF}{_OF_IT}|{_PROOF} for {_IT})",
        rf"where (?:did|do) you (?:get|have|find|take|read) {_IT}(?: from)?",
        r"where (?:is|does) (?:this|that) (?:information|claim|answer|figure)(?: (?:come|taken))? from",
        r"which (?:article|source|paper) (?:is|was) (?:this|that) (?:from|in)",
        rf"(?:do you have|is there) (?:(?:a|any|the) )?{_PROOF}{_OF_IT}",
        r"says who|who says so",
    ),
    Remark.DOUBT: (
        rf"are you (?:really |quite |absolutely |so )?(?:sure|certain|positive)(?: (?:about|of) {_IT})?",
        rf"how (?:sure|certain|confident) are you(?: (?:about|of) {_IT})?",
        rf"(?:is|was) {_IT} (?:really |actually )?(?:true|correct|right|so|accurate|certain)",
        rf"why (?:do|did|would) you (?:say|think|believe|claim|answer) (?:so|{_IT})",
        rf"how (?:do|can|did) you know(?: {_IT})?",
        rf"(?:can|should|may) i (?:trust|believe) (?:you|{_IT})",
        r"prove it|really|seriously",
        rf"(?:{_IT}|you)(?:['’]s|['’]re| is| are) (?:wrong|incorrect|nonsense|mistaken|false|not true)",
        rf"{_IT} (?:can['’]t be|cannot be|isn['’]t) (?:right|true|correct)",
        rf"did you make {_SO} up|i (?:don['’]t|do not|can['’]t) believe (?:you|{_SO})|i doubt {_SO}",
    ),
    Remark.TASK: (
        rf"{_YOU}(?:tell|make|write)(?: me| us)?(?: up)? {_SOME}{_JOKE}(?: (?:about|for) .+)?",
        rf"{_YOU}(?:write|sing|compose)(?: me| us)? {_SOME}{_SONG}(?: (?:about|for) .+)?",
        rf"{_YOU}(?:write|draft|compose)(?: me| us)? {_SOME}{_PAPER}(?: (?:for|to) .+)?",
    ),
}
_ABOUT = {
    kind: re.compile(rf"^\W*{_BEFORE}(?:{'|'.join(wordings)}){_AFTER}\W*$", re.IGNORECASE)
    for kind, wordings in _WORDINGS.items()
}
LONGEST = 100
"""Characters of the longest remark on an answer that is looked for."""


def remark_in(text: str) -> Remark | None:
    """Return what a text is that asks for nothing in the articles; None for whatever is to be searched."""
    if _COURTESY.match(text):
        return Remark.COURTESY
    if len(text) > LONGEST:
        return None
    return next((kind for kind, wording in _ABOUT.items() if wording.match(text)), None)
