-- The derived part of the store: what the present code found. All of it can be made again from the recorded
-- part, so there are no migrations: when PLUMB_DERIVED_SCHEMA (schema.h) changes, it is dropped and made anew,
-- and a session whose code_version is not the present one is derived again. Angles in radians.

DROP TABLE IF EXISTS derived_spectra;
DROP TABLE IF EXISTS derived_rows;
DROP TABLE IF EXISTS derived_flags;
DROP TABLE IF EXISTS derived_holds;
DROP TABLE IF EXISTS derived;

CREATE TABLE derived (
    session_id       INTEGER PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
    code_version     TEXT NOT NULL,
    made_utc_us      INTEGER NOT NULL,
    head             BLOB NOT NULL, -- what the columns do not say
    rows_n           INTEGER NOT NULL,
    first_s          REAL,
    last_s           REAL,
    in_zone_left_s   REAL, in_zone_right_s   REAL, -- NULL for a side without a hold
    worst_left_rad   REAL, worst_right_rad   REAL,
    holds_left_n     INTEGER NOT NULL DEFAULT 0, holds_right_n    INTEGER NOT NULL DEFAULT 0,
    excursions_left  INTEGER NOT NULL DEFAULT 0, excursions_right INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE derived_holds (
    session_id INTEGER NOT NULL REFERENCES derived ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    side       INTEGER NOT NULL,
    start_s    REAL NOT NULL,
    end_s      REAL NOT NULL,
    in_zone_s  REAL NOT NULL,
    excursions INTEGER NOT NULL,
    worst_rad  REAL,
    longest_s  REAL NOT NULL,
    target_s   REAL NOT NULL,
    neutral_change_rad REAL,
    PRIMARY KEY (session_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE derived_flags (
    session_id INTEGER NOT NULL REFERENCES derived ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    basis      INTEGER NOT NULL,
    onset_s    REAL NOT NULL,
    start_s    REAL NOT NULL,
    end_s      REAL,
    peak_rad   REAL,
    PRIMARY KEY (session_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE derived_rows (
    id         INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES derived ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    data       BLOB NOT NULL -- packed columns
) STRICT;
CREATE UNIQUE INDEX derived_rows_of ON derived_rows (session_id, seq);

CREATE TABLE derived_spectra (
    session_id INTEGER NOT NULL REFERENCES derived ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    t_s        REAL NOT NULL,
    breath_hz  REAL,
    breath_rad REAL,
    tremor_rad REAL,
    PRIMARY KEY (session_id, seq)
) STRICT, WITHOUT ROWID;
