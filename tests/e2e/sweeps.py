# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scripts share that let Caddie and Optuna work on the same studies."""
import json
import os
import subprocess

SPACE = {"lr": {"type": "float", "low": 1e-4, "high": 1e-2, "log": True},
         "batch": {"type": "int", "low": 16, "high": 64, "step": 16},
         "activation": {"type": "categorical", "choices": ["relu", "prelu"]}}
RECIPE = ["--data", "samples", "--arch", "2@5x5 relu pool 4, linear 10"]


def require(condition, sentence):
    if not condition:
        raise SystemExit(sentence)


class Caddie:
    """The program, in a home of its own, on one storage."""

    def __init__(self, path, folder, storage):
        self.path = str(path)
        self.storage = storage
        self.environment = {**os.environ, "HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
        self.space = folder / "space.json"
        self.space.write_text(json.dumps(SPACE))

    def command(self, *arguments):
        return [self.path, "sweep", "--storage", self.storage, "--json", *map(str, arguments)]

    def start(self, *arguments):
        return subprocess.Popen(self.command(*arguments), stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env=self.environment)

    def json(self, *arguments):
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True,
                              env=self.environment)
        require(done.returncode == 0,
                f"caddie sweep {arguments}: exit code {done.returncode}: {done.stderr}")
        return json.loads(done.stdout)

    def work(self, study, trials, epochs=2):
        """The arguments of a worker that goes on until the study has so many trials."""
        return ["--study", study, "--space", self.space, "--trials", trials, "--models",
                self.environment["HOME"], *RECIPE, "--epochs", epochs]


def suggest(trial):
    """The same space in Optuna's words, with an objective that costs nothing."""
    rate = trial.suggest_float("lr", 1e-4, 1e-2, log=True)
    batch = trial.suggest_int("batch", 16, 64, step=16)
    kind = trial.suggest_categorical("activation", ["relu", "prelu"])
    trial.report(0.25, 1)
    return 0.5 + rate + batch / 1000 + (0.01 if kind == "prelu" else 0)


def require_whole(trials, states=("COMPLETE", "PRUNED", "FAIL")):
    """Numbers 0 to n - 1, each once, and every trial in one of the states."""
    numbers = [trial.number for trial in trials]
    require(numbers == list(range(len(trials))), f"the trials have the numbers {numbers}")
    for trial in trials:
        require(trial.state.name in states, f"trial {trial.number} is {trial.state.name}")
