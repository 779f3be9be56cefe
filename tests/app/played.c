#include "played.h"

#include <stdlib.h>
#include <string.h>

#include "host/io/load_exercise.h"
#include "host/session/analysis.h"
#include "suite.h"

struct played *play(enum manner manner)
{
    struct played *played = calloc(1, sizeof *played);
    CU_ASSERT_PTR_NOT_NULL_FATAL(played);
    struct plumb_message message = {""};
    struct plumb_analysis_params params;
    CU_ASSERT_EQUAL_FATAL(
        plumb_exercise_load(
            &played->exercise, PLUMB_SOURCE_DIR "/host/exercises/supine-edge.exercise", &message),
        0);
    played->rehearsal = calloc(1, sizeof *played->rehearsal);
    CU_ASSERT_PTR_NOT_NULL_FATAL(played->rehearsal);
    rehearse(played->rehearsal, &played->exercise, manner, 0, 600, NULL);
    plumb_analysis_params_default(&params);
    params.exercise = &played->exercise;
    params.side = PLUMB_RIGHT;
    const struct rehearsal *rehearsal = played->rehearsal;
    CU_ASSERT_EQUAL_FATAL(
        plumb_analyze(&played->analysis, &params, &rehearsal->track, rehearsal->marks, rehearsal->marks_n),
        0);
    CU_ASSERT_EQUAL_FATAL(
        plumb_dossier_of_analysis(
            &played->dossier, &played->analysis, &params, &rehearsal->track, rehearsal->marks,
            rehearsal->marks_n),
        0);
    strcpy(played->dossier.patient.alias, "Anna");
    played->dossier.begun_utc_us = PLAYED_UTC_US;
    played->dossier.utc_offset_s = 3600;
    return played;
}

void unplay(struct played *played)
{
    plumb_dossier_free(&played->dossier);
    plumb_analysis_free(&played->analysis);
    rehearsal_free(played->rehearsal);
    free(played->rehearsal);
    free(played);
}
