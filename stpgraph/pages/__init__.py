"""Pages: a view with the evidence behind it, or a table, as one HTML file that needs nothing but a browser.

The picture, the evidence and the table are computed here; the browser shows, filters and weighs again. A page loads
nothing: its scripts, its style and its data stand in the file, and its content security policy allows no others. It
works from a USB stick, and without JavaScript the table still stands.
"""

from __future__ import annotations

from stpgraph.pages.answers import draw_table
from stpgraph.pages.drawing import draw_view

__all__ = ["draw_table", "draw_view"]
