"""Pages → a site: put into the theme's shell, written, staged and swapped in."""

from pathlib import Path

USUAL_SOURCE = Path("content/okrs")
"""Where OKR files lie unless somebody says otherwise."""


def find_mkdocs_yml(folder: Path) -> Path | None:
    """Return the configuration that MkDocs would read in a folder."""
    names = (folder / "mkdocs.yml", folder / "mkdocs.yaml")
    return next((path for path in names if path.is_file()), None)
