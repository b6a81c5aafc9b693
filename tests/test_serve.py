"""The command that serves."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stpgraph.server import processes
from stpgraph.server.jobs import Setup, begin, query
from stpgraph.server.processes import Helper
from stpgraph.store import open_store
from tests.commands import Ran, run
from tests.site_server import ask, running_site, select, site_server

WHO = "SELECT ?s { ?s <urn:p> 1 }"


def _store(folder: Path) -> Path:
    with open_store(folder / "store", is_writable=True) as store:
        store.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }")
    return folder / "store"


def _one_line(ran: Ran) -> str:
    assert ran.status == 2
    assert ran.out == ""
    [line] = ran.err.splitlines()
    assert line.startswith("error: ")
    return line


def test_help() -> None:
    """The help says what stands where, what each limit is, and shows two examples."""
    told = run("serve", "--help")
    assert told.status == 0
    for part in ("/sparql", "/data", "--allow-update", "--allow-service", "--seconds", "--memory", "--result"):
        assert part in told.out
    assert told.out.count("  stpgraph serve") >= 2


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/x", "file:///etc/passwd", "sparql", "http://a b", "http://<x>"])
def test_services_are_endpoints(tmp_path: Path, address: str) -> None:
    """What --allow-service is given must be an address of the web, in full."""
    line = _one_line(run("serve", "--store", _store(tmp_path), "--allow-service", address))
    assert "no address of an endpoint" in line


def test_no_store(tmp_path: Path) -> None:
    """A folder without a store is told before anything is served."""
    assert "there is no store here" in _one_line(run("serve", "--port", "0", "--store", tmp_path / "none"))


def test_port_in_use(tmp_path: Path) -> None:
    """A port that is taken, and an address of another machine, are told in a line that names the option."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = _one_line(run("serve", "--store", _store(tmp_path), "--port", str(port)))
        assert f"cannot listen at 127.0.0.1 port {port}" in line
        assert "--port" in line
    assert "cannot listen" in _one_line(run("serve", "--store", tmp_path / "store", "--host", "192.0.2.1"))


@pytest.mark.server
def test_endpoint_that_is_not_there() -> None:
    """An endpoint that does not answer is told in one line, not by a server that can do nothing."""
    line = _one_line(run("serve", "--port", "0", "--store", "http://127.0.0.1:9/sparql", "--seconds", "2"))
    assert "127.0.0.1:9" in line


