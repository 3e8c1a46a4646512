-- For whom a spokesman speaks (docs/decisions/0036-claims.md). Records stored before have none.

ALTER TABLE attributions ADD COLUMN principal VARCHAR;
ALTER TABLE attributions ADD COLUMN principal_actor VARCHAR;
COMMENT ON COLUMN attributions.principal IS 'words that name for whom the source speaks, if it is a spokesman';
COMMENT ON COLUMN attributions.principal_actor IS 'actors.actor of the principal, if resolved';
COMMENT ON COLUMN attribution_spans.part IS 'source, principal, cue, content or via';
