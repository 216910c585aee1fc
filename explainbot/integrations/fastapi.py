"""FastAPI: a router that shows explanations, and a dependency that opens the turn of a request.

    app.include_router(explainbot_router(authorise=only_the_owner))

A page shows one with `<script type="module" src="/explain-reply.js">` and `<explain-reply src="/explanations/ID">`.

    @app.post("/chat", dependencies=[Depends(request_turn(whose_turn))])
    async def chat(message: str) -> str: ...

Both import FastAPI when they are called, not before.
"""

# No `from __future__ import annotations` here: FastAPI reads the annotations of the functions defined below, and those
# name classes that are imported inside the function round them.

import hashlib
import html
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from explainbot.context import Turn, turn
from explainbot.errors import ConfigError
from explainbot.explain import Explanation, Source, page
from explainbot.explain.view import language_of
from explainbot.integrations._accept import acceptable

if TYPE_CHECKING:
    from fastapi import APIRouter

__all__ = ["explainbot_router", "request_turn"]

Texts = Mapping[str, str]
"""Texts of sources by id."""

MEDIA_TYPES: Mapping[str, Callable[[Explanation, Texts], str]] = {
    "application/json": lambda explanation, _: explanation.model_dump_json(),
    "text/html": page.html,
    "text/markdown": lambda explanation, _: explanation.markdown,
    "text/plain": lambda explanation, _: explanation.text,
    "application/vnd.explainbot.view+json": lambda explanation, texts: json.dumps(page.tree(explanation, texts)),
}
"""What an explanation can be had as, the preferred one first; the last is what `<explain-reply>` shows."""

HEADERS = {
    "cache-control": "private, no-store",
    "referrer-policy": "no-referrer",
    "vary": "accept, cookie, authorization",
    "x-content-type-options": "nosniff",
}
"""An explanation is personal: it is not kept by caches, and nothing in it may run or load anything but its style."""

STYLE_HASH = b64encode(hashlib.sha256(page.STYLE.encode()).digest()).decode()
"""Lets the fragment's own style in, and no other (Content Security Policy Level 3, 2.3.1)."""

SCRIPT_HEADERS = {"cache-control": "public, max-age=3600", "x-content-type-options": "nosniff"}

MAX_ID = 128
"""Characters of a trace id that are looked up; ours have 32."""


def explainbot_router(
    *,
    authorise: Callable[..., Any] | None = None,
    find: Callable[[str], Explanation | None] | None = None,
    sources: Callable[[Explanation], Iterable[Source]] | None = None,
    stylesheet: str | None = None,
    prefix: str = "",
) -> "APIRouter":
    """Routes that show explanations.

    - `GET {prefix}/explanations/{trace_id}`: one explanation, as JSON, HTML, Markdown, plain text or the tree that
      `<explain-reply>` shows, by the `Accept` header, and in another language with `?language=de`; 404 where there is
      none with this id, 406 where nothing acceptable is on offer.
    - `GET {prefix}/explanation-schema`: the JSON schema of an explanation.
    - `GET {prefix}/explain-reply.js`: a module that defines the element `<explain-reply>`. It needs nothing else.

    Args:
        authorise: a FastAPI dependency that decides who may see an explanation; it may take `trace_id`, the request or
            any other dependency, and raises `HTTPException` to refuse. Without it, whoever knows the id (128 random
            bits) may.
        find: where explanations come from; None means `explainbot.explanation_of`.
        sources: gives the documents of an explanation as they were given to the model, to show its quotes where they
            stand; None shows the quotes alone.
        stylesheet: path of a further style sheet on the app's own address for the HTML form, which stands in
            `section.explainbot`; None means none.
        prefix: put before all paths, such as "/api".

    Raises:
        ConfigError: FastAPI is not installed.
    """
    fastapi = _fastapi()
    from fastapi import Depends, HTTPException, Request, Response

    look_up = find or _explanation_of
    guards = [] if authorise is None else [Depends(authorise)]
    router: APIRouter = fastapi.APIRouter(prefix=prefix, tags=["explanations"])

    @router.get(
        "/explanations/{trace_id}",
        dependencies=guards,
        response_class=Response,
        responses={200: {"model": Explanation}, 404: {"description": "no explanation with this id"}},
    )
    def explanation(trace_id: str, request: Request, language: str | None = None) -> Response:
        """Why one reply says what it says: sources, what was not found, data hidden, who is responsible."""
        found = look_up(trace_id) if len(trace_id) <= MAX_ID else None
        if found is None:
            raise HTTPException(404, "There is no explanation with this id.")
        if language:
            found = found.in_language(language)
        media_type = acceptable(",".join(request.headers.getlist("accept")), [*MEDIA_TYPES])
        if media_type is None:
            raise HTTPException(406, f"An explanation can be had as {', '.join(MEDIA_TYPES)}.")
        texts = {source.id: source.text for source in sources(found)} if sources else {}
        content = MEDIA_TYPES[media_type](found, texts)
        if media_type == "text/html":
            content = _page(content, found, stylesheet)
        return Response(content, media_type=media_type, headers=_headers(stylesheet))

    @router.get("/explanation-schema", response_class=Response)
    def explanation_schema() -> Response:
        """The JSON schema of an explanation."""
        schema = json.dumps(Explanation.model_json_schema())
        return Response(schema, media_type="application/schema+json")

    @router.get("/explain-reply.js", response_class=Response)
    def explain_reply() -> Response:
        """The element `<explain-reply>`."""
        return Response(component(), media_type="text/javascript", headers=SCRIPT_HEADERS)

    return router


