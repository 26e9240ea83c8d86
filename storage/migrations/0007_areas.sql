-- A link may name an area that is finer than a district; nobody who was removed comes back with an older copy; and what is
-- awaited of staff in a chat is known after a restart.

-- area is an id out of texts/areas.toml, or empty; its district stands in district.
ALTER TABLE links ADD COLUMN area TEXT NOT NULL DEFAULT '';

-- Staff who were removed, by id and day (Amsterdam) only: a copy of before may hold them still.
CREATE TABLE removed (
    staff_id TEXT NOT NULL PRIMARY KEY,
    day TEXT NOT NULL
);

-- For which link the name of its place is awaited in this chat, as its buttons write it; empty for none.
ALTER TABLE staff_sessions ADD COLUMN awaiting TEXT NOT NULL DEFAULT '';
