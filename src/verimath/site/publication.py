"""What a site says of itself: where its source is, of which commit it is made, when, under which licence."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import field
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

from ..message.frozen import frozen

# What part of a host's name says how it addresses a file and a new issue.
HOSTS = {
    "github": ("{repository}/blob/{commit}/{path}", "{repository}/issues/new?title={title}&body={body}"),
    "gitlab": (
        "{repository}/-/blob/{commit}/{path}",
        "{repository}/-/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={body}",
    ),
    "bitbucket": ("{repository}/src/{commit}/{path}", "{repository}/issues/new?title={title}&content={body}"),
    **dict.fromkeys(
        ("codeberg", "gitea", "forgejo"),
        ("{repository}/src/commit/{commit}/{path}", "{repository}/issues/new?title={title}&body={body}"),
    ),
}
CREATIVE = re.compile(r"CC-(?P<kind>BY(?:-(?:SA|ND|NC|NC-SA|NC-ND))?)-(?P<version>\d\.\d)")
# What BibTeX reads as something else than itself.
TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    s: f"\\{s}" for s in "&%$#_{}"
}


@frozen
class Publication:
    """A site as it is published; what isn't known is empty, and nothing is said of it.

    Attributes:
        title: of the site.
        author: of its text.
        address: where it is published, with a slash at its end.
        repository: where its source is published.
        licence: an identifier of SPDX's.
        day: when it was made.
        commit: of its source.
        is_changed: whether files have changed since that commit.
        tracked: the files of the pages that the commit may hold, each with its path in the repository.
    """

    title: str
    author: str = ""
    address: str = ""
    repository: str = ""
    licence: str = ""
    day: date | None = None
    commit: str = ""
    is_changed: bool = False
    tracked: dict[Path, str] = field(default_factory=dict, repr=False)

    def source(self, file: Path) -> str:
        """The address of a page's source, as it was when the site was made; empty where it isn't published."""
        path = self.tracked.get(file)
        patterns = self._patterns()
        if not (path and patterns and self.commit):
            return ""
        return patterns[0].format(repository=self.repository, commit=self.commit, path=quote(path))

    def report(self, title: str, body: str) -> str:
        """The address at which a reader reports an error; empty where there is none."""
        patterns = self._patterns()
        return patterns[1].format(repository=self.repository, title=quote(title), body=quote(body)) if patterns else ""

    def _patterns(self) -> tuple[str, str] | None:
        host = urlsplit(self.repository).hostname or ""
        return next((patterns for name, patterns in HOSTS.items() if name in host), None)

    def bibtex(self, title: str, url: str) -> str:
        """How a page is cited.

        Args:
            title: of the page.
            url: of the page, from the site's root.
        """
        name = "-".join(re.findall(r"[a-z0-9]+", f"{self.author} {url}".lower())) or "page"
        version = f"version {self.commit[:7]}" if self.commit and not self.is_changed else ""
        fields = {
            "author": f"{{{_tex(self.author)}}}" if self.author else "",
            "title": f"{{{_tex(title)}}}",
            "howpublished": _tex(self.title),
            "year": str(self.day.year) if self.day else "",
            "url": f"{self.address}{url}" if self.address else "",
            "note": ", ".join(filter(None, (version, licence_name(self.licence)))),
        }
        lines = (f"  {key} = {{{value}}}," for key, value in fields.items() if value)
        return "\n".join([f"@misc{{{name},", *lines, "}"])

    def cff(self) -> str:
        """The site's CITATION.cff; empty where no author is known, without whom there is none."""
        if not self.author:
            return ""
        fields = {
            "title": self.title,
            "license": self.licence,
            "url": self.address,
            "repository-code": self.repository,
            "commit": "" if self.is_changed else self.commit,
        }
        lines = [f"{key}: {_yaml(value)}" for key, value in fields.items() if value]
        lines += [f"date-released: {self.day.isoformat()}"] if self.day else []
        said = "message: If you use this work, please cite it as below."
        return "\n".join(["cff-version: 1.2.0", said, "authors:", f"  - name: {_yaml(self.author)}", *lines, ""])


def licence_name(licence: str) -> str:
    """What a licence is called: `CC BY 4.0` for `CC-BY-4.0`."""
    creative = CREATIVE.fullmatch(licence)
    return f"CC {creative['kind']} {creative['version']}" if creative else licence


def licence_address(licence: str) -> str:
    """Where a licence can be read."""
    if creative := CREATIVE.fullmatch(licence):
        return f"https://creativecommons.org/licenses/{creative['kind'].lower()}/{creative['version']}/"
    return f"https://spdx.org/licenses/{quote(licence)}.html"


def publication(title: str, author: str, address: str, repository: str, licence: str, docs: Path) -> Publication:
    """What is known of a site: what its configuration says, and its commit where git knows one.

    The day is that of SOURCE_DATE_EPOCH, else of the commit: the same source gives the same site.
    """
    said = _git(docs, "log", "-1", "--format=%H %ct")
    commit, _, seconds = said.partition(" ")
    root = Path(_git(docs, "rev-parse", "--show-toplevel") or docs)
    files = _git(docs, "ls-files", "--full-name", "-z", ".").split("\0") if commit else []
    tracked = {(root / path).resolve(): path for path in files if path}
    if not tracked:
        # A folder that git ignores, within the repository of something else.
        commit = seconds = ""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip() or seconds
    return Publication(
        title,
        author,
        f"{address.rstrip('/')}/" if address else "",
        repository.rstrip("/"),
        licence,
        datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else None,
        commit,
        bool(commit and _git(docs, "status", "--porcelain", "--untracked-files=no")),
        tracked,
    )


def _git(folder: Path, *arguments: str) -> str:
    """What git says of a folder; empty where there is no git, or no repository."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def _tex(text: str) -> str:
    return "".join(TEX.get(sign, sign) for sign in text)


def _yaml(text: str) -> str:
    """A text as YAML has it between quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
