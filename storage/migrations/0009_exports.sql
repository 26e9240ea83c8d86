-- What was handed out: so that a withdrawal reaches whoever has the story, and so that the same can be made once more.

-- at is when the snapshot was taken. recipient, reason, made_by and wish (what was asked for and what was counted, as JSON) are
-- encrypted; recipient_mark is a keyed hash of the recipient. digest is the SHA-256 of the manifest.
CREATE TABLE exports (
    export_id TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    tier TEXT NOT NULL,
    recipient TEXT NOT NULL,
    recipient_mark TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_by TEXT NOT NULL,
    wish TEXT NOT NULL,
    digest TEXT NOT NULL
);

-- Which stories were in it, and (taken_back) which its list named as taken back by then. An id alone, also of a story that is gone.
CREATE TABLE export_stories (
    export_id TEXT NOT NULL REFERENCES exports (export_id) ON DELETE CASCADE,
    story_id TEXT NOT NULL,
    taken_back INTEGER NOT NULL CHECK (taken_back IN (0, 1)),
    PRIMARY KEY (export_id, story_id, taken_back)
);
