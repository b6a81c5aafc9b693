"""What things have of a property, read at once for all of them."""

from __future__ import annotations

from stpgraph.store import Store

__all__ = ["pairs_of"]


def pairs_of(store: Store, path: str) -> dict[str, tuple[str, ...]]:
    """Return what things have of a property, by the alphabet.

    Args:
        store: where to look.
        path: the property, as a SPARQL path.

    Example:
        >>> from stpgraph.store import open_store
        >>> pairs_of(open_store(), "stp:about")
        {}
    """
    found: dict[str, set[str]] = {}
    for one, other in store.select(f"SELECT ?one ?other {{ ?one {path} ?other }}"):
        found.setdefault(getattr(one, "value", ""), set()).add(getattr(other, "value", ""))
    return {one: tuple(sorted(others)) for one, others in found.items()}
