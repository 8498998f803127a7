"""What publishes the site and the package: safe workflows, versions for good, and a list of what is missing."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from bench.package import oldest, pythons
from bench.publish import NotPublishedError, publish
from bench.publish_check import missing
from bench.workflows import FOLDER, chosen, faults, filled, read
from hatch_build import BESIDE, AddressesHook
from tests.conftest import ROOT

WORKFLOWS = sorted(FOLDER.glob("*.yml"))
SAFE = """\
on: push
permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: make
"""


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True).stdout


# Workflows


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_pinned_and_may_do_no_more_than_it_must(path: Path) -> None:
    assert [*faults(path)] == []


def test_there_are_workflows_that_test_publish_and_release() -> None:
    assert [path.stem for path in WORKFLOWS] == ["publish", "release", "test"]
    jobs = {f"{path.stem}-{name}": job for path in WORKFLOWS for name, job in read(path)["jobs"].items()}
    # Who may write never runs what others wrote: pip, npm, or a build.
    for name, job in jobs.items():
        if "write" in (job.get("permissions") or {}).values():
            runs = [step["run"] for step in job["steps"] if "run" in step]
            assert all(run.startswith("python3 bench/publish.py ") for run in runs), name
    assert [name for name, job in jobs.items() if "id-token" in (job.get("permissions") or {})] == ["release-pypi"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "actions/checkout@v7 isn't pinned by a commit"),
        (" # v7.0.1", "", "doesn't say its version"),
        ("permissions: {}", "permissions: write-all", "its permissions aren't the least"),
        ("    timeout-minutes: 5\n", "", "a may go on for six hours"),
        ("run: make", "run: make ${{ github.ref_name }}", "a puts an expression into a script"),
        ("    steps:", "    permissions: {packages: write}\n    steps:", "a asks for packages: write"),
        ("run: make", "run: make\n        env: {A: '${{ secrets.A }}'}", "a: secrets.A isn't known here"),
    ],
)
def test_an_unsafe_workflow_is_seen(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "a.yml"
    path.write_text(SAFE)
    assert [*faults(path)] == []
    path.write_text(SAFE.replace(old, new))
    assert any(said in fault for fault in faults(path)), [*faults(path)]


def test_expressions_have_the_values_of_this_machine() -> None:
    job = {"strategy": {"matrix": {"python": ["2.0", next(iter(pythons()))]}}}
    assert chosen(job) == {"python": next(iter(pythons()))}
    assert filled("a ${{ matrix.python }} ${{ github.repository }}", {"python": "3.11"}) == "a 3.11 example/softmax"


def test_the_oldest_numpy_is_the_one_that_is_asked_for() -> None:
    assert oldest().startswith("numpy==2.")


# Publication


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(bare)], check=True)
    return bare


def site(folder: Path, text: str, *others: str) -> Path:
    for name in ("index.html", *others):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def served(remote: Path, path: str) -> str:
    return git(remote, "show", f"pages:{path}")


def test_the_newest_is_at_the_root_and_each_version_stays(tmp_path: Path, remote: Path) -> None:
    publish(site(tmp_path / "one", "one", "old/index.html", "_static/a.js"), str(remote), "pages")
    publish(site(tmp_path / "v1", "version"), str(remote), "pages", "v0.1.0")
    publish(site(tmp_path / "two", "two", "en/index.html"), str(remote), "pages")
    assert served(remote, "index.html") == "two"
    assert served(remote, "en/index.html") == "two"
    assert served(remote, "v0.1.0/index.html") == "version"
    assert git(remote, "ls-tree", "--name-only", "pages").split() == [".nojekyll", "en", "index.html", "v0.1.0"]
    assert publish(tmp_path / "two", str(remote), "pages") == "nothing has changed since it was published"


def test_a_version_is_never_replaced_by_another(tmp_path: Path, remote: Path) -> None:
    publish(site(tmp_path / "v1", "version"), str(remote), "pages", "v0.1.0")
    publish(tmp_path / "v1", str(remote), "pages", "v0.1.0")
    with pytest.raises(NotPublishedError, match=r"v0\.1\.0 is published already, and its pages are for good"):
        publish(site(tmp_path / "v2", "another"), str(remote), "pages", "v0.1.0")
    assert served(remote, "v0.1.0/index.html") == "version"


@pytest.mark.parametrize(("version", "said"), [("latest", "latest is no version"), ("", "holds no site")])
def test_what_is_no_site_or_no_version_is_not_published(tmp_path: Path, remote: Path, version: str, said: str) -> None:
    folder = site(tmp_path / "one", "one") if version else tmp_path
    with pytest.raises(NotPublishedError, match=said):
        publish(folder, str(remote), "pages", version)


# What is missing


def ready(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    for name in ("LICENSE", "README.md", "CITATION.cff", "docs/LICENSE"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("a")
    for name in ("katex", "type"):
        (root / "src" / "verimath" / "vendor" / name).mkdir(parents=True)
        (root / "src" / "verimath" / "vendor" / name / "VERSION").write_text("1")
    (root / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n')
    (root / "CHANGELOG.md").write_text("# Changes\n\n## 0.2.0 — 2026-01-31\n\nMore.\n\n## 0.1.0 — 2025-12-01\n")
    git(tmp_path, "init", "--quiet", str(root))
    git(root, "add", ".")
    git(root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "a")
    git(root, "remote", "add", "origin", "https://example.org/a.git")
    return root


ADDRESS = "https://example.org/a/"


def test_nothing_is_missing_of_what_is_ready(tmp_path: Path) -> None:
    assert [*missing(ready(tmp_path), ADDRESS, ADDRESS, "v0.2.0")] == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("CHANGELOG.md", "## 0.1.0 — 2025-12-01\n", "CHANGELOG.md doesn't begin with 0.2.0"),
        ("CHANGELOG.md", "## 0.2.0 — unreleased\n", "CHANGELOG.md says that 0.2.0 is unreleased"),
        ("pyproject.toml", '[project]\nversion = "0.3.0"\n', "the tag is v0.2.0, and pyproject.toml says 0.3.0"),
        ("LICENSE", None, "there is no LICENSE"),
        ("src/verimath/vendor/katex/VERSION", None, "vendor/katex isn't there"),
        ("new", "a", "files have changed since the last commit"),
    ],
)
def test_what_is_missing_is_said(tmp_path: Path, name: str, text: str | None, said: str) -> None:
    root = ready(tmp_path)
    (root / name).unlink(missing_ok=True)
    if text is not None:
        (root / name).write_text(text)
    assert any(said in each for each in missing(root, ADDRESS, ADDRESS, "v0.2.0"))


def test_addresses_are_asked_for(tmp_path: Path) -> None:
    assert [each.split()[0] for each in missing(ready(tmp_path), "", "here", "")] == ["SITE_URL", "REPO_URL"]


def test_the_changelog_has_the_version_of_the_package() -> None:
    assert not [each for each in missing(ROOT, ADDRESS, ADDRESS, "") if "CHANGELOG" in each]


# The package's addresses


def test_what_is_built_has_the_addresses_that_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://a.b/softmax/")
    monkeypatch.setenv("REPO_URL", "https://github.com/a/b/")
    built: dict[str, Any] = {}
    AddressesHook(str(ROOT), {}).update(built)
    assert built["urls"] == {
        "Homepage": "https://a.b/softmax/",
        "Documentation": "https://a.b/softmax/en/guide/",
        "Source": "https://github.com/a/b",
        "Issues": "https://github.com/a/b/issues",
        "Changelog": "https://github.com/a/b/blob/main/CHANGELOG.md",
    }
    # Whoever reads it elsewhere sees the picture, and no link leads to a file that isn't there.
    text = built["readme"]["text"]
    assert "](https://github.com/a/b/raw/main/docs/page.png)" in text
    assert "](https://github.com/a/b/blob/main/docs/en/guide.md)" in text
    links = [found["path"] for found in BESIDE.finditer((ROOT / "README.md").read_text("utf-8"))]
    assert len(links) >= 4
    assert all((ROOT / path).exists() for path in links)
    assert not BESIDE.search(text)


def test_nothing_is_said_of_what_has_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SITE_URL", "REPO_URL"):
        monkeypatch.delenv(name, raising=False)
    built: dict[str, Any] = {}
    AddressesHook(str(ROOT), {}).update(built)
    assert built["urls"] == {}
    assert built["readme"]["text"] == (ROOT / "README.md").read_text("utf-8")
