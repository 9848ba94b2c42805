"""Train the labeller: `python -m training.citations.train DATA WORK [--minutes N]`.

DATA holds the labelled corpora (`train_*.jsonl.gz` to learn from, `dev_*.jsonl.gz` to measure
on), WORK is a folder for what is learnt; `training.citations.export` makes the model file of it.
Every epoch reads all labelled references, some of them with noise, and as many made up anew. No
reference of a set for measuring is learnt from.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

import torch

from etl.transform.citations.encode import Encoder
from etl.transform.citations.tokens import Split, Vocabulary, vocabulary
from etl.transform.citations.word_labels import LABELS
from training.citations.cyrillic import Cyrillic
from training.citations.data import NUMBERS, Example, Segments, example, read, without
from training.citations.latin import Maker
from training.citations.learn import labelled, learn, scores
from training.citations.model import Labeller, Sizes
from training.citations.noise import noisy
from training.citations.persian import Persian
from training.citations.pools import harvest

CORPORA = ("train_anystyle", "train_grobid")
"""Labelled by others; every one of them is read in each epoch."""

MADE_UP = "train_gost_synthetic"
"""Made up by others: a part of it is read in each epoch, and none of its last 300."""

MEASURED = ("dev_grobid", "dev_excite_en")

SHARES = {"gost": 1_800, "latin": 9_000, "cyrillic": 5_500, "persian": 2_200}
"""References made up, or chosen of those made up, for each epoch."""

NOISY = 0.6
"""Share of references that may get noise."""

FIELDS = [
    "author",
    "editor",
    "title",
    "container",
    "date",
    "volume",
    "issue",
    "pages",
    "publisher",
    "place",
    "doi",
    "url",
]
"""What is measured while training."""


class Corpus:
    """What an epoch is made of."""

    def __init__(self, data: Path, seed: int) -> None:
        self.measured = {name: read(data / f"{name}.jsonl.gz") for name in MEASURED}
        known = [item for items in self.measured.values() for item in items]
        self.real = without((i for n in CORPORA for i in read(data / f"{n}.jsonl.gz")), known)
        self.gost = read(data / f"{MADE_UP}.jsonl.gz")
        random.Random(0).shuffle(self.gost)
        self.measured["gost"] = self.gost[-300:]
        self.gost = self.gost[:-300]
        self.chance = random.Random(seed)
        self.latin = Maker(harvest(self.real), self.chance)
        self.cyrillic, self.persian = Cyrillic(self.chance), Persian(self.chance)

    def epoch(self, _: int) -> list[Example]:
        """Examples of one epoch."""
        items = self.real + self.made(1.0)
        return [e for item in items if (e := example(self._noisy(item))) is not None]

    def made(self, share: float) -> list[Segments]:
        """References made up, and some of those made up by others."""
        count = {name: int(share * number) for name, number in SHARES.items()}
        made = self.chance.sample(self.gost, min(len(self.gost), count["gost"]))
        made += [self.latin.reference() for _ in range(count["latin"])]
        made += [self.cyrillic.reference() for _ in range(count["cyrillic"])]
        return made + [self.persian.reference() for _ in range(count["persian"])]

    def _noisy(self, item: Segments) -> Segments:
        return noisy(item, self.chance) if self.chance.random() < NOISY else item

    def examples(self, name: str) -> list[Example]:
        """Examples of a set for measuring."""
        return [e for item in self.measured[name] if (e := example(item)) is not None]

    def vocabulary(self) -> Vocabulary:
        """Words seen twice in labelled references or ten times in those made up."""
        real = vocabulary(_splits(self.real + self.gost), 2, 8)
        made = vocabulary(_splits(self.made(1.5)), 10, 30)
        return Vocabulary(*(_merged(a, b) for a, b in zip(real, made, strict=True)))


def _splits(items: list[Segments]) -> list[Split]:
    return [e.split for item in items if (e := example(item)) is not None]


def _merged(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    """Keys of both, numbered from 2."""
    return {key: number for number, key in enumerate(dict.fromkeys((*first, *second)), start=2)}


def main(arguments: list[str]) -> None:
    """Train, telling scores after every epoch."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--units", type=int, default=160)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--go-on", type=Path, help="folder of an earlier training to go on from")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    corpus = Corpus(options.data, options.seed)
    model, known = _begun(options, corpus)
    start = time.monotonic()
    options.work.mkdir(parents=True, exist_ok=True)

    def told(epoch: int, mean: Labeller) -> None:
        lines = [_score(corpus, name, mean, known) for name in corpus.measured]
        sys.stdout.write(f"{epoch} {time.monotonic() - start:.0f} s: {'; '.join(lines)}\n")
        sys.stdout.flush()
        _save(options.work, mean, known)

    seconds = 60 * options.minutes
    learn(model, Encoder(known), options.epochs, corpus.epoch, told, options.rate, seconds)


def _begun(options: argparse.Namespace, corpus: Corpus) -> tuple[Labeller, Vocabulary]:
    """A new model, or the one of an earlier training that goes on."""
    if options.go_on is None:
        known = corpus.vocabulary()
        words, chars, gaps = (len(part) + 2 for part in known)
        sizes = Sizes(words, chars, gaps, len(LABELS), units=options.units)
        return Labeller(sizes), known
    known = Vocabulary(**json.loads((options.go_on / "vocabulary.json").read_text("utf-8")))
    kept = torch.load(options.go_on / "model.pt")
    model = Labeller(Sizes(**kept["sizes"]))
    model.load_state_dict(kept["weights"])
    return model, known


def _score(corpus: Corpus, name: str, model: Labeller, known: Vocabulary) -> str:
    """Micro F1 and whole references of a set, and F1 of each field."""
    found = labelled(model, Encoder(known), corpus.examples(name))
    in_gold = {label for item in corpus.measured[name] for label, _ in item}
    fields = [field for field in FIELDS if field in in_gold]
    micro, whole = scores(found, [NUMBERS[field] for field in fields])
    each = " ".join(f"{f[:4]} {scores(found, [NUMBERS[f]])[0]:.1f}" for f in fields)
    return f"{name} {micro:.2f}/{whole:.1f} ({each})"


def _save(work: Path, model: Labeller, known: Vocabulary) -> None:
    """The weights, and what the numbers of words, characters and gaps are."""
    torch.save({"sizes": model.sizes._asdict(), "weights": model.state_dict()}, work / "model.pt")
    (work / "vocabulary.json").write_text(
        json.dumps(known._asdict(), ensure_ascii=False), encoding="utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
