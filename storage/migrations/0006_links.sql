-- Links for places, the staff who share them, visits of a helper with several tellers, and numbers without stories.

-- A link carries a question set and a place. place is what staff typed, encrypted; district is an option of a question, or empty.
-- from_day and until_day are days in Amsterdam, until_day the last on which it works; empty for no bound.
-- paused says why: 'hand' or 'burst', or empty. made_by leads to nobody once that person was removed.
-- A visit is a link that was made for one helper (helper: in which role), and names the link of its place in visit_of.
-- told: how many stories were sent during a visit.
CREATE TABLE links (
    code TEXT NOT NULL PRIMARY KEY,
    question_set TEXT NOT NULL,
    district TEXT NOT NULL,
    place TEXT NOT NULL,
    helped INTEGER NOT NULL CHECK (helped IN (0, 1)),
    test INTEGER NOT NULL CHECK (test IN (0, 1)),
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    paused TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    visit_of TEXT NOT NULL,
    helper TEXT NOT NULL,
    own_team INTEGER CHECK (own_team IN (0, 1)),
    told INTEGER NOT NULL
);

-- Whoever may see more than a teller. name and team are encrypted. invite_mark is a keyed hash of an invitation that was
-- not used yet, and empty once it was.
CREATE TABLE staff (
    staff_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    team TEXT NOT NULL,
    role TEXT NOT NULL,
    invite_mark TEXT NOT NULL,
    invite_until TEXT NOT NULL,
    made_at TEXT NOT NULL
);

-- Where somebody is signed in: a keyed hash of the cookie or of the chat. lock_mark is a keyed hash of the code that must
-- be typed before this browser shows a page again, empty for none; wrong: how many codes were typed that were not it.
CREATE TABLE staff_sessions (
    session_mark TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (staff_id) ON DELETE CASCADE,
    until TEXT NOT NULL,
    lock_mark TEXT NOT NULL,
    wrong INTEGER NOT NULL
);

-- How often something happened on a day in Amsterdam, by link: never of whom, and never a word. kind is opened, started, sent,
-- stopped (detail: at which question), minutes (detail: how many it took), withdrawn, stale (a link that does not work now), strange
-- (a code that leads nowhere) or test (a link to try it out).
CREATE TABLE tallies (
    day TEXT NOT NULL,
    link TEXT NOT NULL,
    mode TEXT NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (day, link, mode, kind, detail)
);

-- Forms on paper that were printed and not typed in yet, by the number that is on every page. receipt, which is on the strip
-- for the teller only, is encrypted, and receipt_mark is a keyed hash of it. story_id is that of the story that a form becomes:
-- whoever takes it back before takes it out of older copies too. consent_fingerprint marks the words of the consent on it.
CREATE TABLE papers (
    number TEXT NOT NULL PRIMARY KEY,
    receipt_mark TEXT NOT NULL UNIQUE,
    receipt TEXT NOT NULL,
    story_id TEXT NOT NULL UNIQUE,
    link TEXT NOT NULL,
    question_set TEXT NOT NULL,
    set_version INTEGER NOT NULL,
    consent_fingerprint TEXT NOT NULL,
    printed_at TEXT NOT NULL
);

-- What the link says of a draft and of a story: told to try it out; in which role somebody helped, and whether the story is
-- about the helper's own team. visit is the code of the visit, and stays with the draft only.
ALTER TABLE interviews ADD COLUMN test INTEGER NOT NULL DEFAULT 0 CHECK (test IN (0, 1));
ALTER TABLE interviews ADD COLUMN visit TEXT NOT NULL DEFAULT '';
ALTER TABLE interviews ADD COLUMN helper TEXT NOT NULL DEFAULT '';
ALTER TABLE interviews ADD COLUMN own_team INTEGER CHECK (own_team IN (0, 1));
ALTER TABLE stories ADD COLUMN test INTEGER NOT NULL DEFAULT 0 CHECK (test IN (0, 1));
ALTER TABLE stories ADD COLUMN helper TEXT NOT NULL DEFAULT '';
ALTER TABLE stories ADD COLUMN own_team INTEGER CHECK (own_team IN (0, 1));
