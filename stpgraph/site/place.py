"""What the pages of the site are made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from stpgraph.checks.figures import check_figures
from stpgraph.checks.findings import Finding
from stpgraph.site.shared import MISSING, RUNNING, Checks, borrow
from stpgraph.store import Store

if TYPE_CHECKING:
    from stpgraph.search import SearchIndex

__all__ = ["Site"]

T = TypeVar("T")


class Site:
    """A store, what it is searched by, and the user's own questions.

    Attributes:
        store: what is shown; it does not change while the site stands.
        index: its full-text index; None where there is none, so that search says so.
        queries: a folder of further questions.
        may_update: whether the server takes updates, which pages tell.
        shared: a folder in which somebody else puts what all pages need; None where the site finds it itself.
    """

    def __init__(
        self,
        *,
        store: Store,
        index: SearchIndex | None = None,
        queries: Path | None = None,
        may_update: bool = False,
        shared: Path | None = None,
    ) -> None:
        self.store = store
        self.index = index
        self.queries = queries
        self.may_update = may_update
        self.shared = shared
        self._found: dict[str, Any] = {}

    @property
    def findings(self) -> Sequence[Finding]:
        """Which figures do not hold together, and why; none as long as that is not known."""
        return self._checks.findings

    @property
    def unchecked(self) -> str:
        """Why it is not known which figures do not hold, as a sentence; "" where it is known."""
        return self._checks.trouble

    @property
    def _checks(self) -> Checks:
        """What the checks found; they take seconds in a large store, and nobody waits for those of somebody else."""
        known: Checks | None = self._found.get("checks")
        if known is None:
            lent = borrow(self.shared, "checks")
            if lent is MISSING and self.shared is not None:
                return Checks(trouble=RUNNING)
            known = self._found["checks"] = Checks(findings=check_figures(self.store)) if lent is MISSING else lent
        return known

    def once(self, name: str, find: Callable[[Store], T]) -> T:
        """Return what is found in the store, looked for the first time only; for what all pages share.

        Example:
            >>> from stpgraph.store import open_store
            >>> Site(store=open_store()).once("size", len)
            0
        """
        if name not in self._found:
            lent = borrow(self.shared, name)
            self._found[name] = find(self.store) if lent is MISSING else lent
        found: T = self._found[name]
        return found
