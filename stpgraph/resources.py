"""Where the files that ship with the package are: in an installed wheel, or in a checkout."""

from __future__ import annotations

from pathlib import Path

from stpgraph.errors import UsageError

__all__ = ["folder"]

#: Folders that ship, each at the top of a checkout and in `_shipped` of a wheel.
_SHIPPED = ("graph", "ontology", "queries")


def folder(name: str) -> Path:
    """Return the folder of shipped files of that name: "graph", "ontology" or "queries".

    An installed wheel is looked at first, then the checkout that the package stands in (known by its
    `pyproject.toml`), so that an editable install sees edits at once.

    Raises:
        UsageError: when there is no such folder.

    Example:
        >>> (folder("queries") / "who-said-what.rq").is_file()
        True
    """
    if name not in _SHIPPED:
        raise UsageError(f"no shipped folder is called {name!r}; expected one of {', '.join(_SHIPPED)}")
    package = Path(__file__).resolve().parent
    installed = package / "_shipped" / name
    if installed.is_dir():
        return installed
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise UsageError(f"the shipped folder {name!r} is missing beside {package}; install stpgraph again")
