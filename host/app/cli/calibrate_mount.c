/* plumb calibrate mount: how the clip sits, without an exercise behind it. Nothing is kept: it is measured
 * anew every time the clip is worn. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../core/units.h"
#include "../../io/json_calib.h"
#include "../../io/load_exercise.h"
#include "../../io/message_fail.h"
#include "../../io/source_replay.h"
#include "../shared/doubt_words.h"
#include "calibrate.h"
#include "live_shell.h"
#include "study.h"

#define DEG PLUMB_DEG_PER_RAD

static void tell_json(const struct plumb_mount *mount)
{
    char *text = plumb_json_mount(mount);
    if (text)
        puts(text);
    free(text);
}

static void tell(const struct plumb_calibrate *run, const struct plumb_mount *mount)
{
    struct plumb_vec3 axis = mount->ml_axis_s;
    if (run->options.json) {
        tell_json(mount);
        return;
    }
    printf(
        "clip alignment: %s\n",
        mount->quality == PLUMB_MOUNT_GOOD ? "measured, good" : "approximate, not measured well");
    printf("  the wearer's right is %.3f %.3f %.3f in the sensor's axes\n", axis.x, axis.y, axis.z);
    printf(
        "  %d tilts, %.0f %% of the turning about one axis, that axis known to %.1f deg\n", mount->tilts_n,
        100 * mount->explained, mount->axis_sd_rad * DEG);
    for (unsigned bit = 1; bit && bit <= mount->doubts; bit <<= 1)
        if (mount->doubts & bit)
            printf("  %s\n", plumb_doubt_words(bit));
}

static int from_recording(struct plumb_calibrate *run, struct plumb_message *message)
{
    struct plumb_source_uri uri;
    struct plumb_study study;
    int fail = plumb_replay_uri(&uri, run->options.source + strlen("replay:"), message);
    if (fail)
        return fail;
    struct plumb_study_options options = {
        .name = uri.path, .exercise = run->options.exercise, .side = run->options.side, .without_q_ws = 1};
    fail = plumb_study_open(&study, &options, message);
    if (!fail)
        tell(run, &study.analysis.mount[PLUMB_PELVIS]);
    plumb_study_close(&study);
    return fail;
}

/* The exercise up to and with its first neutral. */
static void cut_at_neutral(struct plumb_exercise *exercise)
{
    for (int i = 0; i < exercise->steps_n; i++)
        if (exercise->steps[i].kind == PLUMB_STEP_NEUTRAL) {
            exercise->steps_n = i + 1;
            return;
        }
}

static int from_wearer(struct plumb_calibrate *run, struct plumb_message *message)
{
    struct plumb_live_shell shell = {0};
    struct plumb_live *live = calloc(1, sizeof *live);
    if (!live)
        return plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    live->options = plumb_live_options_usual();
    live->options.source = run->options.source;
    live->options.exercise = run->options.exercise ? run->options.exercise : PLUMB_STUDY_EXERCISE;
    live->options.side = run->options.side == PLUMB_STUDY_NO_SIDE ? PLUMB_STUDY_SIDE : run->options.side;
    live->options.calib = run->options.calib;
    live->options.wait_s = run->options.wait_s;
    live->options.no_record = 1;
    live->options.sound = isatty(STDERR_FILENO) ? PLUMB_VOICE_FULL : PLUMB_VOICE_OFF;
    live->cut = cut_at_neutral;
    int fail = plumb_live_shell_run(&shell, live, message);
    if (!fail && live->session.prepare.have_mount)
        tell(run, &live->session.prepare.mount[PLUMB_PELVIS]);
    else if (!fail)
        fail = plumb_message_fail(
            message, PLUMB_FAILED,
            "it ended before the tilts and the arch were seen: begin again, and go on to the end");
    free(live);
    return fail;
}

int plumb_calibrate_mount(struct plumb_calibrate *run, struct plumb_message *message)
{
    int is_recording = strncmp(run->options.source, "replay:", strlen("replay:")) == 0;
    return is_recording ? from_recording(run, message) : from_wearer(run, message);
}
