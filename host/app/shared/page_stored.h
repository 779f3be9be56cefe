/* The pages of stored sessions, ready to be drawn: for the command line and the window. */
#ifndef PLUMB_PAGE_STORED_H
#define PLUMB_PAGE_STORED_H

#include "page_history.h"
#include "patient_fill.h"

#define PLUMB_PAGE_SENTENCES_N 4
#define PLUMB_PAGE_SENTENCE_N  200

/* Who makes a page, and how it speaks. */
struct plumb_page_maker {
    const char *program;               /* "plumb 0.1.0" */
    const struct plumb_tongue *tongue; /* NULL: English */
};

/* A session's page: fill.page. Big: on the heap. */
struct plumb_page_stored {
    struct plumb_dossier dossier;
    const struct plumb_tongue *tongue;
    struct plumb_page_history history; /* same patient and exercise, up to this session */
    struct plumb_page_past *past;      /* owned */
    struct plumb_past_hold *holds;     /* owned; the same, for the words about weeks and sides */
    size_t holds_n;
    char sentence[PLUMB_PAGE_SENTENCES_N][PLUMB_PAGE_SENTENCE_N];
    const char *trend[PLUMB_PAGE_SENTENCES_N];
    size_t trend_n;
    struct plumb_page_fill fill;
};

/* maker: borrowed while open. 0, or negative with message; close either way, before the store is closed.
 * The page looks back, never ahead: a session's page stays the same whatever is recorded after it. */
int plumb_page_stored_open(
    struct plumb_page_stored *stored, struct plumb_store *store, int64_t session_id,
    const struct plumb_page_maker *maker, struct plumb_message *message);

void plumb_page_stored_close(struct plumb_page_stored *stored);

/* A patient's page: fill.page. Big: on the heap. */
struct plumb_patient_stored {
    struct plumb_dossier_patient who;
    struct plumb_page_history history;
    const struct plumb_tongue *tongue;
    struct plumb_past_hold *holds; /* owned */
    size_t holds_n;
    char sentence[2 * PLUMB_PATIENT_FILL_EXERCISES_N][PLUMB_PAGE_SENTENCE_N];
    int sentence_n;
    struct plumb_patient_fill fill;
};

/* The patient of that alias or code; PLUMB_USAGE where there is none. As above. */
int plumb_patient_stored_open(
    struct plumb_patient_stored *stored, struct plumb_store *store, const char *alias,
    const struct plumb_page_maker *maker, struct plumb_message *message);

void plumb_patient_stored_close(struct plumb_patient_stored *stored);

#endif
