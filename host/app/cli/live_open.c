/* What is opened before the first sample, and what is told after the last. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../../io/find_data.h"
#include "../../io/load_exercise.h"
#include "../../io/load_limits.h"
#include "../../io/load_words.h"
#include "../../io/message_fail.h"
#include "live.h"

static int name_recording(struct plumb_live *live, struct plumb_message *message)
{
    char folder[PLUMB_PATH_N], stamp[32];
    time_t now = time(NULL);
    struct tm local;
    if (live->options.record) {
        snprintf(live->recording, sizeof live->recording, "%s", live->options.record);
        return 0;
    }
    int fail = plumb_data_make("recordings", folder, message);
    localtime_r(&now, &local);
    strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
    snprintf(
        live->recording, sizeof live->recording, "%s/%s-%s-%s.csv", folder, stamp, live->exercise.id,
        plumb_side_name(live->options.side));
    return fail;
}

/* Said before the guidance begins, not at its first sample. */
static int check_recording(const struct plumb_live *live, struct plumb_message *message)
{
    char part[sizeof live->recording + 8], folder[sizeof live->recording];
    snprintf(part, sizeof part, "%s.part", live->recording);
    snprintf(folder, sizeof folder, "%s", live->recording);
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    if (access(live->recording, F_OK) == 0 || access(part, F_OK) == 0)
        return plumb_message_fail(
            message, PLUMB_USAGE, "%s is there already: a recording is never written over", live->recording);
    if (access(slash ? (*folder ? folder : "/") : ".", W_OK))
        return plumb_message_fail(
            message, PLUMB_NO_RIGHT,
            "%s: the folder cannot be written (--record FILE names another, --no-record does without)",
            live->recording);
    return 0;
}

static int load_limits(struct plumb_live *live, struct plumb_message *message)
{
    int fail = 0;
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++) {
        live->limits[side] = live->exercise.thresholds;
        if (!fail && live->options.limits)
            fail = plumb_limits_load(
                &live->limits[side], live->options.limits, live->exercise.id, (enum plumb_side)side, message);
    }
    return fail;
}

static int load_exercise(struct plumb_live *live, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
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

static void begin_session(struct plumb_live *live)
{
    struct plumb_session_params params;
    plumb_session_params_default(&params);
    params.exercise = &live->exercise;
    params.limits = live->limits;
    params.side = live->options.side;
    params.both_sides = live->options.both_sides;
    params.stiffer = live->options.stiffer;
    plumb_session_init(&live->session, &params);
    if (live->options.patient) {
        snprintf(live->patient, sizeof live->patient, "note:patient %s", live->options.patient);
        plumb_session_mark(&live->session, live->patient);
    }
}

/* No sound is no reason to stop: it is said, and the session goes on. */
static int open_sound(struct plumb_live *live, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    struct plumb_live_options *options = &live->options;
    if (options->sound < 0)
        options->sound = options->sound_file || isatty(STDERR_FILENO) ? PLUMB_VOICE_FULL : PLUMB_VOICE_OFF;
    if (options->sound == PLUMB_VOICE_OFF)
        return 0;
    int fail = plumb_data_find("words", ".words", options->words, path, message);
    if (!fail)
        fail = plumb_words_load(&live->words, &live->exercise, path, message);
    if (fail)
        return fail;
    plumb_voice_init(&live->voice, (enum plumb_voice_mode)options->sound, &live->words);
    struct plumb_sound_options sound = {options->sound_file, live->words.voice, options->volume};
    struct plumb_message without = {""};
    if (plumb_sound_start(&live->sound, &sound, &without))
        fprintf(stderr, "plumb: %s\n", without.text);
    return 0;
}

int plumb_live_open(struct plumb_live *live, struct plumb_message *message)
{
    int fail = load_exercise(live, message);
    if (!fail)
        fail = open_sound(live, message);
    if (fail)
        return fail;
    begin_session(live);
    live->source = plumb_source_open(live->options.source, &fail, message);
    if (live->source)
        fprintf(stderr, "plumb: %s\n", plumb_source_describe(live->source));
    if (!fail && !live->options.no_record)
        fail = name_recording(live, message);
    if (!fail && !live->options.no_record)
        fail = check_recording(live, message);
    return fail;
}

/* What a clean hold has earned; the rest is asked, never decided (EXERCISES, "Rules over a programme"). */
static void tell_earned(const struct plumb_live *live)
{
    const struct plumb_exercise *exercise = &live->exercise;
    const int *clean_n = live->session.clean_n;
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++)
        if (clean_n[side] && exercise->weight.where[0])
            printf(
                "%s side: a full clean hold. A weight on the %s, %.1f to %.1f kg, may be tried.\n",
                plumb_side_name((enum plumb_side)side), exercise->weight.where, exercise->weight.from_kg,
                exercise->weight.to_kg);
    if (exercise->next_id[0] && clean_n[PLUMB_LEFT] && clean_n[PLUMB_RIGHT])
        printf("%s If so, %s comes next.\n", exercise->next_ask, exercise->next_id);
}

void plumb_live_tell(const struct plumb_live *live)
{
    const struct plumb_session *session = &live->session;
    const struct plumb_link_counters *counters = &session->link.counters;
    printf(
        "%s, %s: %.1f s in the zone, %lu flags%s\n", live->exercise.name,
        session->sides_n > 1               ? "both sides"
        : live->options.side == PLUMB_LEFT ? "left side"
                                           : "right side",
        session->in_zone_s, live->flags_n, session->stopped ? ", stopped by the user" : "");
    if (live->first_hold_s > 0)
        printf("from plugging in to the first hold: %.0f s\n", live->first_hold_s);
    tell_earned(live);
    printf(
        "%llu samples, %llu bad frames, %llu samples lost (%.3f %%)\n", (unsigned long long)counters->samples,
        (unsigned long long)(counters->damaged + counters->too_long + counters->too_short),
        (unsigned long long)counters->lost, 100 * plumb_link_loss(&session->link));
    if (live->recorder)
        printf("recording: %s%s\n", live->recording, live->record_fail ? ".part (not whole)" : "");
}
