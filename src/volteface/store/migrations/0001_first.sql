-- Everything that stands in the tables follows from the pages read, the options and the coder: no clock, no counter
-- that depends on order, so the same pages give the same rows whatever the order, the number of processes and the
-- interruptions (docs/decisions/0040-store.md).

CREATE TABLE coders (coder VARCHAR NOT NULL, version VARCHAR NOT NULL, number INTEGER NOT NULL);
COMMENT ON TABLE coders IS 'Which versions of the coder made what is stored.';
COMMENT ON COLUMN coders.coder IS 'id: the first 12 hex digits of the SHA-256 of version';
COMMENT ON COLUMN coders.version IS 'package, models, data and options that determine a record';
COMMENT ON COLUMN coders.number IS '1 for the first coder used on this database, and so on; the greatest is the latest';

CREATE TABLE pages (page VARCHAR NOT NULL, key VARCHAR NOT NULL, source VARCHAR NOT NULL);
COMMENT ON TABLE pages IS 'One row for each page, that is each address something was read from.';
COMMENT ON COLUMN pages.page IS 'id: the first 16 hex digits of the SHA-256 of key';
COMMENT ON COLUMN pages.key IS 'the address without what does not tell pages apart: URL without tracking and fragment, absolute path';
COMMENT ON COLUMN pages.source IS 'the address as first read';

CREATE TABLE versions (page VARCHAR NOT NULL, number INTEGER NOT NULL, document VARCHAR NOT NULL);
COMMENT ON TABLE versions IS 'Which texts stood at a page, in the order they were first read. The same text at two pages is one document.';
COMMENT ON COLUMN versions.page IS 'pages.page';
COMMENT ON COLUMN versions.number IS '1 for the first text read there; the greatest is the current one';
COMMENT ON COLUMN versions.document IS 'the document id of the record: SHA-256 of the article text, hex';

CREATE TABLE readings (page VARCHAR NOT NULL, fingerprint VARCHAR NOT NULL, coder VARCHAR NOT NULL, options VARCHAR NOT NULL, document VARCHAR NOT NULL);
COMMENT ON TABLE readings IS 'Finished work: a page whose row is here is skipped when it is read again.';
COMMENT ON COLUMN readings.page IS 'pages.page';
COMMENT ON COLUMN readings.fingerprint IS 'SHA-256 of all of the page that determines its document, hex';
COMMENT ON COLUMN readings.coder IS 'coders.coder';
COMMENT ON COLUMN readings.options IS 'reading options as a JSON object: the publication date given, if any';
COMMENT ON COLUMN readings.document IS 'the document that came of it';

CREATE TABLE records (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, page VARCHAR NOT NULL, source VARCHAR NOT NULL,
  headline VARCHAR, bylines VARCHAR[] NOT NULL, publisher VARCHAR, published DATE, published_basis VARCHAR, published_latest DATE,
  language VARCHAR NOT NULL, text VARCHAR NOT NULL, record BLOB NOT NULL);
COMMENT ON TABLE records IS 'One row for each document and coder: the record itself. All further tables are parts of it.';
COMMENT ON COLUMN records.document IS 'SHA-256 of the text, hex';
COMMENT ON COLUMN records.coder IS 'coders.coder';
COMMENT ON COLUMN records.page IS 'the page the record was made from: of several with this text, the one with the least key';
COMMENT ON COLUMN records.source IS 'document.source of the record';
COMMENT ON COLUMN records.headline IS 'headline, if any';
COMMENT ON COLUMN records.bylines IS 'names of authors';
COMMENT ON COLUMN records.publisher IS 'publisher, if known';
COMMENT ON COLUMN records.published IS 'publication date';
COMMENT ON COLUMN records.published_basis IS 'given, metadata or inferred';
COMMENT ON COLUMN records.published_latest IS 'the latest day it could be';
COMMENT ON COLUMN records.language IS 'ISO 639-1 code';
COMMENT ON COLUMN records.text IS 'the article itself; starts and ends everywhere count its characters from 0, half open';
COMMENT ON COLUMN records.record IS 'the whole record as JSON, zlib-compressed; Store.record restores it byte for byte';

