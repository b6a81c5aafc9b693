"""What tests share: Hypothesis profiles, a world without proxies, SPARQL servers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.servers import ScriptedEndpoint, Virtuoso, find_virtuoso, oxigraph_server, virtuoso_server
from tests.site_server import site_server

#: What the commands import late.
_NEEDED_BY_COMMANDS = (
    *("pickle", "openpyxl", "oxrdflib", "pyshacl", "pyvis.network", "rdflib.plugins.parsers.ntriples"),
    *("rich.box", "rich.console", "rich.padding", "rich.progress", "rich.table", "rich.text"),
    *(
        f"stpgraph.cli.{name}"
        for name in (
            *("asking", "checking", "converting", "drawing", "filtering", "keeping", "measuring", "printing"),
            *("publishing", "querying", "reading", "serving", "showing"),
        )
    ),
    *("stpgraph.checks", "stpgraph.exports", "stpgraph.pages", "stpgraph.reading", "stpgraph.reference"),
)

#: No clock: a busy machine fails no test.
_TIMELESS = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", _TIMELESS, derandomize=True, max_examples=50)
settings.register_profile("search", _TIMELESS, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(autouse=True, scope="session")
def _without_proxies() -> Iterator[None]:
    """Talk to servers on loopback directly, whatever the machine is set up for."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("http_proxy", "https_proxy", "all_proxy", "STPGRAPH_USER", "STPGRAPH_PASSWORD"):
            patch.delenv(name, raising=False)
            patch.delenv(name.upper(), raising=False)
        patch.setenv("no_proxy", "*")
        yield


@pytest.fixture(scope="session")
def plain_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of an Oxigraph server whose default graph is a graph of its own."""
    with oxigraph_server(tmp_path_factory.mktemp("plain"), is_union=False) as url:
        yield url


@pytest.fixture(scope="session")
def union_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of an Oxigraph server whose default graph is the union of the others."""
    with oxigraph_server(tmp_path_factory.mktemp("union"), is_union=True) as url:
        yield url


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """Yield the addresses of a Virtuoso; without one skip the test, or fail it where CI is set."""
    if find_virtuoso() is None:
        message = "no Virtuoso found (virtuoso-t, or the variable VIRTUOSO, and isql-vt); install version 7 to test it"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture
def scripted() -> Iterator[Callable[..., ScriptedEndpoint]]:
    """Yield what makes an endpoint that answers as told, one answer a request and the last one from then on."""
    started: list[ScriptedEndpoint] = []

    def start(*script: Callable[..., None]) -> ScriptedEndpoint:
        started.append(ScriptedEndpoint(script))
        return started[-1]

    yield start
    for endpoint in started:
        endpoint.close()


@pytest.fixture
def read_only_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a folder that holds `kept.txt` and cannot be written to, not even where the tests run as root."""
    for module in _NEEDED_BY_COMMANDS:
        import_module(module)  # as nobody, Python's own folders may be closed
    place = tmp_path_factory.mktemp("read-only")
    (place / "kept.txt").write_text("as it was", encoding="utf-8")
    opened = [*place.parents[:2], place]
    modes = [folder.stat().st_mode for folder in opened]
    for folder, mode in zip(opened, (0o755, 0o755, 0o555), strict=True):
        folder.chmod(mode)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65534)  # nobody: to root every folder is open
        yield place
    finally:
        if user == 0:
            os.seteuid(0)
        for folder, mode in zip(opened, modes, strict=True):
            folder.chmod(mode)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the site on the graph that ships, without a slash at its end."""
    from stpgraph.building import build

    folder = tmp_path_factory.mktemp("site") / "store"
    build(folder)
    with site_server("--store", folder, "--allow-update", env={"STPGRAPH_TOKEN": "a-token-of-tests"}) as url:
        yield url
