"""The web desk: a chat page, the chat itself as server-sent events, the help pages, and the explanations of replies.

Start it with `python examples/fastapi_support_bot` or `uvicorn fastapi_support_bot.app:app --app-dir examples`.
"""

import json
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, ConfigDict, Field
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explainbot import AsyncOpenAI
from explainbot.integrations.fastapi import explainbot_router

from . import company, pages
from .desk import answer
from .knowledge import article
from .session import Session, Sessions, Turn, customers

COOKIE = "larkwheel_desk"
STATIC = Path(__file__).parent / "static"
SECURITY_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
)


class Question(BaseModel):
    """What the page sends."""

    model_config = ConfigDict(hide_input_in_errors=True)

    message: str = Field(min_length=1, max_length=2000)


class SecurityHeaders:
    """Adds `SECURITY_HEADERS` to every reply that does not say otherwise itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(h for h in SECURITY_HEADERS if h[0] not in given)]
            await send(message)

        await self.app(scope, receive, send_guarded)


def create_app(client: AsyncOpenAI, model: str, *, small: bool = False) -> FastAPI:
    """The desk on a given model.

    Args:
        client: explainbot's own, so that what is sent is redacted and what comes back is explained. It is closed when
            the desk closes.
        model: its name.
        small: the model is a very small one, which gets one passage at a time and has its reply begun for it.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.client, app.state.model, app.state.small = client, model, small
        async with client:
            yield

    return _desk(lifespan)


def create_app_from_environment() -> FastAPI:
    """The desk on the server that OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL name, else on the local model."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as open_things:
            if os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_KEY"):
                client = AsyncOpenAI(settings=company.settings())
                app.state.model, app.state.small = os.environ.get("OPENAI_MODEL", "gpt-5-mini"), False
            else:
                from explainbot.demo.local import local_server

                server = open_things.enter_context(local_server())
                client = AsyncOpenAI(base_url=server.base_url, api_key="local", settings=company.settings())
                app.state.model, app.state.small = server.model, True
            app.state.client = await open_things.enter_async_context(client)
            yield

    return _desk(lifespan)


def _desk(lifespan: Any) -> FastAPI:
    app = FastAPI(title="Larkwheel help desk", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.sessions = Sessions()
    app.add_middleware(SecurityHeaders)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(explainbot_router(authorise=_only_own, stylesheet="/static/desk.css"))
    app.get("/", response_class=HTMLResponse)(home)
    app.post("/sign-in")(sign_in)
    app.post("/chat")(chat)
    app.get("/history")(history)
    app.post("/person")(person)
    app.get("/help", response_class=HTMLResponse)(help_index)
    app.get("/help/{article_id}", response_class=HTMLResponse)(help_page)
    return app


def _session(request: Request) -> Session:
    sessions: Sessions = request.app.state.sessions
    session = sessions.get(request.cookies.get(COOKIE))
    if session is None:
        raise HTTPException(401, "Your visit has ended. Please reload the page.")
    return session


def _only_own(trace_id: str, session: Annotated[Session, Depends(_session)]) -> None:
    """An explanation is for the customer it was made for; anybody else is told that there is none."""
    if not session.may_see(trace_id):
        raise HTTPException(404, "There is no explanation with this id.")


def _with_new_session(request: Request, response: Response, customer_id: str | None) -> Response:
    cookie, _ = request.app.state.sessions.start(customer_id, instead_of=request.cookies.get(COOKIE))
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, cookie, httponly=True, samesite="strict", secure=secure, path="/")
    return response


async def home(request: Request) -> Response:
    """The chat page; a first visit begins a conversation for the first of the invented customers."""
    known = customers()
    session = request.app.state.sessions.get(request.cookies.get(COOKIE))
    if session is not None and session.customer.id is not None:
        return HTMLResponse(pages.chat(known, session.customer.id))
    return _with_new_session(request, HTMLResponse(pages.chat(known, next(iter(known)))), None)


async def history(session: Annotated[Session, Depends(_session)]) -> list[Turn]:
    """What was said so far, for a page that was loaded again."""
    return session.turns


async def sign_in(request: Request) -> Response:
    """Begin a new conversation, as the same or as another of the invented customers."""
    chosen = parse_qs((await request.body())[:1000].decode("ascii", "replace")).get("customer", [""])
    return _with_new_session(request, RedirectResponse("/", status_code=303), chosen[0])


async def chat(request: Request, question: Question, session: Annotated[Session, Depends(_session)]) -> Response:
    """Answer one message as server-sent events."""
    if session.busy.locked():
        return JSONResponse({"detail": "One moment: I am still answering your last message."}, status_code=409)
    state = request.app.state

    async def events() -> AsyncIterator[str]:
        async with session.busy:
            async for event in answer(state.client, state.model, session, question.message.strip(), small=state.small):
                yield f"data: {json.dumps(event)}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


async def person(session: Annotated[Session, Depends(_session)]) -> dict[str, str]:
    """Hand over to a person: a ticket, and what happens next. (This desk invents the ticket; a real one opens it.)"""
    session.ticket = session.ticket or f"LW-P-{secrets.randbelow(9000) + 1000}"
    return {"ticket": session.ticket, "phone": company.PHONE}


async def help_index() -> str:
    """All help articles."""
    return pages.help_index()


async def help_page(article_id: str) -> Response:
    """One help article, as the assistant reads it."""
    found = article(article_id)
    if found is None:
        return HTMLResponse(pages.not_found(), status_code=404)
    return HTMLResponse(pages.help_page(found))


def __getattr__(name: str) -> Any:
    # `app` is made when a server asks for it, so that importing create_app starts nothing.
    if name == "app":
        return create_app_from_environment()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
