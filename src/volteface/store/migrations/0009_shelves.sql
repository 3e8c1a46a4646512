-- What pages ask all the time is kept, not worked out anew (docs/decisions/0102-reading-while-writing.md): which documents
-- are current, changed with what it follows from in one transaction; and what words stand in them, which can be emptied and
-- filled again at any time.

CREATE VIEW current_documents AS
WITH shown AS (SELECT DISTINCT document FROM (SELECT page, arg_max(document, number) AS document FROM versions GROUP BY page))
SELECT records.document, records.coder
FROM records JOIN shown ON records.document = shown.document JOIN coders ON records.coder = coders.coder
QUALIFY row_number() OVER (PARTITION BY records.document ORDER BY coders.number DESC) = 1;
COMMENT ON VIEW current_documents IS 'What latest holds, worked out anew: texts that are current at some page, by the latest coder that coded them.';
COMMENT ON COLUMN current_documents.document IS 'records.document';
COMMENT ON COLUMN current_documents.coder IS 'records.coder';

DROP VIEW latest;
CREATE TABLE latest (document VARCHAR NOT NULL, coder VARCHAR NOT NULL);
INSERT INTO latest FROM current_documents ORDER BY document;
COMMENT ON TABLE latest IS 'What listings show unless asked otherwise: texts that are current at some page, by the latest coder that coded them.';
COMMENT ON COLUMN latest.document IS 'records.document';
COMMENT ON COLUMN latest.coder IS 'records.coder';

CREATE TABLE word_documents (number UINTEGER NOT NULL, document VARCHAR NOT NULL);
COMMENT ON TABLE word_documents IS 'Documents whose words can be looked up; others are looked through.';
COMMENT ON COLUMN word_documents.number IS 'from 1, in the order in which they were added';
COMMENT ON COLUMN word_documents.document IS 'records.document';

CREATE TABLE words (shelf INTEGER NOT NULL, word VARCHAR NOT NULL, documents UINTEGER[] NOT NULL);
COMMENT ON TABLE words IS 'In which documents a word stands: headline, publisher or text. A word has a row in each shelf of some thousand documents.';
COMMENT ON COLUMN words.shelf IS 'from 1; the last one is made again until it is full';
COMMENT ON COLUMN words.word IS 'letters and digits, in lower case';
COMMENT ON COLUMN words.documents IS 'word_documents.number';
