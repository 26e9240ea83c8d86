-- What can never be delivered does not wait for ever.

-- The day on which a reply began to wait, not the moment: that could tell which story the chat sent just then. Empty
-- where an earlier release put it there: tidying, which knows whether the clock is right, gives it the day of then.
ALTER TABLE outbox ADD COLUMN queued_on TEXT;
