"""The site on loopback, as tests use it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["site_server"]

#: Seconds to wait for the server to come up or go down.
_PATIENCE = 60


@contextmanager
def site_server(*options: str | Path, env: dict[str, str] | None = None) -> Iterator[str]:
    """Run `stpgraph serve` at a free port, yield its address without a slash at its end, and stop it at the end.

    Args:
        options: of the command, such as `--store`, a folder.
        env: further variables of its environment.
    """
    import os

    process = subprocess.Popen(
        [sys.executable, "-m", "stpgraph", "serve", "--port", "0", *map(str, options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
    )
    assert process.stdout is not None, "it is a pipe"
    assert process.stderr is not None, "it is a pipe"
    told: list[str] = []
    errors = process.stderr
    reader = threading.Thread(target=lambda: told.extend(errors), daemon=True)
    reader.start()
    try:
        line = process.stdout.readline()
        if not line.startswith("http://"):
            process.wait(timeout=_PATIENCE)
            reader.join(timeout=_PATIENCE)
            raise RuntimeError(f"stpgraph serve did not come up: {line}{''.join(told)}")
        yield line.split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)
        reader.join(timeout=_PATIENCE)
        process.stdout.close()
        errors.close()
