"""What a keyboard must be beyond its shape: labels, actions, sizes; knows no message."""

from itertools import chain

from tests.botapi.formatting import is_empty, is_link
from tests.botapi.rules import BUTTON_ACTIONS, MARKUPS
from tests.botapi.wire import (
    Object,
    a_list,
    a_text,
    an_object,
    bad_request,
    stricter,
)

# Telegram drops what comes after the 12th in a row and the 300th in all; phones show 8 and 100.
ROW_BUTTONS = 8
ALL_BUTTONS = 100
DATA_BYTES = 64
COPY_LENGTH = 256
STYLES = frozenset({"danger", "success", "primary"})


def check_markup(markup: Object) -> None:
    """Refuse a reply_markup of the right shape that Telegram would reject, or silently change.

    In: any of the four kinds, already read by the table; an empty object is no markup at all.
    """
    inline = rows_of(markup)
    _sizes_fit(inline or _rows(markup, "keyboard"))
    for button in chain.from_iterable(inline):
        _check_button(button)
    for button in chain.from_iterable(_rows(markup, "keyboard")):
        _check_label(button)


def is_inline(markup: Object) -> bool:
    """Whether this markup hangs under a message; the other kinds make it uneditable."""
    return not any(kind in markup for kind in MARKUPS if kind != "inline_keyboard")


def rows_of(markup: Object) -> list[list[Object]]:
    """The rows of buttons of an inline keyboard; none for any other markup."""
    return _rows(markup, "inline_keyboard")


def _rows(markup: Object, field: str) -> list[list[Object]]:
    rows = a_list(markup.get(field))
    return [[an_object(button) for button in a_list(row)] for row in rows]


def _sizes_fit(rows: list[list[Object]]) -> None:
    sizes = [len(row) for row in rows]
    if 0 in sizes:
        raise stricter("an empty row of buttons is dropped")
    if max(sizes, default=0) > ROW_BUTTONS:
        raise stricter(f"more than {ROW_BUTTONS} buttons in a row")
    if sum(sizes) > ALL_BUTTONS:
        raise stricter(f"more than {ALL_BUTTONS} buttons in all")


def _check_button(button: Object) -> None:
    _check_label(button)
    actions = [name for name in button if name in BUTTON_ACTIONS]
    if not actions:
        raise bad_request("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise stricter(f"a button with two actions: {', '.join(actions)}")
    _check_data(button)
    _check_addresses(button)


def _check_label(button: Object) -> None:
    if is_empty(a_text(button["text"])):
        raise stricter("a button with an empty text is dropped")
    if "style" in button and button["style"] not in STYLES:
        raise bad_request("Can't parse inline keyboard button: invalid button style specified")


def _check_data(button: Object) -> None:
    data = button.get("callback_data")
    if isinstance(data, str) and not 1 <= len(data.encode()) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    copied = an_object(button.get("copy_text")).get("text")
    if isinstance(copied, str) and not 1 <= len(copied) <= COPY_LENGTH:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_addresses(button: Object) -> None:
    url = button.get("url")
    if isinstance(url, str) and not is_link(url):
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    for name in ("web_app", "login_url"):
        check_https(a_text(an_object(button.get(name)).get("url", "https://telegram.org")))


def check_https(url: str) -> None:
    """Refuse an address that Telegram would not open as a web app."""
    if not url.startswith("https://") or not is_link(url):
        raise bad_request(f"Inline keyboard button Web App URL '{url}' is invalid")
