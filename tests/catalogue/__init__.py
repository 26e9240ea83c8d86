"""Everything odd, wrong or hostile that may come into a chat: each row of `rows.toml` played for real."""
