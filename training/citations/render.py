"""Styles as patterns to labelled references: the little language of styles.yaml.

In: a pattern and the parts of a work, each a (label, text). Out: segments.
"""

import random
import re
from collections.abc import Callable, Mapping

from training.citations.data import Segments

PIECE = re.compile(
    r"\{(\w+)\}|\[((?:[^\[\]{}]|\{\w+\}|<[^<>]*>)*\{(?:[^\[\]])*)\]|<([^<>]*)>|([^\[\]{}<>]+|.)"
)
"""A part, an optional group that holds a part, a choice, or plain text."""

Part = Callable[[], tuple[str, str] | None]
"""Gives label and text of a part; None where the work has none."""


def render(pattern: str, parts: Mapping[str, Part], chance: random.Random) -> Segments | None:
    """The reference of `pattern`; None where a part that is not optional is missing."""
    found: Segments = []
    for field, group, choice, text in PIECE.findall(pattern):
        if field:
            part = parts[field]()
            if part is None:
                return None
            found.append(part)
        elif group:
            found += render(group, parts, chance) or []
        else:
            found.append(("O", text or chance.choice(choice.split("|"))))
    return [(label, text) for label, text in found if text]
