"""A browser without a screen: one person's cookies, the CSRF token, HTTP and sockets."""

from types import TracebackType
from typing import Any, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

TIMEOUT_SECONDS = 60


class Browser:
    """Talks to the server at `base` as one person."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        self.http = httpx.AsyncClient(base_url=self.base, timeout=TIMEOUT_SECONDS, follow_redirects=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.aclose()

    async def get(self, path: str) -> httpx.Response:
        """GET, redirects followed."""
        return await self.http.get(path)

    async def form(self, path: str, **fields: str) -> httpx.Response:
        """POST a form as a page does."""
        return await self.http.post(path, data=fields, headers=await self._headers())

    async def post(self, path: str, body: Any = None) -> httpx.Response:
        """POST JSON as a page's script does."""
        return await self.http.post(path, json={} if body is None else body, headers=await self._headers())

    async def _headers(self) -> dict[str, str]:
        if "csrftoken" not in self.http.cookies:
            await self.get("/staff/sign-in/")
        return {"X-CSRFToken": self.http.cookies["csrftoken"], "Referer": f"{self.base}/"}

    def socket(self, path: str) -> connect:
        """A socket with this person's cookies; `async with` it."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        url = self.base.replace("http", "ws", 1) + path
        return connect(
            url,
            additional_headers={"Cookie": cookies},
            origin=Origin(self.base),
            compression=None,
            open_timeout=60,
        )


__all__ = ["Browser", "ClientConnection"]
