-- A search looks up the shelves of a word (docs/decisions/0104-lookups.md), and first which words begin with what is searched
-- for: an index finds rows that equal something, not those that begin with it.

CREATE TABLE vocabulary (stem VARCHAR NOT NULL, word VARCHAR NOT NULL);
COMMENT ON TABLE vocabulary IS 'The words that stand in words, longer ones alone: what is searched for may be the beginning of one.';
COMMENT ON COLUMN vocabulary.stem IS 'its first four letters or digits';
COMMENT ON COLUMN vocabulary.word IS 'words.word';
INSERT INTO vocabulary SELECT left(word, 4), word FROM (SELECT DISTINCT word FROM words WHERE length(word) > 3) ORDER BY word;
CREATE INDEX vocabulary_stem ON vocabulary (stem);
CREATE INDEX words_word ON words (word);