CREATE TABLE sentences (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, number INTEGER NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL);
COMMENT ON TABLE sentences IS 'Sentences of a document, in order.';
COMMENT ON COLUMN sentences.document IS 'records.document';
COMMENT ON COLUMN sentences.coder IS 'coders.coder';
COMMENT ON COLUMN sentences.number IS 'from 1';
COMMENT ON COLUMN sentences.starts IS 'first character';
COMMENT ON COLUMN sentences.ends IS 'one past the last character';

CREATE TABLE actors (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, actor VARCHAR NOT NULL, name VARCHAR NOT NULL, country VARCHAR,
  sector VARCHAR, role VARCHAR, wikidata VARCHAR, reasons VARCHAR[] NOT NULL);
COMMENT ON TABLE actors IS 'Who acts, is acted on or speaks in a document.';
COMMENT ON COLUMN actors.document IS 'records.document';
COMMENT ON COLUMN actors.coder IS 'coders.coder';
COMMENT ON COLUMN actors.actor IS 'id within the document: A1, A2, …';
COMMENT ON COLUMN actors.name IS 'fullest name the text gives, or the country''s name';
COMMENT ON COLUMN actors.country IS 'ISO 3166-1 alpha-3 or a PLOVER non-state code';
COMMENT ON COLUMN actors.sector IS 'PLOVER sector';
COMMENT ON COLUMN actors.role IS 'role in the words of the text';
COMMENT ON COLUMN actors.wikidata IS 'Wikidata id, if resolved';
COMMENT ON COLUMN actors.reasons IS 'why it was resolved so';

CREATE TABLE mentions (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, actor VARCHAR NOT NULL, number INTEGER NOT NULL, text VARCHAR NOT NULL,
  starts INTEGER NOT NULL, ends INTEGER NOT NULL);
COMMENT ON TABLE mentions IS 'Where a document mentions an actor.';
COMMENT ON COLUMN mentions.document IS 'records.document';
COMMENT ON COLUMN mentions.coder IS 'coders.coder';
COMMENT ON COLUMN mentions.actor IS 'actors.actor';
COMMENT ON COLUMN mentions.number IS 'from 1 within the actor';
COMMENT ON COLUMN mentions.text IS 'the words';
COMMENT ON COLUMN mentions.starts IS 'first character';
COMMENT ON COLUMN mentions.ends IS 'one past the last character';

CREATE TABLE places (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, place VARCHAR NOT NULL, text VARCHAR NOT NULL, starts INTEGER NOT NULL,
  ends INTEGER NOT NULL, name VARCHAR NOT NULL, country VARCHAR, admin1 VARCHAR, geonames BIGINT, latitude DOUBLE, longitude DOUBLE, feature VARCHAR);
COMMENT ON TABLE places IS 'Places a document names.';
COMMENT ON COLUMN places.document IS 'records.document';
COMMENT ON COLUMN places.coder IS 'coders.coder';
COMMENT ON COLUMN places.place IS 'id within the document: P1, P2, …';
COMMENT ON COLUMN places.text IS 'the words';
COMMENT ON COLUMN places.starts IS 'first character';
COMMENT ON COLUMN places.ends IS 'one past the last character';
COMMENT ON COLUMN places.name IS 'name in the gazetteer';
COMMENT ON COLUMN places.country IS 'ISO 3166-1 alpha-3';
COMMENT ON COLUMN places.admin1 IS 'first-level division';
COMMENT ON COLUMN places.geonames IS 'GeoNames id';
COMMENT ON COLUMN places.latitude IS 'degrees, WGS 84';
COMMENT ON COLUMN places.longitude IS 'degrees, WGS 84';
COMMENT ON COLUMN places.feature IS 'GeoNames feature code';

