#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Feature visualisation of all 59 targets of the published network, 512 Adam steps each, Caddie
against PyTorch, which goes target by target and then has all in one batch.

    /usr/bin/python3 tests/benchmarks/visualize.py build/release/bin/visualize

Caddie has as many threads as the machine has cores. PyTorch is measured with one and with as many,
and compared by whichever is faster; of repeated turns the median counts. It comes in two ways:
plain, as such code is usually written (the whole network runs, a hook takes the target's layer, and
backward() works out the gradients of all that requires them), and tuned (it runs no layer behind a
target's own, and works out no gradients of parameters). On a machine with other work to do, the
processor's time of one thread each says more than the clock.
"""
import os
import statistics
import subprocess
import sys
import time

import torch

from published_network import Network, peer_name

STEPS = 512
BATCH_TURNS = 3
# How many layers to run for a channel's target, and how many channels there are.
CHANNELS = [(2, 4), (5, 5), (8, 4)]


def all_targets(layers):
    """How many layers to run, and what each of their outputs weighs in the objective."""
    shapes, x = {}, torch.zeros(1, 1, 28, 28)
    for index, layer in enumerate(layers):
        x = layer(x)
        shapes[index + 1] = x.shape[1:]
    targets = []
    for depth, count in CHANNELS:
        for channel in range(count):
            weights = torch.zeros(shapes[depth])
            weights[channel] = 1 / weights[channel].numel()
            targets.append((depth, weights))
    targets += [(8, weights.reshape(shapes[8])) for weights in torch.eye(36)]
    targets += [(10, weights) for weights in torch.eye(10)]
    return targets


def ascend(count, objective):
    images = (0.5 + 0.05 * torch.randn(count, 1, 28, 28)).requires_grad_()
    optimizer = torch.optim.Adam([images], lr=0.05)
    for _ in range(STEPS):
        optimizer.zero_grad()
        (-objective((images - 0.1307) / 0.3081)).backward()
        optimizer.step()


def seconds_of(work):
    """By the clock, and of the processor."""
    begun, begun_processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - begun_processor


class Tuned:
    """Runs no layer behind a target's own, and works out no gradients of parameters."""
    name = "tuned"

    def __init__(self, layers, targets):
        self.layers = layers.requires_grad_(False)
        self.targets = targets
        # Targets of one depth lie side by side, so that a slice of the batch is all that meets them.
        depths = [depth for depth, _ in targets]
        self.groups = [(depth, depths.index(depth),
                        torch.stack([w for d, w in targets if d == depth]))
                       for depth in sorted(set(depths))]

    def in_one_batch(self, x):
        total, done = 0, 0
        for depth, first, weights in self.groups:
            x = self.layers[done:depth](x)
            total = total + (x[first:first + len(weights)] * weights).sum()
            done = depth
        return total

    def alone(self, depth, weights):
        part = self.layers[:depth]
        return lambda x: (part(x)[0] * weights).sum()


class Plain(Tuned):
    """As such code is usually written."""
    name = "plain"

    def __init__(self, layers, targets):
        super().__init__(layers, targets)
        self.layers.requires_grad_(True)
        self.seen = {}
        for depth in {depth for depth, _ in targets}:
            layers[depth - 1].register_forward_hook(
                lambda module, given, found, depth=depth: self.seen.update({depth: found}))

    def in_one_batch(self, x):
        self.layers(x)
        return sum((self.seen[depth][first:first + len(weights)] * weights).sum()
                   for depth, first, weights in self.groups)

    def alone(self, depth, weights):
        def objective(x):
            self.layers(x)
            return (self.seen[depth][0] * weights).sum()
        return objective


def main():
    program = sys.argv[1]
    threads = os.cpu_count()

    def network():
        torch.manual_seed(1)
        found = Network()
        return torch.nn.Sequential(*found.features, torch.nn.Flatten(), found.classifier)

    targets = all_targets(network().requires_grad_(False))

    def caddie(count):
        words = subprocess.run([program, str(count)], check=True,
                               stdout=subprocess.PIPE).stdout.split()
        assert int(words[0]) == len(targets)
        return float(words[1]), float(words[2])

    print(f"peer: {peer_name()}; {len(targets)} targets, {STEPS} steps")
    for way in (Plain(network(), targets), Tuned(network(), targets)):
        ours, batch, single = [], [], []
        alone = caddie(1)[1]
        for count in (1, threads):
            torch.set_num_threads(count)
            turns = []
            for _ in range(BATCH_TURNS):
                ours.append(caddie(threads)[0])
                turns.append(seconds_of(lambda: ascend(len(targets), way.in_one_batch)))
            batch.append(tuple(map(statistics.median, zip(*turns))))
            ours.append(caddie(threads)[0])
            single.append(seconds_of(
                lambda: [ascend(1, way.alone(depth, weights)) for depth, weights in targets]))
            ours.append(caddie(threads)[0])
            print(f"PyTorch, {way.name}, {count} thread(s): {single[-1][0]:.1f} s target by target, "
                  f"{batch[-1][0]:.1f} s with all in one batch", flush=True)
            if count == 1:
                print(f"processor time, one thread each: Caddie {alone:.3f} s; PyTorch, {way.name} "
                      f"{single[0][1]:.1f} s target by target ({single[0][1] / alone:.0f} times), "
                      f"{batch[0][1]:.1f} s in one batch ({batch[0][1] / alone:.0f} times)",
                      flush=True)
        mine = statistics.median(ours)
        print(f"Caddie, {threads} threads: {mine:.3f} s, against {way.name} PyTorch "
              f"{min(single)[0] / mine:.0f} times as fast as target by target, "
              f"{min(batch)[0] / mine:.0f} times as fast as all in one batch", flush=True)


if __name__ == "__main__":
    main()
