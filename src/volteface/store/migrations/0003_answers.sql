-- Which claims answer which: A asserts, B denies (docs/decisions/0033-answers.md). Records stored before have none.

CREATE TABLE answers (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, attribution VARCHAR NOT NULL, claim VARCHAR NOT NULL, stand VARCHAR NOT NULL);
COMMENT ON TABLE answers IS 'What a claim says of another source''s claim on the same thing in the same document.';
COMMENT ON COLUMN answers.document IS 'records.document';
COMMENT ON COLUMN answers.coder IS 'coders.coder';
COMMENT ON COLUMN answers.attribution IS 'attributions.attribution of the answer';
COMMENT ON COLUMN answers.claim IS 'attributions.attribution of the claim it answers';
COMMENT ON COLUMN answers.stand IS 'denies or confirms';
