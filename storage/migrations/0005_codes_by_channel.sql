-- Wrong codes are counted for each channel by itself, so that a flood in one holds up nobody in another. What was tried
-- before, or is written by a program of before, counts in every channel, an hour long.
ALTER TABLE wrong_codes ADD COLUMN channel TEXT NOT NULL DEFAULT '';
