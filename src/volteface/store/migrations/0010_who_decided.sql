-- Decisions are made on pages by several people, who give their names, and whose browsers may send a form twice.

ALTER TABLE decisions ADD COLUMN who VARCHAR;
ALTER TABLE decisions ADD COLUMN form VARCHAR;
COMMENT ON COLUMN decisions.who IS 'the name that whoever decided gave, if any';
COMMENT ON COLUMN decisions.form IS 'of the form that was sent, if it was decided on a page: the same form again decides nothing more';
