#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One training epoch of the published 820-parameter network, Caddie against PyTorch, in turns.

    CADDIE_MNIST=FOLDER /usr/bin/python3 tests/benchmarks/train_epoch.py build/release/bin/train_epoch

Batch 14, AdamW, one thread each. PyTorch works eagerly on images that lie ready in one tensor of
floats, shuffled by randperm; Caddie's time includes shuffling and reading its images' bytes. On a
machine with other work to do, the processor's time says more than the clock.
"""
import subprocess
import sys
import time

import torch

from published_network import Network, load_mnist, peer_name

ROUNDS = 3


def epoch_of_pytorch(images, labels):
    torch.manual_seed(1)
    network = Network()
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.0008)
    loss_of = torch.nn.CrossEntropyLoss()
    begun, begun_processor = time.perf_counter(), time.thread_time()
    for batch in torch.randperm(len(images)).split(14):
        optimizer.zero_grad()
        loss_of(network(images[batch]), labels[batch]).backward()
        optimizer.step()
    return time.perf_counter() - begun, time.thread_time() - begun_processor


def epoch_of_caddie(program, side_by_side=1):
    words = subprocess.run([program, str(side_by_side)], check=True,
                           stdout=subprocess.PIPE).stdout.split()
    return tuple(float(word) for word in words)


def main():
    program = sys.argv[1]
    torch.set_num_threads(1)
    images, labels = load_mnist("train")
    theirs, ours, pair = [], [], []
    for _ in range(ROUNDS):
        ours.append(epoch_of_caddie(program))
        pair.append(epoch_of_caddie(program, 2))
        theirs.append(epoch_of_pytorch(images, labels))
        print(f"Caddie {ours[-1][0]:.3f} s, two side by side {pair[-1][0]:.3f} s each, "
              f"PyTorch {theirs[-1][0]:.2f} s", flush=True)
    print(f"peer: {peer_name()}, one thread")
    for index, clock in enumerate(("wall", "processor")):
        mine, peer = (min(turn[index] for turn in turns) for turns in (ours, theirs))
        print(f"fastest epoch, {clock} time: Caddie {mine:.3f} s, PyTorch {peer:.2f} s: "
              f"{peer / mine:.1f} times as fast")
    both = 2 * min(turn[0] for turn in ours) / min(turn[0] for turn in pair)
    print(f"two trainings side by side do {both:.2f} times the work of one")


if __name__ == "__main__":
    main()
