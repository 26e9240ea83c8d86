-- Everything that is kept. A flag is 0 or 1; a time is ISO 8601 in UTC, always as long, so that it sorts as text.
-- Whatever a person typed, and every address, is encrypted before it comes here.

-- Proof of the keys this database was made with: a known word, encrypted and hashed.
CREATE TABLE canary (
    canary_id INTEGER NOT NULL PRIMARY KEY CHECK (canary_id = 1),
    sealed TEXT NOT NULL,
    marked TEXT NOT NULL
);

-- One row for every draft. chat_mark is a keyed hash of the address, chat the encrypted address itself.
CREATE TABLE interviews (
    interview_id TEXT NOT NULL PRIMARY KEY,
    chat_mark TEXT NOT NULL UNIQUE,
    chat TEXT NOT NULL,
    teller TEXT NOT NULL,
    question_set TEXT NOT NULL,
    set_version INTEGER NOT NULL,
    channel TEXT NOT NULL,
    link TEXT,
    role TEXT,
    consent_text TEXT NOT NULL,
    consent_fingerprint TEXT NOT NULL,
    consent_at TEXT NOT NULL,
    voluntary INTEGER NOT NULL CHECK (voluntary IN (0, 1)),
    quote INTEGER CHECK (quote IN (0, 1)),
    aside TEXT,
    opened_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
);

-- One row for every question of a draft that something was said to. prompt is the slug of the prompt it was told to,
-- followed_up how many parts it had when more was asked (0: not asked).
CREATE TABLE answers (
    interview_id TEXT NOT NULL REFERENCES interviews (interview_id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    option_id TEXT,
    skipped INTEGER NOT NULL CHECK (skipped IN (0, 1)),
    prompt TEXT,
    followed_up INTEGER NOT NULL CHECK (followed_up >= 0),
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    PRIMARY KEY (interview_id, question)
);

-- One row for every message of words. message is the channel's id of it, or empty.
CREATE TABLE parts (
    interview_id TEXT NOT NULL,
    question TEXT NOT NULL,
    position INTEGER NOT NULL,
    words TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (interview_id, question, position),
    FOREIGN KEY (interview_id, question)
        REFERENCES answers (interview_id, question) ON DELETE CASCADE
);

-- One row for every story that was sent. Nothing here or below it leads to a chat.
CREATE TABLE stories (
    story_id TEXT NOT NULL PRIMARY KEY,
    receipt_mark TEXT NOT NULL UNIQUE,
    teller TEXT NOT NULL,
    question_set TEXT NOT NULL,
    set_version INTEGER NOT NULL,
    channel TEXT NOT NULL,
    link TEXT,
    role TEXT,
    consent_text TEXT NOT NULL,
    consent_fingerprint TEXT NOT NULL,
    consent_at TEXT NOT NULL,
    voluntary INTEGER NOT NULL CHECK (voluntary IN (0, 1)),
    quote INTEGER NOT NULL CHECK (quote IN (0, 1)),
    sent_at TEXT NOT NULL
);

CREATE TABLE story_answers (
    story_id TEXT NOT NULL REFERENCES stories (story_id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    option_id TEXT,
    skipped INTEGER NOT NULL CHECK (skipped IN (0, 1)),
    prompt TEXT,
    followed_up INTEGER NOT NULL CHECK (followed_up >= 0),
    done INTEGER NOT NULL CHECK (done IN (0, 1)),
    PRIMARY KEY (story_id, question)
);

CREATE TABLE story_parts (
    story_id TEXT NOT NULL,
    question TEXT NOT NULL,
    position INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (story_id, question, position),
    FOREIGN KEY (story_id, question)
        REFERENCES story_answers (story_id, question) ON DELETE CASCADE
);

-- What was withdrawn, so that it can be taken out of a restored copy and of earlier exports too.
CREATE TABLE withdrawals (
    story_id TEXT NOT NULL PRIMARY KEY,
    day TEXT NOT NULL
);

-- Updates that were handled: a source may bring one again.
CREATE TABLE seen (
    source TEXT NOT NULL,
    update_id BIGINT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (source, update_id)
);

-- Replies that wait to be sent, in order per chat. A row goes as soon as its reply was delivered.
CREATE TABLE outbox (
    chat_mark TEXT NOT NULL,
    position BIGINT NOT NULL,
    chat TEXT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (chat_mark, position)
);
