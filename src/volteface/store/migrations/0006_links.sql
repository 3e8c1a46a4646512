-- The layer of links (docs/decisions/0092-layer-of-links.md): which documents are copies, which coded events are one occurrence.
-- Nothing here is input: all of it follows from current records, decisions and the linker, and can be emptied and made again.

CREATE TABLE link_state (linker VARCHAR NOT NULL);
COMMENT ON TABLE link_state IS 'What made the links: one row, none before the first.';
COMMENT ON COLUMN link_state.linker IS 'version of rules, models and libraries; links of another are made again';

CREATE TABLE link_documents (document VARCHAR NOT NULL, coder VARCHAR NOT NULL);
COMMENT ON TABLE link_documents IS 'Documents that the links know; links are stale where this differs from latest.';
COMMENT ON COLUMN link_documents.document IS 'records.document';
COMMENT ON COLUMN link_documents.coder IS 'records.coder';

CREATE TABLE link_keys (kind VARCHAR NOT NULL, slot INTEGER NOT NULL, key UBIGINT NOT NULL, document VARCHAR NOT NULL);
COMMENT ON TABLE link_keys IS 'Which documents are compared: those that share keys.';
COMMENT ON COLUMN link_keys.kind IS 'copy: a band of the MinHash signature; story: a telling word';
COMMENT ON COLUMN link_keys.slot IS 'of a story key: number of the ten days, -1 for a document without a date; of a copy key 0';
COMMENT ON COLUMN link_keys.key IS 'hash';
COMMENT ON COLUMN link_keys.document IS 'records.document';

CREATE TABLE copy_pairs (document VARCHAR NOT NULL, other VARCHAR NOT NULL, score DOUBLE NOT NULL, reasons VARCHAR[] NOT NULL);
COMMENT ON TABLE copy_pairs IS 'Documents of which one reprints the other.';
COMMENT ON COLUMN copy_pairs.document IS 'records.document, the lesser id';
COMMENT ON COLUMN copy_pairs.other IS 'records.document';
COMMENT ON COLUMN copy_pairs.score IS 'share of the shorter text that stands in the longer';
COMMENT ON COLUMN copy_pairs.reasons IS 'why';

CREATE TABLE copies (document VARCHAR NOT NULL, original VARCHAR NOT NULL, score DOUBLE NOT NULL, reasons VARCHAR[] NOT NULL);
COMMENT ON TABLE copies IS 'Documents that reprint another: wire stories with small edits, shortened, updated, with another headline.';
COMMENT ON COLUMN copies.document IS 'records.document of the copy';
COMMENT ON COLUMN copies.original IS 'records.document of the first of its group: earliest published, then least id';
COMMENT ON COLUMN copies.score IS 'greatest share of the shorter text that stands in the longer, over the group';
COMMENT ON COLUMN copies.reasons IS 'why';

CREATE TABLE link_pairs (document VARCHAR NOT NULL, event VARCHAR NOT NULL, other VARCHAR NOT NULL, other_event VARCHAR NOT NULL,
  score DOUBLE NOT NULL, reasons VARCHAR[] NOT NULL);
COMMENT ON TABLE link_pairs IS 'Coded events that may be one occurrence; linked has what was made of them.';
COMMENT ON COLUMN link_pairs.document IS 'records.document, the lesser of the two (document, event)';
COMMENT ON COLUMN link_pairs.event IS 'events.event';
COMMENT ON COLUMN link_pairs.other IS 'records.document';
COMMENT ON COLUMN link_pairs.other_event IS 'events.event';
COMMENT ON COLUMN link_pairs.score IS 'chance, 0 to 1, that they are one occurrence';
COMMENT ON COLUMN link_pairs.reasons IS 'what speaks for it';

CREATE TABLE link_decisions (decision INTEGER NOT NULL, kind VARCHAR NOT NULL, document VARCHAR NOT NULL, event VARCHAR NOT NULL, other VARCHAR,
  other_event VARCHAR);
