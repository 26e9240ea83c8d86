"""A page of the web chat as those who go through the questions read it: the message that it asks with; knows no HTTP.

It looks for what it needs and reads no more of a page: a load run has to be cheaper than the bot.
"""

import html
import re
from collections.abc import Sequence

from tests.load.residents import LAST
from tests.load.shapes import Object

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_BUTTON = re.compile(r'<button name="tap" value="(\d+) ([^"]*)"[^>]*>([^<]*)<')
_FILE = re.compile(r'(?:href|src)="(/static/[^"]+|/manifest[^"]+)"')
_SAID = re.compile(r'<li class="said".*?<p>(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def message(page: str) -> Object:
    """The newest buttons, the number of their bubble, the fields of the form, and the words where it is a receipt."""
    buttons = [
        (int(bubble), html.unescape(data), html.unescape(label)) for bubble, data, label in _BUTTON.findall(page)
    ]
    newest = max((bubble for bubble, _, _ in buttons), default=0)
    rows = [[{"text": label, "callback_data": data}] for bubble, data, label in buttons if bubble == newest]
    markup = {"inline_keyboard": rows}
    words = html.unescape(_TAG.sub("", _SAID.findall(page)[-1])) if is_last({"reply_markup": markup}) else ""
    return {"text": words, "reply_markup": markup, "bubble": newest, "fields": dict(_HIDDEN.findall(page))}


def is_last(asked: Object) -> bool:
    """Whether the story was sent."""
    return any(button["text"] == LAST for row in asked["reply_markup"]["inline_keyboard"] for button in row)


def files(page: str) -> Sequence[str]:
    """The addresses of what a page cannot do without, each once."""
    return tuple(dict.fromkeys(_FILE.findall(page)))