CREATE TABLE times (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, time VARCHAR NOT NULL, text VARCHAR NOT NULL, starts INTEGER NOT NULL,
  ends INTEGER NOT NULL, type VARCHAR NOT NULL, value VARCHAR NOT NULL);
COMMENT ON TABLE times IS 'Time expressions of a document.';
COMMENT ON COLUMN times.document IS 'records.document';
COMMENT ON COLUMN times.coder IS 'coders.coder';
COMMENT ON COLUMN times.time IS 'id within the document: T1, T2, …';
COMMENT ON COLUMN times.text IS 'the words';
COMMENT ON COLUMN times.starts IS 'first character';
COMMENT ON COLUMN times.ends IS 'one past the last character';
COMMENT ON COLUMN times.type IS 'DATE, TIME, DURATION or SET';
COMMENT ON COLUMN times.value IS 'TIMEX3 value';

CREATE TABLE attributions (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, attribution VARCHAR NOT NULL, form VARCHAR NOT NULL,
  source VARCHAR NOT NULL, actor VARCHAR, named BOOLEAN NOT NULL, cue VARCHAR NOT NULL, content VARCHAR NOT NULL, via VARCHAR[] NOT NULL);
COMMENT ON TABLE attributions IS 'Claims: who says what, in whose words, relayed by whom.';
COMMENT ON COLUMN attributions.document IS 'records.document';
COMMENT ON COLUMN attributions.coder IS 'coders.coder';
COMMENT ON COLUMN attributions.attribution IS 'id within the document: Q1, Q2, …';
COMMENT ON COLUMN attributions.form IS 'direct, indirect or mixed';
COMMENT ON COLUMN attributions.source IS 'words that name the source';
COMMENT ON COLUMN attributions.actor IS 'actors.actor of the source, if resolved';
COMMENT ON COLUMN attributions.named IS 'false for an unnamed official and the like';
COMMENT ON COLUMN attributions.cue IS 'words that say it is said';
COMMENT ON COLUMN attributions.content IS 'what is said';
COMMENT ON COLUMN attributions.via IS 'who relays it, outermost last';

CREATE TABLE attribution_spans (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, attribution VARCHAR NOT NULL, part VARCHAR NOT NULL,
  relay INTEGER NOT NULL, number INTEGER NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL);
COMMENT ON TABLE attribution_spans IS 'Where the parts of an attribution stand in the text.';
COMMENT ON COLUMN attribution_spans.document IS 'records.document';
COMMENT ON COLUMN attribution_spans.coder IS 'coders.coder';
COMMENT ON COLUMN attribution_spans.attribution IS 'attributions.attribution';
COMMENT ON COLUMN attribution_spans.part IS 'source, cue, content or via';
COMMENT ON COLUMN attribution_spans.relay IS 'for via: which of attributions.via, from 1; else 0';
COMMENT ON COLUMN attribution_spans.number IS 'from 1 within the part';
COMMENT ON COLUMN attribution_spans.starts IS 'first character';
COMMENT ON COLUMN attribution_spans.ends IS 'one past the last character';

CREATE TABLE events (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, event VARCHAR NOT NULL, type VARCHAR NOT NULL, mode VARCHAR,
  contexts VARCHAR[] NOT NULL, cameo VARCHAR NOT NULL, quad VARCHAR NOT NULL, score DOUBLE NOT NULL, trigger VARCHAR NOT NULL,
  trigger_starts INTEGER NOT NULL, trigger_ends INTEGER NOT NULL, sentence_starts INTEGER NOT NULL, sentence_ends INTEGER NOT NULL,
  date_start DATE, date_end DATE, time VARCHAR, place VARCHAR, killed INTEGER, injured INTEGER, status VARCHAR NOT NULL,
  attributions VARCHAR[] NOT NULL, confidence DOUBLE NOT NULL);
