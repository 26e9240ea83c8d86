"""How the bot presents itself: name, description, commands, menu; set at start, and only where they differ.

Telegram allows few changes of a name in a day, so what already fits is left alone. Where it asks to wait with one, it
asks that for hours and means nothing else: these calls are made once, and no message waits with them.
"""

import logging

from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import TelegramError

from dialogs.library import Library

log = logging.getLogger(__name__)


async def present(bot: Bot, library: Library) -> None:
    """Sets what differs from the texts BOT.…. A fault here does not keep the bot from working: it is logged."""
    for part in (_name, _short, _description, _commands, _menu):
        try:
            await part(bot, library)
        except TelegramError as fault:
            log.warning("het profiel is niet bijgewerkt: %s", type(fault).__name__)


async def _name(bot: Bot, library: Library) -> None:
    wanted = library.text("BOT.naam").text
    if (await bot.get_my_name()).name != wanted:
        await bot.set_my_name(wanted)


async def _short(bot: Bot, library: Library) -> None:
    wanted = library.text("BOT.kort").text
    if (await bot.get_my_short_description()).short_description != wanted:
        await bot.set_my_short_description(wanted)


async def _description(bot: Bot, library: Library) -> None:
    wanted = library.text("BOT.beschrijving").text
    if (await bot.get_my_description()).description != wanted:
        await bot.set_my_description(wanted)


async def _commands(bot: Bot, library: Library) -> None:
    wanted = [BotCommand(name, told) for name, told in library.text("BOT.menu").commands.items()]
    if list(await bot.get_my_commands()) != wanted:
        await bot.set_my_commands(wanted)


async def _menu(bot: Bot, library: Library) -> None:
    wanted = MenuButtonCommands()
    if await bot.get_chat_menu_button() != wanted:
        await bot.set_chat_menu_button(menu_button=wanted)
