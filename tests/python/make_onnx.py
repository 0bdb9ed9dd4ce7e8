"""Writes the small ONNX models of the tests of pipelines/engines/detect: python make_onnx.py FOLDER

Needs the package `onnx`. The models are committed; run this only to change them.

colours.onnx  a classifier over [1, 3, 4, 4]: the mean of each plane, times 4, as logits of red, green and blue
faces.onnx    an answer in the form of single-shot face detectors over [1, 3, 4, 4]: two boxes of which the second is
              as sure as the picture is bright
"""

import sys
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save


def write(path: Path, nodes, outputs, constants) -> None:
    picture = helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 3, 4, 4])
    answers = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs]
    weights = [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, path.stem, [picture], answers, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    checker.check_model(model)
    save(model, path)


def main(folder: Path) -> None:
    mean = helper.make_node("GlobalAveragePool", ["picture"], ["mean"])
    flat = helper.make_node("Flatten", ["mean"], ["flat"])
    logits = helper.make_node("Gemm", ["flat", "weights"], ["logits"])
    write(
        folder / "colours.onnx",
        [mean, flat, logits],
        [("logits", [1, 3])],
        {"weights": np.eye(3, dtype=np.float32) * 4},
    )

    # Scores are [background, face] for each box: the first box is always sure, the second one as sure as it is bright.
    brightness = helper.make_node("ReduceMean", ["flat"], ["bright"], axes=[1], keepdims=1)
    second = helper.make_node("Mul", ["bright", "only_second"], ["share"])
    shaped = helper.make_node("Reshape", ["share", "form"], ["shares"])
    scores = helper.make_node("Add", ["shares", "first"], ["scores"])
    still = helper.make_node("Mul", ["bright", "nothing"], ["zeros"])
    still_shaped = helper.make_node("Reshape", ["zeros", "form_of_boxes"], ["still"])
    boxes = helper.make_node("Add", ["still", "edges"], ["boxes"])
    write(
        folder / "faces.onnx",
        [mean, flat, brightness, second, shaped, scores, still, still_shaped, boxes],
        [("scores", [1, 2, 2]), ("boxes", [1, 2, 4])],
        {
            "only_second": np.array([[0, 0, 0, 1]], np.float32),
            "form": np.array([1, 2, 2], np.int64),
            "first": np.array([[[0.1, 0.9], [0, 0]]], np.float32),
            "nothing": np.zeros((1, 8), np.float32),
            "form_of_boxes": np.array([1, 2, 4], np.int64),
            "edges": np.array([[[0.25, 0.25, 0.5, 0.5], [0.5, 0.0, 1.0, 0.5]]], np.float32),
        },
    )


main(Path(sys.argv[1]))
