"""A load generator: a Bot API that is fast, residents who tell their stories to it, and the bots that are measured."""
