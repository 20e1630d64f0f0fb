"""The endpoints for programs under /api: what `operations` offers, over HTTP, with a schema to read."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from assistant.web.access.guard import person_of
from assistant.web.api import schemas, story_schemas
from assistant.web.api.disconnects import answer_or_nobody
from assistant.web.api.operations import OFFERS, Programs, UnknownArticleError
from assistant.web.chat.gate import BusyError
from ingest import FootnoteError, LibraryAwayError, QuestionError

if TYPE_CHECKING:
    from fastapi import FastAPI

SCHEMA_PATH = "/api/openapi.json"
RETRY_SECONDS = 2  # a question takes less in quotations; clients add to it by themselves
OFFER_TEXTS = {offer.name: offer.about for offer in OFFERS}
WHEN = {
    400: "What was sent can't be used.",
    404: "There is nothing of this name.",
    422: "A field of what was sent is not as described here.",
    500: "The library can't be used; the message says what to do.",
    503: "Too many questions are waiting, or the database is away; `Retry-After` says when to ask again.",
}
FAULTS: dict[int | str, dict[str, Any]] = {
    status: {"model": schemas.FaultOut, "description": when} for status, when in WHEN.items()
}
# No postponed annotations in this file: FastAPI reads them.


def api_routes(programs: Programs) -> APIRouter:
    """Return the endpoints."""
    api = APIRouter(prefix="/api", tags=["programs"], responses=FAULTS)

    def own(request: Request) -> Programs:
        return programs.of(person_of(request))

    @api.post("/ask", description=OFFER_TEXTS["ask"], operation_id="ask", response_model=schemas.AnswerOut)
    async def ask(request: Request, given: schemas.Ask) -> schemas.AnswerOut | Response:
        return await answer_or_nobody(request, own(request).ask(given))

    @api.post(
        "/check",
        description=OFFER_TEXTS["check_draft"],
        operation_id="check_draft",
        response_model=schemas.CheckOut,
    )
    async def check(request: Request, given: schemas.Check) -> schemas.CheckOut | Response:
        return await answer_or_nobody(request, own(request).check(given))

    @api.get("/timeline", description=OFFER_TEXTS["timeline"], operation_id="timeline")
    def timeline(
        request: Request, given: Annotated[story_schemas.StoryIn, Query()]
    ) -> story_schemas.TimelineOut:
        return own(request).timeline(given)

    @api.get("/who-said-what", description=OFFER_TEXTS["who_said_what"], operation_id="who_said_what")
    def who_said_what(
        request: Request, given: Annotated[story_schemas.StoryIn, Query()]
    ) -> story_schemas.WhoSaidWhatOut:
        return own(request).who_said_what(given)

    @api.post("/had-this", description=OFFER_TEXTS["had_this"], operation_id="had_this")
    def had_this(request: Request, given: story_schemas.HadThisIn) -> story_schemas.HadThisOut:
        return own(request).had_this(given)

    @api.get("/search", description=OFFER_TEXTS["search"], operation_id="search")
    def search(request: Request, given: Annotated[schemas.Search, Query()]) -> schemas.SearchOut:
        return own(request).search(given)

    @api.get("/articles", description=OFFER_TEXTS["articles"], operation_id="articles")
    def articles(request: Request, given: Annotated[schemas.Listing, Query()]) -> schemas.ListOut:
        return own(request).articles(given)

    @api.get("/articles/{article_id}", description=OFFER_TEXTS["article"], operation_id="article")
    def article(request: Request, article_id: str, version: str | None = None) -> schemas.ArticleOut:
        return own(request).article(schemas.Read.model_construct(id=article_id, version=version))

    return api


class Nothing:
    """The answer for all other requests to our own paths, which the framework would else look at.

    Plain ASGI, so that it is asked whatever the method is, one that is made up too.
    """

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes = [route for route in routes if isinstance(route, Route)]

    def router(self) -> APIRouter:
        """Return what has to be asked after all endpoints."""
        found = APIRouter(include_in_schema=False)
        for path in (*(route.path for route in self._routes), "/api/{rest:path}", "/v1/{rest:path}"):
            found.routes.append(Route(path, self))
        return found

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse one request: its method where there is something at its address, else the address."""
        if methods := self._methods(scope):
            allowed = ", ".join(sorted(methods))
            refused = error_response(
                405, f"This address takes {allowed}; see {SCHEMA_PATH}.", {"allow": allowed}
            )
        else:
            refused = error_response(404, f"There is nothing for this address; see {SCHEMA_PATH}.")
        await refused(scope, receive, send)

    def _methods(self, scope: Scope) -> set[str]:
        near = (route for route in self._routes if route.matches(scope)[0] is Match.PARTIAL)
        return {method for route in near for method in route.methods or ()}


def explain_errors(app: "FastAPI") -> None:
    """Make every error of the endpoints one sentence in the form that OpenAI's clients know."""

    @app.exception_handler(RequestValidationError)
    async def _wrong(_: Request, error: RequestValidationError) -> JSONResponse:
        return error_response(422, f"The request can't be used: {faults(error.errors())}.")

    @app.exception_handler(HTTPException)
    async def _refused(_: Request, error: HTTPException) -> JSONResponse:
        # the framework's, as for a torn body; of a method that is refused it says which are not
        return error_response(error.status_code, f"{error.detail}.", error.headers)

    @app.exception_handler(FootnoteError)
    async def _ours(_: Request, error: FootnoteError) -> JSONResponse:
        return error_response(status_of(error), str(error))


def status_of(error: FootnoteError) -> int:
    """Return the HTTP status that says whose fault it is."""
    if isinstance(error, QuestionError):
        return 404 if isinstance(error, UnknownArticleError) else 400
    return 503 if isinstance(error, BusyError | LibraryAwayError) else 500


def error_response(status: int, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return an error; one that goes away by itself says when to try again."""
    if status in {429, 503}:
        headers = {"retry-after": str(RETRY_SECONDS), **(headers or {})}
    kind = "invalid_request_error" if status < 500 else "server_error"  # noqa: PLR2004  # HTTP's own line
    error = {"message": message, "type": kind, "param": None, "code": None}
    return JSONResponse({"error": error}, status, headers)


def faults(errors: object) -> str:
    """Say what is wrong with which field; the values that were sent are not repeated."""
    rows = errors if isinstance(errors, list | tuple) else []
    return "; ".join(f"{'.'.join(str(part) for part in row['loc'])}: {row['msg']}" for row in rows)
