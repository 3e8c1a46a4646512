-- Who an actor is over all documents, and what a person decided about it (docs/decisions/0062-a-register-that-writes-
-- itself.md, 0048-decisions.md). Records stored before have no keys, scores or evidence: `read --recode` gives them.

ALTER TABLE actors ADD COLUMN key VARCHAR;
ALTER TABLE actors ADD COLUMN score DOUBLE;
ALTER TABLE participants ADD COLUMN score DOUBLE;
ALTER TABLE participants ADD COLUMN reasons VARCHAR[];
COMMENT ON COLUMN actors.key IS 'the same for this actor in every document; null for somebody without a name';
COMMENT ON COLUMN actors.score IS 'how far it is trusted, 0 to 1: an order, no probability';
COMMENT ON COLUMN participants.score IS 'how far it is trusted whom the words stand for, 0 to 1: an order, no probability';
COMMENT ON COLUMN coders.number IS 'the greatest is the latest: the one first used last, or told to count again (read --recode)';
COMMENT ON COLUMN participants.reasons IS 'why they were taken to stand for it';

CREATE TABLE evidence (document VARCHAR NOT NULL, coder VARCHAR NOT NULL, actor VARCHAR NOT NULL, number INTEGER NOT NULL, key VARCHAR,
  kind VARCHAR NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL, text VARCHAR NOT NULL, country VARCHAR, sector VARCHAR, role VARCHAR);
COMMENT ON TABLE evidence IS 'Words of a document that tell who an actor is: titles, appositions, roles.';
COMMENT ON COLUMN evidence.document IS 'records.document';
COMMENT ON COLUMN evidence.coder IS 'coders.coder';
COMMENT ON COLUMN evidence.actor IS 'actors.actor';
COMMENT ON COLUMN evidence.number IS 'from 1 within the actor';
COMMENT ON COLUMN evidence.key IS 'actors.key';
COMMENT ON COLUMN evidence.kind IS 'title, apposition, member, role, leads, listed or holder (of an office that the register knows)';
COMMENT ON COLUMN evidence.starts IS 'first character';
COMMENT ON COLUMN evidence.ends IS 'one past the last character';
COMMENT ON COLUMN evidence.text IS 'the words';
COMMENT ON COLUMN evidence.country IS 'country they tell, if any';
COMMENT ON COLUMN evidence.sector IS 'PLOVER sector they tell, if any';
COMMENT ON COLUMN evidence.role IS 'role they tell, if any';

CREATE TABLE decisions (decision INTEGER NOT NULL, kind VARCHAR NOT NULL, subject VARCHAR NOT NULL, object VARCHAR, field VARCHAR,
  value VARCHAR, note VARCHAR, made TIMESTAMP NOT NULL, undone TIMESTAMP);
COMMENT ON TABLE decisions IS 'What a person decided, whatever any coder makes of the pages; nothing here is ever deleted.';
COMMENT ON COLUMN decisions.decision IS 'number, from 1';
COMMENT ON COLUMN decisions.kind IS 'actor, same-actor, different-actors, same-event, different-events or wrong-event';
COMMENT ON COLUMN decisions.subject IS 'key of an actor, or an event: DOCUMENT:START-END, characters of its trigger';
COMMENT ON COLUMN decisions.object IS 'the other actor or event; the one that a same-actor becomes';
COMMENT ON COLUMN decisions.field IS 'of kind actor: country, sector, role, name or wikidata';
COMMENT ON COLUMN decisions.value IS 'what the field is';
COMMENT ON COLUMN decisions.note IS 'why';
COMMENT ON COLUMN decisions.made IS 'when, UTC';
COMMENT ON COLUMN decisions.undone IS 'when it was undone, UTC; null while it holds';

CREATE VIEW actor_joins AS
WITH RECURSIVE same AS (SELECT subject, object FROM decisions WHERE kind = 'same-actor' AND undone IS NULL),
edge AS (SELECT subject AS a, object AS b FROM same UNION SELECT object, subject FROM same),
reach AS (SELECT a, a AS b FROM edge UNION SELECT reach.a, edge.b FROM reach JOIN edge ON reach.b = edge.a)
SELECT a AS key, arg_min(b, (b IN (SELECT subject FROM same), b)) AS joined FROM reach GROUP BY a;
COMMENT ON VIEW actor_joins IS 'Keys that decisions make one: those that stand for another, and for which.';
COMMENT ON COLUMN actor_joins.key IS 'actors.key';
COMMENT ON COLUMN actor_joins.joined IS 'the key that stands for all of them: of those that were not said to be another, the least';

CREATE VIEW decided_actors AS
SELECT coalesce(j.joined, d.subject) AS key,
  arg_max(d.value, d.decision) FILTER (WHERE d.field = 'country') AS country, arg_max(d.value, d.decision) FILTER (WHERE d.field = 'sector') AS sector,
  arg_max(d.value, d.decision) FILTER (WHERE d.field = 'role') AS role, arg_max(d.value, d.decision) FILTER (WHERE d.field = 'name') AS name,
  arg_max(d.value, d.decision) FILTER (WHERE d.field = 'wikidata') AS wikidata
