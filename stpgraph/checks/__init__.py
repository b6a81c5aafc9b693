"""Checks: each looks at a graph and returns findings; none changes anything.

`shapes` holds what one node must have (SHACL) and what two nodes must agree on; `anchors` holds evidence against
the texts; `figures` holds numbers against arithmetic.
"""

from __future__ import annotations

from stpgraph.checks.anchors import check_anchors
from stpgraph.checks.figures import check_figures
from stpgraph.checks.findings import Finding, Severity
from stpgraph.checks.shapes import check_shapes

__all__ = ["Finding", "Severity", "check_anchors", "check_figures", "check_shapes"]
