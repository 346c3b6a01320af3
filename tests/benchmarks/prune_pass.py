#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The published pruning pass, Caddie against PyTorch, in turns.

    CADDIE_MNIST=FOLDER CADDIE_SEED=FOLDER /usr/bin/python3 tests/benchmarks/prune_pass.py \
        build/release/bin/prune_pass [THREADS]

The pass visits 784 weights of the published network. PyTorch's costs one evaluation of the 10,000
test images a weight, which lie ready in one tensor, at batch 1000: 20 are timed and multiplied.
Caddie's time is that of the whole pass, reading the images' bytes and the first evaluation
included. Both get THREADS threads, 2 unless it is given.
"""
import os
import subprocess
import sys
import time
import types

import torch

from published_network import Network, load_mnist, peer_name

ROUNDS = 5
EVALUATIONS = 20
WEIGHTS = 784


def published_model():
    """The file holds a whole pickled module, whose class it calls model.Network."""
    module = types.ModuleType("model")
    module.Network = type("Network", (torch.nn.Module,), {})
    sys.modules["model"] = module
    network = Network()
    path = os.path.join(os.environ["CADDIE_SEED"], "model.pth")
    network.load_state_dict(torch.load(path, map_location="cpu").state_dict())
    return network.eval()


@torch.no_grad()
def right_answers(network, images, labels):
    right = 0
    for batch, truth in zip(images.split(1000), labels.split(1000)):
        right += int((network(batch).argmax(1) == truth).sum())
    return right


def seconds_of_evaluations(network, images, labels, count):
    begun = time.perf_counter()
    for _ in range(count):
        right_answers(network, images, labels)
    return time.perf_counter() - begun


def pass_of_caddie(program, threads):
    model = os.path.join(os.environ["CADDIE_SEED"], "model.pth")
    output = subprocess.run([program, model, str(threads)], check=True, stdout=subprocess.PIPE)
    seconds, removed, nonzero, correct, visited = output.stdout.split()
    return float(seconds), [int(n) for n in (removed, nonzero, correct, visited)]


def main():
    program = sys.argv[1]
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    torch.set_num_threads(threads)
    network = published_model()
    images, labels = load_mnist("test")
    print(f"the network has {right_answers(network, images, labels)} right in PyTorch")
    theirs, ours = [], []
    for _ in range(ROUNDS):
        seconds, result = pass_of_caddie(program, threads)
        ours.append(seconds)
        theirs.append(seconds_of_evaluations(network, images, labels, EVALUATIONS // ROUNDS))
        print(f"Caddie's pass {seconds:.3f} s, {EVALUATIONS // ROUNDS} evaluations of PyTorch "
              f"{theirs[-1]:.2f} s", flush=True)
    evaluation = sum(theirs) / EVALUATIONS
    print(f"Caddie: {result[0]} removed, {result[1]} non-zero, {result[2]} right, "
          f"{result[3]} visited")
    print(f"peer: {peer_name()}, {torch.get_num_threads()} threads")
    print(f"an evaluation of the peer {evaluation:.3f} s, so a pass {evaluation * WEIGHTS:.0f} s")
    for name, seconds in (("median", sorted(ours)[ROUNDS // 2]), ("slowest", max(ours))):
        print(f"Caddie's pass, {threads} threads, {name} of {ROUNDS}: {seconds:.3f} s: "
              f"{evaluation * WEIGHTS / seconds:.0f} times as fast")


if __name__ == "__main__":
    main()
