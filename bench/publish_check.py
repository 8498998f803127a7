"""Says what is missing before the site and the package are published: `make publish-check`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from bench.workflows import FOLDER, faults

ROOT = Path(__file__).parents[1]
HEADING = re.compile(r"^## (?P<version>\d+\.\d+\.\d+) [—-] (?P<day>\d{4}-\d{2}-\d{2}|unreleased)$", re.MULTILINE)
ADDRESS = re.compile(r"https://[\w.-]+(?::\d+)?(?:/[\w.~/-]*)?")
# What no machine here can see.
BY_HAND = """\
By hand, once:
  GitHub: Settings, Pages: serve the branch `pages`, from its root
  GitHub: Settings, Variables: SITE_URL, the address at which it is served
  GitHub: Settings, Environments: `pages` and `pypi`, each for the branch `main` and for tags `v*`
  PyPI: a trusted publisher for this repository, the workflow release.yml and the environment `pypi`"""


def git(*arguments: str, root: Path = ROOT) -> str:
    """What git says; empty where it fails."""
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def missing(root: Path, site: str, repository: str, tag: str) -> Iterator[str]:
    """What is missing, each with what to do about it.

    Args:
        root: of the repository.
        site: the address at which the site will be.
        repository: that of its source.
        tag: the version that is being released; empty where none is.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    version = project["version"]
    changes = root / "CHANGELOG.md"
    said = HEADING.search(changes.read_text("utf-8")) if changes.is_file() else None
    if said is None or said["version"] != version:
        yield f"CHANGELOG.md doesn't begin with {version}: write what has changed below `## {version} — unreleased`"
    elif tag and said["day"] == "unreleased":
        yield f"CHANGELOG.md says that {version} is unreleased: write the day"
    if tag and tag != f"v{version}":
        yield f"the tag is {tag}, and pyproject.toml says {version}: make them one"
    if not ADDRESS.fullmatch(site):
        yield "SITE_URL isn't set to an address: set the repository's variable SITE_URL, here SITE_URL=https://…"
    if not ADDRESS.fullmatch(repository):
        yield "REPO_URL isn't set to an address: here REPO_URL=https://…; on GitHub the workflow knows it"
    if git("status", "--porcelain", root=root):
        yield "files have changed since the last commit: commit them"
    if not tag and not git("remote", root=root):
        yield "git knows no remote: git remote add origin …"
    for name in ("LICENSE", "README.md", "CITATION.cff", "docs/LICENSE"):
        if not (root / name).is_file():
            yield f"there is no {name}"
    for name in ("katex", "type"):
        if not (root / "src" / "verimath" / "vendor" / name / "VERSION").is_file():
            yield f"src/verimath/vendor/{name} isn't there: run `make build`"


def main() -> int:
    """Say it; returns 1 where something is missing."""
    tag = os.environ.get("VERSION", "")
    found = [*missing(ROOT, os.environ.get("SITE_URL", ""), os.environ.get("REPO_URL", ""), tag)]
    found += [f"{path.name}: {fault}" for path in sorted(FOLDER.glob("*.yml")) for fault in faults(path)]
    for each in found:
        print(f"missing: {each}")
    print(f"{len(found)} missing" if found else "nothing is missing that a machine can see")
    if not tag:
        print(BY_HAND)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
