-- What pages of actors add up, beside each other instead of in six tables (docs/decisions/0105-kept-for-actors.md): of current
-- documents, and changed with what it follows from in one transaction. Decisions on actors are looked up when it is read.

CREATE VIEW sightings_now AS
WITH mentioned AS (SELECT document, coder, actor, count(*) AS mentions FROM mentions GROUP BY ALL),
taking AS (SELECT document, coder, actor, count(*) FILTER (side = 'actor') AS acts, count(*) FILTER (side = 'recipient') AS receives
  FROM participants GROUP BY ALL),
speaking AS (SELECT document, coder, actor, count(*) AS speaks FROM attributions GROUP BY ALL),
naming AS (SELECT m.document, m.coder, m.actor, count(DISTINCT q.attribution) AS named
  FROM mentions m JOIN attribution_spans q ON q.document = m.document AND q.coder = m.coder AND m.starts >= q.starts AND m.ends <= q.ends
  WHERE q.part = 'content' GROUP BY ALL)
SELECT a.document, a.coder, a.actor, a.key, a.name, a.country, a.sector, a.role, a.wikidata, a.score, r.published,
  coalesce(m.mentions, 0)::INTEGER AS mentions, coalesce(t.acts, 0)::INTEGER AS acts, coalesce(t.receives, 0)::INTEGER AS receives,
  coalesce(s.speaks, 0)::INTEGER AS speaks, coalesce(n.named, 0)::INTEGER AS named
FROM actors a SEMI JOIN latest l ON l.document = a.document AND l.coder = a.coder
JOIN records r ON r.document = a.document AND r.coder = a.coder
LEFT JOIN mentioned m ON m.document = a.document AND m.coder = a.coder AND m.actor = a.actor
LEFT JOIN taking t ON t.document = a.document AND t.coder = a.coder AND t.actor = a.actor
LEFT JOIN speaking s ON s.document = a.document AND s.coder = a.coder AND s.actor = a.actor
LEFT JOIN naming n ON n.document = a.document AND n.coder = a.coder AND n.actor = a.actor;
COMMENT ON VIEW sightings_now IS 'What sightings holds, worked out anew.';
COMMENT ON COLUMN sightings_now.document IS 'as in sightings';
COMMENT ON COLUMN sightings_now.coder IS 'as in sightings';
COMMENT ON COLUMN sightings_now.actor IS 'as in sightings';
COMMENT ON COLUMN sightings_now.key IS 'as in sightings';
COMMENT ON COLUMN sightings_now.name IS 'as in sightings';
COMMENT ON COLUMN sightings_now.country IS 'as in sightings';
COMMENT ON COLUMN sightings_now.sector IS 'as in sightings';
COMMENT ON COLUMN sightings_now.role IS 'as in sightings';
COMMENT ON COLUMN sightings_now.wikidata IS 'as in sightings';
COMMENT ON COLUMN sightings_now.score IS 'as in sightings';
COMMENT ON COLUMN sightings_now.published IS 'as in sightings';
COMMENT ON COLUMN sightings_now.mentions IS 'as in sightings';
COMMENT ON COLUMN sightings_now.acts IS 'as in sightings';
COMMENT ON COLUMN sightings_now.receives IS 'as in sightings';
COMMENT ON COLUMN sightings_now.speaks IS 'as in sightings';
COMMENT ON COLUMN sightings_now.named IS 'as in sightings';

CREATE TABLE sightings AS FROM sightings_now ORDER BY document, actor;
CREATE INDEX sightings_key ON sightings (key);
COMMENT ON TABLE sightings IS 'Each actor of each current document, with what listings and profiles add up.';
COMMENT ON COLUMN sightings.document IS 'latest.document';
COMMENT ON COLUMN sightings.coder IS 'latest.coder';
COMMENT ON COLUMN sightings.actor IS 'actors.actor';
COMMENT ON COLUMN sightings.key IS 'as in actors';
COMMENT ON COLUMN sightings.name IS 'as in actors';
COMMENT ON COLUMN sightings.country IS 'as in actors';
COMMENT ON COLUMN sightings.sector IS 'as in actors';
COMMENT ON COLUMN sightings.role IS 'as in actors';
COMMENT ON COLUMN sightings.wikidata IS 'as in actors';
COMMENT ON COLUMN sightings.score IS 'as in actors';
COMMENT ON COLUMN sightings.published IS 'records.published';
COMMENT ON COLUMN sightings.mentions IS 'how many mentions it has in the document';
COMMENT ON COLUMN sightings.acts IS 'in how many places of events it acts';
COMMENT ON COLUMN sightings.receives IS 'in how many it is acted on';
COMMENT ON COLUMN sightings.speaks IS 'how many attributions are its own';
COMMENT ON COLUMN sightings.named IS 'in how many attributions, its own or not, what is said mentions it';

