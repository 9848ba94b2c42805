"""What was learnt to the model file: `python -m training.citations.export WORK FILE`.

The graph is written node by node, for it takes the lengths of references, which an exporter would
drop. Weights are stored in 8 bits with a scale for each row and become floats when the file is
loaded. The network computes in floats: with numbers of 8 bits it was a third faster, but what it
found in a reference then depended on those beside it. Vocabulary and CRF travel as metadata.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

INPUTS = {
    "word": (TensorProto.INT64, ("U",)),
    "chars": (TensorProto.INT64, ("U", "C")),
    "shape": (TensorProto.INT64, ("U",)),
    "place": (TensorProto.INT64, ("T", "B")),
    "gap": (TensorProto.INT64, ("G", "B")),
    "signs": (TensorProto.FLOAT, ("G", "B", "S")),
    "state": (TensorProto.FLOAT, ("T", "B", "P")),
    "lengths": (TensorProto.INT32, ("B",)),
}
"""The fields of `etl.transform.citations.tokens.Batch`."""

ORDER = (0, 3, 1, 2)
"""Gates of torch (input, forget, cell, output) in the order of ONNX: cell last, output second."""

Array = NDArray[Any]


class Graph:
    """Nodes and constants while they are put together."""

    def __init__(self, weights: dict[str, torch.Tensor]) -> None:
        self.weights = {name: value.numpy() for name, value in weights.items()}
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Array) -> str:
        """A constant by its name."""
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """A node by the name of its output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def small(self, name: str, value: Array) -> tuple[str, str]:
        """Names of `value` in 8 bits and of the scale of each of its rows."""
        scale = np.maximum(np.abs(value).max(-1, keepdims=True), 1e-8) / 127
        rounded = np.round(value / scale).astype(np.int8)
        by = self.constant(f"{name}_scale", scale.astype(np.float32))
        return self.constant(f"{name}_8", rounded), by

    def floats(self, name: str, small: str, scale: str) -> str:
        """Numbers of 8 bits as floats."""
        wide = self.node("Cast", [small], f"{name}_wide", to=TensorProto.FLOAT)
        return self.node("Mul", [wide, scale], name)

    def vectors(self, name: str, index: str) -> str:
        """Vectors of an embedding for `index`."""
        table, scale = self.small(name, self.weights[f"{name}.weight"])
        rows = self.node("Gather", [table, index], f"{name}_rows")
        by = self.node("Gather", [scale, index], f"{name}_by")
        return self.floats(f"{name}_vectors", rows, by)

    def gates(self, name: str) -> Array:
        """Weights of the gates of both directions of a layer, in the order of ONNX."""
        return np.stack(
            [
                np.concatenate([np.split(self.weights[name + way], 4)[i] for i in ORDER])
                for way in ("", "_reverse")
            ]
        )

    def lstm(self, layer: int, features: str) -> str:
        """One bidirectional layer over `features` (T, B, …)."""
        biases = [self.gates(f"lstm.bias_{of}_l{layer}") for of in ("ih", "hh")]
        units = biases[0].shape[1] // 4
        weights = {f"W{layer}": f"lstm.weight_ih_l{layer}", f"R{layer}": f"lstm.weight_hh_l{layer}"}
        constants = [
            self.floats(name, *self.small(name, self.gates(key))) for name, key in weights.items()
        ]
        constants.append(self.constant(f"B{layer}", np.concatenate(biases, 1)))
        both = self.node(
            "LSTM",
            [features, *constants, "lengths"],
            f"both{layer}",
            hidden_size=units,
            direction="bidirectional",
        )
        turned = self.node("Transpose", [both], f"turned{layer}", perm=[0, 2, 1, 3])
        flat = self.constant(f"flat{layer}", np.array([0, 0, 2 * units]))
        return self.node("Reshape", [turned, flat], f"hidden{layer}")


def _features(graph: Graph) -> str:
    """Features of each word (T, B, …), in the order of `Labeller.features`."""
    chars = graph.node("Transpose", [graph.vectors("char", "chars")], "turned", perm=[0, 2, 1])
    kernel = graph.constant("filters", graph.weights["filters.weight"])
    bias = graph.constant("filters_bias", graph.weights["filters.bias"])
    wave = graph.node("Conv", [chars, kernel, bias], "wave", pads=[1, 1])
    most = graph.node("ReduceMax", [wave], "most", axes=[2], keepdims=0)
    spelled = graph.node("Relu", [most], "spelled")
    shapes = graph.vectors("shape", "shape")
    types = graph.node("Concat", [graph.vectors("word", "word"), spelled, shapes], "types", axis=1)
    words = graph.node("Gather", [types, "place"], "words", axis=0)
    gaps = graph.node("Concat", [graph.vectors("gap", "gap"), "signs"], "gaps", axis=2)
    zero, one = (graph.constant(f"at{n}", np.array([n])) for n in (0, 1))
    before = graph.node(
        "Slice", [gaps, zero, graph.constant("minus", np.array([-1])), zero], "before"
    )
    after = graph.node(
        "Slice", [gaps, one, graph.constant("far", np.array([1_000_000])), zero], "after"
    )
    return graph.node("Concat", [words, before, after, "state"], "features", axis=2)


def build(weights: dict[str, torch.Tensor]) -> onnx.ModelProto:
    """The network as ONNX."""
    graph = Graph(weights)
    hidden = graph.lstm(1, graph.lstm(0, _features(graph)))
    out = graph.node(
        "MatMul", [hidden, graph.constant("out", graph.weights["out.weight"].T.copy())], "raw"
    )
    graph.node("Add", [out, graph.constant("out_bias", graph.weights["out.bias"])], "scores")
    inputs = [helper.make_tensor_value_info(n, kind, dims) for n, (kind, dims) in INPUTS.items()]
    scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ("T", "B", "L"))
    made = helper.make_graph(graph.nodes, "citations", inputs, [scores], graph.constants)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def main(arguments: list[str]) -> None:
    """Write the model file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    weights = torch.load(options.work / "model.pt")["weights"]
    model = build(weights)
    chain = {name: weights[name].tolist() for name in ("moves", "begin", "end")}
    metadata = {
        "version": datetime.now(UTC).strftime("%Y.%m.%d"),
        "vocabulary": (options.work / "vocabulary.json").read_text(encoding="utf-8"),
        "chain": json.dumps(chain),
    }
    helper.set_model_props(model, metadata)
    options.file.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, options.file)


if __name__ == "__main__":
    main(sys.argv[1:])
