"""The endpoints for programs under /api: what `programs` offers, over HTTP, with a schema to read."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from assistant.app import schemas
from assistant.app.gate import BusyError
from assistant.app.programs import OFFERS, Programs, UnknownArticleError
from assistant.app.waiting import answer_or_nobody
from ingest import FootnoteError, QuestionError

if TYPE_CHECKING:
    from fastapi import FastAPI

SCHEMA = "/api/openapi.json"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
RETRY_SECONDS = 2  # a question takes less in quotations; clients add to it by themselves
ABOUT = {offer.name: offer.about for offer in OFFERS}
WHEN = {
    400: "What was sent can't be used.",
    404: "There is nothing of this name.",
    422: "A field of what was sent is not as described here.",
    500: "The library can't be used; the message says what to do.",
    503: "Too many questions are waiting; `Retry-After` says when to ask again.",
}
FAULTS: dict[int | str, dict[str, Any]] = {
    status: {"model": schemas.FaultOut, "description": when} for status, when in WHEN.items()
}
# No postponed annotations in this file: FastAPI reads them.


def routes(programs: Programs) -> APIRouter:
    """Return the endpoints."""
    api = APIRouter(prefix="/api", tags=["programs"], responses=FAULTS)

    @api.post("/ask", description=ABOUT["ask"], operation_id="ask", response_model=schemas.AnswerOut)
    async def ask(request: Request, given: schemas.Ask) -> schemas.AnswerOut | Response:
        return await answer_or_nobody(request, programs.ask(given))

    @api.get("/search", description=ABOUT["search"], operation_id="search")
    def search(given: Annotated[schemas.Search, Query()]) -> schemas.SearchOut:
        return programs.search(given)

    @api.get("/articles", description=ABOUT["articles"], operation_id="articles")
    def articles(given: Annotated[schemas.Listing, Query()]) -> schemas.ListOut:
        return programs.articles(given)

    @api.get("/articles/{article_id}", description=ABOUT["article"], operation_id="article")
    def article(article_id: str, version: str | None = None) -> schemas.ArticleOut:
        return programs.article(schemas.Read.model_construct(id=article_id, version=version))

    return api


def nothing_else() -> APIRouter:
    """Return the answer for all other paths under /api and /v1, which the framework would else look at."""
    api = APIRouter(include_in_schema=False)

    @api.api_route("/api/{rest:path}", methods=METHODS)
    @api.api_route("/v1/{rest:path}", methods=METHODS)
    async def nothing(rest: str) -> Response:
        del rest
        return error_response(404, f"There is nothing for this address and method; see {SCHEMA}.")

    return api


def explain_errors(app: "FastAPI") -> None:
    """Make every error of the endpoints one sentence in the form that OpenAI's clients know."""

    @app.exception_handler(RequestValidationError)
    async def _wrong(_: Request, error: RequestValidationError) -> JSONResponse:
        return error_response(422, f"The request can't be used: {faults(error.errors())}.")

    @app.exception_handler(HTTPException)
    async def _refused(_: Request, error: HTTPException) -> JSONResponse:
        return error_response(error.status_code, f"{error.detail}.")  # the framework's, as for a torn body

    @app.exception_handler(FootnoteError)
    async def _ours(_: Request, error: FootnoteError) -> JSONResponse:
        return error_response(status_of(error), str(error))


def status_of(error: FootnoteError) -> int:
    """Return the HTTP status that says whose fault it is."""
    if isinstance(error, QuestionError):
        return 404 if isinstance(error, UnknownArticleError) else 400
    return 503 if isinstance(error, BusyError) else 500


def error_response(status: int, message: str) -> JSONResponse:
    """Return an error; one that goes away by itself says when to try again."""
    headers = {"retry-after": str(RETRY_SECONDS)} if status in {429, 503} else None
    kind = "invalid_request_error" if status < 500 else "server_error"  # noqa: PLR2004  # HTTP's own line
    error = {"message": message, "type": kind, "param": None, "code": None}
    return JSONResponse({"error": error}, status, headers)


def faults(errors: object) -> str:
    """Say what is wrong with which field; the values that were sent are not repeated."""
    rows = errors if isinstance(errors, list | tuple) else []
    return "; ".join(f"{'.'.join(str(part) for part in row['loc'])}: {row['msg']}" for row in rows)
