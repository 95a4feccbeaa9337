"""What a page did that none should, and whether it is at rest."""

from dataclasses import dataclass, field
from time import monotonic

from playwright.sync_api import Page, Request

QUIET_S = 0.5
PATIENCE_S = 120.0
IDLE = "() => new Promise(done => requestIdleCallback(() => done()))"


@dataclass(slots=True, eq=False)
class Watch:
    """Errors of a page, requests that left this server, and what it waits for."""

    page: Page
    home: str
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    begun: int = 0
    under_way: set[Request] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("request", lambda request: self._begin(request))
        self.page.on("requestfinished", lambda request: self.under_way.discard(request))
        self.page.on("requestfailed", lambda request: self.under_way.discard(request))

    def _begin(self, request: Request) -> None:
        self.begun += 1
        self.under_way.add(request)
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.strangers.append(request.url)

    def at_rest(self) -> None:
        """Waits until the page has neither asked nor had anything to do for half a second.

        What the browser calls idle is said once for a document, and on a busy machine before the page has begun: the
        pause between two requests is then spent in its scripts. Here those have to be through as well.

        Raises:
            TimeoutError: After two minutes; names what is still under way.
        """
        started = since = monotonic()
        seen = -1
        while monotonic() - since < QUIET_S:
            self.page.evaluate(IDLE)
            self.page.wait_for_timeout(50)
            if self.under_way or self.begun != seen:
                seen, since = self.begun, monotonic()
            if since - started > PATIENCE_S:
                raise TimeoutError(f"still under way: {sorted(each.url for each in self.under_way)}")