@cache
def component() -> str:
    """The module that defines `<explain-reply>`, with the style of the HTML form."""
    script = files("explainbot.integrations").joinpath("explain_reply.js").read_text(encoding="utf-8")
    return script.replace('const STYLE = "";', f"const STYLE = {json.dumps(page.STYLE)};", 1)


def request_turn(context: Callable[..., Any]) -> Callable[..., AsyncIterator[Turn]]:
    """A FastAPI dependency that opens `explainbot.turn` for the request it stands at, streamed replies included.

    Args:
        context: itself a FastAPI dependency (sync or async; it may take `request: Request`) that returns the arguments
            of `explainbot.turn` as a mapping: `{"conversation": ..., "customer": ..., "purpose": ...}`.

    Returns:
        The dependency, to be used as `Depends(request_turn(context))`; its value is the `Turn`.

    Raises:
        ConfigError: FastAPI is not installed.
    """
    _fastapi()
    from fastapi import Depends

    async def open_turn(values: Mapping[str, Any] = Depends(context)) -> AsyncIterator[Turn]:
        # Asynchronous, so that it runs in the request's own task: what a sync dependency sets is set in another thread.
        with turn(**values) as opened:
            yield opened

    return open_turn


def _fastapi() -> Any:
    try:
        import fastapi
    except ImportError:
        raise ConfigError("explainbot.integrations.fastapi needs FastAPI: pip install 'explainbot[fastapi]'") from None
    return fastapi


def _explanation_of(trace_id: str) -> Explanation | None:
    from explainbot.lookup import explanation_of

    found = explanation_of(trace_id)
    return None if found.status == "unavailable" else found


def _headers(stylesheet: str | None) -> dict[str, str]:
    own = "" if stylesheet is None else " 'self'"
    closed = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    policy = f"default-src 'none'; style-src{own} 'sha256-{STYLE_HASH}'; {closed}"
    return {**HEADERS, "content-security-policy": policy}


def _page(fragment: str, explanation: Explanation, stylesheet: str | None) -> str:
    """A whole page round the explanation's own escaped HTML, its details open: who comes here wants to read them."""
    fragment = fragment.replace("<details>", "<details open>", 1)
    style = "" if stylesheet is None else f'\n<link rel="stylesheet" href="{html.escape(stylesheet)}">'
    words = language_of(explanation)
    title = html.escape(words.template("about"))
    return f"""<!doctype html>
<html lang="{html.escape(words.code)}" dir="{words.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>{style}
</head>
<body>
<main>
<h1>{title}</h1>
{fragment}
</main>
</body>
</html>
"""
