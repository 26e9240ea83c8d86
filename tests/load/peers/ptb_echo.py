"""Peer (a): python-telegram-bot 22.8 as it comes, and nothing kept: it says the next thing, whatever was answered.

After the library's own examples `echobot.py` and `inlinekeyboard.py`: an Application with its defaults, updates one
after another. Its number of the question lives in `user_data`.
"""

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from tests.load.peers.ptb import application, ask, settle, words
from tests.load.peers.ptb import run as run_application


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """/start."""
    context.user_data["step"] = 0
    await ask(update, context, 0)


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """An answer, typed or tapped."""
    step = context.user_data.get("step", 0) + 1
    context.user_data["step"] = step
    await settle(update, context, words(update))
    await ask(update, context, step)


def main() -> Application:
    """The bot."""
    app = application().build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(echo))
    app.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    return app


if __name__ == "__main__":
    run_application(main())
