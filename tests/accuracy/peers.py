"""Scores of other parsers on the shared sets, to stand beside ours.

They come from a note beside the shared data and from trials there, made with the same training
data (AnyStyle's and GROBID's sets) and the same comparison; none is measured here.
"""

from typing import NamedTuple


class Peer(NamedTuple):
    """Exact F1 over fields and share of whole references, in percent; None where not told."""

    name: str
    micro: float
    macro: float | None
    whole: float
    speed: str
    """References a second, as told."""


CRF = "linear-chain CRF of our own features"
GROBID = "CRF with GROBID's features"
LSTM = "BiLSTM-CRF, also on synthetic GOST"

PEERS = {
    "grobid": [
        Peer(GROBID, 92.7, 89.9, 74.3, "130–150"),
        Peer(CRF, 93.5, 89.9, 78.9, "150–200"),
        Peer(LSTM, 95.6, 92.0, 84.6, "150–280"),
    ],
    "excite": [
        Peer(GROBID, 88.4, 86.8, 57.1, "130–150"),
        Peer(CRF, 91.1, 89.4, 66.0, "150–200"),
        Peer(LSTM, 93.6, 91.7, 73.2, "150–280"),
    ],
    # That set is not at hand.
    "cyrillic": [Peer("BiLSTM-CRF, on another Cyrillic set", 92.7, None, 65.3, "150–280")],
}
