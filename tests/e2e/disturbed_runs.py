# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scripts that disturb runs share: starting the program, and judging what it left."""
import hashlib
import json
import pathlib
import subprocess

TRAINING = ["train", "--arch", "4@4x4 prelu pool, 5@3x3 prelu pool, 4@3x3 prelu, linear 10",
            "--lr", "0.003", "--schedule", "cosine", "--keep", "best-validation", "--quiet"]


class Program:
    """The program with runs of its own."""

    def __init__(self, path, folder, data):
        self.path = str(path)
        self.runs = pathlib.Path(folder)
        self.data = data

    def command(self, arguments):
        return [self.path, *map(str, arguments), "--runs", str(self.runs), "--data", self.data]

    def start(self, arguments, **options):
        return subprocess.Popen(self.command(arguments), stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True, **options)

    def json(self, arguments):
        done = subprocess.run([*self.command(arguments), "--json"], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{arguments}: exit code {done.returncode}: {done.stderr}")
        return json.loads(done.stdout)

    def list(self):
        """All runs; a damaged one ends the test."""
        runs = self.json(["runs"])["runs"]
        for run in runs:
            if run["status"] == "failed":
                raise SystemExit(f"{run['run']} can't be read: {run['message']}")
        return runs


def require_readable(program, folder):
    """Opens every file in the folder; returns how many there were."""
    count = 0
    for file in pathlib.Path(folder).iterdir():
        count += 1
        if ".safetensors" in file.name:
            open_model(program, file)
        elif file.name.startswith("checkpoint"):
            content = file.read_bytes()
            if hashlib.sha256(content[:-64]).hexdigest().encode() != content[-64:]:
                raise SystemExit(f"{file}: its checksum is wrong")
        elif file.name == "spec.json":
            json.loads(file.read_text())
        elif file.name == "journal.jsonl":
            # Only the last line may be cut off; whoever reads it leaves that one out.
            for line in file.read_text().split("\n")[:-1]:
                json.loads(line)
    return count


def open_model(program, file):
    done = subprocess.run([program.path, "info", str(file), "--json"], capture_output=True,
                          text=True)
    if done.returncode != 0:
        raise SystemExit(f"{file} can't be opened: {done.stderr}")


def decisions(folder):
    """What the journal says was done, without the times."""
    kept = []
    for line in (pathlib.Path(folder) / "journal.jsonl").read_text().splitlines():
        entry = json.loads(line)
        if entry["event"] in ("epoch", "visit", "step"):
            entry.pop("seconds", None)
            kept.append(entry)
    return kept


def require_same(found, expected):
    """A run that was disturbed against one that was not."""
    for name in ("model.safetensors", "epochs.f32"):
        one, other = pathlib.Path(found) / name, pathlib.Path(expected) / name
        if other.exists() and one.read_bytes() != other.read_bytes():
            raise SystemExit(f"{one}: differs from that of the undisturbed run")
    if decisions(found) != decisions(expected):
        raise SystemExit(f"{found}: its journal differs from that of the undisturbed run")

