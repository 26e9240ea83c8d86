"""Staff who have Telegram: what they ask there, and what anybody else hears."""
