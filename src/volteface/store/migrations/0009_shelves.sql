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

-- What decisions say of actors is asked in every listing: as views within views they took more time to plan than to answer.

CREATE VIEW actor_joins_now AS
WITH RECURSIVE same AS (SELECT subject, object FROM decisions WHERE kind = 'same-actor' AND undone IS NULL),
edge AS (SELECT subject AS a, object AS b FROM same UNION SELECT object, subject FROM same),
reach AS (SELECT a, a AS b FROM edge UNION SELECT reach.a, edge.b FROM reach JOIN edge ON reach.b = edge.a)
SELECT a AS key, arg_min(b, (b IN (SELECT subject FROM same), b)) AS joined FROM reach GROUP BY a;
COMMENT ON VIEW actor_joins_now IS 'What actor_joins holds, worked out anew.';
COMMENT ON COLUMN actor_joins_now.key IS 'actors.key';
COMMENT ON COLUMN actor_joins_now.joined IS 'the key that stands for all of them: of those that were not said to be another, the least';

CREATE VIEW decided_actors_now AS
SELECT coalesce(j.joined, d.subject) AS key,
  arg_max(d.value, d.decision) FILTER (WHERE d.field = 'country') AS country, arg_max(d.value, d.decision) FILTER (WHERE d.field = 'sector') AS sector,
  arg_max(d.value, d.decision) FILTER (WHERE d.field = 'role') AS role, arg_max(d.value, d.decision) FILTER (WHERE d.field = 'name') AS name,
  arg_max(d.value, d.decision) FILTER (WHERE d.field = 'wikidata') AS wikidata
FROM decisions d LEFT JOIN actor_joins_now j ON j.key = d.subject WHERE d.kind = 'actor' AND d.undone IS NULL GROUP BY 1;
COMMENT ON VIEW decided_actors_now IS 'What decided_actors holds, worked out anew.';
COMMENT ON COLUMN decided_actors_now.key IS 'actors.key, or what it is joined to';
COMMENT ON COLUMN decided_actors_now.country IS 'ISO 3166-1 alpha-3 or a PLOVER non-state code';
COMMENT ON COLUMN decided_actors_now.sector IS 'PLOVER sector';
COMMENT ON COLUMN decided_actors_now.role IS 'role in words';
COMMENT ON COLUMN decided_actors_now.name IS 'name to show';
COMMENT ON COLUMN decided_actors_now.wikidata IS 'Wikidata id';

DROP VIEW actor_joins;
CREATE TABLE actor_joins (key VARCHAR NOT NULL, joined VARCHAR NOT NULL);
INSERT INTO actor_joins FROM actor_joins_now ORDER BY key;
COMMENT ON TABLE actor_joins IS 'Keys that decisions make one: those that stand for another, and for which.';
COMMENT ON COLUMN actor_joins.key IS 'actors.key';
COMMENT ON COLUMN actor_joins.joined IS 'the key that stands for all of them: of those that were not said to be another, the least';

DROP VIEW decided_actors;
CREATE TABLE decided_actors (key VARCHAR NOT NULL, country VARCHAR, sector VARCHAR, role VARCHAR, name VARCHAR, wikidata VARCHAR);
INSERT INTO decided_actors FROM decided_actors_now ORDER BY key;
COMMENT ON TABLE decided_actors IS 'What decisions that hold say of actors; null where they say nothing. The later decision counts.';
COMMENT ON COLUMN decided_actors.key IS 'actors.key, or what it is joined to';
COMMENT ON COLUMN decided_actors.country IS 'ISO 3166-1 alpha-3 or a PLOVER non-state code';
COMMENT ON COLUMN decided_actors.sector IS 'PLOVER sector';
COMMENT ON COLUMN decided_actors.role IS 'role in words';
COMMENT ON COLUMN decided_actors.name IS 'name to show';
COMMENT ON COLUMN decided_actors.wikidata IS 'Wikidata id';
