"""The pages for researchers as HTML, with the templates of this folder; knows no request and no database."""

from pathlib import Path

from pages.files import DESK, LOOK, Files
from pages.permissions import EXPORTS, Action, may
from pages.templating import templates
from research.web import paths
from storage.staff import Person

HERE = Path(__file__).parent
FILES = Files(HERE / "static", paths.STATIC, (LOOK, DESK))


class Pages:
    """All of them."""

    def __init__(self) -> None:
        self._templates = templates(HERE / "templates", FILES)
        self._templates.globals.update(at=paths, may=may, action=Action, exports=_exports)

    def page(self, name: str, person: Person | None = None, token: str = "", **values: object) -> str:
        """The page of a template. `person` is who reads it, `token` goes into its forms."""
        return self._templates.get_template(f"{name}.html").render(person=person, token=token, **values)


def _exports(person: Person) -> bool:
    """Whether somebody may make any export."""
    return any(may(person, action) for action in EXPORTS)
