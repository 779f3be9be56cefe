#include "study.h"

#include <stdio.h>
#include <string.h>

#include "../../core/units.h"
#include "../../io/find_data.h"
#include "../../io/load_exercise.h"
#include "../../io/load_limits.h"
#include "../../io/message_fail.h"
#include "../shared/doubt_words.h"
#include "../shared/named.h"
#include "verb.h"

/* ---- opening */

static int take_exercise(struct plumb_asked *asked, const char *exercise, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    asked->params.limits = NULL; /* a session's own are those of its exercise */
    int fail = plumb_data_find("exercises", ".exercise", exercise, path, message);
    return fail ? fail : plumb_exercise_load(&asked->exercise, path, message);
}

static void take_side(struct plumb_asked *asked, int side)
{
    asked->params.side = (enum plumb_side)side;
    asked->params.turns_n = 0;
}

static int take_limits(struct plumb_asked *asked, const char *limits, struct plumb_message *message)
{
    enum plumb_side side = asked->params.side;
    return plumb_limits_load(
        asked->params.limits ? &asked->limits[side] : &asked->exercise.thresholds, limits, asked->exercise.id,
        side, message);
}

/* What is said goes over what is there. */
static int
take(struct plumb_asked *asked, const struct plumb_study_options *options, struct plumb_message *message)
{
    int fail = options->exercise ? take_exercise(asked, options->exercise, message) : 0;
    if (!fail && options->side != PLUMB_STUDY_NO_SIDE)
        take_side(asked, options->side);
    if (!fail && options->limits)
        fail = take_limits(asked, options->limits, message);
    asked->params.causal = options->causal;
    asked->params.without_q_ws = options->without_q_ws;
    return fail;
}

static int
load_file(struct plumb_asked *asked, const struct plumb_study_options *options, struct plumb_message *message)
{
    struct plumb_study_options said = *options;
    if (!said.exercise)
        said.exercise = PLUMB_STUDY_EXERCISE;
    if (said.side == PLUMB_STUDY_NO_SIDE)
        said.side = PLUMB_STUDY_SIDE;
    plumb_analysis_params_default(&asked->params);
    asked->params.exercise = &asked->exercise;
    int fail = take(asked, &said, message);
    return fail ? fail : plumb_recording_load(&asked->recording, options->name, message);
}

static int load_session(
    struct plumb_asked *asked, const struct plumb_study_options *options, struct plumb_message *message)
{
    struct plumb_message news;
    int64_t id = 0;
    int fail = 0;
    struct plumb_store *store = plumb_named_store(options->name, &id, &news, &fail, message);
    if (!store)
        return fail;
    plumb_tell_news(&news);
    fail = plumb_asked_load(store, id, asked, message);
    plumb_store_close(store);
    return fail ? fail : take(asked, options, message);
}

int plumb_study_open(
    struct plumb_study *study, const struct plumb_study_options *options, struct plumb_message *message)
{
    struct plumb_asked *asked = &study->asked;
    memset(study, 0, sizeof *study);
    int fail = (plumb_named_is_file(options->name) ? load_file : load_session)(asked, options, message);
    if (fail)
        return fail;
    if (plumb_analyze(
            &study->analysis, &asked->params, &asked->recording.track, asked->recording.marks,
            asked->recording.marks_n))
        return plumb_message_fail(
            message, PLUMB_FAILED, "%s: not enough memory to analyse it", options->name);
    return 0;
}

int plumb_study_dossier(
    const struct plumb_study *study, struct plumb_dossier *dossier, struct plumb_message *message)
{
    const struct plumb_recording *recording = &study->asked.recording;
    if (plumb_dossier_of_analysis(
            dossier, &study->analysis, &study->asked.params, &recording->track, recording->marks,
            recording->marks_n))
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for what was found");
    return 0;
}

void plumb_study_close(struct plumb_study *study)
{
    plumb_analysis_free(&study->analysis);
    plumb_asked_free(&study->asked);
}

/* 1 where no row has all six values of the pelvis' sensor. */
static int all_empty(const struct plumb_track *track)
{
    for (size_t row = 0; row < track->n; row++)
        if (track->present[row] & 1u << PLUMB_PELVIS)
            return 0;
    return 1;
}

static void tell_mount(const struct plumb_analysis *analysis)
{
    static const char *const from[] = {
        [PLUMB_FROM_MARKERS] = "the marked tilts",
        [PLUMB_FROM_SEARCH] = "tilts found in the recording",
        [PLUMB_FROM_NOTHING] = "nothing: assumed as the manual shows the clip",
    };
    const struct plumb_mount *mount = &analysis->mount[PLUMB_PELVIS];
    fprintf(
        stderr, "plumb: mount from %s, %s\n", from[analysis->mount_from],
        mount->quality == PLUMB_MOUNT_GOOD ? "good" : "approximate");
    for (unsigned bit = 1; bit < 1u << PLUMB_DOUBTS_N; bit <<= 1)
        if (mount->doubts & bit)
            fprintf(stderr, "plumb: mount: %s\n", plumb_doubt_words(bit));
}

static void tell_trust(const struct plumb_study *study)
{
    const struct plumb_analysis *analysis = &study->analysis;
    if (analysis->other_pose)
        fprintf(
            stderr,
            "plumb: if the clip sits as the manual shows, this looks like %s; the exercise wants %s\n",
            plumb_pose_words(analysis->pose_seen),
            plumb_pose_words(plumb_exercise_pose(&study->asked.exercise, study->asked.params.side)));
    for (size_t i = 0; i < analysis->holds_n; i++)
        if (analysis->holds[i].neutral_change_rad > PLUMB_NEUTRAL_NOISE_RAD)
            fprintf(
                stderr,
                "plumb: hold %zu: neutral has moved by %.1f deg by the end of the set: slipped clip or "
                "changed "
                "posture\n",
                i + 1, analysis->holds[i].neutral_change_rad * PLUMB_DEG_PER_RAD);
    for (size_t i = 0; i < analysis->flags_n; i++)
        if (analysis->flags[i].kind == PLUMB_SENSOR_SLIP)
            fprintf(
                stderr,
                "plumb: the clip slipped by %.1f deg at %.2f s: the angles until %.2f s are in doubt\n",
                analysis->flags[i].peak_rad * PLUMB_DEG_PER_RAD, analysis->flags[i].onset_s,
                analysis->flags[i].end_s);
}

void plumb_study_tell_doubts(const struct plumb_study *study)
{
    const struct plumb_analysis *analysis = &study->analysis;
    if (study->asked.recording.cut_rows_n)
        fputs("plumb: the last line was cut short and left out\n", stderr);
    if (all_empty(&study->asked.recording.track)) {
        fputs("plumb: the recording has no readings: there is nothing to find\n", stderr);
        return;
    }
    tell_mount(analysis);
    if (analysis->neutral_from == PLUMB_FROM_SEARCH)
        fprintf(
            stderr, "plumb: no neutral is marked: the first stillness (%.1f to %.1f s) is taken for it\n",
            analysis->neutral.start_s, analysis->neutral.end_s);
    if (analysis->neutral_from == PLUMB_FROM_NOTHING)
        fputs("plumb: no stillness was found: the first two seconds are taken for neutral\n", stderr);
    if (!analysis->holds_marked)
        fputs("plumb: no hold is marked: all that follows neutral is taken for one\n", stderr);
    tell_trust(study);
}
