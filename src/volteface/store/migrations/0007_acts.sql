-- One flat table that every analysis reads, whoever made the events (docs/decisions/0093-acts.md). What comes of reports is
-- derived and can be emptied and filled again at any time; what was imported is not. Kinds are of ENUM type: summing fifty
-- million rows by them compares bytes, not words.

CREATE TABLE acts (act VARCHAR NOT NULL, origin VARCHAR NOT NULL, day DATE, day_end DATE, dated_by VARCHAR,
  actor VARCHAR, actor_sector VARCHAR, actor_name VARCHAR, actor_key VARCHAR,
  recipient VARCHAR, recipient_sector VARCHAR, recipient_name VARCHAR, recipient_key VARCHAR,
  leads BOOLEAN NOT NULL, leads_pair BOOLEAN NOT NULL,
  type ENUM('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN',
    'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT'),
  mode VARCHAR, cameo VARCHAR,
  quad ENUM('verbal cooperation', 'material cooperation', 'verbal conflict', 'material conflict'), score DOUBLE,
  status ENUM('actual', 'alleged', 'future', 'hypothetical', 'negated', 'historical') NOT NULL,
  contested BOOLEAN NOT NULL, documents INTEGER NOT NULL, sources INTEGER NOT NULL, confidence DOUBLE,
  import VARCHAR, line BIGINT);
COMMENT ON TABLE acts IS 'Who did what to whom, in one row for each event and pair of its sides: linked events of reports, and imported events.';
COMMENT ON COLUMN acts.act IS 'the event: of an import, its origin and the id it has there; rows with the same act are one event between several parties';
COMMENT ON COLUMN acts.origin IS 'reports, icews, gdelt or polecat';
COMMENT ON COLUMN acts.day IS 'first day on which it can have happened; the day of publication where nothing tells';
COMMENT ON COLUMN acts.day_end IS 'last day on which it can have happened';
COMMENT ON COLUMN acts.dated_by IS 'event or published: what the day comes from';
COMMENT ON COLUMN acts.actor IS 'who acts: ISO 3166-1 alpha-3 or a PLOVER non-state code';
COMMENT ON COLUMN acts.actor_sector IS 'PLOVER sector';
COMMENT ON COLUMN acts.actor_name IS 'name, or the words of the text where it is not resolved';
COMMENT ON COLUMN acts.actor_key IS 'key that joins an actor over documents';
COMMENT ON COLUMN acts.recipient IS 'who is acted on: code as in actor';
COMMENT ON COLUMN acts.recipient_sector IS 'PLOVER sector';
COMMENT ON COLUMN acts.recipient_name IS 'as actor_name';
COMMENT ON COLUMN acts.recipient_key IS 'as actor_key';
COMMENT ON COLUMN acts.leads IS 'whether this is the first row of its act with this actor and recipient: counts of whole countries take these alone';
COMMENT ON COLUMN acts.leads_pair IS 'whether it is the first of its act between these two, whoever acts';
COMMENT ON COLUMN acts.type IS 'PLOVER event type; null where an imported code has none, such as a statement';
COMMENT ON COLUMN acts.mode IS 'PLOVER mode, if any';
COMMENT ON COLUMN acts.cameo IS 'CAMEO code, if any';
COMMENT ON COLUMN acts.quad IS 'verbal or material cooperation or conflict, of the type';
COMMENT ON COLUMN acts.score IS 'from -10, conflict, to 10, cooperation; of an import, its own (Goldstein scale or intensity)';
COMMENT ON COLUMN acts.status IS 'actual, alleged, future, hypothetical, negated or historical';
COMMENT ON COLUMN acts.contested IS 'whether a source denies what another asserts';
COMMENT ON COLUMN acts.documents IS 'how many documents report it';
COMMENT ON COLUMN acts.sources IS 'how many of them are independent';
COMMENT ON COLUMN acts.confidence IS '0 to 1';
COMMENT ON COLUMN acts.import IS 'imports.import, of an imported event';
COMMENT ON COLUMN acts.line IS 'its line in that file, from 1';

CREATE TABLE imports (import VARCHAR NOT NULL, origin VARCHAR NOT NULL, file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
  lines BIGINT NOT NULL, acts BIGINT NOT NULL, known BIGINT NOT NULL, malformed BIGINT NOT NULL);
COMMENT ON TABLE imports IS 'Files of event data made by others; a file whose content is here is not imported again.';
COMMENT ON COLUMN imports.import IS 'id: the first 12 hex digits of sha256';
COMMENT ON COLUMN imports.origin IS 'icews, gdelt or polecat';
COMMENT ON COLUMN imports.file IS 'its name, without folder';
COMMENT ON COLUMN imports.sha256 IS 'SHA-256 of the file as it is, hex';
COMMENT ON COLUMN imports.lines IS 'how many rows the file has';
COMMENT ON COLUMN imports.acts IS 'how many of them became acts';
COMMENT ON COLUMN imports.known IS 'how many were left out since another file of the origin had brought their id';
COMMENT ON COLUMN imports.malformed IS 'how many could not be read';

CREATE TABLE import_days (import VARCHAR NOT NULL, origin VARCHAR NOT NULL, day DATE NOT NULL, acts BIGINT NOT NULL);
COMMENT ON TABLE import_days IS 'How many acts of an import fall on a day, whoever acts: beside a series, what was there to be found.';
COMMENT ON COLUMN import_days.import IS 'imports.import';
COMMENT ON COLUMN import_days.origin IS 'imports.origin';
COMMENT ON COLUMN import_days.day IS 'acts.day';
COMMENT ON COLUMN import_days.acts IS 'how many';

CREATE TABLE act_state (fingerprint VARCHAR NOT NULL);
COMMENT ON TABLE act_state IS 'What the acts of reports were made from: one row, none before the first.';
COMMENT ON COLUMN act_state.fingerprint IS 'of the rules, the linked events and their participants; the acts are stale where it is another now';
