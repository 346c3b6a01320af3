#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the disk away from running trainings and checks what they say and what they keep.

    tests/e2e/full_disk.py build/release/bin/caddie [--rounds 30] [--data DIR] [--tmpfs]

full: a file may not grow beyond a random size, so that any of a run's files may be the one that
can't be written. read-only: the run's folder is. deleted: it is moved away while the run goes on.
Each time the program has to say why in one line and exit with code 5; once the cause is gone the
run has to go on and end in the bytes of a run that nobody disturbed. --tmpfs does the same on a
small file system that is really full; it has to be root to mount one.
"""
import argparse
import contextlib
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import tempfile

from disturbed_runs import Program, TRAINING, require_readable, require_same

NOBODY = 65534


def require_sentence(code, error, words):
    if code != 5 or error.count("\n") != 1 or not any(word in error for word in words):
        raise SystemExit(f"exit code {code}, expected 5 with one line that says {words}: {error}")


def finish(program, run, reference):
    """Resumes a run with nothing in its way any more."""
    require_readable(program, run["folder"])
    if run["status"] != "finished":
        program.json(["resume", run["run"]])
    require_same(run["folder"], reference["folder"])


def limited(size):
    """In the child: files may grow to `size` bytes, and the write that is beyond says so."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


def as_nobody():
    """In the child: root may write anything."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def fill(program, reference, generator, rounds, training):
    runs_failed = paused = 0
    for _ in range(rounds):
        # From a spec that can't be written to a model that just can't.
        size = int(2 ** generator.uniform(8, 14.5))
        before = {run["run"] for run in program.list()}
        process = program.start(training, preexec_fn=limited(size))
        _, error = process.communicate()
        new = [run for run in program.list() if run["run"] not in before]
        if process.returncode == 0:
            continue  # all files stayed below it
        require_sentence(process.returncode, error, ["could not be written"])
        if not new:
            runs_failed += 1
            continue
        paused += 1
        finish(program, new[0], reference)
        shutil.rmtree(new[0]["folder"])
    print(f"full: {rounds} limits, {runs_failed} before there was a run, {paused} runs paused, "
          f"each resumed to the same bytes", flush=True)


def interrupt(program, training):
    """A training in the middle, held until SIGCONT, and its run. On a busy machine one may be over
    before anybody looks; then another is begun."""
    while True:
        before = {run["run"] for run in program.list()}
        process = program.start(training)
        while process.poll() is None:
            new = [run for run in program.list() if run["run"] not in before]
            if not new or new[0]["done"] == 0:
                continue
            process.send_signal(signal.SIGSTOP)
            held = [run for run in program.list() if run["run"] == new[0]["run"]][0]
            if held["status"] == "running":
                return process, held
            process.send_signal(signal.SIGCONT)
            break
        process.communicate()


def forbid(program, reference, training):
    process, run = interrupt(program, training)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGCONT)
    process.communicate()
    folder = pathlib.Path(run["folder"])
    for path in [folder, *folder.iterdir()]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    process = program.start(["resume", run["run"], "--quiet"], preexec_fn=as_nobody)
    _, error = process.communicate()
    require_sentence(process.returncode, error, ["could not be written"])
    for path in [folder, *folder.iterdir()]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    finish(program, program.list()[0], reference)
    print("read-only: paused with a sentence, resumed to the same bytes", flush=True)


def take_away(program, reference, training):
    process, run = interrupt(program, training)
    folder = pathlib.Path(run["folder"])
    aside = folder.parent / f".{folder.name}"
    folder.rename(aside)
    process.send_signal(signal.SIGCONT)
    _, error = process.communicate()
    require_sentence(process.returncode, error, ["is gone"])
    aside.rename(folder)
    found = [other for other in program.list() if other["run"] == run["run"]][0]
    finish(program, found, reference)
    print("deleted: paused with a sentence; put back, resumed to the same bytes", flush=True)


@contextlib.contextmanager
def small_disk(folder, kilobytes):
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder],
                   check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill_disk(options, folder, reference, generator, training):
    paused = refused = 0
    for i in range(options.rounds):
        with small_disk(folder / f"disk{i}", 128) as disk:
            program = Program(options.program, disk / "runs", options.data)
            ballast = disk / "ballast"
            ballast.write_bytes(bytes(generator.randrange(40, 128) * 1024 - 8192))
            process = program.start(training)
            _, error = process.communicate()
            if process.returncode == 0:
                continue
            require_sentence(process.returncode, error,
                             ["could not be written", "could not be created"])
            runs = program.list()
            ballast.unlink()
            if not runs:
                refused += 1
                continue
            paused += 1
            finish(program, runs[0], reference)
    print(f"tmpfs: {options.rounds} full disks, {refused} before there was a run, {paused} runs "
          f"paused, each resumed to the same bytes", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--data", default="samples", help="folder with MNIST, or samples")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tmpfs", action="store_true")
    parser.add_argument("--short", action="store_true", help="6 rounds")
    options = parser.parse_args()
    if options.short:
        options.rounds = 6
    generator = random.Random(options.seed)
    training = [*TRAINING, "--epochs", "3"]
    with tempfile.TemporaryDirectory(prefix="caddie-disk-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        program = Program(options.program, folder / "runs", options.data)
        reference = program.json(training)
        fill(program, reference, generator, options.rounds, training)
        forbid(program, reference, training)
        take_away(program, reference, training)
        if options.tmpfs:
            fill_disk(options, folder, reference, generator, training)


if __name__ == "__main__":
    main()
