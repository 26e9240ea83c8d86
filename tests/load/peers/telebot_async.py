"""Peer (d): pyTelegramBotAPI 4.37, asynchronous, and a commit for each answer through aiosqlite.

After the library's own asynchronous examples (`echo_bot.py`, `callback_data_examples`, `run_webhooks.py`): updates
beside each other as tasks. The number of the question stands in a dictionary, which costs less than the library's own
states; the fast JSON reader that it names, as many connections as aiogram has, uvloop (of which its documentation does
not speak) and no log of each request are given to it.
"""

from collections import defaultdict

import aiosqlite
import uvloop
from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from uvicorn.config import LOGGING_CONFIG

from tests.load.peers.answers import keep, opened
from tests.load.peers.conversation import (
    API,
    CONNECTIONS,
    IS_WEBHOOK,
    LAST,
    PATH,
    PORT,
    SECRET,
    STEPS,
    TOKEN,
    chosen,
)

asyncio_helper.API_URL = f"{API}/bot{{0}}/{{1}}"
asyncio_helper.REQUEST_LIMIT = 100
LOGGING_CONFIG["loggers"]["uvicorn.access"]["level"] = "WARNING"

bot = AsyncTeleBot(TOKEN)
steps: dict[int, int] = defaultdict(int)
asked: dict[int, int] = {}
databases: list[aiosqlite.Connection] = []


@bot.message_handler(commands=["start"])
async def start(message: Message) -> None:
    """/start."""
    steps[message.chat.id] = 0
    await ask(message.chat.id)


@bot.callback_query_handler(func=lambda query: True)
async def tapped(query: CallbackQuery) -> None:
    """An answer by a button."""
    chat = query.message.chat.id
    await keep(databases[0], chat, steps[chat], query.data)
    await bot.answer_callback_query(query.id)
    await bot.edit_message_text(chosen(query.message.text, query.data), chat, query.message.message_id)
    steps[chat] += 1
    await ask(chat)


@bot.message_handler(content_types=["text"])
async def typed(message: Message) -> None:
    """An answer in words."""
    chat = message.chat.id
    await keep(databases[0], chat, steps[chat], message.text)
    await bot.edit_message_reply_markup(chat, asked[chat])
    steps[chat] += 1
    await ask(chat)


async def ask(chat: int) -> None:
    """The next question."""
    step = steps[chat]
    for said in STEPS[step]:
        sent = await bot.send_message(chat, said.text, reply_markup=keyboard(said.rows))
        asked[chat] = sent.message_id
    if step == LAST:
        del steps[chat], asked[chat]


def keyboard(rows: list[list[str]]) -> InlineKeyboardMarkup | None:
    """Buttons that carry their own label."""
    buttons = [[InlineKeyboardButton(label, callback_data=label[:30]) for label in row] for row in rows]
    return InlineKeyboardMarkup(buttons) if buttons else None


async def main() -> None:
    """Polling or webhook, by the library's own methods."""
    databases.append(await opened())
    try:
        if IS_WEBHOOK:
            await bot.run_webhooks(
                listen="127.0.0.1",
                port=PORT,
                url_path=PATH,
                secret_token=SECRET,
                max_connections=CONNECTIONS,
            )
        else:
            await bot.infinity_polling(timeout=20)
    finally:
        await databases[0].close()


if __name__ == "__main__":
    uvloop.run(main())
