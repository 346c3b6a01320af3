#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program at random moments and checks that nothing is lost.

    tests/e2e/kill_runs.py build/release/bin/caddie --kills 200 [--data DIR] [--what WHAT ...]

train, golf, prune, best-first: SIGKILLs a run at a random moment, opens every file that it left, resumes it, kills it
again, until it is finished; then its model has to be byte for byte that of a run that nobody
disturbed, and its journal has to tell the same. save: kills a program that saves two models in turn
as one file; that file has to be one of the two, whole. Ends with exit code 1 and a sentence at the
first thing that is wrong.
"""
import argparse
import contextlib
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import time

from disturbed_runs import (Program, TRAINING, open_model, require_readable, require_same)

PRUNINGS = {  # the second works long enough to be killed between many checkpoints
    "prune": ["--method", "brute-force", "--order", "random", "--passes", "3"],
    "best-first": ["--method", "best-first"],
}

# A small game with every phase in it.
GOLF = ["golf", "--arch", "2@5x5 prelu pool 4, linear 10", "--target", "0.8", "--starts", "2",
        "--start-epochs", "1", "--heat", "180", "--heat-epochs", "1", "--refit", "1",
        "--many", "120", "--first-epochs", "1",
        "--epochs", "2", "--swaps", "2", "--swap-below", "110", "--swap-epochs", "1",
        "--share", "0.1", "--least", "90", "--curvature-images", "1000",
        "--trial-images", "500", "--quiet"]


def last_change(folder):
    """When something in a run's folder was last written; 0 where there is none."""
    times = [0]
    for run in folder.glob("[!.]*"):
        with contextlib.suppress(FileNotFoundError):
            times += [entry.stat().st_mtime_ns for entry in os.scandir(run)]
    return max(times)


MOST_PATIENCE = 2.0  # seconds: enough for a checkpoint or two


class Killer:
    """Starts commands and kills them, most of the time, before they are done."""

    def __init__(self, kills, working, generator):
        self.kills = kills
        self.working = working  # seconds that a run takes from its first file on
        self.random = generator
        self.killed = 0
        self.early = 0

    def run(self, program, arguments):
        """True if it was left to finish."""
        before = last_change(program.runs)
        process = program.start(arguments)
        if self.killed < self.kills:
            # One in five at any moment, the others while it works.
            if self.random.random() < 0.2:
                time.sleep(self.random.uniform(0, 0.3))
            else:
                while process.poll() is None and last_change(program.runs) == before:
                    time.sleep(0.002)
                time.sleep(self.random.uniform(0, min(1.1 * self.working, MOST_PATIENCE)))
            if process.poll() is None:
                process.kill()
                process.communicate()
                self.killed += 1
                return False
        _, error = process.communicate()
        if process.returncode != 0:
            raise SystemExit(f"{arguments}: exit code {process.returncode}: {error}")
        return True


def disturb(program, killer, arguments, reference):
    """One run, killed until it is finished. Returns how many files were opened after kills."""
    before = {run["run"] for run in program.list()}
    done = killer.run(program, arguments)
    opened = 0
    run = None
    while not done:
        new = [run for run in program.list() if run["run"] not in before]
        if not new:  # killed before there was a run: there is nothing of it, or all of it
            done = killer.run(program, arguments)
            killer.early += 1
            continue
        run = new[0]
        opened += require_readable(program, run["folder"])
        if run["status"] == "finished":
            break
        done = killer.run(program, ["resume", run["run"], "--quiet"])
    run = [run for run in program.list() if run["run"] not in before][0]
    if run["status"] != "finished":
        raise SystemExit(f"{run['run']} is {run['status']}, expected finished")
    require_same(run["folder"], reference["folder"])
    shutil.rmtree(run["folder"])
    return opened


def kill_runs(name, program, kills, arguments, generator):
    process = program.start(arguments)
    while last_change(program.runs) == 0 and process.poll() is None:
        time.sleep(0.002)
    begun = time.monotonic()
    process.communicate()
    working = time.monotonic() - begun
    reference = program.list()[0]
    if reference["status"] != "finished":
        raise SystemExit(f"the undisturbed run is {reference['status']}: {reference['message']}")
    killer = Killer(kills, working, generator)
    runs = opened = 0
    while killer.killed < kills:
        opened += disturb(program, killer, arguments, reference)
        runs += 1
    print(f"{name}: {killer.killed} kills in {runs} runs of {working:.1f} s "
          f"({killer.early} before there was a run): {opened} files opened, all readable, "
          f"every result the same bytes", flush=True)
    shutil.rmtree(reference["folder"])


def kill_saving(program, saver, kills, models, folder, generator):
    whole = set()
    for model in models:
        copy = folder / "whole" / model.name
        copy.parent.mkdir(exist_ok=True)
        subprocess.run([program.path, "convert", str(model), str(copy), "--quiet"], check=True,
                       stdout=subprocess.DEVNULL)
        whole.add(copy.read_bytes())
    folder = folder / "saving"
    folder.mkdir()
    file = folder / "saved.safetensors"
    opened = 0
    for _ in range(kills):
        process = subprocess.Popen([saver, *map(str, models), str(file)])
        time.sleep(generator.uniform(0.0, 0.3))
        process.kill()
        process.wait()
        # The file itself, and the one beside it if the kill came before it was renamed.
        for left in folder.iterdir():
            opened += 1
            if left.read_bytes() not in whole:
                raise SystemExit(f"{left}: is neither of the two models")
            open_model(program, left)
            if left != file:
                left.unlink()
    if not file.exists():
        raise SystemExit(f"{file}: was never written")
    print(f"save: {kills} kills: {opened} files opened, each one of the two models, whole",
          flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--what", nargs="+", choices=["train", "golf", *PRUNINGS, "save"],
                        default=["train", "golf", *PRUNINGS, "save"])
    parser.add_argument("--kills", type=int, default=200, help="of each")
    parser.add_argument("--data", default="samples", help="folder with MNIST, or samples")
    parser.add_argument("--epochs", default="4")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="10 kills of each, less work")
    options = parser.parse_args()
    if options.short:
        options.kills, options.epochs = 10, "2"
    what = options.what
    generator = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="caddie-kill-") as name:
        folder = pathlib.Path(name)
        program = Program(options.program, folder / "runs", options.data)
        model = folder / "trained.safetensors"
        training = [*TRAINING, "--epochs", options.epochs]
        if "train" in what:
            kill_runs("train", program, options.kills, training, generator)
        if "golf" in what:
            kill_runs("golf", program, options.kills, GOLF, generator)
        # A network to prune and to save, and how good it is where that is decided.
        trained = program.json([*training, "--out", model])
        margin = 0.005 if options.short else 0.02  # how many weights there are to remove
        reached = trained["epochs"][trained["epoch"] - 1]["validation_accuracy"]
        for name in (name for name in PRUNINGS if name in what):
            kill_runs(name, program, options.kills,
                      ["prune", model, *PRUNINGS[name], "--biases", "--slopes", "--quiet",
                       "--split", "validation", "--threshold", f"{reached - margin:.4f}"], generator)
        if "save" in what:
            other = folder / "other.safetensors"
            program.json([*TRAINING, "--epochs", "1", "--seed", "2", "--out", other])
            saver = pathlib.Path(options.program).with_name("save_loop")
            kill_saving(program, saver, options.kills, [model, other], folder, generator)


if __name__ == "__main__":
    main()
