"""A small labeller is trained, exported and read as the one that is shipped."""

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.transform.citations import labeller
from etl.transform.citations.parse import parse
from training.citations.cyrillic import Cyrillic
from training.citations.data import Segments

pytest.importorskip("torch", reason="torch is installed only where models are trained")
pytest.importorskip("onnx", reason="onnx is installed only where models are trained")


def write(path: Path, items: list[Segments]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"segs": item}, ensure_ascii=False) + "\n" for item in items)


@pytest.fixture
def trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    from training.citations import export, train

    maker = Cyrillic(random.Random(3))
    corpora = ("train_anystyle", "train_grobid", "train_gost_synthetic", "dev_grobid")
    for name in (*corpora, "dev_excite_en"):
        write(tmp_path / f"{name}.jsonl.gz", [maker.reference() for _ in range(400)])
    monkeypatch.setattr(train, "SHARES", {"gost": 90, "latin": 0, "cyrillic": 900, "persian": 9})
    monkeypatch.setattr(train, "NOISY", 0.0)
    train.main([str(tmp_path), str(tmp_path / "work"), "--epochs", "4", "--units", "24"])
    export.main([str(tmp_path / "work"), str(tmp_path / "small.onnx")])
    monkeypatch.setattr(labeller, "MODEL", tmp_path / "small.onnx")
    labeller.model.cache_clear()
    yield tmp_path
    labeller.model.cache_clear()


def test_a_trained_labeller_reads_what_it_was_shown(trained: Path) -> None:
    found = parse("Рахимов А. Б. Политика безопасности // Вестник ТНУ. – 2008. – № 2. – С. 15–20.")

    assert found.year == 2008
    assert found.pages == "15–20"
    assert found.authors == ("Рахимов А. Б.",)


def test_the_file_labels_as_the_network_does(trained: Path) -> None:
    import torch

    from etl.transform.citations.encode import Encoder
    from etl.transform.citations.tokens import Vocabulary
    from training.citations.data import example
    from training.citations.learn import labelled
    from training.citations.model import Labeller, Sizes

    kept = torch.load(trained / "work" / "model.pt")
    network = Labeller(Sizes(**kept["sizes"]))
    network.load_state_dict(kept["weights"])
    told = json.loads((trained / "work" / "vocabulary.json").read_text(encoding="utf-8"))
    maker = Cyrillic(random.Random(8))
    items = [item for _ in range(200) if (item := example(maker.reference()))]
    by_network = labelled(network, Encoder(Vocabulary(**told)), items)
    by_file = labeller.labelled(["".join(_printed(item.split)) for item, _ in by_network])
    pairs = zip(by_network, by_file, strict=True)
    same = [ours == file.labels for (_, ours), file in pairs]

    # Weights of 8 bits decide otherwise where two labels are nearly as likely.
    assert sum(same) > 0.95 * len(same)


def _printed(split: labeller.Split) -> list[str]:
    return [part for pair in zip(split.gaps, [*split.words, ""], strict=True) for part in pair]
