-- The recorded part of the store, schema 1. Append-only: a row here is never changed; it goes only with its
-- patient. What may be corrected is a newer row that supersedes an older one. Times: *_utc_us microseconds since
-- 1970 in UTC, *_host_us of the session's own monotonic clock. Angles in radians.
-- A change of this file is a new schema: schema.c keeps the way from every released one.

CREATE TABLE patients (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
    uuid        TEXT NOT NULL UNIQUE,
    made_utc_us INTEGER NOT NULL
) STRICT;

-- Who the patient is: the newest row counts.
CREATE TABLE patient_words (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patients ON DELETE CASCADE,
    said_utc_us INTEGER NOT NULL,
    alias      TEXT NOT NULL,
    code       TEXT NOT NULL DEFAULT '',
    sex        TEXT NOT NULL DEFAULT '' CHECK (sex IN ('', 'F', 'M', 'X')),
    birth_year INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX patient_words_of ON patient_words (patient_id, id);

CREATE VIEW patient AS
SELECT p.id, p.uuid, w.alias, w.code, w.sex, w.birth_year
FROM patients p
JOIN patient_words w ON w.id = (SELECT max(id) FROM patient_words WHERE patient_id = p.id);

-- The exercise's file as it was in force, each text once.
CREATE TABLE exercises (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

-- A device as its HELLO told: the payload of the wire, without what changes from boot to boot.
CREATE TABLE devices (
    id       INTEGER PRIMARY KEY,
    serial   TEXT NOT NULL, -- "0000002A"; "00000000" where it was never given one
    hello    BLOB NOT NULL UNIQUE
) STRICT;

-- A calibration's file, each text once.
CREATE TABLE calibrations (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE sessions (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid          TEXT NOT NULL UNIQUE,
    patient_id    INTEGER NOT NULL REFERENCES patients ON DELETE CASCADE,
    exercise_id   INTEGER REFERENCES exercises, -- NULL: only recorded
    exercise      TEXT NOT NULL DEFAULT '',     -- its id and name, for lists
    exercise_name TEXT NOT NULL DEFAULT '',
    side          INTEGER NOT NULL CHECK (side IN (0, 1)), -- 0 left, 1 right: the one begun with
    both_sides    INTEGER NOT NULL CHECK (both_sides IN (0, 1)),
    begun_utc_us  INTEGER NOT NULL,
    utc_offset_s  INTEGER NOT NULL, -- of the user's clock then
    begun_host_us INTEGER NOT NULL,
    source        TEXT NOT NULL,    -- where it came from, in words
    program       TEXT NOT NULL     -- who recorded it, with its version
) STRICT;
CREATE INDEX sessions_of ON sessions (patient_id, begun_utc_us);
CREATE INDEX sessions_when ON sessions (begun_utc_us);

-- Its end; while there is none, it is being recorded (or was when its program died).
CREATE TABLE session_ends (
    session_id INTEGER PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
    utc_us     INTEGER NOT NULL,
    how        TEXT NOT NULL,    -- "done", "stopped: sharp pain", "interrupted", "lost", "recovered"
    duration_us INTEGER NOT NULL -- of the session's clock, from its begin to the last thing kept
) STRICT;

-- What the exercise asked for in this session, where that differs from its file (doses, thresholds by side).
CREATE TABLE session_steps (
    session_id INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    step       INTEGER NOT NULL,
    for_s      REAL NOT NULL,
    in_zone_s  REAL NOT NULL,
    at_most_s  REAL NOT NULL,
    count      INTEGER NOT NULL,
    PRIMARY KEY (session_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_thresholds (
    session_id     INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    side           INTEGER NOT NULL,
    amber_rad      REAL NOT NULL,
    red_rad        REAL NOT NULL,
    delay_s        REAL NOT NULL,
    release_rad    REAL NOT NULL,
    release_s      REAL NOT NULL,
    immediate_rad  REAL NOT NULL,
    posterior_rad  REAL NOT NULL,
    turn_amber_rad REAL NOT NULL,
    turn_red_rad   REAL NOT NULL,
    PRIMARY KEY (session_id, side)
) STRICT, WITHOUT ROWID;

-- Which device and calibration were in use, each time that changed; the stream names the row by its seq.
CREATE TABLE session_devices (
    session_id     INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    seq            INTEGER NOT NULL,
    device_id      INTEGER REFERENCES devices,      -- NULL: a recording without one
    calibration_id INTEGER REFERENCES calibrations, -- NULL: none in use
    words          TEXT NOT NULL,                   -- the calibration for a person
    PRIMARY KEY (session_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_devices_device ON session_devices (device_id);
CREATE INDEX session_devices_calibration ON session_devices (calibration_id);

-- What came, as it came, at most a second each: pack.h says what is in `data`.
CREATE TABLE blocks (
    id            INTEGER PRIMARY KEY,
    session_id    INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    seq           INTEGER NOT NULL, -- from 0, without a gap
    begun_host_us INTEGER NOT NULL,
    ended_host_us INTEGER NOT NULL,
    received_n    INTEGER NOT NULL, -- bytes of the link or of the file
    checksum      INTEGER NOT NULL,
    data          BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX blocks_of ON blocks (session_id, seq);

-- Moments that somebody or the program named: the marker column of the raw CSV, and "side:left", "side:right".
CREATE TABLE markers (
    session_id INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    t_s        REAL NOT NULL, -- of the row it stands on, in the recording's own seconds
    text       TEXT NOT NULL,
    PRIMARY KEY (session_id, seq)
) STRICT, WITHOUT ROWID;

-- The user's words about a session: of each, the newest that is not NULL counts.
CREATE TABLE annotations (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id  INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
    said_utc_us INTEGER NOT NULL,
    note        TEXT,
    tags        TEXT
) STRICT;
CREATE INDEX annotations_of ON annotations (session_id, id);

-- Names and numbers of the store itself: "derived", the schema of the derived part.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
