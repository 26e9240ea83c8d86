"""The Telegram channel: python-telegram-bot as a library for the calls, our own loop around it."""
