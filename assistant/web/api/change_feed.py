"""The Atom feed of a person's kept questions, under /api, so that the rules for programs hold for it too."""

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from assistant.rendering.change_feed import changes_feed
from assistant.store.conversations import Conversations
from assistant.web.access.guard import LOCAL, person_of
from assistant.web.api.http_api import FAULTS
from assistant.web.chat.withholding import SeenQuestions, conversations_of

if TYPE_CHECKING:
    from assistant.web.chat.service import ChatService

ABOUT = (
    "The answers to one's own kept questions that have changed, the latest first, as an Atom feed: each "
    "entry has the sentence before and the sentence now."
)
ATOM = "application/atom+xml"
# No postponed annotations in this file: FastAPI reads them.


def feed_routes(service: "ChatService") -> APIRouter:
    """Return the endpoint of the feed."""
    api = APIRouter(prefix="/api", tags=["programs"], responses=FAULTS)

    @api.get(
        "/changes.atom",
        description=ABOUT,
        operation_id="changes",
        response_class=Response,
        responses={200: {"content": {ATOM: {"schema": {"type": "string"}}}, "description": "The feed."}},
    )
    def changes(request: Request) -> Response:
        person = person_of(request)
        seen = service.seen_by(person.sees)
        local = person == LOCAL
        conversations = Conversations(seen.library) if local else conversations_of(person, seen)
        kept = SeenQuestions(seen, conversations)
        return Response(changes_feed(kept.changes()), media_type=ATOM, headers={"cache-control": "no-store"})

    return api
