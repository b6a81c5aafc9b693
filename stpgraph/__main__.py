"""`python -m stpgraph` is the command `stpgraph`."""

from __future__ import annotations

from stpgraph.cli import main

if __name__ == "__main__":
    main()
