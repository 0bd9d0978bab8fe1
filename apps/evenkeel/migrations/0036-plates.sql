-- The plate of a car is one more way in which two inquiries can be told to be from one person.
ALTER TABLE screening_identifiers DROP CONSTRAINT screening_identifiers_kind_check;
ALTER TABLE screening_identifiers ADD CONSTRAINT screening_identifiers_kind_check CHECK (kind IN ('address', 'phone', 'handle', 'url', 'plate'));
