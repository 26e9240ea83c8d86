"""Peer (b): python-telegram-bot 22.8 with a ConversationHandler, and a commit for each answer through aiosqlite.

After the library's own example `conversationbot.py`: a state for each question, updates one after another (the
library says that a ConversationHandler is not to be combined with concurrent updates).
"""

from collections.abc import Awaitable, Callable

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from tests.load.peers.answers import keep, opened
from tests.load.peers.conversation import LAST
from tests.load.peers.ptb import application, ask, settle, words
from tests.load.peers.ptb import run as run_application

Answered = Callable[[Update, ContextTypes.DEFAULT_TYPE], Awaitable[int]]


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """/start."""
    await ask(update, context, 0)
    return 0


def answered(step: int) -> Answered:
    """What is done with the answer to one question; the next state."""

    async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        given = words(update)
        await keep(context.bot_data["database"], update.effective_chat.id, step, given)
        await settle(update, context, given)
        await ask(update, context, step + 1)
        return step + 1 if step + 1 < LAST else ConversationHandler.END

    return answer


async def open_database(app: Application) -> None:
    """Before the first update."""
    app.bot_data["database"] = await opened()


async def close_database(app: Application) -> None:
    """After the last."""
    await app.bot_data["database"].close()


def main() -> Application:
    """The bot."""
    states = {
        step: [
            CallbackQueryHandler(answered(step)),
            MessageHandler(filters.TEXT & ~filters.COMMAND, answered(step)),
        ]
        for step in range(LAST)
    }
    app = application().post_init(open_database).post_shutdown(close_database).build()
    app.add_handler(ConversationHandler([CommandHandler("start", start)], states, []))
    return app


if __name__ == "__main__":
    run_application(main())
