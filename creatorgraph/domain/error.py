"""Errors that people read: what was wrong, where, and what to do about it."""


class CreatorgraphError(Exception):
    """Base of every error that we raise on purpose; the CLI prints it without a stack trace, the API masks others.

    `what` is the fault, `where` names the file, line, field or setting, `mend` says what to do, as a sentence or command.
    """

    code = "error"

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what, self.where, self.mend = what, where, mend
        said = f"{where}: {what}" if where else what
        if mend:
            said += f" {mend}" if said.endswith((".", "!", "?", ":")) else f". {mend}"
        super().__init__(said)


class InvalidInputError(CreatorgraphError):
    """A file, record, argument or setting cannot be used as it is."""

    code = "invalid_input"


class NotFoundError(CreatorgraphError):
    code = "not_found"


class UnavailableError(CreatorgraphError):
    """An engine (PostgreSQL, Neo4j, index) does not answer or is not set up."""

    code = "unavailable"


class BusyError(UnavailableError):
    """Something holds for a moment what this needs; `mend` says when to try again."""

    code = "busy"


class CapabilityError(CreatorgraphError):
    """The engine in use cannot do this; `mend` names the one that can."""

    code = "capability"


class DamagedError(CreatorgraphError):
    """A file of ours does not match its manifest."""

    code = "damaged"
