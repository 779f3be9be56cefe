/* What is opened before the first sample. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../io/find_data.h"
#include "../../io/load_exercise.h"
#include "../../io/load_limits.h"
#include "../../io/load_words.h"
#include "../../io/patient_limits.h"
#include "live.h"
#include "open_source.h"

static void say(struct plumb_live *live, const char *text)
{
    if (live->hooks.say)
        live->hooks.say(live->hooks.context, live, text);
}

/* The file asked for; or the person's own, where there is one; else empty. */
static void find_limits(const struct plumb_live *live, char path[PLUMB_PATH_N])
{
    struct plumb_message without = {""};
    if (live->options.limits)
        snprintf(path, PLUMB_PATH_N, "%s", live->options.limits);
    else if (plumb_patient_limits_path(live->options.patient, path, &without) || access(path, F_OK))
        path[0] = '\0'; /* no home, no limits of one's own */
}

static int load_limits(struct plumb_live *live, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    int fail = 0;
    find_limits(live, path);
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++) {
        live->limits[side] = live->exercise.thresholds;
        if (!fail && *path)
            fail = plumb_limits_load(
                &live->limits[side], path, live->exercise.id, (enum plumb_side)side, message);
    }
    return fail;
}

static int load_exercise(struct plumb_live *live, struct plumb_message *message)
{
    char *path = live->exercise_path;
    int fail = plumb_data_find("exercises", ".exercise", live->options.exercise, path, message);
    if (!fail)
        fail = plumb_exercise_load(&live->exercise, path, message);
    if (!fail && live->options.longest)
        plumb_exercise_longest(&live->exercise);
    if (!fail && live->cut)
        live->cut(&live->exercise);
    if (!fail)
        fail = plumb_clip_calib_init(&live->calib, live->options.calib, message);
    return fail ? fail : load_limits(live, message);
}

/* What is on record decides nothing; it says what may be tried. A store that cannot be read is said when the
 * recorder is opened. */
static void look_back(struct plumb_live *live)
{
    struct plumb_message without = {""};
    live->past.stiffer = -1;
    if (live->options.no_record)
        return;
    plumb_past_load(&live->past, live->options.patient, &live->exercise, &without);
    if (live->options.stiffer < 0)
        live->options.stiffer = live->past.stiffer;
}

static void begin_session(struct plumb_live *live)
{
    struct plumb_session_params params;
    plumb_session_params_default(&params);
    params.exercise = &live->exercise;
    params.words = &live->words;
    params.limits = live->limits;
    params.side = live->options.side;
    params.both_sides = live->options.both_sides;
    params.stiffer = live->options.stiffer;
    plumb_session_init(&live->session, &params);
    if (live->options.patient) {
        snprintf(live->patient, sizeof live->patient, PLUMB_RECORDER_PATIENT "%s", live->options.patient);
        plumb_session_mark(&live->session, live->patient);
    }
}

/* The exercise's sentences become the language's; what is kept of the session stays as it was written. */
static int load_words(struct plumb_live *live, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    int fail = plumb_data_find("words", ".words", live->options.words, path, message);
    live->as_written = live->exercise;
    return fail ? fail : plumb_words_load(&live->words, &live->exercise, path, message);
}

/* No sound is no reason to stop: it is said, and the session goes on. */
static void open_sound(struct plumb_live *live)
{
    const struct plumb_live_options *options = &live->options;
    if (options->sound == PLUMB_VOICE_OFF)
        return;
    plumb_voice_init(&live->voice, (enum plumb_voice_mode)options->sound, &live->words);
    struct plumb_sound_options sound = {options->sound_file, live->words.voice, options->volume};
    struct plumb_message without = {""};
    if (plumb_sound_start(&live->sound, &sound, &without))
        say(live, without.text);
}

/* The side that comes first. */
static enum plumb_side first_side(const struct plumb_live *live)
{
    const struct plumb_session_params *params = &live->session.params;
    enum plumb_side sides[PLUMB_EXERCISE_SIDES_N] = {params->side};
    if (params->both_sides)
        plumb_exercise_sides(params->exercise, params->side, params->stiffer, sides);
    return sides[0];
}

static int open_recorder(struct plumb_live *live, struct plumb_message *message)
{
    struct plumb_message aside = {""};
    struct plumb_recorder_about about = {
        .csv = live->options.record,
        .exercise_path = live->exercise_path,
        .keep = {
            .patient = live->options.patient,
            .exercise = &live->as_written,
            .side = first_side(live),
            .both_sides = live->options.both_sides,
            .limits = live->limits,
            .source = plumb_source_describe(live->source),
            .program = live->options.program}};
    int fail = plumb_recorder_open(&live->recorder, &about, &aside);
    if (fail)
        *message = aside;
    else if (aside.text[0])
        say(live, aside.text);
    return fail;
}

int plumb_live_open(struct plumb_live *live, struct plumb_message *message)
{
    int fail = load_exercise(live, message);
    if (!fail)
        fail = load_words(live, message);
    if (fail)
        return fail;
    open_sound(live);
    look_back(live);
    begin_session(live);
    live->source = plumb_open_source(live->options.source, &fail, message);
    if (live->source)
        say(live, plumb_source_describe(live->source));
    if (!fail && !live->options.no_record)
        fail = open_recorder(live, message);
    return fail;
}
