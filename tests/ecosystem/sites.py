"""Sites of two pages, each with a plugin, a theme or an option that other sites use."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

# What is listed beside a plugin: before it, or behind it.
ORDERS = ("neighbour, verimath", "verimath, neighbour")
INDEX = r"""---
notation:
  - {symbol: r, code: r, meaning: the radius}
---

# Circles

A circle has a radius $r$.

```math {#radius}
r \in \mathbb{R}_{+}^{*}
```

```math {#area name="area of a circle"}
a \coloneqq \pi r^2
```

The [guide](guide.md) says more.
"""
GUIDE = r"""---
builds_on: [index.md]
notation:
  - {symbol: s, code: s, meaning: the circumference}
---

# Guide

The circumference $s$ is what [](#area) changes by, and a rope costs 5 \$ a metre:

```math {#circumference}
s \coloneqq 2 \pi r
```

```math {#slope}
\begin{aligned}
\frac{\partial a}{\partial r} &= s \\
&< s + 1
\end{aligned}
```
"""
PAGES = {"index.md": INDEX, "guide.md": GUIDE}


@dataclass(frozen=True)
class Neighbour:
    """What stands beside verimath on a site.

    Attributes:
        name: of the row.
        plugin: its entry in the list of plugins; None where it is none.
        settings: what else `mkdocs.yml` says.
        pages: files of the docs folder.
        files: files beside it.
        seen: the page that is opened, from the site's root.
        formulas: how many are set there: displayed, and in the text.
        numbers: of its displayed formulas.
        command: builds the site.
        says: what the build is refused with; empty where it isn't.
    """

    name: str
    plugin: Any = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=lambda: PAGES)
    files: Mapping[str, str] = field(default_factory=dict)
    seen: str = "guide/index.html"
    formulas: tuple[int, int] = (2, 1)
    numbers: tuple[str, ...] = ("(3)", "(4)")
    command: tuple[str, ...] = ("mkdocs", "build", "--strict")
    says: str = ""

    @property
    def orders(self) -> tuple[str, ...]:
        """In which orders it is tried."""
        return ORDERS if self.plugin is not None else ORDERS[:1]

    def write(self, folder: Path, order: str) -> None:
        """Write the site."""
        own: list[Any] = ["verimath"]
        others = [] if self.plugin is None else [self.plugin]
        plugins = ["search", *(others + own if order == ORDERS[0] else own + others)]
        settings: dict[str, Any] = {
            "site_name": "Circles",
            "site_url": "http://127.0.0.1/",
            "theme": {"name": "material", "font": False},
            "plugins": plugins,
            **self.settings,
        }
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
        for name, text in {**{f"docs/{page}": text for page, text in self.pages.items()}, **self.files}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        for arguments in (
            ["init", "-q"],
            ["add", "."],
            ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
        ):
            subprocess.run(["git", *arguments], cwd=folder, check=True)

    def built(self, folder: Path) -> str:
        """Build the site; what the build is refused with, empty where it isn't."""
        command = [sys.executable, "-m", *self.command]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
        return done.stderr if done.returncode else ""


POST = (
    "---\ndate: 2026-01-02\n---\n\n# A post\n\nHere $1 + 1 = 2$.\n\n<!-- more -->\n\n```math {#post}\n1 + 1 = 2\n```\n"
)
CODE = '"""Circles."""\n\n\ndef area(r: float) -> float:\n    """The area."""\n    return 3 * r * r\n'
NEIGHBOURS = (
    Neighbour("minify", {"minify": {"minify_html": True}}),
    Neighbour("macros", "macros", pages={name: text.replace("{#", "{ #") for name, text in PAGES.items()}),
    Neighbour("macros, `{#`", "macros", says="another plugin has changed this page before Markdown read it"),
    Neighbour(
        "print-site",
        "print-site",
        says="site/print_page/index.html: formulas that nothing set",
    ),
    Neighbour("blog", "blog", pages={**PAGES, "blog/index.md": "# Blog\n", "blog/posts/one.md": POST}),
    Neighbour(
        "include-markdown",
        "include-markdown",
        pages={**PAGES, "guide.md": GUIDE + '\n{% include-markdown "../part.md" %}\n'},
        files={"part.md": "Included, $r$ is the radius still.\n"},
        formulas=(2, 2),
    ),
    Neighbour("glightbox", "glightbox"),
    Neighbour("git-revision-date-localized", {"git-revision-date-localized": {"enable_creation_date": True}}),
    Neighbour("awesome-nav", "awesome-nav", pages={**PAGES, ".nav.yml": "nav:\n  - index.md\n  - guide.md\n"}),
    Neighbour(
        "awesome-pages",
        "awesome-pages",
        pages={**PAGES, ".pages": "nav:\n  - guide.md\n  - index.md\n"},
        numbers=("(1)", "(2)"),
    ),
    Neighbour("section-index", "section-index", {"nav": [{"Circles": ["index.md", {"More": "guide.md"}]}]}),
    Neighbour(
        "literate-nav",
        "literate-nav",
        pages={**PAGES, "SUMMARY.md": "* [Guide](guide.md)\n* [Circles](index.md)\n"},
        numbers=("(1)", "(2)"),
    ),
    Neighbour(
        "static-i18n",
        {
            "i18n": {
                "docs_structure": "suffix",
                "languages": [
                    {"locale": "en", "default": True, "name": "English"},
                    {"locale": "fr", "name": "Français"},
                ],
            }
        },
    ),
    Neighbour(
        "bibtex",
        {"bibtex": {"bib_file": "refs.bib"}},
        pages={**PAGES, "guide.md": GUIDE + "\nSee [@euclid].\n\n\\bibliography\n"},
        files={"refs.bib": "@book{euclid, title={Elements}, author={Euclid}, year={1908}, publisher={Dover}}\n"},
    ),
    Neighbour("rss", {"rss": {"use_git": False}}),
    Neighbour("privacy", {"privacy": {"assets": False}}),
    Neighbour("offline", "offline", seen="guide.html"),
    Neighbour(
        "markdown-exec",
        "markdown-exec",
        settings={"markdown_extensions": ["pymdownx.superfences"]},
        pages={**PAGES, "guide.md": GUIDE + '\n```python exec="true"\nprint("Printed: *two*")\n```\n'},
    ),
    Neighbour(
        "mkdocstrings",
        {"mkdocstrings": {"handlers": {"python": {"paths": ["code"]}}}},
        pages={**PAGES, "guide.md": GUIDE + "\n::: circle\n"},
        files={
            "code/circle.py": CODE,
        },
    ),
    Neighbour("mike", "mike"),
    Neighbour(
        "arithmatex",
        settings={"markdown_extensions": [{"pymdownx.arithmatex": {"generic": True}}]},
        says="`pymdownx.arithmatex` is among markdown_extensions",
    ),
    Neighbour(
        "navigation.instant",
        settings={"theme": {"name": "material", "font": False, "features": ["navigation.instant"]}},
    ),
    Neighbour("--dirty", command=("mkdocs", "build", "--dirty"), says="build without --dirty"),
    Neighbour("theme mkdocs", settings={"theme": {"name": "mkdocs"}}),
    Neighbour("theme readthedocs", settings={"theme": {"name": "readthedocs"}}),
)
