"""References to labelled words, by the model that this package ships.

In: references as printed. Out: per reference its words with labels and how sure they are. What is
made of them is said in `fields`. The model is trained and exported by `training.citations`;
`model/citations.md` tells of what data and how well it does.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from etl.transform.citations.decode import Chain, best, sureness
from etl.transform.citations.encode import Encoder
from etl.transform.citations.tokens import Split, Vocabulary, split

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = Path(__file__).with_name("model") / "citations.onnx"

BATCH = 64
"""References that are read at once; more gain nothing."""


class Labelled(NamedTuple):
    """Words of one reference, their labels by number, and the probability of each."""

    split: Split
    labels: list[int]
    sureness: list[float]


class Model(NamedTuple):
    """The network, and what it does not hold itself."""

    session: "InferenceSession"
    encode: Encoder
    chain: Chain


@cache
def model() -> Model:
    """The model of this package, loaded at its first use.

    One thread: batches are small, and a run has processes of its own to fill the cores.
    """
    # Imported here, for it takes longer than all else this package loads.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(MODEL, options, providers=["CPUExecutionProvider"])
    told = session.get_modelmeta().custom_metadata_map
    chain = json.loads(told["chain"])
    return Model(
        session,
        Encoder(Vocabulary(**json.loads(told["vocabulary"]))),
        Chain(*(np.array(chain[name], np.float32) for name in Chain._fields)),
    )


def version() -> str:
    """Version of the model, which its metadata tells."""
    told: dict[str, str] = model().session.get_modelmeta().custom_metadata_map
    return told["version"]


def labelled(raws: Sequence[str]) -> list[Labelled]:
    """Labels of each of `raws`, in their order; none for one without a word."""
    splits = [split(raw) for raw in raws]
    order = sorted(range(len(raws)), key=lambda i: -len(splits[i].words))
    found = [Labelled(item, [], []) for item in splits]
    full = [i for i in order if splits[i].words]
    for chosen in (full[i : i + BATCH] for i in range(0, len(full), BATCH)):
        for place, labels in zip(chosen, _batch([splits[i] for i in chosen]), strict=True):
            found[place] = labels
    return found


def _batch(splits: list[Split]) -> Iterator[Labelled]:
    """Labels of references, the longest first."""
    network, encode, chain = model()
    inputs = encode(splits)
    scores = network.run(None, inputs._asdict())[0]
    lengths = inputs.lengths.astype(np.int64)
    labels = best(scores, lengths, chain)
    sure = sureness(scores, lengths, chain, labels)
    for column, item in enumerate(splits):
        count = len(item.words)
        yield Labelled(item, labels[:count, column].tolist(), sure[:count, column].tolist())
