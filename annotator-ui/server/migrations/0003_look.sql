-- What an image looks like from afar, as hex, once somebody asked: see `absent/look.rs`.
ALTER TABLE image ADD COLUMN look TEXT;
