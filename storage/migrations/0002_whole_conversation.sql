-- What a whole conversation needs beside its answers: what was said once, a pause with a reminder, a helper, a language,
-- messages that can be taken from a screen, and wrong codes that were tried.

-- about is what an aside is about: a link, a message. waiting are words that were passed on. told are ids of texts that are said once, with
-- spaces. All are encrypted, and so is aside from now on: "CRISIS" is nobody's business. An aside of before is asked anew.
-- due_at is when something is to be done though nobody said anything.
ALTER TABLE interviews ADD COLUMN about TEXT;
ALTER TABLE interviews ADD COLUMN waiting TEXT;
ALTER TABLE interviews ADD COLUMN helped INTEGER NOT NULL DEFAULT 0 CHECK (helped IN (0, 1));
ALTER TABLE interviews ADD COLUMN remind INTEGER NOT NULL DEFAULT 0 CHECK (remind IN (0, 1));
ALTER TABLE interviews ADD COLUMN told TEXT;
ALTER TABLE interviews ADD COLUMN due_at TEXT;
UPDATE interviews SET aside = NULL;

-- Where an answer came from that was not given here, or empty.
ALTER TABLE answers ADD COLUMN carried TEXT NOT NULL DEFAULT '';
ALTER TABLE story_answers ADD COLUMN carried TEXT NOT NULL DEFAULT '';

ALTER TABLE stories ADD COLUMN helped INTEGER NOT NULL DEFAULT 0 CHECK (helped IN (0, 1));
ALTER TABLE stories ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE stories ADD COLUMN language_certainty INTEGER;
ALTER TABLE stories ADD COLUMN language_source TEXT NOT NULL DEFAULT '';

-- A reply that may not be sent before this time; empty for at once.
ALTER TABLE outbox ADD COLUMN not_before TEXT;

-- Messages on the screen of a chat, so that they can be taken away; nothing of what stands in them. They go with the
-- time in which a channel allows that.
CREATE TABLE messages (
    chat_mark TEXT NOT NULL,
    message TEXT NOT NULL,
    shown_at TEXT NOT NULL,
    PRIMARY KEY (chat_mark, message)
);

-- Codes that led to no story, an hour long. tries_mark is another hash than that of the chat elsewhere.
CREATE TABLE wrong_codes (
    try_id TEXT NOT NULL PRIMARY KEY,
    tries_mark TEXT NOT NULL,
    tried_at TEXT NOT NULL
);
