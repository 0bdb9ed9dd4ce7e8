-- What is exported, in the order in which it is: a line keeps its number, so that an export that was cut off writes the same
-- bytes again. `kind` is a kind of work, or `erased` for tombstones.
CREATE TABLE export_line (
    kind       TEXT NOT NULL,
    seq        BIGINT NOT NULL,
    assignment TEXT NOT NULL,
    take       TEXT,
    why        TEXT,
    at_ms      BIGINT NOT NULL,
    PRIMARY KEY (kind, seq)
);
CREATE INDEX export_line_assignment ON export_line (assignment);

-- What was decided and not exported since.
CREATE INDEX assignment_export ON assignment (kind, ended_ms, id) WHERE exported_ms IS NULL OR ended_ms > exported_ms;

-- What was made from an answer ends with it.
CREATE INDEX task_made_from ON task (made_from) WHERE made_from IS NOT NULL;
