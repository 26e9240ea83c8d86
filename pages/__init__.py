"""WHAT EVERY WEB APPLICATION HERE SHARES: headers, forms, sessions, sign-in, looks. Knows no application."""