FROM decisions d LEFT JOIN actor_joins j ON j.key = d.subject WHERE d.kind = 'actor' AND d.undone IS NULL GROUP BY 1;
COMMENT ON VIEW decided_actors IS 'What decisions that hold say of actors; null where they say nothing. The later decision counts.';
COMMENT ON COLUMN decided_actors.key IS 'actors.key, or what it is joined to';
COMMENT ON COLUMN decided_actors.country IS 'ISO 3166-1 alpha-3 or a PLOVER non-state code';
COMMENT ON COLUMN decided_actors.sector IS 'PLOVER sector';
COMMENT ON COLUMN decided_actors.role IS 'role in words';
COMMENT ON COLUMN decided_actors.name IS 'name to show';
COMMENT ON COLUMN decided_actors.wikidata IS 'Wikidata id';

CREATE VIEW known_actors AS
SELECT a.document, a.coder, a.actor, coalesce(j.joined, a.key) AS key, coalesce(d.name, a.name) AS name,
  coalesce(d.country, a.country) AS country, coalesce(d.sector, a.sector) AS sector, coalesce(d.role, a.role) AS role,
  coalesce(d.wikidata, a.wikidata) AS wikidata, a.reasons, a.score
FROM actors a LEFT JOIN actor_joins j ON j.key = a.key LEFT JOIN decided_actors d ON d.key = coalesce(j.joined, a.key);
COMMENT ON VIEW known_actors IS 'Actors as decisions have them: what listings show.';
COMMENT ON COLUMN known_actors.document IS 'records.document';
COMMENT ON COLUMN known_actors.coder IS 'coders.coder';
COMMENT ON COLUMN known_actors.actor IS 'actors.actor';
COMMENT ON COLUMN known_actors.key IS 'actors.key, or what a decision joined it to';
COMMENT ON COLUMN known_actors.name IS 'as in actors, or as decided';
COMMENT ON COLUMN known_actors.country IS 'as in actors, or as decided';
COMMENT ON COLUMN known_actors.sector IS 'as in actors, or as decided';
COMMENT ON COLUMN known_actors.role IS 'as in actors, or as decided';
COMMENT ON COLUMN known_actors.wikidata IS 'as in actors, or as decided';
COMMENT ON COLUMN known_actors.reasons IS 'as in actors';
COMMENT ON COLUMN known_actors.score IS 'as in actors';

CREATE VIEW known_participants AS
SELECT p.document, p.coder, p.event, p.side, p.number, p.text, p.starts, p.ends, p.actor, coalesce(j.joined, a.key) AS key,
  coalesce(d.name, a.name) AS name, coalesce(d.country, p.country, a.country) AS country,
  coalesce(d.sector, p.sector, a.sector) AS sector, p.score, p.reasons
FROM participants p LEFT JOIN actors a ON a.document = p.document AND a.coder = p.coder AND a.actor = p.actor
LEFT JOIN actor_joins j ON j.key = a.key LEFT JOIN decided_actors d ON d.key = coalesce(j.joined, a.key);
COMMENT ON VIEW known_participants IS 'The two sides of an event as decisions have them: what listings show.';
COMMENT ON COLUMN known_participants.document IS 'records.document';
COMMENT ON COLUMN known_participants.coder IS 'coders.coder';
COMMENT ON COLUMN known_participants.event IS 'events.event';
COMMENT ON COLUMN known_participants.side IS 'actor or recipient';
COMMENT ON COLUMN known_participants.number IS 'from 1 within the side';
COMMENT ON COLUMN known_participants.text IS 'the words';
COMMENT ON COLUMN known_participants.starts IS 'first character';
COMMENT ON COLUMN known_participants.ends IS 'one past the last character';
COMMENT ON COLUMN known_participants.actor IS 'actors.actor, if resolved';
COMMENT ON COLUMN known_participants.key IS 'known_actors.key';
COMMENT ON COLUMN known_participants.name IS 'known_actors.name';
COMMENT ON COLUMN known_participants.country IS 'of the participant, else of its actor, or as decided';
COMMENT ON COLUMN known_participants.sector IS 'of the participant, else of its actor, or as decided';
COMMENT ON COLUMN known_participants.score IS 'as in participants';
COMMENT ON COLUMN known_participants.reasons IS 'as in participants';

CREATE VIEW same_names AS
WITH known AS (SELECT DISTINCT key FROM known_actors SEMI JOIN latest USING (document, coder) WHERE key IS NOT NULL),
named AS (SELECT key, CASE WHEN key[4:4] = '/' THEN key[5:] ELSE key END AS name FROM known),
pair AS (SELECT name AS key, max(key) FILTER (WHERE key <> name) AS joined FROM named GROUP BY name HAVING count(*) = 2 AND bool_or(key = name))
SELECT key, joined FROM pair WHERE NOT EXISTS (SELECT 1 FROM decisions d WHERE d.kind = 'different-actors' AND d.undone IS NULL
  AND ((d.subject, d.object) = (pair.key, pair.joined) OR (d.object, d.subject) = (pair.key, pair.joined)));
COMMENT ON VIEW same_names IS 'Names without a country of which current documents know one with a country: taken for the same in profiles and listings of actors, unless a decision says that they differ.';
COMMENT ON COLUMN same_names.key IS 'known_actors.key without a country';
COMMENT ON COLUMN same_names.joined IS 'the one with';
