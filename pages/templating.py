"""Values into HTML, with the templates of an application over the base page that all share. Everything is escaped."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pages.files import HERE, Files


def templates(folder: Path, files: Files) -> Environment:
    """The templates of a folder; each may stand on `skeleton.html`, and names a file with `file("name")`."""
    environment = Environment(
        loader=FileSystemLoader([folder, HERE / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["file"] = files.address_of
    return environment
