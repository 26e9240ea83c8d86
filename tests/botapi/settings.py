"""What the methods do that set and tell a bot's name, texts, commands, menu and webhook.

Gets arguments that were already verified; knows no message.
"""

import json

from tests import canaries
from tests.botapi.account import Account
from tests.botapi.arguments import Arguments
from tests.botapi.wire import Json, Object


def get_me(account: Account, _arguments: Arguments) -> Json:
    """getMe: the bot, with what it may do."""
    return {
        **account.me(),
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_name(account: Account, arguments: Arguments) -> Json:
    """setMyName: true; an empty name takes the one for that language away."""
    return _set(account, arguments, "name")


def get_my_name(account: Account, arguments: Arguments) -> Json:
    """getMyName: the name for that language, or the bot's own."""
    return {"name": _told(account, arguments, "name") or account.me()["first_name"]}


def set_my_description(account: Account, arguments: Arguments) -> Json:
    """setMyDescription: true."""
    return _set(account, arguments, "description")


def get_my_description(account: Account, arguments: Arguments) -> Json:
    """getMyDescription: the text for that language, or the general one, or none."""
    return {"description": _told(account, arguments, "description")}


def set_my_short_description(account: Account, arguments: Arguments) -> Json:
    """setMyShortDescription: true."""
    return _set(account, arguments, "short_description")


def get_my_short_description(account: Account, arguments: Arguments) -> Json:
    """getMyShortDescription: the text for that language, or the general one, or none."""
    return {"short_description": _told(account, arguments, "short_description")}


def set_my_commands(account: Account, arguments: Arguments) -> Json:
    """setMyCommands: true."""
    account.settings[_commands_key(arguments)] = arguments.items("commands")
    return True


def get_my_commands(account: Account, arguments: Arguments) -> Json:
    """getMyCommands: those of exactly this scope and language, as Telegram does."""
    return account.settings.get(_commands_key(arguments), [])


def set_chat_menu_button(account: Account, arguments: Arguments) -> Json:
    """setChatMenuButton: true."""
    key = ("menu", str(arguments.number("chat_id")))
    account.settings[key] = arguments.object("menu_button") or {"type": "default"}
    return True


def get_chat_menu_button(account: Account, arguments: Arguments) -> Json:
    """getChatMenuButton: the one of this chat, or the general one."""
    general = account.settings.get(("menu", "0"), {"type": "commands"})
    return account.settings.get(("menu", str(arguments.number("chat_id"))), general)


def set_webhook(account: Account, arguments: Arguments) -> Json:
    """setWebhook: true; updates are brought to it from now on, and getUpdates is refused. No url takes it away."""
    told = ("url", "ip_address", "max_connections", "allowed_updates")
    account.webhook = {
        name: value for name, value in arguments.values.items() if name in told and isinstance(value, str | int | list)
    }
    account.webhook_secret = arguments.text("secret_token")
    canaries.plant(*filter(None, [account.webhook_secret]))
    if arguments.has("allowed_updates"):
        kinds = arguments.items("allowed_updates")
        account.updates.allowed = frozenset(kind for kind in kinds if isinstance(kind, str))
    if account.webhook["url"]:
        account.updates.end_poll("Conflict: terminated by setWebhook request")
    account.updates.news.set()
    return _drop_pending(account, arguments)


def delete_webhook(account: Account, arguments: Arguments) -> Json:
    """deleteWebhook: true."""
    account.webhook, account.webhook_secret = {"url": ""}, ""
    return _drop_pending(account, arguments)


def get_webhook_info(account: Account, _arguments: Arguments) -> Json:
    """getWebhookInfo: what was set, and how many updates wait."""
    counted: Object = {
        "has_custom_certificate": False,
        "pending_update_count": len(account.updates.waiting),
    }
    return {**account.webhook, **counted, **account.webhook_error}


def _drop_pending(account: Account, arguments: Arguments) -> Json:
    if arguments.flag("drop_pending_updates"):
        account.updates.drop()
    return True


def _set(account: Account, arguments: Arguments, name: str) -> Json:
    key = (name, arguments.text("language_code"))
    account.settings.pop(key, None)
    if arguments.text(name):
        account.settings[key] = arguments.text(name)
    return True


def _told(account: Account, arguments: Arguments, name: str) -> Json:
    general = account.settings.get((name, ""), "")
    return account.settings.get((name, arguments.text("language_code")), general)


def _commands_key(arguments: Arguments) -> tuple[str, ...]:
    scope = arguments.object("scope") or {"type": "default"}
    return ("commands", json.dumps(scope, sort_keys=True), arguments.text("language_code"))
