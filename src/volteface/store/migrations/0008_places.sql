-- How exactly a place is known and why it is taken for that one. Places stored before have none.

ALTER TABLE places ADD COLUMN precision VARCHAR;
ALTER TABLE places ADD COLUMN score DOUBLE;
ALTER TABLE places ADD COLUMN reasons VARCHAR[];
COMMENT ON COLUMN places.precision IS 'point, city, district, province or country; null for what lies in no single country';
COMMENT ON COLUMN places.score IS 'the share, 0 to 1, the place has among all of its name';
COMMENT ON COLUMN places.reasons IS 'why it was resolved so';