COMMENT ON TABLE link_decisions IS 'People''s decisions on events as the links have applied them.';
COMMENT ON COLUMN link_decisions.decision IS 'number of the decision';
COMMENT ON COLUMN link_decisions.kind IS 'same-event, different-events or wrong-event';
COMMENT ON COLUMN link_decisions.document IS 'records.document';
COMMENT ON COLUMN link_decisions.event IS 'events.event';
COMMENT ON COLUMN link_decisions.other IS 'records.document of the other event, if there is one';
COMMENT ON COLUMN link_decisions.other_event IS 'events.event of it';

CREATE TABLE linked (linked VARCHAR NOT NULL, document VARCHAR NOT NULL, coder VARCHAR NOT NULL, event VARCHAR NOT NULL, score DOUBLE,
  reasons VARCHAR[] NOT NULL);
COMMENT ON TABLE linked IS 'Every coded event of a current document, in the one linked event it reports; those that a person called wrong are left out.';
COMMENT ON COLUMN linked.linked IS 'linked_events.linked';
COMMENT ON COLUMN linked.document IS 'records.document';
COMMENT ON COLUMN linked.coder IS 'records.coder';
COMMENT ON COLUMN linked.event IS 'events.event';
COMMENT ON COLUMN linked.score IS 'chance that it is the same occurrence as the report it is most like; null of a single report';
COMMENT ON COLUMN linked.reasons IS 'why it is joined to that report';

CREATE TABLE linked_events (linked VARCHAR NOT NULL, type VARCHAR NOT NULL, mode VARCHAR, contexts VARCHAR[] NOT NULL, cameo VARCHAR NOT NULL,
  quad VARCHAR NOT NULL, score DOUBLE NOT NULL, status VARCHAR NOT NULL, contested BOOLEAN NOT NULL, date_start DATE, date_end DATE,
  dated_by VARCHAR, place VARCHAR, place_country VARCHAR, place_admin1 VARCHAR, geonames BIGINT, latitude DOUBLE, longitude DOUBLE,
  feature VARCHAR, killed_min INTEGER, killed_max INTEGER, injured_min INTEGER, injured_max INTEGER, documents INTEGER NOT NULL,
  sources INTEGER NOT NULL, first_report DATE, last_report DATE, confidence DOUBLE NOT NULL, asserted_by VARCHAR[] NOT NULL,
  denied_by VARCHAR[] NOT NULL);
