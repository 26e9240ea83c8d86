-- What stands beside the words of a story with nothing in it that leads to a person. The words themselves stay as they were told.

-- One row for every question of a story that somebody typed something at. original is a keyed hash of what was typed: a second
-- text of other words counts no more. words and masks (where something else stands, and what) are encrypted. rules says by which
-- version of the rules it was proposed, made_on on which day. reviewed_on and reviewer (encrypted) are empty until somebody has
-- looked at it. edition is one more with every change, so that of two who change it at once the first wins.
CREATE TABLE second_texts (
    story_id TEXT NOT NULL REFERENCES stories (story_id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    original TEXT NOT NULL,
    words TEXT NOT NULL,
    masks TEXT NOT NULL,
    rules TEXT NOT NULL,
    made_on TEXT NOT NULL,
    reviewed_on TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    edition INTEGER NOT NULL,
    PRIMARY KEY (story_id, question)
);