CREATE VIEW meetings_now AS
SELECT DISTINCT one.document, one.coder, one.event, a.key AS actor_key, a.name AS actor_name, coalesce(one.country, a.country) AS actor_country,
  b.key AS recipient_key, b.name AS recipient_name, coalesce(other.country, b.country) AS recipient_country
FROM participants one SEMI JOIN latest l ON l.document = one.document AND l.coder = one.coder
JOIN participants other ON other.document = one.document AND other.coder = one.coder AND other.event = one.event AND other.side = 'recipient'
JOIN actors a ON a.document = one.document AND a.coder = one.coder AND a.actor = one.actor
JOIN actors b ON b.document = other.document AND b.coder = other.coder AND b.actor = other.actor
WHERE one.side = 'actor' AND a.key IS NOT NULL AND b.key IS NOT NULL;
COMMENT ON VIEW meetings_now IS 'What meetings holds, worked out anew.';
COMMENT ON COLUMN meetings_now.document IS 'as in meetings';
COMMENT ON COLUMN meetings_now.coder IS 'as in meetings';
COMMENT ON COLUMN meetings_now.event IS 'as in meetings';
COMMENT ON COLUMN meetings_now.actor_key IS 'as in meetings';
COMMENT ON COLUMN meetings_now.actor_name IS 'as in meetings';
COMMENT ON COLUMN meetings_now.actor_country IS 'as in meetings';
COMMENT ON COLUMN meetings_now.recipient_key IS 'as in meetings';
COMMENT ON COLUMN meetings_now.recipient_name IS 'as in meetings';
COMMENT ON COLUMN meetings_now.recipient_country IS 'as in meetings';

CREATE TABLE meetings AS FROM meetings_now ORDER BY actor_key, recipient_key, document, event;
COMMENT ON TABLE meetings IS 'Each pair of actors with keys on the two sides of an event of a current document.';
COMMENT ON COLUMN meetings.document IS 'latest.document';
COMMENT ON COLUMN meetings.coder IS 'latest.coder';
COMMENT ON COLUMN meetings.event IS 'events.event';
COMMENT ON COLUMN meetings.actor_key IS 'actors.key of who acts';
COMMENT ON COLUMN meetings.actor_name IS 'actors.name';
COMMENT ON COLUMN meetings.actor_country IS 'of the participant, else of its actor';
COMMENT ON COLUMN meetings.recipient_key IS 'actors.key of who is acted on';
COMMENT ON COLUMN meetings.recipient_name IS 'actors.name';
COMMENT ON COLUMN meetings.recipient_country IS 'of the participant, else of its actor';

DROP VIEW same_names;
CREATE VIEW same_names AS
WITH known AS (SELECT DISTINCT coalesce(j.joined, s.key) AS key
  FROM (SELECT DISTINCT key FROM sightings WHERE key IS NOT NULL) s LEFT JOIN actor_joins j ON j.key = s.key),
named AS (SELECT key, CASE WHEN key[4:4] = '/' THEN key[5:] ELSE key END AS name FROM known),
pair AS (SELECT name AS key, max(key) FILTER (WHERE key <> name) AS joined FROM named GROUP BY name HAVING count(*) = 2 AND bool_or(key = name))
SELECT key, joined FROM pair WHERE NOT EXISTS (SELECT 1 FROM decisions d WHERE d.kind = 'different-actors' AND d.undone IS NULL
  AND ((d.subject, d.object) = (pair.key, pair.joined) OR (d.object, d.subject) = (pair.key, pair.joined)));
COMMENT ON VIEW same_names IS 'Names without a country of which current documents know one with a country: taken for the same in profiles and listings of actors, unless a decision says that they differ.';
COMMENT ON COLUMN same_names.key IS 'known_actors.key without a country';
COMMENT ON COLUMN same_names.joined IS 'the one with';

-- After a decision the acts of the events that it touches are made anew, not all.

CREATE TABLE act_prints (act VARCHAR NOT NULL, fingerprint UBIGINT NOT NULL);
COMMENT ON TABLE act_prints IS 'What the acts of each linked event were made from; they are stale where it is another now.';
COMMENT ON COLUMN act_prints.act IS 'linked_events.linked';
COMMENT ON COLUMN act_prints.fingerprint IS 'of the linked event and its participants';
COMMENT ON COLUMN act_state.fingerprint IS 'of the rules by which they were made';
