/* What the files of the BIDS exporter tell each other. */
#ifndef PLUMB_BIDS_PARTS_H
#define PLUMB_BIDS_PARTS_H

#include <jansson.h>

#include "../io/file_out.h"
#include "exporter.h"
#include "job.h"
#include "names.h"
#include "place.h"

#define PLUMB_BIDS_SIGN   "sourcedata/plumb.txt" /* lies in our datasets and in nobody else's */
#define PLUMB_BIDS_PATH_N 900                    /* a path inside the dataset */

#define PLUMB_BIDS_PEOPLE        "participants.tsv"
#define PLUMB_BIDS_PEOPLE_HEADER "participant_id\tsex\tbirth_year\n"
#define PLUMB_BIDS_TABLE_MOST    (16u << 20) /* bytes of a table that is read */

struct plumb_bids {
    struct plumb_export_job job;
    struct plumb_place place; /* of a new dataset */
    int appending;            /* 1: into one that is there */
    int turn, adding;         /* appending: the lock, or -1; 1 where `base` was made */
    char base[PLUMB_PLACE_N]; /* the folder in which files are written until they have their places */
    struct plumb_bids_known { /* who has got which label in this export, for those without a name */
        char who[PLUMB_DOSSIER_WORDS_N + 70], label[PLUMB_NAME_N];
    } * known; /* owned */
    size_t known_n, sessions_n;
};

/* Where one session goes. */
struct plumb_bids_session {
    char sub[PLUMB_NAME_N], ses[PLUMB_NAME_N], task[PLUMB_NAME_N];
    char folder[208]; /* "sub-X/ses-Y", below the dataset */
    char stem[312];   /* "sub-X_ses-Y_task-Z" */
};

/* ---- files of the dataset (bids_dataset.c) */

/* Where a file of the dataset is written: in `base`. Folders are made. */
int plumb_bids_path(
    const struct plumb_bids *bids, const char *name, char out[PLUMB_PLACE_N], struct plumb_message *message);

/* Writes a JSON file; takes the object. */
int plumb_bids_json(
    const struct plumb_bids *bids, const char *name, json_t *object, struct plumb_message *message);

/* Description, README, participants.json: for a new dataset. */
int plumb_bids_dataset(const struct plumb_bids *bids, struct plumb_message *message);

/* Adds a line to the table `path`, which may be there already; `header` begins a new one. A line that begins
 * with `key` and a tab stands already: nothing is added. Columns that somebody added behind ours get n/a. */
int plumb_bids_add_line(
    const char *path, const char *header, const char *key, const char *line, struct plumb_message *message);

/* 1 where the table's text has a line that begins with `key` and a tab. */
int plumb_bids_has_line(const char *text, const char *key);

/* Names the session; PLUMB_USAGE where the dataset has it already. */
int plumb_bids_name(
    struct plumb_bids *bids, const struct plumb_dossier *dossier, struct plumb_bids_session *session,
    struct plumb_message *message);

/* ---- adding to a dataset (bids_append.c) */

/* Finishes or removes what a killed export left, and makes `base`. 0 or negative; drop either way. */
int plumb_bids_append_begin(struct plumb_bids *bids, struct plumb_message *message);

/* Everything gets its place. 0, or negative; drop either way. */
int plumb_bids_append_take(struct plumb_bids *bids, struct plumb_message *message);

/* Removes what has no place yet. */
void plumb_bids_append_drop(struct plumb_bids *bids);

/* ---- one session (bids_session.c, bids_events.c) */

int plumb_bids_motion(
    const struct plumb_bids *bids, const struct plumb_bids_session *session, struct plumb_dossier *dossier,
    struct plumb_message *message);

int plumb_bids_events(
    const struct plumb_bids *bids, const struct plumb_bids_session *session,
    const struct plumb_dossier *dossier, struct plumb_message *message);

#endif
