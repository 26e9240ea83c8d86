"""The methods and objects of the Bot API as a table: names, types, what is required; no behaviour.

Facts as of Bot API 10.1 (11 June 2026). Notation: `name:Type`, `!` marks a required one, `[X]` is an
array of X, `Chat` is an Integer or a String @username, `File` an upload or a String, `Object` any
JSON object that this fake accepts without looking inside.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One parameter or field: its type in the notation above, and whether it must be there."""

    kind: str
    required: bool


Rules = Mapping[str, Rule]


def _names(line: str) -> frozenset[str]:
    return frozenset(line.split())


UPDATE_TYPES = _names(
    "message edited_message channel_post edited_channel_post business_connection business_message "
    "edited_business_message deleted_business_messages guest_message message_reaction "
    "message_reaction_count inline_query chosen_inline_result callback_query shipping_query "
    "pre_checkout_query purchased_paid_media poll poll_answer my_chat_member chat_member "
    "chat_join_request chat_boost removed_chat_boost managed_bot"
)
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CHAT_ACTIONS = _names(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note"
)
COMMAND_SCOPES = _names(
    "default all_private_chats all_group_chats all_chat_administrators chat chat_administrators chat_member"
)
MENU_BUTTONS = frozenset({"default", "commands", "web_app"})
BUTTON_ACTIONS = _names(
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay"
)
MARKUPS: Mapping[str, str] = {
    "inline_keyboard": "InlineKeyboardMarkup",
    "keyboard": "ReplyKeyboardMarkup",
    "remove_keyboard": "ReplyKeyboardRemove",
    "force_reply": "ForceReply",
}

_WHERE = "business_connection_id:String chat_id:Chat! message_thread_id:Integer "
_TOPIC = "direct_messages_topic_id:Integer "
_HOW = (
    "disable_notification:Boolean protect_content:Boolean allow_paid_broadcast:Boolean "
    "message_effect_id:String suggested_post_parameters:Object reply_parameters:ReplyParameters "
    "reply_markup:ReplyMarkup "
)
_CAPTION = "caption:String parse_mode:String caption_entities:[MessageEntity] "
_MESSAGE = "business_connection_id:String chat_id:Chat message_id:Integer inline_message_id:String "
_TEXT = "parse_mode:String entities:[MessageEntity] link_preview_options:LinkPreviewOptions "

_METHODS = {
    "getMe": "",
    "getUpdates": "offset:Integer limit:Integer timeout:Integer allowed_updates:[String]",
    "setWebhook": "url:String! certificate:File ip_address:String max_connections:Integer "
    "allowed_updates:[String] drop_pending_updates:Boolean secret_token:String",
    "deleteWebhook": "drop_pending_updates:Boolean",
    "getWebhookInfo": "",
    "sendMessage": _WHERE + _TOPIC + "text:String! " + _TEXT + _HOW,
    "sendDocument": _WHERE
    + _TOPIC
    + _CAPTION
    + _HOW
    + "document:File! thumbnail:File disable_content_type_detection:Boolean",
    "sendVoice": _WHERE + _TOPIC + _CAPTION + _HOW + "voice:File! duration:Integer",
    "sendPhoto": _WHERE + _TOPIC + _CAPTION + _HOW + "photo:File! show_caption_above_media:Boolean has_spoiler:Boolean",
    "editMessageText": _MESSAGE + _TEXT + "text:String rich_message:Object reply_markup:InlineKeyboardMarkup",
    "editMessageReplyMarkup": _MESSAGE + "reply_markup:InlineKeyboardMarkup",
    "deleteMessage": "chat_id:Chat! message_id:Integer!",
    "deleteMessages": "chat_id:Chat! message_ids:[Integer]!",
    "answerCallbackQuery": "callback_query_id:String! text:String show_alert:Boolean url:String cache_time:Integer",
    "sendChatAction": _WHERE + "action:String!",
    "setMyCommands": "commands:[BotCommand]! scope:BotCommandScope language_code:String",
    "getMyCommands": "scope:BotCommandScope language_code:String",
    "setMyName": "name:String language_code:String",
    "getMyName": "language_code:String",
    "setMyDescription": "description:String language_code:String",
    "getMyDescription": "language_code:String",
    "setMyShortDescription": "short_description:String language_code:String",
    "getMyShortDescription": "language_code:String",
    "setChatMenuButton": "chat_id:Integer menu_button:MenuButton",
    "getChatMenuButton": "chat_id:Integer",
    "leaveChat": "chat_id:Chat!",
}

_OBJECTS = {
    "LinkPreviewOptions": "is_disabled:Boolean url:String prefer_small_media:Boolean "
    "prefer_large_media:Boolean show_above_text:Boolean",
    "ReplyParameters": "message_id:Integer! chat_id:Chat allow_sending_without_reply:Boolean "
    "quote:String quote_parse_mode:String quote_entities:[MessageEntity] quote_position:Integer "
    "checklist_task_id:Integer poll_option_id:String",
    "MessageEntity": "type:String! offset:Integer! length:Integer! url:String user:Object "
    "language:String custom_emoji_id:String unix_time:Integer date_time_format:String",
    "InlineKeyboardMarkup": "inline_keyboard:[[InlineKeyboardButton]]!",
    "InlineKeyboardButton": "text:String! icon_custom_emoji_id:String style:String url:String "
    "callback_data:String web_app:WebAppInfo login_url:LoginUrl switch_inline_query:String "
    "switch_inline_query_current_chat:String copy_text:CopyTextButton callback_game:CallbackGame "
    "switch_inline_query_chosen_chat:SwitchInlineQueryChosenChat pay:Boolean",
    "WebAppInfo": "url:String!",
    "LoginUrl": "url:String! forward_text:String bot_username:String request_write_access:Boolean",
    "SwitchInlineQueryChosenChat": "query:String allow_user_chats:Boolean allow_bot_chats:Boolean "
    "allow_group_chats:Boolean allow_channel_chats:Boolean",
    "CopyTextButton": "text:String!",
    "CallbackGame": "",
    "ReplyKeyboardMarkup": "keyboard:[[KeyboardButton]]! is_persistent:Boolean "
    "resize_keyboard:Boolean one_time_keyboard:Boolean input_field_placeholder:String "
    "selective:Boolean",
    "KeyboardButton": "text:String! icon_custom_emoji_id:String style:String request_users:Object "
    "request_chat:Object request_managed_bot:Object request_contact:Boolean "
    "request_location:Boolean request_poll:Object web_app:WebAppInfo",
    "ReplyKeyboardRemove": "remove_keyboard:Boolean! selective:Boolean",
    "ForceReply": "force_reply:Boolean! input_field_placeholder:String selective:Boolean",
    "BotCommand": "command:String! description:String!",
    "BotCommandScope": "type:String! chat_id:Chat user_id:Integer",
    "MenuButton": "type:String! text:String web_app:WebAppInfo",
}


def _read(line: str) -> Rules:
    pairs = ([*item.rstrip("!").split(":"), item[-1]] for item in line.split())
    return {name: Rule(kind, mark == "!") for name, kind, mark in pairs}


METHODS: Mapping[str, Rules] = {name: _read(line) for name, line in _METHODS.items()}
OBJECTS: Mapping[str, Rules] = {name: _read(line) for name, line in _OBJECTS.items()}
