-- Lists begin with the days that they are in order of (docs/decisions/0104-lookups.md): so their first rows are found by
-- reading one column, not by joining tables.

DROP INDEX sentences_document;
ALTER TABLE sentences ADD COLUMN day DATE;
UPDATE sentences SET day = r.published
FROM records r WHERE r.document = sentences.document AND r.coder = sentences.coder;
CREATE INDEX sentences_document ON sentences (document);
COMMENT ON COLUMN sentences.day IS 'records.published: in what order lists have them';

DROP INDEX attributions_document;
ALTER TABLE attributions ADD COLUMN day DATE;
UPDATE attributions SET day = r.published
FROM records r WHERE r.document = attributions.document AND r.coder = attributions.coder;
CREATE INDEX attributions_document ON attributions (document);
COMMENT ON COLUMN attributions.day IS 'records.published: in what order lists have them';

DROP INDEX events_document;
ALTER TABLE events ADD COLUMN day DATE;
ALTER TABLE events ADD COLUMN day_end DATE;
UPDATE events SET day = coalesce(events.date_start, r.published), day_end = coalesce(events.date_end, r.published)
FROM records r WHERE r.document = events.document AND r.coder = events.coder;
CREATE INDEX events_document ON events (document);
COMMENT ON COLUMN events.day IS 'date_start, or else the day of publication: in what order lists have them';
COMMENT ON COLUMN events.day_end IS 'date_end, or else the day of publication';

DROP VIEW current_documents;
CREATE VIEW current_documents AS
WITH shown AS (SELECT DISTINCT document FROM (SELECT page, arg_max(document, number) AS document FROM versions GROUP BY page))
SELECT records.document, records.coder, records.published AS day
FROM records JOIN shown ON records.document = shown.document JOIN coders ON records.coder = coders.coder
QUALIFY row_number() OVER (PARTITION BY records.document ORDER BY coders.number DESC) = 1;
COMMENT ON VIEW current_documents IS 'What latest holds, worked out anew: texts that are current at some page, by the latest coder that coded them.';
COMMENT ON COLUMN current_documents.document IS 'records.document';
COMMENT ON COLUMN current_documents.coder IS 'records.coder';
COMMENT ON COLUMN current_documents.day IS 'records.published';

DROP INDEX latest_document;
ALTER TABLE latest ADD COLUMN day DATE;
DELETE FROM latest;
INSERT INTO latest FROM current_documents ORDER BY document;
CREATE INDEX latest_document ON latest (document);
COMMENT ON COLUMN latest.day IS 'records.published: in what order lists have them';

-- Whether the words of a document can be looked up is known for each current one, with its day: so what is found is put in
-- order by its number alone, and what is on no shelf yet is not looked for.
CREATE TABLE word_days (document VARCHAR NOT NULL, day DATE, number UINTEGER);
INSERT INTO word_days SELECT l.document, l.day, w.number FROM latest l LEFT JOIN word_documents w ON w.document = l.document ORDER BY l.document;
DROP TABLE word_documents;
ALTER TABLE word_days RENAME TO word_documents;
COMMENT ON TABLE word_documents IS 'Documents that are current or were, and whether their words can be looked up; others are looked through.';
COMMENT ON COLUMN word_documents.document IS 'records.document';
COMMENT ON COLUMN word_documents.day IS 'records.published';
COMMENT ON COLUMN word_documents.number IS 'from 1, in the order in which they were added; null of what was not';
