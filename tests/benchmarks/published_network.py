# SPDX-License-Identifier: GPL-3.0-or-later
"""The published network and MNIST for PyTorch, as the benchmarks' peers use them."""
import gzip
import os
import platform

import torch

MEAN, DEVIATION = 0.1307, 0.3081


class Network(torch.nn.Module):
    """4,5,4 channels, PReLU with a slope a channel: 820 parameters."""

    def __init__(self):
        super().__init__()
        self.features = torch.nn.Sequential(
            torch.nn.Conv2d(1, 4, 4), torch.nn.PReLU(4), torch.nn.MaxPool2d(2),
            torch.nn.Conv2d(4, 5, 3), torch.nn.PReLU(5), torch.nn.MaxPool2d(2),
            torch.nn.Conv2d(5, 4, 3), torch.nn.PReLU(4))
        self.classifier = torch.nn.Sequential(torch.nn.Linear(36, 10))

    def forward(self, x):
        return self.classifier(torch.flatten(self.features(x), 1))


def read_idx(folder, name, header):
    path = os.path.join(folder, name)
    opener = open if os.path.exists(path) else gzip.open
    with opener(path if opener is open else path + ".gz", "rb") as file:
        return torch.frombuffer(bytearray(file.read()[header:]), dtype=torch.uint8)


def load_mnist(split):
    """Images as one tensor of scaled floats, [N, 1, 28, 28], and labels."""
    folder = os.environ["CADDIE_MNIST"]
    prefix = {"train": "train", "test": "t10k"}[split]
    pixels = read_idx(folder, f"{prefix}-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28)
    labels = read_idx(folder, f"{prefix}-labels-idx1-ubyte", 8).long()
    return (pixels.float() / 255 - MEAN) / DEVIATION, labels


def peer_name():
    return f"PyTorch {torch.__version__} (Python {platform.python_version()}), eager"
