"""The console: files that were built into this package, served below /console/."""

from importlib import resources
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

PLACE = "/console/"
DOCUMENTS = "documents.json"
"""The operations that the console asks, listed by its build (graphql/document.py)."""
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Styles inline: the component library writes them so."""
_FOR_EVER = "public, max-age=31536000, immutable"
_MISSING = (
    "The console is not built here. A wheel has it inside; in a checkout `make console` builds it. "
    "The API answers at /graphql either way.\n"
)


def console_folder() -> Path:
    """Where the built files lie: inside the package."""
    return Path(str(resources.files("creatorgraph.api"))) / "console"


def add_console(app: FastAPI, folder: Path | None = None) -> None:
    """Serves `folder` (None: the package's own), or says how to build it; `/` leads there."""
    folder = folder or console_folder()
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    @router.get(PLACE.rstrip("/"))
    async def entry() -> RedirectResponse:
        return RedirectResponse(PLACE)

    app.include_router(router)
    app.mount(PLACE.rstrip("/"), _Console(folder), name="console")


class _Console(StaticFiles):
    """Every path below that is no file is one of the console's own pages, so it answers with index.html."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self._index = folder / "index.html"

    async def check_config(self) -> None:
        """A folder that is not there is answered for, not raised."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not self._index.is_file():
            return PlainTextResponse(_MISSING, status_code=503)
        try:
            answer = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or path.startswith("assets/"):
                raise
            path = "index.html"
            answer = await super().get_response(path, scope)
        # the names of assets hold their digests; everything else is asked for again
        answer.headers["cache-control"] = _FOR_EVER if path.startswith("assets/") else "no-cache"
        answer.headers["content-security-policy"] = POLICY
        return answer
