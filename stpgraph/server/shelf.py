"""The files of the site that are the same for all: styles, scripts, the editor."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from stpgraph.pages.templating import PALETTE
from stpgraph.server.replies import refusal
from stpgraph.site.rendering import HERE

__all__ = ["lend"]

_STATIC = HERE / "static"

#: What a file is, where the system might say otherwise.
_KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


@cache
def _files() -> dict[str, Path]:
    """Return every file by its path: what is not among them is not there, whatever dots a path has."""
    own = {path.relative_to(_STATIC).as_posix(): path for path in _STATIC.rglob("*") if path.is_file()}
    return {**own, PALETTE.name: PALETTE}


@cache
def _read(name: str) -> tuple[bytes, str]:
    body = _files()[name].read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


async def lend(request: Request) -> Response:
    """Reply with a file."""
    name = request.path_params["name"]
    if name not in _files():
        return refusal(404, f"there is no file {name[:200]!r}")
    body, tag = _read(name)
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    suffix = Path(name).suffix
    kind = _KINDS.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
    return Response(body, headers={**headers, "content-type": kind})
