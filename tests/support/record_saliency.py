#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saliencies at initialisation by PyTorch, in double precision, for a small fixed network and fixed
images: writes tests/data/saliency.json, which tests/core/saliency_test.cpp is held against.

Parameters and images are simple formulas that the test repeats."""
import json
import math
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

IMAGES = 20


def wave(count, a, b):
    return torch.tensor([math.sin(a * (i + 1)) * b for i in range(count)], dtype=torch.float64)


def network():
    net = nn.Sequential(nn.Conv2d(1, 3, 5), nn.PReLU(3), nn.MaxPool2d(4), nn.Conv2d(3, 2, 3),
                        nn.ReLU(), nn.Flatten(), nn.Linear(32, 10)).double()
    flat = wave(sum(p.numel() for p in net.parameters()), 0.7, 0.3)
    at = 0
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(flat[at:at + p.numel()].view_as(p))
            at += p.numel()
    return net


def flatten(tensors):
    return torch.cat([t.reshape(-1) for t in tensors])


def rounded(values):
    return [float(f"{v:.9g}") for v in values.tolist()]


def main():
    pixels = (wave(IMAGES * 784, 1.3, 0.5) + 0.5).view(IMAGES, 1, 28, 28)
    # As the test's images are: bytes.
    pixels = torch.floor(pixels * 255) / 255
    inputs = (pixels - 0.1307) / 0.3081
    labels = torch.tensor([i % 10 for i in range(IMAGES)])

    net = network()
    parameters = list(net.parameters())
    theta = flatten([p.detach() for p in parameters])
    loss = F.cross_entropy(net(inputs), labels)
    gradients = torch.autograd.grad(loss, parameters, create_graph=True)
    gradient = flatten(gradients)
    product = flatten(torch.autograd.grad((gradient * gradient.detach()).sum(), parameters))

    with torch.no_grad():
        for p in parameters:
            p.abs_()
    flow = net(torch.ones(1, 1, 28, 28, dtype=torch.float64)).sum()
    flows = flatten(torch.autograd.grad(flow, parameters, allow_unused=False))

    out = {
        "snip": rounded((theta * gradient).abs().detach()),
        "grasp": rounded((theta * product).detach()),
        "synflow": rounded((theta.abs() * flows).detach()),
    }
    path = pathlib.Path(__file__).resolve().parents[1] / "data" / "saliency.json"
    path.write_text(json.dumps(out) + "\n")


main()
