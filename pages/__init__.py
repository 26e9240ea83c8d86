"""WHAT EVERY WEB APPLICATION HERE SHARES: headers, forms, sessions, files, looks. Knows no application and no words."""
