"""Runs the steps of each workflow of .github/workflows as far as a machine without GitHub can, so that none can rot.

Each job begins with a clone of this repository as it is committed, in a folder of its own; what it uploads, later jobs
download; a branch that is pushed goes to a bare repository beside. What only GitHub can do is said and passed over.

Run as `python -m bench.workflows [WORKFLOW…] [--list]`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bench.package import pythons

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".github" / "workflows"
USES = re.compile(r"(?P<name>[\w.-]+/[\w./-]+)@(?P<commit>[0-9a-f]{40})")
LINE = re.compile(r"^\s*(?:- )?uses:\s*(?P<what>\S+)(?:\s+#\s*(?P<version>v\d+\.\d+\.\d+))?\s*$", re.MULTILINE)
EXPRESSION = re.compile(r"\$\{\{\s*(?P<of>[\w.-]+)\s*\}\}")
# What a machine has in the place of GitHub.
KNOWN = {
    "vars.SITE_URL": "https://example.org/softmax/",
    "github.server_url": "https://github.com",
    "github.repository": "example/softmax",
    "github.ref": "refs/heads/main",
    "github.ref_name": f"v{tomllib.loads((ROOT / 'pyproject.toml').read_text('utf-8'))['project']['version']}",
}
# What a job may ask for, beyond reading the repository.
GRANTS = {"contents": {"read", "write"}, "id-token": {"write"}, "attestations": {"write"}}


class WorkflowError(Exception):
    """What is wrong with a workflow."""


def read(path: Path) -> dict[str, Any]:
    """A workflow; YAML takes its `on` for true."""
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def faults(path: Path) -> Iterator[str]:
    """What of a workflow isn't as safe as it could be."""
    text, workflow = path.read_text("utf-8"), read(path)
    for found in LINE.finditer(text):
        if not USES.fullmatch(found["what"]):
            yield f"{found['what']} isn't pinned by a commit"
        elif not found["version"]:
            yield f"{found['what']} doesn't say its version"
    if workflow.get("permissions") not in ({}, {"contents": "read"}):
        yield "its permissions aren't the least"
    for name, job in workflow["jobs"].items():
        for what, grant in (job.get("permissions") or {}).items():
            if grant not in GRANTS.get(what, ()):
                yield f"{name} asks for {what}: {grant}"
        if "timeout-minutes" not in job:
            yield f"{name} may go on for six hours"
        for step in job["steps"]:
            if "${{" in step.get("run", ""):
                yield f"{name} puts an expression into a script: give it as a variable of `env`"
            unknown = {each["of"] for each in EXPRESSION.finditer(str(step) + str(job.get("env", "")))}
            yield from (f"{name}: {each} isn't known here" for each in unknown - {*KNOWN} if "matrix." not in each)


def filled(text: object, matrix: Mapping[str, object]) -> str:
    """A text with the values of its expressions."""
    known = KNOWN | {f"matrix.{name}": str(value) for name, value in matrix.items()}
    return EXPRESSION.sub(lambda found: known[found["of"]], str(text))


def chosen(job: Mapping[str, Any]) -> dict[str, object]:
    """The values of a job's matrix for which this machine has a Python; the first of others."""
    matrix = (job.get("strategy") or {}).get("matrix") or {}
    here = {*pythons()}
    return {name: next((each for each in values if each in here), values[0]) for name, values in matrix.items()}


class Run:
    """A workflow on its way.

    Args:
        folder: where its jobs have their clones, what they upload, and the bare repository that they push to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.remote = folder / "remote.git"
        self.commit(folder / "ready")
        command("git", "clone", "--quiet", "--bare", str(folder / "ready"), str(self.remote))

    @staticmethod
    def commit(folder: Path) -> None:
        """This repository as it will be on the day of its release."""
        command("git", "clone", "--quiet", str(ROOT), str(folder))
        changes = folder / "CHANGELOG.md"
        changes.write_text(changes.read_text("utf-8").replace("— unreleased", "— 2000-01-01", 1), "utf-8")
        own = ("-c", "user.name=workflows", "-c", "user.email=workflows@localhost")
        command("git", *own, "commit", "--quiet", "--all", "--allow-empty", "--message", "Release", folder=folder)

    def job(self, name: str, job: Mapping[str, Any], only_listed: bool = False) -> None:
        """Run the steps of a job in a folder of its own.

        Raises:
            subprocess.CalledProcessError: where one fails.
        """
        matrix, here = chosen(job), self.folder / name
        here.mkdir()
        path = os.environ["PATH"]
        for step in job["steps"]:
            own = {key: filled(value, matrix) for key, value in {**job.get("env", {}), **step.get("env", {})}.items()}
            if "run" in step:
                print(f"  {name}: $ {step['run']}", flush=True)
                if not only_listed:
                    command("bash", "-euo", "pipefail", "-c", step["run"], folder=here, PATH=path, **own)
            else:
                given = {key: filled(value, matrix) for key, value in step.get("with", {}).items()}
                path = self.action(step["uses"].partition("@")[0], given, here, path, name)

    def action(self, action: str, given: Mapping[str, str], here: Path, path: str, name: str) -> str:
        """Do what an action would; returns the PATH of what follows."""
        store = self.folder / "uploaded" / given.get("name", "")
        match action:
            case "actions/checkout":
                command("git", "clone", "--quiet", str(self.remote), str(here))
            case "actions/setup-python":
                python = pythons().get(given["python-version"])
                print(f"  {name}: Python {given['python-version']} is {python or 'not at hand'}")
                if python:
                    links = self.folder / f"{name}-bin"
                    links.mkdir(exist_ok=True)
                    (links / "python3").symlink_to(python)
                    (links / f"python{given['python-version']}").unlink(missing_ok=True)
                    (links / f"python{given['python-version']}").symlink_to(python)
                    path = os.pathsep.join([str(links), path])
            case "actions/upload-artifact":
                if (here / given["path"]).exists():
                    shutil.copytree(here / given["path"], store)
            case "actions/download-artifact":
                if store.exists():
                    shutil.copytree(store, here / given["path"])
            case _:
                print(f"  {name}: {action} is GitHub's to run")
        return path


def command(*arguments: str, folder: Path | None = None, **environment: str) -> None:
    """Run a command.

    Raises:
        subprocess.CalledProcessError: where it fails.
    """
    subprocess.run(arguments, cwd=folder, check=True, env={**os.environ, **environment})


def main() -> int:
    """Run workflows, or list what they would run."""
    parser = argparse.ArgumentParser(prog="python -m bench.workflows")
    parser.add_argument("workflows", nargs="*", help="their names (default: all)")
    parser.add_argument("--list", action="store_true", help="only say what would be run")
    options = parser.parse_args()
    wrong = [f"{path.name}: {fault}" for path in sorted(FOLDER.glob("*.yml")) for fault in faults(path)]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    failed = bool(wrong)
    for path in sorted(FOLDER.glob("*.yml")):
        if options.workflows and path.stem not in options.workflows:
            continue
        print(path.name)
        with tempfile.TemporaryDirectory() as folder:
            run = Run(Path(folder))
            try:
                for name, job in read(path)["jobs"].items():
                    run.job(name, job, options.list)
            except subprocess.CalledProcessError as error:
                print(f"  failed: {error}")
                failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
