#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets Caddie and Optuna work on the same studies in SQLite files.

    /usr/bin/python3 tests/e2e/optuna_studies.py build/release/bin/caddie [--kills N]

Needs Debian's python3-optuna (exit code 77 without it). Ends with exit code 1 and a sentence at the
first thing that is wrong.
"""
import argparse
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import tempfile
import time
import warnings

try:
    import optuna
except ImportError:
    print("python3-optuna is not installed")
    raise SystemExit(77)
from optuna.storages import RDBStorage, RetryFailedTrialCallback
from optuna.trial import TrialState

from sweeps import Caddie, require, require_whole, suggest

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def tables(file):
    """The schema, without what is only layout."""
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return sorted(re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"\s+", " ", sql)) for (sql,) in rows)


def check_schema(folder, caddie, url):
    reference = folder / "optuna.db"
    RDBStorage(f"sqlite:///{reference}")
    require(tables(folder / "caddie.db") == tables(reference),
            "the tables of Caddie differ from those of Optuna")
    done = subprocess.run(["optuna", "studies", "--storage", url, "-f", "json"],
                          capture_output=True, text=True)
    require('"mine"' in done.stdout, f"`optuna studies` does not list the study: {done.stderr}")


def check_begun_in_caddie(caddie, url):
    done = caddie.json(*caddie.work("mine", 5))
    study = optuna.load_study(study_name="mine", storage=url)
    require(study.direction.name == "MAXIMIZE", "the direction is another")
    require_whole(study.trials)
    best = done["best"]
    require(study.best_trial.number == best["number"] and study.best_value == best["value"],
            "Optuna finds another best trial than Caddie")
    require({k: v for k, v in study.best_params.items()} == best["parameters"],
            f"{study.best_params} is not {best['parameters']}")
    require(study.best_trial.user_attrs == best["attributes"], "the attributes differ")
    require(all(len(t.intermediate_values) == 2 for t in study.get_trials(states=[
        TrialState.COMPLETE])), "an epoch's value is missing")

    study.optimize(suggest, n_trials=8)  # TPE, since more than 10 are finished in the end
    require_whole(study.trials)
    after = caddie.json(*caddie.work("mine", 16))
    require(after["trials"] == 16, f"{after['trials']} trials instead of 16")
    study = optuna.load_study(study_name="mine", storage=url)
    require_whole(study.trials)
    require(study.best_value == after["best"]["value"], "Optuna finds another best value")


def check_begun_in_optuna(caddie, url):
    study = optuna.create_study(study_name="theirs", storage=url, direction="maximize")
    study.optimize(suggest, n_trials=12)
    done = caddie.json(*caddie.work("theirs", 15))
    require(done["trials"] == 15, f"{done['trials']} trials instead of 15")
    optuna.load_study(study_name="theirs", storage=url).optimize(suggest, n_trials=2)
    require_whole(optuna.load_study(study_name="theirs", storage=url).trials)


def check_refusals(caddie, url):
    optuna.create_study(study_name="loss", storage=url, direction="minimize")
    optuna.create_study(study_name="two", storage=url, directions=["maximize", "maximize"])
    for name, word in (("loss", "minimises"), ("two", "2 objectives")):
        worker = caddie.start(*caddie.work(name, 1))
        _, error = worker.communicate()
        require(worker.returncode == 2 and word in error, f"study {name} was not refused: {error}")


def check_queued(caddie, url):
    study = optuna.load_study(study_name="mine", storage=url)
    study.enqueue_trial({"lr": 0.003, "activation": "prelu"})
    number = study.trials[-1].number
    caddie.json(*caddie.work("mine", 1), "--pruner", "none")  # enough, but for one that waits
    trial = study.trials[number]
    require(trial.state == TrialState.COMPLETE and trial.params["lr"] == 0.003 and
            trial.params["activation"] == "prelu", f"the queued trial became {trial.params}")
    number = caddie.json("--study", "mine", "--enqueue", '{"lr": 0.004, "batch": 32}')["number"]
    study.optimize(suggest, n_trials=1)
    trial = study.trials[number]
    require(trial.state == TrialState.COMPLETE and trial.params["lr"] == 0.004 and
            trial.params["batch"] == 32, f"the trial queued by Caddie became {trial.params}")


def check_dead_workers(caddie, url):
    # Optuna frees Caddie's.
    study = optuna.create_study(study_name="dead", storage=RDBStorage(
        url, heartbeat_interval=1, grace_period=2, failed_trial_callback=RetryFailedTrialCallback(
            max_retry=1)), direction="maximize")
    worker = caddie.start(*caddie.work("dead", 1, epochs=100000), "--heartbeat", "1")
    for _ in range(300):
        if any(t.state == TrialState.RUNNING for t in study.trials):
            break
        time.sleep(0.1)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    time.sleep(4)
    study.optimize(suggest, n_trials=1)
    require([t.state.name for t in study.trials] == ["FAIL", "COMPLETE"],
            f"Optuna made {[t.state.name for t in study.trials]} of Caddie's dead trial")
    require(study.trials[1].params == study.trials[0].params, "the retry has other values")

    # Caddie frees Optuna's.
    other = optuna.create_study(study_name="lost", storage=url, direction="maximize")
    trial = other.ask()
    trial.suggest_float("lr", 1e-4, 1e-2, log=True)
    RDBStorage(url, heartbeat_interval=1).record_heartbeat(trial._trial_id)
    time.sleep(3)
    caddie.json(*caddie.work("lost", 1), "--grace", "1", "--heartbeat", "0.3")
    # What a study object began itself it takes from its memory.
    trials = optuna.load_study(study_name="lost", storage=url).trials
    require([t.state.name for t in trials] == ["FAIL", "COMPLETE"],
            f"Caddie made {[t.state.name for t in trials]} of Optuna's dead trial")
    require(RetryFailedTrialCallback.retried_trial_number(trials[1]) == 0 and
            RetryFailedTrialCallback.retry_history(trials[1]) == [0], "the retry does not say so")
    require(trials[1].params["lr"] == trials[0].params["lr"], "the retry has another value")


def check_kills(caddie, url, kills):
    """Whenever a worker is killed, the file is sound and no trial is half there."""
    rng = random.Random(5)
    arguments = [*caddie.work("killed", 30, epochs=3), "--grace", "2", "--heartbeat", "0.5"]
    for _ in range(kills):
        worker = caddie.start(*arguments)
        time.sleep(rng.uniform(0.05, 1.0))
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        with sqlite3.connect(caddie.storage) as connection:
            require(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",),
                    "the file is damaged")
    caddie.json(*arguments)
    trials = optuna.load_study(study_name="killed", storage=url).trials
    require_whole(trials)
    require(all(len(t.params) == 3 for t in trials), "a trial was stored without its values")
    done = [t for t in trials if t.state != TrialState.FAIL]
    require(len(done) == 30, f"{len(done)} trials instead of 30")
    retried = sorted(t.system_attrs["retry_history"][-1] for t in done
                     if "retry_history" in t.system_attrs)
    require(len(retried) == len(set(retried)), "a trial was tried again twice")
    print(f"{kills} kills: {len(trials)} trials, {len(trials) - 30} of them died and were retried")


def check_versions(caddie, folder):
    newer = folder / "newer.db"
    caddie.storage = str(newer)
    caddie.json(*caddie.work("new", 1), "--optuna", "3.2")
    try:
        optuna.load_study(study_name="new", storage=f"sqlite:///{newer}")
    except RuntimeError:
        return
    require(optuna.__version__ >= "3.2", "Optuna 3.1 opened the newer storage")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=10)
    arguments = parser.parse_args()
    program, kills = arguments.program.resolve(), arguments.kills
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        file = folder / "caddie.db"
        url = f"sqlite:///{file}"
        caddie = Caddie(program, folder, str(file))
        check_begun_in_caddie(caddie, url)
        check_schema(folder, caddie, url)
        check_begun_in_optuna(caddie, url)
        check_refusals(caddie, url)
        check_queued(caddie, url)
        check_dead_workers(caddie, url)
        check_kills(caddie, url, kills)
        check_versions(caddie, folder)
    print("Caddie and Optuna understand each other")


main()
