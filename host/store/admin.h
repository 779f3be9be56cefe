/* Looking after the store: gone means gone, a copy beside it, the copy back, is it sound?
 */
#ifndef PLUMB_ADMIN_H
#define PLUMB_ADMIN_H

#include "store.h"

/* Deletes a session, or a patient with all of theirs. What is being recorded by a living program cannot go:
 * PLUMB_USAGE. The rows are overwritten at once (secure_delete), the file is written anew without them
 * (VACUUM) and the journal beside it emptied: no byte of them stays in the store's files. 0 or negative with
 * message; where only the writing anew failed, the rows are gone and the message says what to do. */
int plumb_store_delete_session(struct plumb_store *store, int64_t session_id, struct plumb_message *message);
int plumb_store_delete_patient(struct plumb_store *store, int64_t patient_id, struct plumb_message *message);

/* How far a copy is: pages left of pages; another return than 0 gives it up with PLUMB_USAGE. */
typedef int plumb_admin_tell(void *context, int left, int of);

/* A copy of the whole store as one file (0600), while it may be in use; `path` is replaced only when the copy
 * is whole. tell may be NULL. 0 or negative with message. */
int plumb_store_backup(
    struct plumb_store *store, const char *path, plumb_admin_tell *tell, void *context,
    struct plumb_message *message);

/* Brings a copy back: what is in the store now is kept beside it as "plumb.db.before-YYYYMMDD-HHMMSS"
 * (`kept`, of PLUMB_STORE_PATH_N), then everything is as in the copy. 0, PLUMB_DAMAGED where the copy is no
 * sound store, or negative with message: the store is then as it was. */
#define PLUMB_STORE_PATH_N 4200
int plumb_store_restore(
    struct plumb_store *store, const char *path, char kept[PLUMB_STORE_PATH_N], plumb_admin_tell *tell,
    void *context, struct plumb_message *message);

struct plumb_store_health {
    int64_t patients_n, sessions_n, blocks_n, bytes_n; /* bytes_n: of the file */
    int64_t damaged_blocks_n;                          /* their checksum is wrong */
    int64_t stale_n;                                   /* sessions that the present code has not derived */
    int64_t recording_n;                               /* going on now */
    char trouble[200]; /* the first thing that the database itself finds wrong; empty: sound */
};

/* Looks at everything, every block's checksum too: some seconds for a year of sessions. 0 or negative. */
int plumb_store_check(
    struct plumb_store *store, struct plumb_store_health *health, struct plumb_message *message);

#endif