COMMENT ON TABLE linked_events IS 'One occurrence, however many reports tell of it.';
COMMENT ON COLUMN linked_events.linked IS 'id: the first 12 hex digits of the SHA-256 of its first report''s reference DOCUMENT:START-END';
COMMENT ON COLUMN linked_events.type IS 'PLOVER type that most reports have, copies counted once';
COMMENT ON COLUMN linked_events.mode IS 'most frequent PLOVER mode of reports of that type';
COMMENT ON COLUMN linked_events.contexts IS 'PLOVER contexts of any report';
COMMENT ON COLUMN linked_events.cameo IS 'most frequent CAMEO code of reports of that type';
COMMENT ON COLUMN linked_events.quad IS 'verbal or material cooperation or conflict';
COMMENT ON COLUMN linked_events.score IS 'from -10, conflict, to 10, cooperation: median of reports of that type';
COMMENT ON COLUMN linked_events.status IS 'the strongest any report has: actual, alleged, historical, future, hypothetical, negated';
COMMENT ON COLUMN linked_events.contested IS 'somebody asserts it and somebody else denies it';
COMMENT ON COLUMN linked_events.date_start IS 'first day on which it can have happened';
COMMENT ON COLUMN linked_events.date_end IS 'last day';
COMMENT ON COLUMN linked_events.dated_by IS 'event: a report gives its date; published: none does, and the day is that of the first report; null: no day is known';
COMMENT ON COLUMN linked_events.place IS 'name in the gazetteer of the place most reports give';
COMMENT ON COLUMN linked_events.place_country IS 'ISO 3166-1 alpha-3';
COMMENT ON COLUMN linked_events.place_admin1 IS 'first-level division';
COMMENT ON COLUMN linked_events.geonames IS 'GeoNames id';
COMMENT ON COLUMN linked_events.latitude IS 'degrees, WGS 84';
COMMENT ON COLUMN linked_events.longitude IS 'degrees, WGS 84';
COMMENT ON COLUMN linked_events.feature IS 'GeoNames feature code';
COMMENT ON COLUMN linked_events.killed_min IS 'least number killed that a report gives';
COMMENT ON COLUMN linked_events.killed_max IS 'greatest number killed that a report gives';
COMMENT ON COLUMN linked_events.injured_min IS 'least number injured that a report gives';
COMMENT ON COLUMN linked_events.injured_max IS 'greatest number injured that a report gives';
COMMENT ON COLUMN linked_events.documents IS 'how many documents report it';
COMMENT ON COLUMN linked_events.sources IS 'how many of them are independent: copies, and documents of one publisher, count once';
COMMENT ON COLUMN linked_events.first_report IS 'day of publication of the first';
COMMENT ON COLUMN linked_events.last_report IS 'day of publication of the last';
COMMENT ON COLUMN linked_events.confidence IS '0 to 1: the greatest of its reports';
COMMENT ON COLUMN linked_events.asserted_by IS 'who says it happened: sources, or publishers in their own voice';
COMMENT ON COLUMN linked_events.denied_by IS 'who says it did not';

CREATE TABLE linked_participants (linked VARCHAR NOT NULL, side VARCHAR NOT NULL, number INTEGER NOT NULL, key VARCHAR, name VARCHAR NOT NULL,
  country VARCHAR, sector VARCHAR);
COMMENT ON TABLE linked_participants IS 'The two sides of a linked event, those whom most reports name first.';
COMMENT ON COLUMN linked_participants.linked IS 'linked_events.linked';
COMMENT ON COLUMN linked_participants.side IS 'actor or recipient';
COMMENT ON COLUMN linked_participants.number IS 'from 1 within the side';
COMMENT ON COLUMN linked_participants.key IS 'joins an actor over documents';
COMMENT ON COLUMN linked_participants.name IS 'fullest name of the actor, or the words of the text';
COMMENT ON COLUMN linked_participants.country IS 'ISO 3166-1 alpha-3 or a PLOVER non-state code';
COMMENT ON COLUMN linked_participants.sector IS 'PLOVER sector';

CREATE VIEW known_linked_participants AS
SELECT p.linked, p.side, p.number, coalesce(j.joined, p.key) AS key, coalesce(d.name, p.name) AS name,
  coalesce(d.country, p.country) AS country, coalesce(d.sector, p.sector) AS sector
FROM linked_participants p LEFT JOIN actor_joins j ON j.key = p.key
LEFT JOIN decided_actors d ON d.key = coalesce(j.joined, p.key);
COMMENT ON VIEW known_linked_participants IS 'The two sides of a linked event as decisions on actors have them: what listings show.';
COMMENT ON COLUMN known_linked_participants.linked IS 'linked_events.linked';
COMMENT ON COLUMN known_linked_participants.side IS 'actor or recipient';
COMMENT ON COLUMN known_linked_participants.number IS 'from 1 within the side';
COMMENT ON COLUMN known_linked_participants.key IS 'known_actors.key';
COMMENT ON COLUMN known_linked_participants.name IS 'as in linked_participants, or as decided';
COMMENT ON COLUMN known_linked_participants.country IS 'as in linked_participants, or as decided';
COMMENT ON COLUMN known_linked_participants.sector IS 'as in linked_participants, or as decided';
