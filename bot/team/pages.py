"""The pages for staff as HTML, with the templates of this folder; knows no request and no database."""

from pathlib import Path

from bot.browser.files import FILES as OF_CHAT
from bot.staff.permissions import Action, may
from bot.team import paths
from pages.files import Files
from pages.templating import templates
from storage.staff import Person

HERE = Path(__file__).parent
FILES = Files(HERE / "static", paths.STATIC)


class Pages:
    """All of them."""

    def __init__(self) -> None:
        self._templates = templates(HERE / "templates", FILES)
        self._templates.globals.update(at=paths, may=may, action=Action, icon=OF_CHAT.address_of("icon.svg"))

    def page(self, name: str, person: Person | None = None, token: str = "", **values: object) -> str:
        """The page of a template. `person` is who reads it, `token` goes into its forms."""
        return self._templates.get_template(f"{name}.html").render(person=person, token=token, **values)
