/* A recording opened, analysed and ready to be told, written or drawn. */
#ifndef PLUMB_STUDY_H
#define PLUMB_STUDY_H

#include "../../io/recording.h"
#include "../../session/analysis.h"
#include "../../session/dossier.h"

struct plumb_study {
    struct plumb_exercise exercise;
    struct plumb_recording recording;
    struct plumb_analysis_params params;
    struct plumb_analysis analysis;
};

/* What the options say. */
struct plumb_study_options {
    const char *recording, *exercise;
    const char *limits; /* a person's file of thresholds, or NULL */
    int side;
    int causal;
};

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
