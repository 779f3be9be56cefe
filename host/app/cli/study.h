/* A recording or a stored session opened, analysed and ready to be told, written or drawn. */
#ifndef PLUMB_STUDY_H
#define PLUMB_STUDY_H

#include "../../session/dossier.h"
#include "../../store/asked.h"

struct plumb_study {
    struct plumb_asked asked;
    struct plumb_analysis analysis;
};

#define PLUMB_STUDY_EXERCISE "supine-edge" /* of a file, where nothing is said */
#define PLUMB_STUDY_SIDE     PLUMB_RIGHT

/* What the options say. A stored session brings its own exercise, side and limits: what is said goes over
 * them. */
struct plumb_study_options {
    const char *name;     /* of a file or of a session, as in shared/named.h */
    const char *exercise; /* NULL: not said */
    const char *limits;   /* a person's file of thresholds, or NULL */
    int side;             /* enum plumb_side; PLUMB_STUDY_NO_SIDE: not said */
    int causal;
    int without_q_ws; /* 1: nobody asks for the orientations: less memory */
};

#define PLUMB_STUDY_NO_SIDE (-1)

/* What --help says of it, the same in every verb. */
#define PLUMB_STUDY_ARGS  "SESSION|RAW.csv"
#define PLUMB_STUDY_WHICH "which session? Give \"last\", its number, or the name of a raw CSV file"
#define PLUMB_STUDY_SESSION_HELP                                                                             \
    "SESSION is one of the store (\"last\", a number, the beginning of a uuid; plumb sessions lists them), " \
    "or "                                                                                                    \
    "the name of a raw CSV file.\n"
#define PLUMB_STUDY_EXERCISE_HELP                                                                            \
    "the exercise, by id or by file; default the session's own, of a file " PLUMB_STUDY_EXERCISE
#define PLUMB_STUDY_SIDE_HELP "the stretched side; default the session's own, of a file right"

/* 0, or a negative enum plumb_fail with message. Close either way. */
int plumb_study_open(
    struct plumb_study *study, const struct plumb_study_options *options, struct plumb_message *message);

void plumb_study_close(struct plumb_study *study);

/* The session after the fact as one value; borrows the study until plumb_dossier_free. */
int plumb_study_dossier(
    const struct plumb_study *study, struct plumb_dossier *dossier, struct plumb_message *message);

/* Says on stderr what was assumed and what is in doubt, a line each. */
void plumb_study_tell_doubts(const struct plumb_study *study);

#endif
