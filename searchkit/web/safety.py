"""Who may ask, and what a browser may do with the answer.  Wraps the whole application; decides before it is called.

Host: names that are not ours are refused, or a page of the web could reach a server on loopback under a name of its
own (DNS rebinding).  Origin: a page of another site is refused, also where it asks under our name.  Token: in the
header Authorization or in the cookie of the log-in page, never in an address, which histories and logs keep.  Every
answer carries a Content-Security-Policy that allows our own files and nothing inline.
"""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from searchkit.web.settings import Settings, is_loopback

__all__ = ["COOKIE", "Safety", "is_right"]

COOKIE = "searchkit-token"
_OPEN_PATHS = ("/healthz", "/login", "/static/")
"""Answered without a token: nothing of the index stands there."""
_LONGEST_TARGET = 16_384
"""Bytes of an address; a query has 10,000 characters at most."""
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_ENCODED = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in HEADERS.items()]


def is_right(given: str, token: str) -> bool:
    """Is `given` the token?  Takes as long for a nearly right one as for any other."""
    return hmac.compare_digest(given.encode(), token.encode())


class Safety:
    """An ASGI application around another."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse, or pass on one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_ENCODED]
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send_safely)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _LONGEST_TARGET:
            return PlainTextResponse("this address is too long\n", 414)
        host = _without_port(headers.get("host", ""))
        if host not in self._settings.allowed_hosts and not self._settings.behind_proxy:
            return PlainTextResponse("this server does not answer to that name; start it with --allow-host\n", 421)
        if not _is_ours(headers.get("origin"), host, self._settings.allowed_hosts):
            return PlainTextResponse("no page of another site may ask here\n", 403)
        path = scope["path"]
        if path == "/metrics" and self._is_for_others(scope) and not self._has_token(headers):
            return PlainTextResponse("the figures are for this machine, or for who has the token\n", 403)
        if self._settings.token is None or path.startswith(_OPEN_PATHS) or self._has_token(headers):
            return None
        if path.startswith("/api/") or headers.get("accept", "").find("text/html") < 0:
            return PlainTextResponse(
                "a token is needed: Authorization: Bearer …\n", 401, {"WWW-Authenticate": "Bearer"}
            )
        query = scope["query_string"].decode("latin-1")
        return RedirectResponse("/login?next=" + quote(path + ("?" + query if query else ""), safe=""), 303)

    def _has_token(self, headers: dict[str, str]) -> bool:
        token = self._settings.token
        if token is None:
            return False
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and is_right(given.strip(), token):
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and is_right(cookie.value, token)

    def _is_for_others(self, scope: Scope) -> bool:
        client = scope.get("client")
        return self._settings.behind_proxy or client is None or not is_loopback(client[0])


def _is_ours(origin: str | None, host: str, names: frozenset[str]) -> bool:
    """Does the page that asks (the header Origin, if a browser sends it) stand on this server?"""
    if origin is None:
        return True
    name = _without_port(origin.partition("://")[2])
    return name == host or name in names


def _without_port(host: str) -> str:
    name = host.lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]
