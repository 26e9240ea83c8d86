-- That an export was taken from the pages for researchers: once, and then it is there no more. downloaded_by is encrypted.
CREATE TABLE downloads (
    export_id TEXT NOT NULL PRIMARY KEY REFERENCES exports (export_id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    downloaded_by TEXT NOT NULL
);
