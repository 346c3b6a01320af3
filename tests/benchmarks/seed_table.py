#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the published networks by the published recipe (20 epochs, constant rate) from several
seeds and prints their right answers on MNIST's 10,000 test images, after the last epoch and at the
best one. Needs MNIST where the program finds it, for instance by CADDIE_MNIST.

    tests/benchmarks/seed_table.py build/release/bin/caddie [SEEDS]
"""
import json
import statistics
import subprocess
import sys
import tempfile

PUBLISHED = {"published-807": 98.16, "published-820": 98.39}


def accuracies(program, preset, seed, runs):
    command = [program, "train", "--preset", preset, "--seed", str(seed), "--runs", runs,
               "--json", "--quiet"]
    epochs = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["epochs"]
    percent = [100 * epoch["test_accuracy"] for epoch in epochs]
    return percent[-1], max(percent)


def row(what, values):
    deviation = statistics.stdev(values) if len(values) > 1 else 0
    print(f"  {what:10}" + "".join(f"{value:7.2f}" for value in values) +
          f"   mean {statistics.mean(values):.2f}, deviation {deviation:.2f}, "
          f"best {max(values):.2f}")


def main():
    program = sys.argv[1]
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    with tempfile.TemporaryDirectory() as runs:
        for preset, published in PUBLISHED.items():
            found = [accuracies(program, preset, seed, runs) for seed in range(1, seeds + 1)]
            print(f"{preset}, seeds 1 to {seeds}, % of MNIST test right (published: {published})")
            row("last epoch", [last for last, _ in found])
            row("best epoch", [best for _, best in found])


if __name__ == "__main__":
    main()
