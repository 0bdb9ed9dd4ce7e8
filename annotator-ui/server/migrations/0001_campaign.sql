-- The whole campaign. One text for SQLite and PostgreSQL: whole numbers are BIGINT, yes and no are 0 and 1, times are
-- milliseconds of UTC since 1970, ids are short texts, JSON is TEXT. Files of people never lie in here, only hashes.

-- What the database says of itself: name, receipts_log, backup_of, ...
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Somebody who works here; `id` is the pseudonym that leaves the house.
CREATE TABLE person (
    id            TEXT PRIMARY KEY,
    login         TEXT UNIQUE,
    password_hash TEXT,
    oidc_subject  TEXT UNIQUE,
    roles         TEXT NOT NULL,
    status        TEXT NOT NULL,
    language      TEXT NOT NULL,
    note          TEXT NOT NULL DEFAULT '',
    created_ms    BIGINT NOT NULL,
    erased_ms     BIGINT
);

CREATE TABLE invitation (
    id         TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    role       TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    expires_ms BIGINT NOT NULL,
    used_ms    BIGINT,
    used_by    TEXT,
    revoked_ms BIGINT
);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    person     TEXT NOT NULL,
    csrf       TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    seen_ms    BIGINT NOT NULL,
    expires_ms BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person);

CREATE TABLE api_token (
    id         TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    scope      TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    used_ms    BIGINT,
    revoked_ms BIGINT
);

-- Failed sign-ins by what is throttled: a login, an address.
CREATE TABLE throttle (
    subject    TEXT PRIMARY KEY,
    failures   BIGINT NOT NULL,
    first_ms   BIGINT NOT NULL,
    blocked_until_ms BIGINT NOT NULL
);

-- Every text that anybody was ever asked to agree to, as it stood.
CREATE TABLE consent_text (
    version    TEXT NOT NULL,
    language   TEXT NOT NULL,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    scopes     TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    PRIMARY KEY (version, language)
);

-- One row each time somebody gives or changes consent; the newest that is not withdrawn holds.
CREATE TABLE consent (
    id           TEXT PRIMARY KEY,
    person       TEXT NOT NULL,
    version      TEXT NOT NULL,
    scopes       TEXT NOT NULL,
    given_ms     BIGINT NOT NULL,
    withdrawn_ms BIGINT
);
CREATE INDEX consent_person ON consent (person, given_ms);

-- An image whose bytes lie in the store; width and height are those of the upright image.
CREATE TABLE image (
    sha256     TEXT PRIMARY KEY,
    url        TEXT,
    width      BIGINT NOT NULL,
    height     BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    extension  TEXT NOT NULL,
    bytes      BIGINT NOT NULL,
    cluster    TEXT,
    split      TEXT,
    added_ms   BIGINT NOT NULL
);

-- A kind of work: whether it is paused, and its counters, which the writer keeps so that nobody has to count rows.
CREATE TABLE kind (
    name       TEXT PRIMARY KEY,
    paused     BIGINT NOT NULL DEFAULT 0,
    tasks      BIGINT NOT NULL DEFAULT 0,
    gold       BIGINT NOT NULL DEFAULT 0,
    open       BIGINT NOT NULL DEFAULT 0,
    complete   BIGINT NOT NULL DEFAULT 0,
    leased     BIGINT NOT NULL DEFAULT 0,
    submitted  BIGINT NOT NULL DEFAULT 0,
    approved   BIGINT NOT NULL DEFAULT 0,
    returned   BIGINT NOT NULL DEFAULT 0,
    rejected   BIGINT NOT NULL DEFAULT 0,
    skipped    BIGINT NOT NULL DEFAULT 0,
    withdrawn  BIGINT NOT NULL DEFAULT 0,
    active_ms  BIGINT NOT NULL DEFAULT 0
);

-- `open` is 1 while somebody may still be given the task: not paused, and leased + kept < overlap.
-- `kept` counts assignments that are submitted, approved or returned. Gold tasks stay open for everybody.
-- `key` is 63 bits of a hash that makes an import repeatable. `rank` orders the tasks of a kind: priority, then order.
CREATE TABLE task (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,
    image      TEXT NOT NULL,
    payload    TEXT NOT NULL,
    key        BIGINT NOT NULL UNIQUE,
    batch      TEXT NOT NULL DEFAULT '',
    priority   BIGINT NOT NULL,
    order_key  BIGINT NOT NULL,
    rank       BIGINT NOT NULL,
    overlap    BIGINT NOT NULL,
    leased     BIGINT NOT NULL DEFAULT 0,
    kept       BIGINT NOT NULL DEFAULT 0,
    skips      BIGINT NOT NULL DEFAULT 0,
    paused     BIGINT NOT NULL DEFAULT 0,
    open       BIGINT NOT NULL,
    gold       TEXT,
    made_from  TEXT,
    created_ms BIGINT NOT NULL
);
CREATE INDEX task_open ON task (kind, rank, id) WHERE open = 1 AND gold IS NULL;
CREATE INDEX task_gold ON task (kind, rank, id) WHERE open = 1 AND gold IS NOT NULL;
CREATE INDEX task_image ON task (image);

