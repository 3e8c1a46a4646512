-- What furniture is told by across batches (docs/decisions/0045-repeats-across-batches.md), and pages that go back to an
-- earlier text (docs/decisions/0046-a-page-that-goes-back.md). Databases made before have no rows here: their pages are
-- counted once they are read anew.

CREATE TABLE page_lines (page VARCHAR NOT NULL, body UBIGINT NOT NULL, keys UBIGINT[] NOT NULL);
COMMENT ON TABLE page_lines IS 'Lines of pages read as copied text: what stands on many pages is the site''s and no part of the story.';
COMMENT ON COLUMN page_lines.page IS 'pages.page';
COMMENT ON COLUMN page_lines.body IS 'key of all lines together: pages with the same are copies, and counted once';
COMMENT ON COLUMN page_lines.keys IS 'the page as it was last read: the first 64 bits of the BLAKE2b of each line in lower case, ascending';

COMMENT ON TABLE versions IS 'Which texts stood at a page, in the order they were read; one that came back stands again. The same text at two pages is one document.';

CREATE OR REPLACE VIEW documents AS
SELECT r.document, r.coder, r.source, r.headline, r.bylines, r.publisher, r.published, r.published_basis, r.published_latest, r.language, r.text,
  (SELECT list(p.source ORDER BY p.key) FROM (SELECT DISTINCT page FROM versions v WHERE v.document = r.document) v JOIN pages p ON p.page = v.page) AS sources
FROM records r JOIN latest l ON l.document = r.document AND l.coder = r.coder;
COMMENT ON VIEW documents IS 'Current documents: one row for each article, however many pages carry it and however often it was coded.';
COMMENT ON COLUMN documents.document IS 'as in records';
COMMENT ON COLUMN documents.coder IS 'the latest coder that coded it';
COMMENT ON COLUMN documents.source IS 'as in records';
COMMENT ON COLUMN documents.headline IS 'as in records';
COMMENT ON COLUMN documents.bylines IS 'as in records';
COMMENT ON COLUMN documents.publisher IS 'as in records';
COMMENT ON COLUMN documents.published IS 'as in records';
COMMENT ON COLUMN documents.published_basis IS 'as in records';
COMMENT ON COLUMN documents.published_latest IS 'as in records';
COMMENT ON COLUMN documents.language IS 'as in records';
COMMENT ON COLUMN documents.text IS 'as in records';
COMMENT ON COLUMN documents.sources IS 'every address that carried this text';
