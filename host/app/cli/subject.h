/* What a person means by a session: one of the store, or the name of a raw CSV file, which is analysed first.
 * Either becomes a dossier. */
#ifndef PLUMB_SUBJECT_H
#define PLUMB_SUBJECT_H

#include "../../store/store.h"
#include "study.h"

struct plumb_subject {
    struct plumb_study study;  /* of a recording */
    struct plumb_store *store; /* of a stored session */
    int is_recording;
    struct plumb_dossier dossier;
};

/* of_recording: exercise, side and limits that a recording does not say itself; its doubts are told on
 * stderr. 0 or negative with message; close either way. */
int plumb_subject_open(
    struct plumb_subject *subject, const char *words, const struct plumb_study_options *of_recording,
    struct plumb_message *message);

void plumb_subject_close(struct plumb_subject *subject);

#endif
