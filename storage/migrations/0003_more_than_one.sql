-- More programs on one database, copies of it, and what may never come back from a copy.

-- Who does what only one program may do at a time (fetch updates, keep house), and until when if it is not heard again.
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    held_until TEXT NOT NULL
);

-- Which program is sending what waits for a chat, and until when if it is not heard again.
CREATE TABLE deliveries (
    chat_mark TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    held_until TEXT NOT NULL
);

-- The id of the draft that a story was, encrypted with a key that only the receipt gives: whoever withdraws the story
-- takes its draft out of older copies too, and nobody else can tell which draft it was.
ALTER TABLE stories ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- Drafts that were thrown away or withdrawn, for as long as an older copy may still hold them.
CREATE TABLE dropped (
    interview_id TEXT NOT NULL PRIMARY KEY,
    day TEXT NOT NULL
);

-- What a draft is marked with whenever it changes, so that a program that remembers it knows whether it is still so.
ALTER TABLE interviews ADD COLUMN revision TEXT NOT NULL DEFAULT '';
