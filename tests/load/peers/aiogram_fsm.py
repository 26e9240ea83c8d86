"""Peer (c): aiogram 3.31 with its FSM, and a commit for each answer through aiosqlite.

After the library's documentation on finite state machines and on webhooks behind a reverse proxy: updates beside each
other as tasks, uvloop as in `aiogram[fast]`, the webhook answered at once. One state and the number of the question in
the FSM's data, which is the lightest way: no filter is tried in vain.
"""

import aiosqlite
import uvloop
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from tests.load.peers.answers import keep, opened
from tests.load.peers.conversation import API, CONNECTIONS, IS_WEBHOOK, LAST, PATH, PORT, SECRET, STEPS, TOKEN, chosen

router = Router()


class Interview(StatesGroup):
    """Where a resident is."""

    answering = State()


@router.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    """/start."""
    await state.set_state(Interview.answering)
    await ask(message, state, 0)


@router.callback_query(Interview.answering, F.data)
async def tapped(query: CallbackQuery, state: FSMContext, database: aiosqlite.Connection) -> None:
    """An answer by a button."""
    step = (await state.get_data())["step"]
    await keep(database, query.message.chat.id, step, query.data)
    await query.answer()
    await query.message.edit_text(chosen(query.message.text, query.data))
    await ask(query.message, state, step + 1)


@router.message(Interview.answering, F.text)
async def typed(message: Message, state: FSMContext, database: aiosqlite.Connection) -> None:
    """An answer in words."""
    data = await state.get_data()
    await keep(database, message.chat.id, data["step"], message.text)
    await message.bot.edit_message_reply_markup(chat_id=message.chat.id, message_id=data["asked"])
    await ask(message, state, data["step"] + 1)


async def ask(message: Message, state: FSMContext, step: int) -> None:
    """The next question."""
    if step == LAST:
        await state.clear()
    else:
        await state.update_data(step=step)
    for said in STEPS[step]:
        sent = await message.answer(said.text, reply_markup=keyboard(said.rows))
        if step < LAST:
            await state.update_data(asked=sent.message_id)


def keyboard(rows: list[list[str]]) -> InlineKeyboardMarkup | None:
    """Buttons that carry their own label."""
    buttons = [[InlineKeyboardButton(text=label, callback_data=label[:30]) for label in row] for row in rows]
    return InlineKeyboardMarkup(inline_keyboard=buttons) if buttons else None


def dispatcher() -> Dispatcher:
    """The dispatcher, with a database while it runs."""
    found = Dispatcher()
    found.include_router(router)

    @found.startup()
    async def begin(bot: Bot) -> None:
        found["database"] = await opened()
        if IS_WEBHOOK:
            url = f"http://127.0.0.1:{PORT}/{PATH}"
            await bot.set_webhook(url, secret_token=SECRET, max_connections=CONNECTIONS)

    @found.shutdown()
    async def end() -> None:
        await found["database"].close()

    return found


def main() -> None:
    """Polling or webhook, by the library's own methods."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(API)))
    found = dispatcher()
    if not IS_WEBHOOK:
        found.run_polling(bot)
        return
    app = web.Application()
    SimpleRequestHandler(found, bot, secret_token=SECRET).register(app, path=f"/{PATH}")
    setup_application(app, found, bot=bot)
    web.run_app(app, host="127.0.0.1", port=PORT, access_log=None, loop=uvloop.new_event_loop())


if __name__ == "__main__":
    main()
