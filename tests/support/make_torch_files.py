#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the small torch files in tests/data/containers and what is in them (expected.json).

Run with Debian 12's python3-torch (1.13): python3 tests/support/make_torch_files.py FOLDER
Every kind of container that strangers' files come in, each a few KB. Those that today's torch no
longer writes (tar, 0.1's Variables, Python 2, early TorchScript) are put together by hand, opcode by
opcode, as the old versions did.
"""

import argparse
import collections
import io
import json
import os
import pickle
import struct
import sys
import tarfile
import types
import warnings
import zipfile

import numpy as np
import torch
import torch.nn as nn

warnings.filterwarnings("ignore")
# A legacy file quotes the source of its classes; not torch's own in ours.
torch.serialization.get_source_lines_and_file = lambda cls, *_: ([f"class {cls.__name__}: ...\n"], 1,
                                                                 "net.py")
EXPECTED = {}


class Network(nn.Module):
    """Everything a module, applied in the order of registration but for the flatten."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 2, 5), nn.PReLU(2), nn.MaxPool2d(2),
            nn.Conv2d(2, 3, 3), nn.PReLU(3), nn.MaxPool2d(2))
        self.classifier = nn.Sequential(nn.Linear(75, 10))

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


class Functional(nn.Module):
    """Pools and activation functions are functions, as in most tutorials."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 2, 5)
        self.conv2 = nn.Conv2d(2, 3, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.drop = nn.Dropout(0.25)
        self.fc1 = nn.Linear(108, 12)
        self.fc2 = nn.Linear(12, 10)

    def forward(self, x):
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        return self.fc2(torch.relu(self.fc1(self.drop(x.flatten(1)))))


class Normed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 2, 5, bias=False)
        self.bn1 = nn.BatchNorm2d(2)
        self.conv2 = nn.Conv2d(2, 3, 3)
        self.bn2 = nn.BatchNorm2d(3)
        self.fc = nn.Linear(75, 10)


# Whole modules carry the name of the program that made them.
for cls in (Network, Functional, Normed):
    cls.__module__ = "model"
sys.modules["model"] = types.ModuleType("model")
for cls in (Network, Functional, Normed):
    setattr(sys.modules["model"], cls.__name__, cls)


def filled(net, seed=1):
    """Values that are short in binary, so that sums are exact in half precision too."""
    generator = torch.Generator().manual_seed(seed)
    for tensor in net.state_dict().values():
        if tensor.is_floating_point():
            tensor.copy_(torch.randint(-8, 9, tensor.shape, generator=generator) / 8)
    for name, tensor in net.state_dict().items():
        if name.endswith("running_var"):
            tensor.abs_().add_(0.5)
    return net.eval()


def expect(name, state, **more):
    tensors = [{"name": key, "shape": list(value.shape), "sum": float(value.double().sum()),
                "nonzero": int((value != 0).sum())}
               for key, value in state.items() if not key.endswith("num_batches_tracked")]
    EXPECTED[name] = {"tensors": tensors, **more}


def drop_debug_members(path):
    """They name the folder in which this script lay."""
    with zipfile.ZipFile(path) as source:
        members = [(name, source.read(name)) for name in source.namelist()]
    with zipfile.ZipFile(path, "w") as out:
        for name, content in members:
            if not name.endswith(".debug_pkl"):
                out.writestr(zipfile.ZipInfo(name), content)


# --- files that torch.save of today writes


def modern(folder):
    def save(name, thing, state, **kwargs):
        save_kwargs = {k: kwargs.pop(k) for k in list(kwargs)
                       if k in ("_use_new_zipfile_serialization", "pickle_protocol")}
        torch.save(thing, os.path.join(folder, name), **save_kwargs)
        expect(name, state, **kwargs)

    net = filled(Network())
    state = net.state_dict()
    stored = {"layout": "stored",
              "architecture": "2@5x5 prelu pool, 3@3x3 prelu pool, linear 10"}
    legacy = {"_use_new_zipfile_serialization": False}

    save("zip_state_dict.pt", state, state, format="torch zip, state_dict")
    save("zip_module.pth", net, state, format="torch zip, whole module", **stored)
    save("legacy_state_dict.pkl", state, state, format="torch legacy, state_dict", **legacy)
    save("legacy_module.pt", net, state, format="torch legacy, whole module", **legacy, **stored)
    save("legacy_protocol4.pt", state, state, pickle_protocol=4, **legacy)
    save("zip_protocol4.pt", state, state, pickle_protocol=4)
    save("plain_dict.pt", dict(state), state)
    save("checkpoint.pth.tar",
         {"epoch": 3, "arch": "net", "best_acc": torch.tensor(0.98),
          "args": argparse.Namespace(lr=0.1, cuda=False, names=["a"]),
          "state_dict": collections.OrderedDict(("module." + k, v) for k, v in state.items()),
          "optimizer": torch.optim.Adam(net.parameters()).state_dict()},
         collections.OrderedDict(("module." + k, v) for k, v in state.items()),
         format="torch zip, state_dict in a checkpoint")
    save("checkpoint_module.pt", {"model": net, "acc": np.float64(0.5), "epoch": np.int64(2)}, state,
         format="torch zip, whole module in a checkpoint", **stored)
    save("checkpoint_optimizer_object.pt",
         {"optimizer": torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9), "net": state}, state)
    save("data_parallel.pt", nn.DataParallel(net),
         collections.OrderedDict(("module." + k, v) for k, v in state.items()), **stored)
    save("compiled_prefix.pt",
         collections.OrderedDict(("_orig_mod." + k, v) for k, v in state.items()),
         collections.OrderedDict(("_orig_mod." + k, v) for k, v in state.items()))

    parameters = collections.OrderedDict(net.named_parameters())
    save("parameters.pt", parameters, state)
    torch.save(list(net.parameters()), os.path.join(folder, "parameter_list.pt"))
    expect("parameter_list.pt",
           collections.OrderedDict((str(i), v) for i, v in enumerate(state.values())))
    functional = filled(Functional(), 2)
    save("functional_module.pt", functional, functional.state_dict(), layout="inferred",
         architecture="2@5x5 relu pool, 3@3x3 pad 1 relu pool, linear 12 relu, linear 10")
    save("functional_state_dict.pt", functional.state_dict(), functional.state_dict(),
         layout="inferred",
         architecture="2@5x5 relu pool, 3@3x3 pad 1 relu pool, linear 12 relu, linear 10")

    sequential = filled(nn.Sequential(
        nn.Conv2d(1, 2, 4, stride=2), nn.LeakyReLU(0.2), nn.AvgPool2d(3, 2, 1), nn.Dropout2d(0.1),
        nn.Sequential(nn.Conv2d(2, 3, (3, 3), padding=1, bias=False), nn.BatchNorm2d(3, eps=0.001),
                      nn.Tanh(), nn.AdaptiveAvgPool2d(1)),
        nn.Flatten(), nn.Linear(3, 10), nn.LogSoftmax(dim=1)), 3)
    save("sequential.pt", sequential, sequential.state_dict(), layout="stored",
         architecture="2@4x4 stride 2 leaky 0.2 avgpool 3 stride 2 pad 1 dropout 0.1, "
                      "3@3x3 pad 1 nobias bn eps 0.001 tanh gavgpool, linear 10")

    normed = filled(Normed(), 4)
    save("batch_norm.pt", normed.state_dict(), normed.state_dict(), layout="inferred",
         architecture="2@5x5 nobias bn relu pool, 3@3x3 bn relu pool, linear 10")
    bias_first = collections.OrderedDict()
    for key in ("fc2", "fc1", "conv2", "conv1"):
        for part in ("bias", "weight"):
            bias_first[f"{key}.{part}"] = functional.state_dict()[f"{key}.{part}"]
    save("bias_first.pt", bias_first,
         collections.OrderedDict((f"{k}.{p}", functional.state_dict()[f"{k}.{p}"])
                                 for k in ("conv1", "conv2", "fc1", "fc2")
                                 for p in ("weight", "bias")), layout="inferred")

    half = collections.OrderedDict((k, v.half()) for k, v in state.items())
    save("half.pt", half, state)
    save("bfloat16.pt", collections.OrderedDict((k, v.bfloat16()) for k, v in state.items()),
         collections.OrderedDict((k, v.bfloat16().float()) for k, v in state.items()))
    save("double_legacy.pt", collections.OrderedDict((k, v.double()) for k, v in state.items()), state,
         **legacy)
    mixed = collections.OrderedDict(state)
    mixed["features.3.bias"] = torch.tensor([1, 0, -2])
    save("long_bias.pt", mixed, mixed)

    strided = collections.OrderedDict(state)
    strided["classifier.0.weight"] = state["classifier.0.weight"].t().contiguous().t()
    strided["classifier.0.bias"] = torch.tensor([0.5]).expand(10)
    strided["features.0.weight"] = state["features.0.weight"].flip(0)[[1, 0]].permute(
        0, 1, 3, 2).contiguous().permute(0, 1, 3, 2)
    whole = torch.cat([torch.zeros(7), state["features.3.bias"]])
    strided["features.3.bias"] = whole[7:]
    strided["features.1.weight"] = torch.tensor([0.25, 9, 0.75, 9])[::2]
    save("strided_views.pt", strided, strided)
    save("legacy_shared_storage.pt", strided, strided, **legacy)

    pruned = filled(Functional(), 5)
    from torch.nn.utils import prune
    for module in (pruned.conv1, pruned.fc1):
        prune.l1_unstructured(module, "weight", amount=0.5)
    effective = collections.OrderedDict()
    for key, value in pruned.state_dict().items():
        if key.endswith("_mask"):
            continue
        path = key.replace("_orig", "")
        mask = pruned.state_dict().get(path + "_mask")
        effective[path] = value * mask if mask is not None else value
    order = [f"{k}.{p}" for k in ("conv1", "conv2", "fc1", "fc2") for p in ("weight", "bias")]
    save("pruning_masks.pt", pruned.state_dict(),
         collections.OrderedDict((key, effective[key]) for key in order))

    script = torch.jit.script(filled(Network(), 6))
    script.save(os.path.join(folder, "script.pt"))
    expect("script.pt", filled(Network(), 6).state_dict(), format="TorchScript")
    traced = torch.jit.trace(filled(Functional(), 7), torch.zeros(1, 1, 28, 28))
    traced.save(os.path.join(folder, "traced.pt"))
    expect("traced.pt", filled(Functional(), 7).state_dict(), format="TorchScript")

    for name in ("script.pt", "traced.pt"):
        drop_debug_members(os.path.join(folder, name))

    with open(os.path.join(folder, "plain_pickle.pkl"), "wb") as out:
        pickle.dump(state, out)
    expect("plain_pickle.pkl", state, format="pickle, state_dict")
    arrays = {k: v.numpy() for k, v in state.items()}
    arrays["classifier.0.weight"] = np.asfortranarray(arrays["classifier.0.weight"])
    arrays["features.0.bias"] = arrays["features.0.bias"].astype(">f4")
    for protocol in (0, 2, 4):
        name = f"numpy_protocol{protocol}.pkl"
        with open(os.path.join(folder, name), "wb") as out:
            pickle.dump(arrays, out, protocol=protocol)
        expect(name, state, format="pickle, state_dict")
    torch.save(arrays, os.path.join(folder, "numpy_in_zip.pt"))
    expect("numpy_in_zip.pt", state)


# --- files that only old versions wrote


class Writer:
    """Pickle opcodes by hand."""

    def __init__(self, python2=False):
        self.out = io.BytesIO()
        self.python2 = python2
        self.out.write(b"\x80\x02")

    def raw(self, data):
        self.out.write(data)
        return self

    def text(self, value):
        data = value.encode()
        if self.python2:
            return self.raw(b"U" + bytes([len(data)]) + data)
        return self.raw(b"X" + struct.pack("<I", len(data)) + data)

    def integer(self, value):
        if -2**31 <= value < 2**31:
            return self.raw(b"J" + struct.pack("<i", value))
        return self.raw(b"\x8a\x08" + struct.pack("<q", value))

    def glob(self, module, name):
        return self.raw(f"c{module}\n{name}\n".encode())

    def integers(self, values):
        self.raw(b"(")
        for value in values:
            self.integer(value)
        return self.raw(b"t")

    def done(self):
        return self.raw(b".").out.getvalue()


MAGIC = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."


def system_info(python2):
    w = Writer(python2).raw(b"}(")
    w.text("protocol_version").integer(1001)
    w.text("type_sizes").raw(b"}(").text("int").integer(4).text("long").integer(8).raw(b"u")
    w.text("little_endian").raw(b"\x88u")
    return w.done()


def legacy_tensor(w, key, tensor, cuda, rebuild="_rebuild_tensor", module="torch"):
    """_rebuild_tensor(storage, offset, size, stride), as 0.1 to 0.3 had it."""
    w.glob("torch._utils", rebuild).raw(b"((").text("storage")
    w.glob("torch.cuda" if cuda else module, "FloatStorage").text(key)
    w.text("cuda:0" if cuda else "cpu").integer(tensor.numel()).raw(b"NtQ").integer(0)
    w.integers(tensor.shape).integers(tensor.stride()).raw(b"tR")


def legacy_file(path, body, keys, tensors, python2=False):
    with open(path, "wb") as out:
        out.write(MAGIC + Writer().integer(1001).done() + system_info(python2) + body)
        w = Writer(python2).raw(b"](")
        for key in keys:
            w.text(key)
        out.write(w.raw(b"e").done())
        for tensor in tensors:
            out.write(struct.pack("<q", tensor.numel()) + tensor.contiguous().numpy().tobytes())


def ordered_dict_of_2017(w, state, tensor):
    """OrderedDict([[key, value], ...]) by REDUCE, as Python 2 pickles it."""
    w.glob("collections", "OrderedDict").raw(b"](")
    for index, (key, value) in enumerate(state.items()):
        w.raw(b"](").text(key)
        tensor(w, str(30000000 + index), value)
        w.raw(b"e")
    w.raw(b"e\x85R")


def old(folder):
    net = filled(Network(), 8)
    state = net.state_dict()
    values = list(state.values())
    keys = [str(30000000 + i) for i in range(len(values))]

    for name, python2, cuda in (("legacy_2017_python2.pth", True, False),
                                ("legacy_2017_cuda.pth", False, True)):
        w = Writer(python2)
        ordered_dict_of_2017(w, state, lambda w, key, t: legacy_tensor(w, key, t, cuda))
        legacy_file(os.path.join(folder, name), w.done(), keys, values, python2)
        expect(name, state, format="torch legacy, state_dict")

    # A whole module of 0.2: classes by persistent id with their source, parameters as
    # Parameter(tensor) with a state, children by SETITEMS.
    w = Writer()

    def module(cls, source, fill):
        w.raw(b"(").text("module").glob(*cls).text("net.py").text(source).raw(b"tQ)\x81}(")
        w.text("_backend").raw(b"N").text("_buffers").raw(b"}").text("training").raw(b"\x88")
        fill()
        w.raw(b"ub")

    def parameters(path):
        w.text("_parameters").glob("collections", "OrderedDict").raw(b")R(")
        for part in ("weight", "bias"):
            if f"{path}.{part}" in state:
                index = list(state).index(f"{path}.{part}")
                w.text(part).glob("torch.nn.parameter", "Parameter")
                legacy_tensor(w, keys[index], values[index], False)
                w.raw(b"\x85R(\x88\x89").glob("collections", "OrderedDict").raw(b")Rtb")
        w.raw(b"u")

    def leaf(cls, path, options):
        def fill():
            parameters(path)
            w.text("_modules").raw(b"}")
            for key, value in options.items():
                w.text(key)
                if isinstance(value, tuple):
                    w.integers(value)
                else:
                    w.integer(value)
        module(cls, "class " + cls[1], fill)

    def sequential(path, children):
        def fill():
            w.text("_parameters").raw(b"}").text("_modules").glob("collections", "OrderedDict")
            w.raw(b")R(")
            for key, (cls, options) in children.items():
                w.text(key)
                leaf(cls, f"{path}.{key}", options)
            w.raw(b"u")
        module(("torch.nn.modules.container", "Sequential"), "class Sequential", fill)

    conv = ("torch.nn.modules.conv", "Conv2d")
    prelu = ("torch.nn.modules.activation", "PReLU")
    pool = ("torch.nn.modules.pooling", "MaxPool2d")

    def convolution(inputs, outputs, size):
        return conv, {"in_channels": inputs, "out_channels": outputs, "kernel_size": (size, size),
                      "stride": (1, 1), "padding": (0, 0), "dilation": (1, 1), "groups": 1}

    def network():
        w.text("_parameters").raw(b"}").text("_modules").glob("collections", "OrderedDict").raw(b")R(")
        w.text("features")
        sequential("features", {
            "0": convolution(1, 2, 5), "1": (prelu, {"num_parameters": 2}),
            "2": (pool, {"kernel_size": 2, "stride": 2, "padding": 0, "dilation": 1}),
            "3": convolution(2, 3, 3), "4": (prelu, {"num_parameters": 3}),
            "5": (pool, {"kernel_size": 2, "stride": 2, "padding": 0, "dilation": 1})})
        w.text("classifier")
        sequential("classifier", {"0": (("torch.nn.modules.linear", "Linear"),
                                        {"in_features": 75, "out_features": 10})})
        w.raw(b"u")

    module(("__main__", "Net"), "class Net(nn.Module): ...", network)
    legacy_file(os.path.join(folder, "legacy_2017_module.pt"), w.done(), keys, values)
    expect("legacy_2017_module.pt", state, format="torch legacy, whole module", layout="stored",
           architecture="2@5x5 prelu pool, 3@3x3 prelu pool, linear 10")

    # A storage of which two tensors see a part each.
    both = torch.cat([values[0].flatten(), values[1].flatten()])
    w = Writer().glob("collections", "OrderedDict").raw(b")R(")
    offset = 0
    for index, (key, value) in enumerate(state.items()):
        w.text(key)
        if index > 1:
            legacy_tensor(w, keys[index], value, False)
            continue
        w.glob("torch._utils", "_rebuild_tensor_v2").raw(b"((").text("storage")
        w.glob("torch", "FloatStorage").text("77").text("cpu").integer(both.numel())
        w.raw(b"(").text(f"view{index}").integer(offset).integer(value.numel()).raw(b"ttQ")
        w.integer(0).integers(value.shape).integers(value.stride()).raw(b"\x89")
        w.glob("collections", "OrderedDict").raw(b")RtR")
        offset += value.numel()
    legacy_file(os.path.join(folder, "legacy_storage_views.pt"), w.raw(b"u").done(),
                ["77"] + keys[2:], [both] + values[2:])
    expect("legacy_storage_views.pt", state)

    tar_file(folder, state)
    early_script(folder, filled(Functional(), 9))
    deflated(folder, state)
    big_endian(folder, state)
    version3(folder, state)


def tar_file(folder, state):
    storages = io.BytesIO(Writer().integer(len(state)).done())
    storages.seek(0, 2)
    tensors = io.BytesIO(Writer().integer(len(state)).done())
    tensors.seek(0, 2)
    w = Writer().glob("collections", "OrderedDict").raw(b")R(")
    for index, (key, value) in enumerate(state.items()):
        storage, tensor = 94000000000000 + index, 95000000000000 + index
        storages.write(Writer().raw(b"(").integer(storage).text("cpu").glob("torch", "FloatStorage")
                       .raw(b"t").done())
        storages.write(struct.pack("<q", value.numel()) + value.numpy().tobytes())
        tensors.write(Writer().raw(b"(").integer(tensor).integer(storage)
                      .glob("torch", "FloatTensor").raw(b"t").done())
        tensors.write(struct.pack("<ii", value.dim(), 0))
        tensors.write(struct.pack(f"<{value.dim()}q", *value.shape))
        tensors.write(struct.pack(f"<{value.dim()}q", *value.stride()))
        tensors.write(struct.pack("<q", 0))
        w.text(key).text(str(tensor)).raw(b"Q")
    storages.write(Writer().raw(b"]").done())
    with tarfile.open(os.path.join(folder, "tar_2016.pth"), "w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in (("storages", storages.getvalue()), ("tensors", tensors.getvalue()),
                              ("pickle", w.raw(b"u").done())):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    expect("tar_2016.pth", state, format="torch tar")


def early_script(folder, net):
    state = net.state_dict()
    tensors, modules = [], collections.OrderedDict()
    with zipfile.ZipFile(os.path.join(folder, "script_1_0.pt"), "w") as out:
        for index, (key, value) in enumerate(state.items()):
            path, part = key.rsplit(".", 1)
            modules.setdefault(path, []).append(
                {"isBuffer": False, "tensorId": str(index), "name": part})
            tensors.append({"dims": [str(n) for n in value.shape], "offset": "0",
                            "strides": [str(n) for n in value.stride()], "requiresGrad": True,
                            "dataType": "FLOAT", "data": {"key": f"tensors/{index}"},
                            "device": "cpu"})
            out.writestr(f"net/tensors/{index}", value.numpy().tobytes())
        main = {"torchscriptArena": {"key": "code/net.py"}, "name": "", "optimize": True,
                "submodules": [{"parameters": p, "name": n, "optimize": True}
                               for n, p in modules.items()]}
        out.writestr("net/code/net.py", "op_version_set = 0\n")
        out.writestr("net/model.json", json.dumps(
            {"protoVersion": "6", "mainModule": main, "producerName": "pytorch",
             "producerVersion": "1.0", "tensors": tensors}))
    expect("script_1_0.pt", state, format="TorchScript")


def rezip(folder, name, change=lambda member, content: content, method=zipfile.ZIP_STORED):
    source = zipfile.ZipFile(os.path.join(folder, "zip_state_dict.pt"))
    with zipfile.ZipFile(os.path.join(folder, name), "w", method) as out:
        for member in source.namelist():
            content = change(member, source.read(member))
            if content is not None:
                out.writestr(zipfile.ZipInfo(member), content, method)


def deflated(folder, state):
    rezip(folder, "zip_deflated.pt", method=zipfile.ZIP_DEFLATED)
    EXPECTED["zip_deflated.pt"] = EXPECTED["zip_state_dict.pt"]


def big_endian(folder, state):
    rezip(folder, "zip_big_endian.pt",
          lambda member, content: np.frombuffer(content, "<f4").byteswap().tobytes()
          if "/data/" in member else content)
    with zipfile.ZipFile(os.path.join(folder, "zip_big_endian.pt"), "a") as out:
        out.writestr("zip_state_dict/byteorder", "big")
        out.writestr("zip_state_dict/.data/serialization_id", "1" * 40)
        out.writestr("zip_state_dict/.format_version", "1")
        out.writestr("zip_state_dict/.storage_alignment", "64")
    EXPECTED["zip_big_endian.pt"] = EXPECTED["zip_state_dict.pt"]


def version3(folder, state):
    """_rebuild_tensor_v3 with an untyped storage, and _rebuild_parameter around it."""
    w = Writer().glob("collections", "OrderedDict").raw(b")R(")
    with zipfile.ZipFile(os.path.join(folder, "zip_untyped.pt"), "w") as out:
        for index, (key, value) in enumerate(state.items()):
            w.text(key).glob("torch._utils", "_rebuild_parameter").raw(b"(")
            w.glob("torch._utils", "_rebuild_tensor_v3").raw(b"((").text("storage")
            w.glob("torch.storage", "UntypedStorage").text(str(index)).text("cpu")
            w.integer(value.numel() * 4).raw(b"tQ").integer(0)
            w.integers(value.shape).integers(value.stride()).raw(b"\x89")
            w.glob("collections", "OrderedDict").raw(b")R").glob("torch", "float32").raw(b"tR")
            w.raw(b"\x88").glob("collections", "OrderedDict").raw(b")RtR")
            out.writestr(f"archive/data/{index}", value.numpy().tobytes())
        out.writestr("archive/data.pkl", w.raw(b"u").done())
        out.writestr("archive/version", "3\n")
    expect("zip_untyped.pt", state, format="torch zip, state_dict")


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    modern(folder)
    old(folder)
    with open(os.path.join(folder, "expected.json"), "w") as out:
        json.dump(EXPECTED, out, indent=1, sort_keys=True)
        out.write("\n")
    print(len(EXPECTED), "files")


main()
