"""What Telegram would reject, and more strictly what it would swallow, told from one call alone.

Knows the methods' parameters; knows no chat, no message and nothing that was said before.
"""

import re
from collections.abc import Callable, Mapping

from tests.botapi.arguments import Arguments, typed
from tests.botapi.formatting import (
    CAPTION_LENGTH,
    MESSAGE_LENGTH,
    Formatted,
    formatted,
    is_empty,
)
from tests.botapi.keyboards import check_https, check_markup
from tests.botapi.rules import (
    CHAT_ACTIONS,
    COMMAND_SCOPES,
    MENU_BUTTONS,
    METHODS,
    UPDATE_TYPES,
)
from tests.botapi.wire import (
    Object,
    Refused,
    Upload,
    Values,
    a_text,
    an_object,
    bad_request,
    stricter,
)

NOTICE_LENGTH = 200
NAME_LENGTH = 64
DESCRIPTION_LENGTH = 512
SHORT_DESCRIPTION_LENGTH = 120
COMMAND_DESCRIPTION_LENGTH = 256
COMMANDS = 100
LOOPBACK = r"http://(127\.0\.0\.1|localhost):\d+/"
"""What a Bot API server of one's own takes beside https: an address on the same machine."""
WEBHOOK_PORTS = frozenset({"", ":443", ":80", ":88", ":8443"})

Check = Callable[[Arguments], None]


def verified(method: str, values: Values) -> Arguments:
    """A call's parameters, typed and checked.

    In: the method's name and its parameters as they came over the wire. Out: typed arguments.
    Raises Refused with 404 for an unknown method, else with 400 and Telegram's words; a reason
    that starts with "stricter than Telegram" is one that Telegram would have kept silent about.
    """
    if method not in METHODS:
        raise Refused(404, "Not Found: method not found")
    arguments = typed(method, values)
    for check in _CHECKS.get(method, ()):
        check(arguments)
    return arguments


def message_text(arguments: Arguments) -> Formatted:
    """The text of a message, read as Telegram does; Refused when it is empty or too long."""
    if not arguments.text("text"):
        raise bad_request("Message text is empty")
    shown = formatted(
        arguments.text("text"),
        arguments.text("parse_mode"),
        arguments.items("entities"),
        MESSAGE_LENGTH,
    )
    if not shown.text:
        raise bad_request("Text must be non-empty")
    return shown


def caption(arguments: Arguments) -> Formatted:
    """The words under a file, which may be none; Refused when they are too long."""
    return formatted(
        arguments.text("caption"),
        arguments.text("parse_mode"),
        arguments.items("caption_entities"),
        CAPTION_LENGTH,
    )


def _check_text(arguments: Arguments) -> None:
    message_text(arguments)


def _check_caption(arguments: Arguments) -> None:
    caption(arguments)


def _check_keyboard(arguments: Arguments) -> None:
    check_markup(arguments.object("reply_markup"))


def _check_file(arguments: Arguments) -> None:
    for name, value in arguments.values.items():
        if isinstance(value, Upload) and not value.content:
            raise bad_request(f"File must be non-empty: {name}")


def _check_polling(arguments: Arguments) -> None:
    if not 1 <= arguments.number("limit", 100) <= 100:
        raise stricter("limit is between 1 and 100")
    if arguments.number("timeout") < 0:
        raise stricter("timeout is not negative")


def _check_allowed(arguments: Arguments) -> None:
    for kind in arguments.items("allowed_updates"):
        if kind not in UPDATE_TYPES:
            raise stricter(f"there is no update of the type {kind!r}")


def _check_webhook(arguments: Arguments) -> None:
    url = re.match(r"(https)://[^/:?#]+(:\d+)?", arguments.text("url"))
    near = re.match(LOOPBACK, arguments.text("url"))
    if arguments.text("url") and url is None and not near:
        raise bad_request("Bad webhook: An HTTPS URL must be provided for webhook")
    if url is not None and (url[2] or "") not in WEBHOOK_PORTS:
        raise bad_request("Bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", arguments.text("secret_token")):
        raise bad_request("Secret token contains unallowed characters")
    if not 1 <= arguments.number("max_connections", 40) <= 100:
        raise stricter("max_connections is between 1 and 100")


def _check_notice(arguments: Arguments) -> None:
    if len(arguments.text("text")) > NOTICE_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")


def _check_action(arguments: Arguments) -> None:
    if arguments.text("action") not in CHAT_ACTIONS:
        raise bad_request("Wrong parameter action in request")


def _check_ids(arguments: Arguments) -> None:
    ids = arguments.items("message_ids")
    if not ids:
        raise bad_request("Message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("Too many message identifiers specified")


def _check_language(arguments: Arguments) -> None:
    if not re.fullmatch(r"([a-z]{2})?", arguments.text("language_code")):
        raise bad_request("Invalid language code specified")


def _check_scope(arguments: Arguments) -> None:
    scope = arguments.object("scope")
    if scope and scope["type"] not in COMMAND_SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    if a_text(scope.get("type")).startswith("chat") and "chat_id" not in scope:
        raise bad_request("Can't parse BotCommandScope: Can't find field \"chat_id\"")


def _check_commands(arguments: Arguments) -> None:
    commands = arguments.items("commands")
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(an_object(command))


def _check_command(command: Object) -> None:
    if not re.fullmatch(r"[a-z0-9_]{1,32}", a_text(command["command"])):
        raise bad_request("BOT_COMMAND_INVALID")
    description = a_text(command["description"]).strip()
    if is_empty(description):
        raise bad_request("Command description must be non-empty")
    if len(description) > COMMAND_DESCRIPTION_LENGTH:
        raise bad_request("Command description length must not exceed 256")


def _check_menu(arguments: Arguments) -> None:
    button = arguments.object("menu_button")
    if button and button["type"] not in MENU_BUTTONS:
        raise bad_request("Can't parse menu button: invalid MenuButton type specified")
    if button.get("type") == "web_app":
        if is_empty(a_text(button.get("text"))):
            raise bad_request("Menu button text must be non-empty")
        check_https(a_text(an_object(button.get("web_app")).get("url")))


def _shorter_than(name: str, limit: int) -> Check:
    def check(arguments: Arguments) -> None:
        if len(arguments.text(name)) > limit:
            raise stricter(f"{name} is longer than {limit} characters")

    return check


_FILE = (_check_file, _check_caption, _check_keyboard)
_CHECKS: Mapping[str, tuple[Check, ...]] = {
    "getUpdates": (_check_polling, _check_allowed),
    "setWebhook": (_check_webhook, _check_allowed),
    "sendMessage": (_check_text, _check_keyboard),
    "editMessageText": (_check_text, _check_keyboard),
    "editMessageReplyMarkup": (_check_keyboard,),
    "deleteMessages": (_check_ids,),
    "answerCallbackQuery": (_check_notice,),
    "sendChatAction": (_check_action,),
    "setMyCommands": (_check_commands, _check_scope, _check_language),
    "getMyCommands": (_check_scope, _check_language),
    "setMyName": (_shorter_than("name", NAME_LENGTH), _check_language),
    "setMyDescription": (_shorter_than("description", DESCRIPTION_LENGTH), _check_language),
    "setMyShortDescription": (
        _shorter_than("short_description", SHORT_DESCRIPTION_LENGTH),
        _check_language,
    ),
    "getMyName": (_check_language,),
    "getMyDescription": (_check_language,),
    "getMyShortDescription": (_check_language,),
    "setChatMenuButton": (_check_menu,),
    "sendDocument": _FILE,
    "sendVoice": _FILE,
    "sendPhoto": _FILE,
}
