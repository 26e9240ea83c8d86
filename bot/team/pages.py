"""The pages for staff as HTML, with the templates of this folder; knows no request and no database."""

import re
from functools import partial
from pathlib import Path

from bot.browser.files import FILES as OF_CHAT
from bot.team import paths
from dialogs.links import LENGTH, SIGNS
from pages.files import DESK, LOOK, Files
from pages.permissions import Action, may
from pages.templating import templates
from pages.weaving import whole
from storage.staff import Person

HERE = Path(__file__).parent

CODE = re.compile(rf"(?<=[/=])[{SIGNS}]{{{LENGTH}}}(?![\w-])|(?<![\w-])[{SIGNS}]{{4}}-[{SIGNS}]{{4}}(?![\w-])")
"""The code of a link, at the end of its address, or the number of a form."""
FILES = Files(HERE / "static", paths.STATIC, (LOOK, DESK))


class Pages:
    """All of them."""

    def __init__(self) -> None:
        self._templates = templates(HERE / "templates", FILES)
        self._templates.filters["whole"] = partial(whole, codes=CODE)
        self._templates.globals.update(at=paths, may=may, action=Action, icon=OF_CHAT.address_of("icon.svg"))

    def page(self, name: str, person: Person | None = None, token: str = "", **values: object) -> str:
        """The page of a template. `person` is who reads it, `token` goes into its forms."""
        return self._templates.get_template(f"{name}.html").render(person=person, token=token, **values)
