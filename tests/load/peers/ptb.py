"""What both peers on python-telegram-bot do: say, settle what was answered, run as the library does."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes

from tests.load.peers.conversation import API, CONNECTIONS, IS_WEBHOOK, PATH, PORT, SECRET, STEPS, TOKEN, chosen


def application() -> ApplicationBuilder:
    """A builder with nothing set but where Telegram is."""
    return Application.builder().token(TOKEN).base_url(f"{API}/bot").base_file_url(f"{API}/file/bot")


def keyboard(rows: list[list[str]]) -> InlineKeyboardMarkup | None:
    """Buttons that carry their own label."""
    buttons = [[InlineKeyboardButton(label, callback_data=label[:30]) for label in row] for row in rows]
    return InlineKeyboardMarkup(buttons) if buttons else None


def words(update: Update) -> str:
    """What was answered."""
    return update.callback_query.data if update.callback_query else update.effective_message.text


async def settle(update: Update, context: ContextTypes.DEFAULT_TYPE, answer: str) -> None:
    """The tap is answered and its buttons go; so do those of a question that was answered in words."""
    if query := update.callback_query:
        await query.answer()
        await query.edit_message_text(chosen(query.message.text, answer))
    elif asked := context.user_data.pop("asked", None):
        await context.bot.edit_message_reply_markup(update.effective_chat.id, asked)


async def ask(update: Update, context: ContextTypes.DEFAULT_TYPE, step: int) -> None:
    """The next question."""
    for said in STEPS[step]:
        message = await update.effective_chat.send_message(said.text, reply_markup=keyboard(said.rows))
        context.user_data["asked"] = message.message_id


def run(app: Application) -> None:
    """Polling or webhook, by the library's own methods."""
    if not IS_WEBHOOK:
        app.run_polling(allowed_updates=Update.ALL_TYPES)
        return
    app.run_webhook(
        listen="127.0.0.1",
        port=PORT,
        url_path=PATH,
        webhook_url=f"http://127.0.0.1:{PORT}/{PATH}",
        secret_token=SECRET,
        max_connections=CONNECTIONS,
        allowed_updates=Update.ALL_TYPES,
    )
