"""Which function does which method; knows nothing else."""

from collections.abc import Callable, Mapping

from tests.botapi import sending, settings
from tests.botapi.account import Account
from tests.botapi.arguments import Arguments
from tests.botapi.wire import Json, Refused

Method = Callable[[Account, Arguments], Json]

DONE_AT_ONCE: Mapping[str, Method] = {
    "getMe": settings.get_me,
    "setWebhook": settings.set_webhook,
    "deleteWebhook": settings.delete_webhook,
    "getWebhookInfo": settings.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendVoice": sending.send_voice,
    "sendPhoto": sending.send_photo,
    "editMessageText": sending.edit_message_text,
    "editMessageReplyMarkup": sending.edit_message_reply_markup,
    "deleteMessage": sending.delete_message,
    "deleteMessages": sending.delete_messages,
    "answerCallbackQuery": sending.answer_callback_query,
    "sendChatAction": sending.send_chat_action,
    "leaveChat": sending.leave_chat,
    "setMyCommands": settings.set_my_commands,
    "getMyCommands": settings.get_my_commands,
    "setMyName": settings.set_my_name,
    "getMyName": settings.get_my_name,
    "setMyDescription": settings.set_my_description,
    "getMyDescription": settings.get_my_description,
    "setMyShortDescription": settings.set_my_short_description,
    "getMyShortDescription": settings.get_my_short_description,
    "setChatMenuButton": settings.set_chat_menu_button,
    "getChatMenuButton": settings.get_chat_menu_button,
}


async def done(account: Account, method: str, arguments: Arguments) -> Json:
    """Do what a verified call asks; returns its result, or raises Refused."""
    if method != "getUpdates":
        return DONE_AT_ONCE[method](account, arguments)
    if account.webhook["url"]:
        raise Refused(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    if arguments.has("allowed_updates"):
        kinds = arguments.items("allowed_updates")
        account.updates.allowed = frozenset(kind for kind in kinds if isinstance(kind, str))
    return await account.updates.take(
        arguments.number("offset"), arguments.number("limit", 100), arguments.number("timeout")
    )
