"""MkDocs hooks of this site."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ASSETS = Path(__file__).parent / "assets"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add docs/assets, which the languages share, to each language's site as assets/."""
    for path in sorted(ASSETS.rglob("*")):
        if path.is_file() and path.suffix != ".md":
            uri = f"assets/{path.relative_to(ASSETS).as_posix()}"
            files.append(File.generated(config, uri, abs_src_path=str(path)))
    return files
