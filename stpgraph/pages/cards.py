"""The evidence as rows of a table, for readers whose browsers run no scripts."""

from __future__ import annotations

from typing import Any

from stpgraph.citations import in_words
from stpgraph.networks.evidence import Evidence
from stpgraph.pages.scenes import Scene

__all__ = ["cards_of"]


def cards_of(scene: Scene) -> list[dict[str, Any]]:
    """Return a row for each piece of evidence, all of it text for readers; "" where nothing is known."""
    return [_card(one) for one in scene.items]


def _card(one: Evidence) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "when": _when(one),
        "speakers": [
            {
                "label": speaker.thing.label,
                "role": speaker.role,
                "body": speaker.body.label if speaker.body else "",
            }
            for speaker in one.speakers
        ],
        "summary": one.summary,
        "topics": [topic.thing.label for topic in one.topics],
        "stance": one.stance,
        "act": one.speech_act,
        "figures": [figure.said for figure in one.figures],
        "title": one.title,
        "outlet": one.outlet,
        "place": one.place,
        "source": one.source,
        "via": list(one.via),
    }


def _when(one: Evidence) -> str:
    """Say on which day something was said, or from when to when it held."""
    since, until = in_words(one.since), in_words(one.until)
    if one.kind == "claim":
        return since or "day unknown"
    if until and until != since:
        return f"{since} to {until}" if since else f"until {until}"
    return f"from {since}" if since and not until and one.kind in {"post", "fact"} else since
