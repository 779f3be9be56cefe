/* The store: every session of every patient in one SQLite file of the user's own (0600, in
 * XDG_DATA_HOME/plumb).
 *
 * Recorded tables (patients, devices, sessions, the bytes as they came, markers, calibrations and thresholds
 * in force) are append-only: what was once committed is never changed, only deleted with its patient. What
 * the user may correct (alias, note, tags) is a row that supersedes an older one. Derived tables (angles,
 * holds, flags, spectra) carry the version of the code that found them and are dropped and rebuilt when that
 * changes. schema.sql beside this file says all of it.
 *
 * SQLite's one home is this room. Two programs at once are safe. Texts are UTF-8, bound, never pasted into
 * SQL.
 */
#ifndef PLUMB_STORE_H
#define PLUMB_STORE_H

#include <stdint.h>

#include "../core/message.h"
#include "../core/programme.h"
#include "../core/wanted.h"
#include "../session/dossier.h"

struct plumb_store; /* owned by who opened it; used by one thread at a time; open another for another thread
                     */

/* Opens the store at `path`, NULL for the user's own, and makes or migrates it where needed. What an ended
 * process left half recorded is closed here as "recovered", and `message` says so even when all is well (its
 * text is empty when there was nothing to tell). NULL with *fail and message where it cannot be. */
struct plumb_store *plumb_store_open(const char *path, int *fail, struct plumb_message *message);

void plumb_store_close(struct plumb_store *store);

/* Where it is; borrowed until close. */
const char *plumb_store_path(const struct plumb_store *store);

/* What takes long (deriving, reading a session's rows) asks from now on whether it is wanted, and where it is
 * given up fails with PLUMB_USAGE. Borrowed until close; NULL: nobody will give it up. */
void plumb_store_ask(struct plumb_store *store, const struct plumb_wanted *wanted);

/* ---- patients */

/* The patient of that alias or code, made where there is none yet and `make` is 1: its id, 0 where there is
 * none, or negative enum plumb_fail. */
int64_t
plumb_store_patient(struct plumb_store *store, const char *alias, int make, struct plumb_message *message);

struct plumb_store_patient {
    int64_t id;
    struct plumb_dossier_patient who;
    int64_t sessions_n, last_utc_us;
};

/* Visits all, the one seen last first; visit returns 0 to go on. */
int plumb_store_patients(
    struct plumb_store *store, int (*visit)(void *context, const struct plumb_store_patient *patient),
    void *context, struct plumb_message *message);

/* Corrects who a patient is: a row that supersedes the one before. PLUMB_USAGE where the alias is another's.
 */
int plumb_store_patient_words(
    struct plumb_store *store, int64_t patient_id, const struct plumb_dossier_patient *who,
    struct plumb_message *message);

/* ---- sessions */

/* One line of a list. What is derived is NaN or 0 while `derived` is 0. */
struct plumb_store_session {
    int64_t id;
    char uuid[PLUMB_UUID_N];
    int64_t patient_id;
    char alias[PLUMB_DOSSIER_WORDS_N];
    char exercise[48], exercise_name[96];
    enum plumb_side side;
    int both_sides;
    int64_t begun_utc_us;
    int utc_offset_s;
    double duration_s; /* so far where it is still being recorded */
    int recording;     /* 1: not ended yet */
    char ended[64], tags[PLUMB_DOSSIER_WORDS_N], note[PLUMB_DOSSIER_WORDS_N]; /* the note's beginning */
    int derived;                       /* 1: what follows was found by the present code */
    double in_zone_s[2], worst_rad[2]; /* by side; NaN for a side without a hold */
    int holds_n[2], excursions[2];
};

/* Zeros and NULLs ask for all; the newest first. */
struct plumb_store_query {
    int64_t patient_id;
    const char *exercise;           /* its id */
    const char *text;               /* searched in alias, code, exercise, note, tags */
    int64_t from_utc_us, to_utc_us; /* [from, to) */
    int64_t most_n;
};

int plumb_store_sessions(
    struct plumb_store *store, const struct plumb_store_query *query,
    int (*visit)(void *context, const struct plumb_store_session *session), void *context,
    struct plumb_message *message);

/* The session that a person's words mean: "12", "last", the beginning of a uuid. Its id, or negative with
 * message (PLUMB_USAGE where there is none). */
int64_t plumb_store_find(struct plumb_store *store, const char *words, struct plumb_message *message);

/* Everything about one session, derived first where that is stale. 0 or negative; free with
 * plumb_dossier_free before the store is closed. */
int plumb_store_dossier(
    struct plumb_store *store, int64_t session_id, struct plumb_dossier *dossier,
    struct plumb_message *message);

/* All holds of one patient for core/programme (owned in one piece: free(*holds) frees the ids too). */
int plumb_store_past_holds(
    struct plumb_store *store, int64_t patient_id, struct plumb_past_hold **holds, size_t *n,
    struct plumb_message *message);

/* The same without a long wait: of the sessions that are stale at most the newest most_n are derived first;
 * the others count as an older version has found them, or not at all. */
int plumb_store_past_holds_soon(
    struct plumb_store *store, int64_t patient_id, int64_t most_n, struct plumb_past_hold **holds, size_t *n,
    struct plumb_message *message);

/* The user's words about a session, superseding the ones before; NULL leaves one as it is. */
int plumb_store_annotate(
    struct plumb_store *store, int64_t session_id, const char *note, const char *tags,
    struct plumb_message *message);

#endif