COMMENT ON TABLE events IS 'Who did what to whom; participants has the two sides.';
COMMENT ON COLUMN events.document IS 'records.document';
COMMENT ON COLUMN events.coder IS 'coders.coder';
COMMENT ON COLUMN events.event IS 'id within the document: E1, E2, …';
COMMENT ON COLUMN events.type IS 'PLOVER event type';
COMMENT ON COLUMN events.mode IS 'PLOVER mode, if any';
COMMENT ON COLUMN events.contexts IS 'PLOVER contexts';
COMMENT ON COLUMN events.cameo IS 'CAMEO code';
COMMENT ON COLUMN events.quad IS 'verbal or material cooperation or conflict';
COMMENT ON COLUMN events.score IS 'from -10, conflict, to 10, cooperation';
COMMENT ON COLUMN events.trigger IS 'words that carry the event';
COMMENT ON COLUMN events.trigger_starts IS 'first character of the trigger';
COMMENT ON COLUMN events.trigger_ends IS 'one past its last character';
COMMENT ON COLUMN events.sentence_starts IS 'first character of the sentence';
COMMENT ON COLUMN events.sentence_ends IS 'one past its last character';
COMMENT ON COLUMN events.date_start IS 'first day on which it can have happened';
COMMENT ON COLUMN events.date_end IS 'last day on which it can have happened';
COMMENT ON COLUMN events.time IS 'times.time the date comes from';
COMMENT ON COLUMN events.place IS 'places.place where it happened';
COMMENT ON COLUMN events.killed IS 'number killed where the text gives one';
COMMENT ON COLUMN events.injured IS 'number injured where the text gives one';
COMMENT ON COLUMN events.status IS 'actual, alleged, future, hypothetical, negated or historical';
COMMENT ON COLUMN events.attributions IS 'attributions.attribution, innermost first; empty: the publisher''s own voice';
COMMENT ON COLUMN events.confidence IS '0 to 1';

CREATE TABLE participants (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, event VARCHAR NOT NULL, side VARCHAR NOT NULL, number INTEGER NOT NULL,
  text VARCHAR NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL, actor VARCHAR, country VARCHAR, sector VARCHAR);
COMMENT ON TABLE participants IS 'The two sides of an event, as the text has them.';
COMMENT ON COLUMN participants.document IS 'records.document';
COMMENT ON COLUMN participants.coder IS 'coders.coder';
COMMENT ON COLUMN participants.event IS 'events.event';
COMMENT ON COLUMN participants.side IS 'actor or recipient';
COMMENT ON COLUMN participants.number IS 'from 1 within the side';
COMMENT ON COLUMN participants.text IS 'the words';
COMMENT ON COLUMN participants.starts IS 'first character';
COMMENT ON COLUMN participants.ends IS 'one past the last character';
COMMENT ON COLUMN participants.actor IS 'actors.actor, if resolved';
COMMENT ON COLUMN participants.country IS 'ISO 3166-1 alpha-3 or a PLOVER non-state code';
COMMENT ON COLUMN participants.sector IS 'PLOVER sector';

CREATE VIEW latest AS
WITH shown AS (SELECT DISTINCT document FROM (SELECT page, arg_max(document, number) AS document FROM versions GROUP BY page))
SELECT records.document, records.coder
FROM records JOIN shown ON records.document = shown.document JOIN coders ON records.coder = coders.coder
QUALIFY row_number() OVER (PARTITION BY records.document ORDER BY coders.number DESC) = 1;
COMMENT ON VIEW latest IS 'What listings show unless asked otherwise: texts that are current at some page, by the latest coder that coded them.';
COMMENT ON COLUMN latest.document IS 'records.document';
COMMENT ON COLUMN latest.coder IS 'records.coder';

CREATE VIEW documents AS
SELECT r.document, r.coder, r.source, r.headline, r.bylines, r.publisher, r.published, r.published_basis, r.published_latest, r.language, r.text,
  (SELECT list(p.source ORDER BY p.key) FROM versions v JOIN pages p ON p.page = v.page WHERE v.document = r.document) AS sources
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
