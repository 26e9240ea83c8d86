"""A fake Telegram Bot API over real HTTP on loopback; it knows Telegram, nothing of this project."""
