#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of seed_table.py by PyTorch: the same networks, recipe and data, another random
generator. What the two tables differ by is chance.

    CADDIE_MNIST=FOLDER /usr/bin/python3 tests/benchmarks/seed_table_pytorch.py [SEEDS] [FIRST]
"""
import sys

import torch

from published_network import Network, load_mnist, peer_name
from seed_table import PUBLISHED, row

EPOCHS = 20


def rectified():
    network = Network()
    for index, layer in enumerate(network.features):
        if isinstance(layer, torch.nn.PReLU):
            network.features[index] = torch.nn.ReLU()
    return network


NETWORKS = {"published-807": rectified, "published-820": Network}


def accuracies(make_network, seed, train, test):
    torch.manual_seed(seed)
    network = make_network()
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.0008)
    loss_of = torch.nn.CrossEntropyLoss()
    percent = []
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(train[0])).split(14):
            optimizer.zero_grad()
            loss_of(network(train[0][batch]), train[1][batch]).backward()
            optimizer.step()
        with torch.no_grad():
            right = (network(test[0]).argmax(1) == test[1]).sum().item()
        percent.append(100 * right / len(test[0]))
    return percent[-1], max(percent)


def main():
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    torch.set_num_threads(1)
    train, test = load_mnist("train"), load_mnist("test")
    for preset, make_network in NETWORKS.items():
        found = [accuracies(make_network, seed, train, test)
                 for seed in range(first, first + seeds)]
        print(f"{preset}, seeds {first} to {first + seeds - 1}, % of MNIST test right "
              f"(published: {PUBLISHED[preset]}; {peer_name()})")
        row("last epoch", [last for last, _ in found])
        row("best epoch", [best for _, best in found])
        sys.stdout.flush()


if __name__ == "__main__":
    main()