def test_what_is_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the packages that it needs, the command names them and how to get them."""
    monkeypatch.delitem(sys.modules, "stpgraph.server.running", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert "pip install 'stpgraph[serve]'" in _one_line(run("serve", "--store", _store(tmp_path)))


@pytest.mark.server
def test_two_servers_and_a_token(tmp_path: Path) -> None:
    """Two servers may serve one store; a token that was made is printed, and what one changes the other shows."""
    folder = _store(tmp_path)
    with site_server("--store", folder) as reading, running_site("--store", folder, "--allow-update") as writing:
        assert select(reading, WHO) == select(writing.url, WHO) == [("urn:s",)]
        [line] = [line for line in writing.errors if "token" in line]
        token = line.split()[-1]
        assert len(token) >= 32
        sent = ask(
            writing.url,
            "/sparql",
            method="POST",
            body={"update": "INSERT DATA { GRAPH <urn:g> { <urn:t> <urn:p> 1 } }"},
            authorization=f"Bearer {token}",
        )
        assert sent.status == 204
        assert sorted(select(writing.url, WHO)) == [("urn:s",), ("urn:t",)]
        until = time.monotonic() + 30
        while len(select(reading, WHO)) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        assert sorted(select(reading, WHO)) == [("urn:s",), ("urn:t",)]


def _become_powerless() -> None:
    """Let not even root write where the modes of folders forbid it."""
    drop, may_do_all = 24, 1
    assert ctypes.CDLL(None).prctl(drop, may_do_all, 0, 0, 0) == 0 or sys.platform != "linux"


@pytest.mark.server
@pytest.mark.skipif(sys.platform != "linux", reason="root is kept from writing on Linux alone")
def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    """A store in a folder that cannot be written to is served, its pages too."""
    folder = _store(tmp_path)
    for place in (*folder.iterdir(), folder):
        place.chmod(0o555 if place.is_dir() else 0o444)
    before = sorted(place.name for place in folder.iterdir())
    try:
        with running_site("--store", folder, before=_become_powerless) as running:
            assert select(running.url, WHO) == [("urn:s",)]
            assert ask(running.url, "/nowhere").status == 404
    finally:
        folder.chmod(0o755)
    assert sorted(place.name for place in folder.iterdir()) == before


@pytest.mark.server
def test_another_address(tmp_path: Path) -> None:
    """The server listens at an address of IPv6 where told so, under that name, and Ctrl-C ends it in good order."""
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError as fault:
        pytest.skip(f"this machine has no IPv6: {fault}")
    with running_site("--store", _store(tmp_path), "--host", "::1") as running:
        assert running.url.startswith("http://[::1]:")
        assert select(running.url, WHO) == [("urn:s",)]
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(timeout=30) == 0
    assert running.errors == []


@pytest.mark.server
def test_endpoint_behind(plain_server: str) -> None:
    """An endpoint is served like a folder: queries, graphs, updates, and SERVICE refused."""
    begun = ask(
        plain_server, "/update", method="POST", body={"update": "INSERT DATA { GRAPH <urn:a> { <urn:s> <urn:p> 1 } }"}
    )
    assert begun.status == 204
    options = ["--store", f"{plain_server}/query", "--update-url", f"{plain_server}/update", "--allow-update"]
    with site_server(*options, env={"STPGRAPH_TOKEN": "t"}) as url:
        assert ("urn:s",) in select(url, WHO)
        sent = {"update": "INSERT DATA { GRAPH <urn:b> { <urn:t> <urn:p> 1 } }"}
        assert ask(url, "/sparql", method="POST", body=sent, authorization="Bearer t").status == 204
        assert {("urn:s",), ("urn:t",)} <= set(select(url, WHO))
        refused = ask(url, "/sparql", method="POST", body={"query": "ASK { SERVICE <http://127.0.0.1:9/> {} }"})
        assert refused.status == 400
        assert ask(url, "/data?graph=urn:b", accept="application/n-triples").body.startswith(b"<urn:t> <urn:p>")
        assert ask(url, "/nowhere").status == 404
        told = {"query": WHO}
        for graph, subject in (("urn:a", "urn:s"), ("urn:b", "urn:t")):
            answered = ask(url, f"/sparql?default-graph-uri={graph}", method="POST", body=told, accept="text/csv")
            assert answered.body == f"s\r\n{subject}\r\n".encode()
        answered = ask(url, "/sparql?named-graph-uri=urn:b", method="POST", body=told, accept="text/csv")
        assert answered.body == b"s\r\n"
        everywhere = {"query": "SELECT ?g { GRAPH ?g { ?s ?p ?o } }"}
        answered = ask(url, "/sparql?named-graph-uri=urn:b", method="POST", body=everywhere, accept="text/csv")
        assert answered.body == b"g\r\nurn:b\r\n"


@pytest.mark.server
def test_graph_that_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a store the graph that ships is served, from a place that is gone afterwards."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "places"
    place.mkdir()
    with running_site(env={"TMPDIR": str(place), "STPGRAPH_STORE": ""}) as running:
        body = "SELECT ?s { VALUES ?s { <organisation/cipfa> } FILTER EXISTS { ?s ?p ?o } }"
        assert select(running.url, body) == [("https://w3id.org/stpgraph/id/organisation/cipfa",)]
        assert list(place.glob("stpgraph-*"))
        assert any("the graph that ships" in line for line in running.errors)
    assert list(place.glob("stpgraph-*")) == []


@pytest.mark.server
@pytest.mark.skipif(sys.platform == "win32", reason="files are not locked so there")
def test_what_dead_servers_left(tmp_path: Path) -> None:
    """A start removes the folders of servers that were ended by force, and touches neither others' nor strange ones."""
    folder, places = _store(tmp_path), tmp_path / "places"
    (places / "stpgraph-serve-strange").mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "alive").touch()
    (places / "stpgraph-serve-link").symlink_to(outside)
    env = {"TMPDIR": str(places)}
    with running_site("--store", folder, env=env) as dead:
        dead.process.kill()
        dead.process.wait(timeout=30)
    [left] = places.glob("stpgraph-serve-????????")
    with running_site("--store", folder, env=env) as first:
        assert not left.exists()
        [own] = places.glob("stpgraph-serve-????????")
        with running_site("--store", folder, env=env) as second:
            assert own.is_dir()
            assert select(first.url, WHO) == select(second.url, WHO) == [("urn:s",)]
    assert sorted(place.name for place in places.glob("stpgraph*")) == ["stpgraph-serve-link", "stpgraph-serve-strange"]
    assert (outside / "alive").exists()


@pytest.mark.server
@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended otherwise there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ended_while_it_builds(tmp_path: Path, number: int) -> None:
    """A server that is told to end before it is up leaves nothing behind, and says one line."""
    places = tmp_path / "places"
    places.mkdir()
    env = {**os.environ, "TMPDIR": str(places), "STPGRAPH_STORE": ""}
    command = [sys.executable, "-m", "stpgraph", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None, "it is a pipe"
        assert "the graph that ships" in process.stderr.readline()
        process.send_signal(number)
        told = process.stderr.read()
        assert process.wait(timeout=30) == 2
    assert told.split() == ["error:", "stopped"]
    assert list(places.iterdir()) == []


@pytest.mark.server
@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_nobody_reads_its_output(tmp_path: Path) -> None:
    """A server whose standard output was closed by its reader says so and goes on."""
    reading, writing = os.pipe()
    os.close(reading)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    command = [sys.executable, "-m", "stpgraph", "serve", "--store", str(_store(tmp_path)), "--port", str(port)]
    with subprocess.Popen(command, stdout=writing, stderr=subprocess.PIPE, text=True) as process:
        os.close(writing)
        assert process.stderr is not None, "it is a pipe"
        try:
            assert "nobody reads" in process.stderr.readline()
            assert select(f"http://127.0.0.1:{port}", WHO) == [("urn:s",)]
        finally:
            process.terminate()
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("token", ["two words", "schlüssel", "a\tb"])
def test_tokens_that_no_request_can_bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """A token that cannot stand in a header is told before anything is served, and is not repeated."""
    monkeypatch.setenv("STPGRAPH_TOKEN", token)
    line = _one_line(run("serve", "--store", _store(tmp_path), "--allow-update"))
    assert "$STPGRAPH_TOKEN" in line
    assert token not in line


def test_processes_of_other_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes are started afresh, as on Windows and macOS, they answer as well."""
    monkeypatch.setattr(processes, "prepare", lambda: multiprocessing.get_context("spawn"))
    helper = Helper(begin, Setup(location=str(_store(tmp_path))), 30.0)
    try:
        told = helper.ask(query, ("", WHO, ((), ()), ("text/csv", None), 1000)).get()
        assert told == ("text/csv", b"s\r\nurn:s\r\n")
    finally:
        helper.end()