-- A task in the hands of one person. `answer` is what was submitted; `draft` what is being written.
CREATE TABLE assignment (
    id             TEXT PRIMARY KEY,
    task           BIGINT NOT NULL,
    kind           TEXT NOT NULL,
    person         TEXT NOT NULL,
    status         TEXT NOT NULL,
    gold           BIGINT NOT NULL DEFAULT 0,
    leased_ms      BIGINT NOT NULL,
    lease_until_ms BIGINT NOT NULL,
    beat_ms        BIGINT NOT NULL,
    active_ms      BIGINT NOT NULL DEFAULT 0,
    draft          TEXT,
    draft_revision BIGINT NOT NULL DEFAULT 0,
    draft_ms       BIGINT,
    answer         TEXT,
    submit_key     TEXT,
    submitted_ms   BIGINT,
    consent        TEXT,
    skip_reason    TEXT,
    skip_note      TEXT,
    review_wanted  BIGINT NOT NULL DEFAULT 0,
    review_until_ms BIGINT NOT NULL DEFAULT 0,
    reviewer       TEXT,
    ended_ms       BIGINT,
    exported_ms    BIGINT,
    receipt_wanted BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX assignment_task ON assignment (task, person);
CREATE INDEX assignment_person ON assignment (person, status, leased_ms);
CREATE INDEX assignment_person_day ON assignment (person, kind, submitted_ms);
CREATE INDEX assignment_lease ON assignment (lease_until_ms) WHERE status = 'leased';
CREATE INDEX assignment_review ON assignment (kind, submitted_ms) WHERE status = 'submitted' AND review_wanted = 1;
CREATE INDEX assignment_kind ON assignment (kind, status, submitted_ms);
CREATE INDEX assignment_receipt ON assignment (submitted_ms) WHERE receipt_wanted = 1;
CREATE INDEX assignment_ended ON assignment (ended_ms);

-- One attempt to speak. What was recorded lies in the store under `sha256`.
CREATE TABLE take (
    id             TEXT PRIMARY KEY,
    assignment     TEXT NOT NULL,
    person         TEXT NOT NULL,
    image          TEXT NOT NULL,
    status         TEXT NOT NULL,
    nonce          TEXT NOT NULL,
    granted        TEXT,
    media_type     TEXT NOT NULL,
    codec          TEXT,
    extension      TEXT,
    granted_ms     BIGINT NOT NULL,
    expires_ms     BIGINT NOT NULL,
    begun_ms       BIGINT,
    finished_ms    BIGINT,
    pieces         BIGINT NOT NULL DEFAULT 0,
    bytes          BIGINT NOT NULL DEFAULT 0,
    chain          TEXT,
    recorded       TEXT,
    sha256         TEXT,
    measures       TEXT,
    problems       TEXT NOT NULL DEFAULT '[]',
    late           BIGINT NOT NULL DEFAULT 0,
    page_build     TEXT,
    consent        TEXT,
    transcript_status TEXT NOT NULL DEFAULT 'none',
    transcript     TEXT,
    transcript_ms  BIGINT,
    transcript_model TEXT,
    corrected      TEXT,
    corrected_ms   BIGINT,
    receipt        TEXT,
    receipt_leaf   BIGINT,
    receipt_sha256 TEXT,
    erased_ms      BIGINT
);
CREATE INDEX take_assignment ON take (assignment);
CREATE INDEX take_person ON take (person);
CREATE INDEX take_sha256 ON take (sha256);
CREATE INDEX take_live ON take (granted_ms) WHERE status IN ('granted', 'recording');

-- What may be used once: nonces of receipts, audio that is vouched for.
CREATE TABLE nonce (
    value    TEXT PRIMARY KEY,
    take     TEXT NOT NULL,
    used_ms  BIGINT,
    expires_ms BIGINT NOT NULL
);
CREATE TABLE claimed_audio (
    sha256     TEXT PRIMARY KEY,
    take       TEXT NOT NULL,
    claimed_ms BIGINT NOT NULL
);

-- Long work that a worker leases.
CREATE TABLE job (
    id             TEXT PRIMARY KEY,
    kind           TEXT NOT NULL,
    take           TEXT NOT NULL,
    status         TEXT NOT NULL,
    lease          TEXT,
    lease_until_ms BIGINT NOT NULL DEFAULT 0,
    attempts       BIGINT NOT NULL DEFAULT 0,
    worker         TEXT,
    reason         TEXT,
    message        TEXT,
    created_ms     BIGINT NOT NULL,
    not_before_ms  BIGINT NOT NULL DEFAULT 0,
    ended_ms       BIGINT
);
CREATE INDEX job_waiting ON job (kind, created_ms) WHERE status = 'waiting';
CREATE INDEX job_leased ON job (lease_until_ms) WHERE status = 'leased';
CREATE INDEX job_take ON job (take);

CREATE TABLE review (
    id         TEXT PRIMARY KEY,
    assignment TEXT NOT NULL,
    reviewer   TEXT NOT NULL,
    decision   TEXT NOT NULL,
    reasons    TEXT NOT NULL,
    comment    TEXT NOT NULL,
    at_ms      BIGINT NOT NULL
);
CREATE INDEX review_assignment ON review (assignment, at_ms);
CREATE INDEX review_reviewer ON review (reviewer, at_ms);

CREATE TABLE gold_score (
    assignment TEXT PRIMARY KEY,
    task       BIGINT NOT NULL,
    person     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    score      DOUBLE PRECISION NOT NULL,
    detail     TEXT NOT NULL,
    at_ms      BIGINT NOT NULL
);
CREATE INDEX gold_score_person ON gold_score (person, kind, at_ms);

-- Two answers to the same task, held against each other.
CREATE TABLE agreement (
    task       BIGINT NOT NULL,
    first      TEXT NOT NULL,
    second     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    f1         DOUBLE PRECISION,
    count_equal BIGINT,
    detail     TEXT NOT NULL,
    at_ms      BIGINT NOT NULL,
    PRIMARY KEY (first, second)
);
CREATE INDEX agreement_task ON agreement (task);

-- What is known of a submitted answer beside its content: length, rate, overlap with others.
CREATE TABLE signal (
    assignment TEXT NOT NULL,
    name       TEXT NOT NULL,
    value      DOUBLE PRECISION NOT NULL,
    wanted     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (assignment, name)
);

CREATE TABLE quality (
    person     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    score      DOUBLE PRECISION NOT NULL,
    of         BIGINT NOT NULL,
    held       BIGINT NOT NULL DEFAULT 0,
    recent     TEXT NOT NULL DEFAULT '[]',
    updated_ms BIGINT NOT NULL,
    PRIMARY KEY (person, kind)
);

CREATE TABLE pay_line (
    id         TEXT PRIMARY KEY,
    person     TEXT NOT NULL,
    assignment TEXT NOT NULL,
    kind       TEXT NOT NULL,
    period     TEXT NOT NULL,
    rule       TEXT NOT NULL,
    active_ms  BIGINT NOT NULL,
    minor      BIGINT NOT NULL,
    currency   TEXT NOT NULL,
    at_ms      BIGINT NOT NULL,
    UNIQUE (assignment, rule)
);
CREATE INDEX pay_line_person ON pay_line (person, period);
CREATE INDEX pay_line_period ON pay_line (period, person);

CREATE TABLE pay_adjustment (
    id         TEXT PRIMARY KEY,
    person     TEXT NOT NULL,
    period     TEXT NOT NULL,
    minor      BIGINT NOT NULL,
    currency   TEXT NOT NULL,
    reason     TEXT NOT NULL,
    actor      TEXT NOT NULL,
    at_ms      BIGINT NOT NULL
);
CREATE INDEX pay_adjustment_person ON pay_adjustment (person, period);
CREATE INDEX pay_adjustment_period ON pay_adjustment (period, person);

CREATE TABLE pay_period (
    period     TEXT NOT NULL,
    person     TEXT NOT NULL,
    paid_ms    BIGINT NOT NULL,
    minor      BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    PRIMARY KEY (period, person)
);

-- Labels a person has used, for completion; and how often labels stand together in an image.
CREATE TABLE label_used (
    person TEXT NOT NULL,
    label  TEXT NOT NULL,
    times  BIGINT NOT NULL,
    last_ms BIGINT NOT NULL,
    PRIMARY KEY (person, label)
);
CREATE TABLE label_of_image (
    image  TEXT NOT NULL,
    label  TEXT NOT NULL,
    times  BIGINT NOT NULL,
    PRIMARY KEY (image, label)
);
CREATE INDEX label_of_image_label ON label_of_image (label);

-- What happened, once and for all. Nothing in here is ever changed; texts of people do not stand in it.
CREATE TABLE event (
    id      INTEGER PRIMARY KEY,
    at_ms   BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL
);
CREATE INDEX event_subject ON event (subject, id);
CREATE INDEX event_actor ON event (actor, id);

CREATE TABLE export_state (
    kind       TEXT NOT NULL,
    file       TEXT NOT NULL,
    bytes      BIGINT NOT NULL,
    lines      BIGINT NOT NULL,
    sha256     TEXT NOT NULL,
    last_ms    BIGINT NOT NULL,
    last_id    TEXT NOT NULL,
    finished_ms BIGINT,
    PRIMARY KEY (kind, file)
);

CREATE TABLE erasure (
    person     TEXT PRIMARY KEY,
    asked_ms   BIGINT NOT NULL,
    asked_by   TEXT NOT NULL,
    done_ms    BIGINT,
    proof      TEXT
);
