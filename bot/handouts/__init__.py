"""Things to hand out: QR codes, sheets for a wall, a table and a wallet, a message, a form on paper.

Values in, bytes out: it knows no database, no channel and no web page, and asks for no time.
"""
