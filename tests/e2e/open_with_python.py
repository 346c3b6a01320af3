#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that PyTorch opens what `caddie convert` writes, and finds the same bits in it.

    /usr/bin/python3 tests/e2e/open_with_python.py build/release/bin/caddie MODEL.pth ...

Each model, a pickled module or a state_dict that PyTorch itself can open, is converted to
safetensors, from there to .pt, and the .pt opened by torch.load. Needs Debian's python3-torch; the
safetensors file is read by hand, as python3-safetensors is not packaged.
"""
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import types

import numpy
import torch


class Network(torch.nn.Module):
    """The class that the published files name as `model.Network`."""


def state_of(path):
    opened = torch.load(path, map_location="cpu")
    state = opened.state_dict() if isinstance(opened, torch.nn.Module) else opened
    return {name: value.detach().contiguous() for name, value in state.items()}


def read_safetensors(path):
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        part = content[8 + length + begin:8 + length + end]
        assert entry["dtype"] == "F32", (name, entry)
        values = numpy.frombuffer(part, dtype="<f4").reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors


def check_same(expected, found, what):
    assert set(expected) == set(found), (what, set(expected) ^ set(found))
    for name, value in expected.items():
        assert value.shape == found[name].shape, (what, name)
        assert value.numpy().tobytes() == found[name].numpy().tobytes(), (what, name)
    print(f"{what}: {len(expected)} tensors, bit for bit")


def check(program, model, folder):
    expected = state_of(model)
    own, torch_file = folder / "m.safetensors", folder / "m.pt"
    subprocess.run([program, "convert", model, own, "--force"], check=True)
    subprocess.run([program, "convert", own, torch_file, "--force"], check=True)
    check_same(expected, read_safetensors(own), f"{model.name} as safetensors")
    opened = torch.load(torch_file)
    assert isinstance(opened, dict), type(opened)
    check_same(expected, opened, f"{model.name} as .pt in torch.load")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.modules["model"] = types.SimpleNamespace(Network=Network)
    with tempfile.TemporaryDirectory() as folder:
        for model in sys.argv[2:]:
            check(sys.argv[1], pathlib.Path(model), pathlib.Path(folder))


if __name__ == "__main__":
    main()
