-- Open questions of one source are counted before another is opened: see Persons/ReviewTable.cs. 1 is open.
CREATE INDEX identity_review_open ON identity_review (source) WHERE state = 1;
