#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records what Optuna's pruners decide about given learning curves, for the tests to compare with.

    /usr/bin/python3 tests/support/record_pruners.py

writes tests/data/search/pruner_decisions.json. Needs Debian 12's python3-optuna (3.1.0).
Three trials are under way at a time, so that decisions meet trials that are not finished.
"""
import json
import pathlib
import random
import warnings

import numpy
import optuna
from optuna import pruners
from optuna.trial import TrialState

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)

TRIALS, STEPS, AT_ONCE = 30, 27, 3
PRUNERS = {
    "median": lambda: pruners.MedianPruner(),
    "median_later": lambda: pruners.MedianPruner(n_startup_trials=2, n_warmup_steps=3,
                                                 interval_steps=4, n_min_trials=3),
    "percentile": lambda: pruners.PercentilePruner(25.0),
    "halving": lambda: pruners.SuccessiveHalvingPruner(min_resource=2, reduction_factor=3),
    "halving_auto": lambda: pruners.SuccessiveHalvingPruner(),
    "halving_bootstrap": lambda: pruners.SuccessiveHalvingPruner(min_resource=4,
                                                                 bootstrap_count=1),
    "hyperband": lambda: pruners.HyperbandPruner(max_resource=STEPS),
    "hyperband_auto": lambda: pruners.HyperbandPruner(min_resource=2),
}


def curve(rng, direction):
    level, speed = rng.random(), rng.uniform(0.05, 0.5)
    values = [round(level * (1 - numpy.exp(-speed * (step + 1))) + 0.03 * rng.random(), 3)
              for step in range(STEPS)]
    if rng.random() < 0.1:
        values[rng.randrange(STEPS)] = float("nan")
    return values if direction == "maximize" else [round(1 - value, 3) for value in values]


def play(name, direction):
    rng = random.Random(f"{name} {direction}")
    study = optuna.create_study(study_name=f"{name} ü", direction=direction,
                                pruner=PRUNERS[name]())
    curves = [curve(rng, direction) for _ in range(TRIALS)]
    events, active, begun = [], [], 0
    while begun < TRIALS or active:
        while begun < TRIALS and len(active) < AT_ONCE:
            active.append([study.ask(), 0])
            begun += 1
        entry = rng.choice(active)
        trial, step = entry
        value = curves[trial.number][step]
        trial.report(value, step + 1)
        prune = trial.should_prune()
        entry[1] += 1
        events.append([trial.number, int(prune)])
        if prune:
            study.tell(trial, state=TrialState.PRUNED)
        elif entry[1] == STEPS:
            study.tell(trial, None if numpy.isnan(value) else value,
                       state=TrialState.FAIL if numpy.isnan(value) else None)
        if prune or entry[1] == STEPS:
            active.remove(entry)
    return {"pruner": name, "direction": direction, "study": study.study_name,
            "curves": [[None if numpy.isnan(v) else v for v in c] for c in curves],
            "events": events,
            "rungs": [{k: v for k, v in t.system_attrs.items() if k.startswith("completed_rung")}
                      for t in study.trials]}


def main():
    games = [play(name, direction) for name in PRUNERS for direction in ("minimize", "maximize")]
    target = pathlib.Path(__file__).parents[1] / "data/search/pruner_decisions.json"
    target.write_text(json.dumps({"optuna": optuna.__version__, "steps": STEPS, "games": games},
                                 separators=(",", ":")) + "\n")
    for game in games:
        print(game["pruner"], game["direction"], sum(p for _, p in game["events"]), "pruned")


main()
