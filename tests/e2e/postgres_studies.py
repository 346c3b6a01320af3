#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets eight workers share a study on a PostgreSQL server and kills two of them.

    /usr/bin/python3 tests/e2e/postgres_studies.py build/release/bin/caddie [--trials N]

Starts a server of its own in a temporary folder, as an unprivileged user where it is run by root;
exit code 77 where there is none (Debian's package postgresql). No trial may be lost or doubled.
Where python3-optuna and python3-psycopg2 are there, Optuna opens the same study and goes on.
"""
import argparse
import contextlib
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import warnings

from sweeps import Caddie, require, require_whole, suggest

warnings.filterwarnings("ignore")
WORKERS, KILLED = 8, 2


def programs():
    """The folder of the newest server's programs."""
    folders = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not folders:
        print("there is no PostgreSQL server")
        raise SystemExit(77)
    return folders[-1].parent


def unprivileged():
    """How to become who may run a server."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise SystemExit("there is no unprivileged user to run a server")


@contextlib.contextmanager
def server(folder):
    """Yields a function that makes a database and returns its URL."""
    who = unprivileged()
    if who:
        os.chown(folder, who["user"], who["group"])
    found = programs()

    def run(program, *arguments):
        done = subprocess.run([found / program, *map(str, arguments)], cwd=folder, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **who)
        require(done.returncode == 0, f"{program}: {done.stdout}")

    run("initdb", "-D", folder / "data", "-A", "trust", "-U", "golf", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    # pg_ctl's server would keep our pipe open.
    started = subprocess.run([found / "pg_ctl", "-D", folder / "data", "-w", "-l",
                              folder / "log", "-o", options, "start"], cwd=folder,
                             stdout=subprocess.DEVNULL, **who)
    require(started.returncode == 0, "the server did not start")
    try:
        def database(name):
            run("createdb", "-h", folder, "-U", "golf", name)
            return f"postgresql://golf@/{name}?host={folder}"
        yield database
    finally:
        run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")


def dump(folder, name):
    """The schema as the server tells it, in any order."""
    done = subprocess.run([programs() / "pg_dump", "-h", folder, "-U", "golf", "-s", name],
                          capture_output=True, text=True, check=True)
    return sorted(line for line in done.stdout.splitlines()
                  if line and not line.startswith(("--", "\\")))


def killed_workers(caddie, trials):
    """Starts them all, kills two in their trials and waits for the others."""
    arguments = [*caddie.work("shared", trials), "--heartbeat", "1", "--grace", "6",
                 "--constant-liar"]
    workers = [caddie.start(*arguments) for _ in range(WORKERS)]
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        with contextlib.suppress(SystemExit):  # before the first worker made the tables
            if caddie.json("--study", "shared", "--best")["complete"] >= trials // 5:
                break
        time.sleep(0.3)
    for worker in workers[:KILLED]:
        worker.send_signal(signal.SIGKILL)
    for worker in workers[KILLED:]:
        _, error = worker.communicate(timeout=600)
        require(worker.returncode == 0, f"a worker ended with {worker.returncode}: {error}")
    for worker in workers[:KILLED]:
        require(worker.wait() == -signal.SIGKILL, "a worker was done before it was killed")


def check_with_optuna(folder, caddie, database, trials):
    try:
        import optuna
        import psycopg2  # noqa: F401  (what the URL names)
    except ImportError:
        print("without python3-optuna and python3-psycopg2 only Caddie was looked at")
        return
    optuna.logging.set_verbosity(optuna.logging.ERROR)

    def theirs(url):
        return url.replace("postgresql:", "postgresql+psycopg2:")

    study = optuna.load_study(study_name="shared", storage=theirs(caddie.storage))
    require_whole(study.trials)
    done = [t for t in study.trials if t.state.name in ("COMPLETE", "PRUNED")]
    require(len(done) == trials, f"{len(done)} trials instead of {trials}")
    failed = [t.number for t in study.trials if t.state.name == "FAIL"]
    require(len(failed) <= KILLED, f"{failed} failed, and only {KILLED} workers died")
    retried = [t.system_attrs["failed_trial"] for t in study.trials
               if "failed_trial" in t.system_attrs]
    require(sorted(retried) == failed, f"{failed} failed, {retried} were tried again")
    print(f"{WORKERS} workers, {KILLED} killed: {len(done)} trials, {len(failed)} tried again")

    study.optimize(suggest, n_trials=3)
    require(caddie.json(*caddie.work("shared", trials + 5))["trials"] ==
            trials + 5 + len(failed), "Caddie did not go on with what Optuna added")
    require_whole(study.trials)

    optuna.storages.RDBStorage(theirs(database("theirs")))
    require(dump(folder, "mine") == dump(folder, "theirs"),
            "the tables of Caddie differ from those of Optuna")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--trials", type=int, default=40)
    arguments = parser.parse_args()
    programs()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path has to be short
    home = pathlib.Path(tempfile.mkdtemp())
    try:
        with server(folder) as database:
            caddie = Caddie(arguments.program.resolve(), home, database("mine"))
            killed_workers(caddie, arguments.trials)
            whole = caddie.json("--study", "shared", "--best")
            require(whole["complete"] + whole["pruned"] == arguments.trials and
                    whole["running"] == whole["waiting"] == 0, f"the study is left as {whole}")
            check_with_optuna(folder, caddie, database, arguments.trials)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


main()
