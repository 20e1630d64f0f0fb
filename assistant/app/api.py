"""The endpoints for programs under /api: what `programs` offers, over HTTP, with a schema to read."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.requests import Request
from starlette.responses import Response

from assistant.app import schemas
from assistant.app.gate import BusyError
from assistant.app.programs import OFFERS, Programs
from assistant.app.waiting import answer_or_nobody
from ingest import FootnoteError, QuestionError

if TYPE_CHECKING:
    from fastapi import FastAPI

SCHEMA = "/api/openapi.json"
RETRY_SECONDS = 2  # a question takes less in quotations; clients add to it by themselves
ABOUT = {offer.name: offer.about for offer in OFFERS}
# No postponed annotations in this file: FastAPI reads them.


def routes(programs: Programs) -> APIRouter:
    """Return the endpoints."""
    api = APIRouter(prefix="/api", tags=["programs"])

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


def explain_errors(app: "FastAPI") -> None:
    """Make every error of the endpoints one sentence in the form that OpenAI's clients know."""

    @app.exception_handler(RequestValidationError)
    async def _wrong(_: Request, error: RequestValidationError) -> JSONResponse:
        return error_response(422, f"The request can't be used: {faults(error.errors())}.")

    @app.exception_handler(FootnoteError)
    async def _ours(_: Request, error: FootnoteError) -> JSONResponse:
        return error_response(status_of(error), str(error))


def status_of(error: FootnoteError) -> int:
    """Return the HTTP status that says whose fault it is."""
    if isinstance(error, QuestionError):
        return 400
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
