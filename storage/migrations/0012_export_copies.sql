-- That an export was made once more, which may have fewer stories than it had: digest is that of its manifest. made_by is encrypted.
CREATE TABLE export_copies (
    copy_id TEXT NOT NULL PRIMARY KEY,
    export_id TEXT NOT NULL REFERENCES exports (export_id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    digest TEXT NOT NULL
);
