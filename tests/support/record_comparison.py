#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records how the two published models differ according to PyTorch, for the tests to compare with.

    /usr/bin/python3 tests/support/record_comparison.py MNIST_FOLDER SEED_FOLDER

writes tests/data/comparison_820_575.json. Needs Debian's python3-torch.
"""
import itertools
import json
import pathlib
import sys
import types

import numpy
import torch

from record_reference import HERE, Network, load_test_set

SAMPLE = 1000  # images for the correlation of responses, spread evenly over the data


def load(path):
    module = torch.load(path, map_location="cpu")
    return {name: value.detach() for name, value in module.state_dict().items()}


def responses(state, images):
    """What each layer of channels puts out after its PReLU, and the logits."""
    functional = torch.nn.functional
    outputs = {}
    x = images
    for unit, (conv, prelu) in enumerate(((0, 1), (3, 4), (6, 7)), start=1):
        x = functional.conv2d(x, state[f"features.{conv}.weight"], state[f"features.{conv}.bias"])
        x = functional.prelu(x, state[f"features.{prelu}.weight"])
        outputs[f"conv{unit}"] = x
        if unit < 3:
            x = functional.max_pool2d(x, 2)
    logits = x.flatten(1) @ state["classifier.0.weight"].T + state["classifier.0.bias"]
    return outputs, logits


def predictions(state, images):
    with torch.no_grad():
        parts = [responses(state, part)[1].argmax(1) for part in images.split(1000)]
    return torch.cat(parts)


def confusion(labels, answers):
    """[labels, answers], counts."""
    return torch.bincount(10 * labels + answers, minlength=100).reshape(10, 10)


def correlations(a, b):
    """[channels of a, channels of b], Pearson's, over all images and positions."""
    rows = [channel.double().flatten().numpy() for channel in a.transpose(0, 1)]
    columns = [channel.double().flatten().numpy() for channel in b.transpose(0, 1)]
    return numpy.array([[numpy.corrcoef(r, c)[0, 1] for c in columns] for r in rows])


def matching(matrix):
    """The best of all permutations; all its pairs have to be positively correlated."""
    indices = range(len(matrix))
    best = max(itertools.permutations(indices),
               key=lambda order: sum(max(matrix[i, order[i]], 0) for i in indices))
    assert all(matrix[i, best[i]] > 0 for i in indices)
    return [[i, best[i]] for i in indices]


def record(a, b, images, labels):
    in_a, in_b = predictions(a, images), predictions(b, images)
    right_a, right_b = in_a == labels, in_b == labels
    count = lambda condition: int(condition.sum())
    per_class = []
    for label in range(10):
        of = labels == label
        per_class.append({"images": count(of), "agree": count(of & (in_a == in_b)),
                          "both": count(of & right_a & right_b),
                          "only_a": count(of & right_a & ~right_b),
                          "only_b": count(of & ~right_a & right_b)})
    differ = (in_a != in_b).nonzero().flatten().tolist()
    mask = {name: {"both": count((a[name] != 0) & (b[name] != 0)),
                   "only_a": count((a[name] != 0) & (b[name] == 0)),
                   "only_b": count((a[name] == 0) & (b[name] != 0)),
                   "changed": count(a[name] != b[name]),
                   "distance": float((a[name].double() - b[name].double()).norm())}
            for name in a}
    chosen = [i * len(labels) // SAMPLE for i in range(SAMPLE)]
    with torch.no_grad():
        maps_a, maps_b = (responses(state, images[chosen])[0] for state in (a, b))
    units = {}
    for name in maps_a:
        matrix = correlations(maps_a[name], maps_b[name])
        units[name] = {"correlation": [[float(f"{v:.7g}") for v in row] for row in matrix],
                       "matched": matching(matrix)}
    return {
        "made_with": f"PyTorch {torch.__version__}",
        "nonzero": {"a": sum(count(v != 0) for v in a.values()),
                    "b": sum(count(v != 0) for v in b.values())},
        "correct": {"a": count(right_a), "b": count(right_b)},
        "agreement": count(in_a == in_b),
        "only_a": count(right_a & ~right_b),
        "only_b": count(~right_a & right_b),
        "per_class": per_class,
        "both_wrong": count(~right_a & ~right_b),
        "confusion_difference": (confusion(labels, in_b) - confusion(labels, in_a)).tolist(),
        "disagreements": [[i, int(labels[i]), int(in_a[i]), int(in_b[i])] for i in differ],
        "mask": mask,
        "units": units,
    }


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    mnist, seed = map(pathlib.Path, sys.argv[1:])
    sys.modules["model"] = types.SimpleNamespace(Network=Network)
    images, labels = load_test_set(mnist)
    result = record(load(seed / "model.pth"), load(seed / "model-pruned.pth"), images, labels)
    text = json.dumps(result, separators=(",", ":"))
    (HERE.parent / "data" / "comparison_820_575.json").write_text(text + "\n")
    print({key: result[key] for key in ("nonzero", "correct", "agreement", "only_a", "only_b")})
    for name, unit in result["units"].items():
        print(name, unit["matched"], [round(unit["correlation"][i][j], 3)
                                      for i, j in unit["matched"]])


if __name__ == "__main__":
    main()
