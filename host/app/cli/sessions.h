/* plumb sessions: its own verbs, one file for each or for a few, one row of the table in verb_sessions.c
 * each. argv[0] is "plumb sessions VERB". */
#ifndef PLUMB_SESSIONS_H
#define PLUMB_SESSIONS_H

#include "../../store/store.h"
#include "verb.h"

int plumb_sessions_list(int argc, char **argv);
int plumb_sessions_show(int argc, char **argv);
int plumb_sessions_compare(int argc, char **argv);
int plumb_sessions_note(int argc, char **argv);
int plumb_sessions_tag(int argc, char **argv);
int plumb_sessions_patients(int argc, char **argv);
int plumb_sessions_rebuild(int argc, char **argv);
int plumb_sessions_archive(int argc, char **argv);
int plumb_sessions_delete(int argc, char **argv);
int plumb_sessions_backup(int argc, char **argv);
int plumb_sessions_restore(int argc, char **argv);

/* The user's own store, with what was recovered said on stderr. NULL with *fail and message. */
struct plumb_store *plumb_sessions_open(int *fail, struct plumb_message *message);

/* The patient of that alias or code: its id, or negative with message where there is none. */
int64_t plumb_sessions_patient(struct plumb_store *store, const char *words, struct plumb_message *message);

/* What is known of a person. 0 or negative with message. */
int plumb_sessions_who(
    struct plumb_store *store, int64_t patient_id, struct plumb_dossier_patient *who,
    struct plumb_message *message);

/* Says what failed, where anything did, and closes the store. The exit code. */
int plumb_sessions_end(struct plumb_store *store, int fail, const struct plumb_message *message);

#endif
