-- Where a page looks up the few rows of one document, event or actor (docs/decisions/0104-lookups.md).

CREATE INDEX records_document ON records (document);
CREATE INDEX latest_document ON latest (document);
CREATE INDEX sentences_document ON sentences (document);
CREATE INDEX actors_document ON actors (document);
CREATE INDEX actors_key ON actors (key);
CREATE INDEX evidence_key ON evidence (key);
CREATE INDEX places_document ON places (document);
CREATE INDEX events_document ON events (document);
CREATE INDEX participants_document ON participants (document);
CREATE INDEX attributions_document ON attributions (document);
CREATE INDEX answers_document ON answers (document);
CREATE INDEX copies_document ON copies (document);
CREATE INDEX copies_original ON copies (original);
CREATE INDEX linked_document ON linked (document);
CREATE INDEX linked_linked ON linked (linked);
CREATE INDEX linked_events_linked ON linked_events (linked);
CREATE INDEX linked_participants_linked ON linked_participants (linked);
CREATE INDEX linked_participants_key ON linked_participants (key);
