"""Publishes a built site to a branch that a host of static sites serves: the newest at its root, each version for good.

Run as `python bench/publish.py site --remote origin --branch pages [--version v0.2.0]`; needs git, and Python alone.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from filecmp import dircmp
from pathlib import Path

VERSION = re.compile(r"v\d+\.\d+\.\d+")
# Without it, a host may leave out what begins with an underscore.
AS_IT_IS = ".nojekyll"
AUTHOR = {"GIT_AUTHOR_NAME": "publish", "GIT_COMMITTER_NAME": "publish"}
AUTHOR |= {"GIT_AUTHOR_EMAIL": "publish@localhost", "GIT_COMMITTER_EMAIL": "publish@localhost"}
TRIES = 3


class NotPublishedError(Exception):
    """Why a site isn't published."""


def git(folder: Path, *arguments: str) -> str:
    """What git says in a folder.

    Raises:
        NotPublishedError: where it fails.
    """
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **AUTHOR})
    if done.returncode:
        raise NotPublishedError(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def put(site: Path, folder: Path, version: str) -> None:
    """Put a site into the folder that is served: at its root, beside the versions; or as a version.

    Raises:
        NotPublishedError: where that version is there already, and is another: its address is for good.
    """
    if version:
        target = folder / version
        if target.exists():
            if differs(dircmp(site, target, ignore=[])):
                raise NotPublishedError(
                    f"{version} is published already, and its pages are for good: take another number"
                )
            return
        shutil.copytree(site, target)
    else:
        for path in folder.iterdir():
            if path.name != ".git" and not VERSION.fullmatch(path.name):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(site, folder, dirs_exist_ok=True)
    (folder / AS_IT_IS).touch()


def differs(compared: dircmp[str]) -> bool:
    """Whether two folders differ, in whatever lies below them."""
    own = compared.left_only or compared.right_only or compared.diff_files or compared.funny_files
    return bool(own) or any(map(differs, compared.subdirs.values()))


def publish(site: Path, remote: str, branch: str, version: str = "") -> str:
    """Commit a site to a branch of a repository, and push it.

    Args:
        site: the folder that `make build` wrote.
        remote: the address of a repository, or the name of one that this repository knows.
        branch: what is served.
        version: such as v0.2.0, for a folder of that name; empty for the root.

    Returns:
        What came of it.

    Raises:
        NotPublishedError: and then nothing has changed there.
    """
    if not (site / "index.html").is_file():
        raise NotPublishedError(f"{site} holds no site: run `make build` first")
    if version and not VERSION.fullmatch(version):
        raise NotPublishedError(f"{version} is no version: write one such as v0.2.0")
    for attempt in range(TRIES):
        try:
            return pushed(site, remote, branch, version)
        except NotPublishedError as error:
            # Somebody else was faster: once more, upon what they published.
            if "git push" not in str(error) or attempt == TRIES - 1:
                raise
    raise AssertionError


def pushed(site: Path, remote: str, branch: str, version: str) -> str:
    """One attempt to publish."""
    here = Path.cwd()
    address = remote
    if not (Path(remote).exists() or ":" in remote):
        address = git(here, "remote", "get-url", remote)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        git(folder, "init", "--quiet", "--initial-branch", branch)
        keys = subprocess.run(
            ["git", "config", "--get-regexp", r"^http\..*\.extraheader$"], capture_output=True, text=True, check=False
        )
        for line in keys.stdout.splitlines():
            git(folder, "config", *line.split(" ", 1))
        git(folder, "remote", "add", "origin", str(Path(address).resolve()) if Path(address).exists() else address)
        if git(folder, "ls-remote", "--heads", "origin", branch):
            git(folder, "fetch", "--quiet", "--depth", "1", "origin", branch)
            git(folder, "checkout", "--quiet", "-B", branch, "FETCH_HEAD")
        put(site, folder, version)
        git(folder, "add", "--all", "--force")
        if not git(folder, "status", "--porcelain"):
            return "nothing has changed since it was published"
        git(folder, "commit", "--quiet", "--no-gpg-sign", "--message", f"Publish {version or 'the site'}")
        git(folder, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
        return f"published {version or 'the site'} to the branch {branch}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Publish, or say why not."""
    parser = argparse.ArgumentParser(prog="publish", description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--remote", default="origin")
    parser.add_argument("--branch", default="pages")
    parser.add_argument("--version", default="")
    options = parser.parse_args(arguments)
    try:
        print(publish(options.site, options.remote, options.branch, options.version))
    except NotPublishedError as error:
        print(f"not published: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
