-- Up to which attribute of its teller an export hid a story, in the order in which they are hidden: what a recipient was not shown
-- once stays hidden, or two exports laid side by side would tell more than either. A story of which all was shown has no row, and
-- the row goes with the story.
CREATE TABLE export_hidden (
    export_id TEXT NOT NULL REFERENCES exports (export_id) ON DELETE CASCADE,
    story_id TEXT NOT NULL REFERENCES stories (story_id) ON DELETE CASCADE,
    hidden_to TEXT NOT NULL,
    PRIMARY KEY (export_id, story_id)
);
