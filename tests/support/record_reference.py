#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records what PyTorch computes for the published models, for the tests to compare with.

    /usr/bin/python3 tests/support/record_reference.py MNIST_FOLDER SEED_FOLDER

writes tests/data/reference_820.json and reference_575.json. Needs Debian's python3-torch. The
models are whole pickled modules, so their class is declared here; the forward pass is spelled out
below instead of trusting it.
"""
import gzip
import json
import pathlib
import sys
import types

import numpy
import torch

HERE = pathlib.Path(__file__).resolve().parent
PIXEL_MEAN, PIXEL_STD = 0.1307, 0.3081
LOGIT_IMAGES = 20


class Network(torch.nn.Module):
    """The class that the published files name as `model.Network`."""


def read_idx(path, header):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        return numpy.frombuffer(file.read()[header:], dtype=numpy.uint8)


def find(folder, name):
    for path in (folder / name, folder / (name + ".gz")):
        if path.exists():
            return path
    sys.exit(f"{folder}: no {name}")


def load_test_set(folder):
    pixels = read_idx(find(folder, "t10k-images-idx3-ubyte"), 16).reshape(-1, 1, 28, 28)
    labels = read_idx(find(folder, "t10k-labels-idx1-ubyte"), 8)
    images = torch.from_numpy(pixels.copy()).float() / 255
    return (images - PIXEL_MEAN) / PIXEL_STD, torch.from_numpy(labels.copy()).long()


def forward(state, images):
    """All that the tests compare: first layer before and after PReLU, features, logits."""
    functional = torch.nn.functional

    def conv(x, layer):
        return functional.conv2d(x, state[f"features.{layer}.weight"],
                                 state[f"features.{layer}.bias"])

    def prelu(x, layer):
        return functional.prelu(x, state[f"features.{layer}.weight"])

    pre = conv(images, 0)
    post = prelu(pre, 1)
    x = functional.max_pool2d(post, 2)
    x = functional.max_pool2d(prelu(conv(x, 3), 4), 2)
    features = prelu(conv(x, 6), 7).flatten(1)
    logits = features @ state["classifier.0.weight"].T + state["classifier.0.bias"]
    return pre, post, features, logits


def rounded(tensor):
    flat = [float(f"{value:.7g}") for value in tensor.double().flatten().tolist()]
    return flat


def rows(tensor):
    return [rounded(row) for row in tensor]


def record(path, images, labels):
    module = torch.load(path, map_location="cpu")
    state = {name: value.detach() for name, value in module.state_dict().items()}
    with torch.no_grad():
        pre, post, _, _ = forward(state, images[:1])
        parts = [forward(state, part)[2:] for part in images.split(1000)]
    features = torch.cat([part[0] for part in parts]).double()
    logits = torch.cat([part[1] for part in parts]).double()
    predictions = logits.argmax(1)
    confusion = torch.zeros(10, 10, dtype=torch.long)
    for label, prediction in zip(labels.tolist(), predictions.tolist()):
        confusion[label, prediction] += 1
    by_class = [features[labels == label] for label in range(10)]
    return {
        "made_with": f"PyTorch {torch.__version__}",
        "parameters": sum(value.numel() for value in state.values()),
        "nonzero": sum(int((value != 0).sum()) for value in state.values()),
        "images": len(labels),
        "correct": int((predictions == labels).sum()),
        "loss": torch.nn.functional.cross_entropy(logits, labels).item(),
        "confusion": confusion.tolist(),
        "logits": rows(logits[:LOGIT_IMAGES]),
        "conv1_pre": {"shape": list(pre.shape[1:]), "values": rounded(pre)},
        "conv1_post": {"shape": list(post.shape[1:]), "values": rounded(post)},
        "class_count": [len(part) for part in by_class],
        "class_mean": [rounded(part.mean(0)) for part in by_class],
        "class_std": [rounded(part.std(0, unbiased=False)) for part in by_class],
    }


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    mnist, seed = map(pathlib.Path, sys.argv[1:])
    sys.modules["model"] = types.SimpleNamespace(Network=Network)
    images, labels = load_test_set(mnist)
    for file, name in (("model.pth", "reference_820"), ("model-pruned.pth", "reference_575")):
        reference = record(seed / file, images, labels)
        text = json.dumps(reference, separators=(",", ":"))
        (HERE.parent / "data" / f"{name}.json").write_text(text + "\n")
        print(name, {key: reference[key] for key in ("parameters", "nonzero", "correct", "loss")})


if __name__ == "__main__":
    main()
