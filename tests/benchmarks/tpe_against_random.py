#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether TPE finds better hyper-parameters than random draws at equal budget.

    tests/benchmarks/tpe_against_random.py build/release/bin/caddie [--data DIR] [--studies 20]
        [--trials 40] [--epochs 3] [--jobs 2] [--folder DIR]

Both samplers search the published ranges for the published 807-parameter network, a study a seed;
nothing ends a trial early. A trial's value is the accuracy of its best epoch on the 10,000
validation images. A study that is there in the folder goes on, so it can be interrupted. Prints the
best value after 10, 20 and 40 trials, mean and standard deviation over the studies, and in how many
pairs of equal seed TPE's is above.
"""
import argparse
import concurrent.futures
import json
import pathlib
import sqlite3
import statistics
import subprocess
import tempfile

NETWORK = "4@4x4 relu pool, 5@3x3 relu pool, 4@3x3 relu, linear 10"
SAMPLERS = ["random", "tpe"]


def run_study(options, folder, sampler, seed):
    """The values of a study's trials in their order."""
    file = folder / f"{sampler}-{seed}.db"
    command = [options.program, "sweep", "--storage", file, "--study", sampler, "--preset",
               "published", "--sampler", sampler, "--pruner", "none", "--trials", options.trials,
               "--arch", NETWORK, "--epochs", options.epochs, "--seed", seed, "--models", "",
               "--quiet", "--json"]
    if options.data:
        command += ["--data", options.data]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{sampler} {seed}: exit code {done.returncode}: {done.stderr}")
    with sqlite3.connect(file) as database:
        rows = database.execute("SELECT value FROM trial_values JOIN trials USING (trial_id) "
                                "WHERE state = 'COMPLETE' ORDER BY number").fetchall()
    return [value for (value,) in rows]


def best_after(values, count):
    return 100 * max(values[:count])


def spread(numbers):
    return f"{statistics.mean(numbers):.3f} ± {statistics.stdev(numbers):.3f}"


def table(options, values):
    counts = [count for count in (10, 20, 40, 80) if count < options.trials] + [options.trials]
    lines = ["| after | random | TPE | TPE above |", "|---|---|---|---|"]
    for count in counts:
        best = {sampler: [best_after(values[sampler, seed], count)
                          for seed in range(1, options.studies + 1)] for sampler in SAMPLERS}
        above = sum(tpe > chance for chance, tpe in zip(best["random"], best["tpe"]))
        even = sum(tpe == chance for chance, tpe in zip(best["random"], best["tpe"]))
        lines.append(f"| {count} trials | {spread(best['random'])} % | {spread(best['tpe'])} % | "
                     f"{above} of {options.studies}{f', {even} even' if even else ''} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--data", help="folder with MNIST")
    parser.add_argument("--studies", type=int, default=20)
    parser.add_argument("--trials", type=int, default=40)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=pathlib.Path, help="where studies are kept")
    parser.add_argument("--json", action="store_true", help="all values")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="caddie-tpe-") as temporary:
        folder = options.folder or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        tasks = [(sampler, seed) for seed in range(1, options.studies + 1) for sampler in SAMPLERS]
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            found = pool.map(lambda task: run_study(options, folder, *task), tasks)
            values = dict(zip(tasks, found))
    if options.json:
        print(json.dumps([{"sampler": sampler, "seed": seed, "values": trial_values}
                          for (sampler, seed), trial_values in values.items()]))
    else:
        print(table(options, values))


if __name__ == "__main__":
    main()
