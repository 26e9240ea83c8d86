-- A link may name an area that is finer than a district, and nobody who was removed comes back with an older copy.

-- area is an id of an area in the texts, or empty; its district stands in district.
ALTER TABLE links ADD COLUMN area TEXT NOT NULL DEFAULT '';

-- Staff who were removed, by id and day (Amsterdam) only: a copy of before may hold them still.
CREATE TABLE removed (
    staff_id TEXT NOT NULL PRIMARY KEY,
    day TEXT NOT NULL
);
