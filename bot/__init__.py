"""How people reach it: channels, settings and the one corridor; never meets research."""
