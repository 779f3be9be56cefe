#include "played.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/core/mark.h"
#include "host/core/track.h"
#include "host/core/units.h"
#include "host/io/find_data.h"
#include "host/io/load_scenario.h"
#include "host/patient/patient.h"
#include "host/session/analysis.h"
#include "host/session/session.h"

#define STEP_S  0.01 /* of the sensor: the firmware's other rate, and the motion is looked at as often */
#define MARKS_N 256
#define LINE_N  256

struct play {
    struct played *played;
    const struct plumb_exercise *exercise;
    struct plumb_patient patient;
    struct plumb_session *session;
    struct plumb_track track;
    struct plumb_mark marks[MARKS_N];
    size_t marks_n;
    int over;
    /* of each hold as live judged it */
    struct plumb_neutral neutrals[PLAYED_HOLDS_N];
    struct plumb_judge_params judging[PLAYED_HOLDS_N];
    struct plumb_vec3 live_up_s, live_axis_s; /* at the first hold */
};

/* ---- the scenario */

static int copy_with_seed(FILE *from, FILE *to, int seed)
{
    char line[LINE_N];
    while (fgets(line, sizeof line, from))
        if (strncmp(line, "seed", 4) == 0)
            fprintf(to, "seed = %d\n", seed);
        else
            fputs(line, to);
    return ferror(from) || ferror(to) ? -1 : 0;
}

static int write_with_seed(const char *path, char to_path[], int seed)
{
    int file = mkstemps(to_path, 9);
    FILE *from = fopen(path, "r"), *to = file < 0 ? NULL : fdopen(file, "w");
    int fail = !from || !to ? -1 : copy_with_seed(from, to, seed);
    if (from)
        fclose(from);
    if (to && fclose(to))
        fail = -1;
    return fail;
}

int played_scenario(struct plumb_scenario *scenario, const char *id, int seed)
{
    char path[PLUMB_PATH_N], copy[] = "/tmp/plumb-played-XXXXXX.scenario";
    struct plumb_message message = {"cannot be copied"};
    int fail = plumb_data_find("scenarios", ".scenario", id, path, &message);
    if (!fail)
        fail = write_with_seed(path, copy, seed);
    if (!fail)
        fail = plumb_scenario_load(scenario, copy, &message);
    unlink(copy);
    if (fail)
        fprintf(stderr, "%s: %s\n", id, message.text);
    return fail ? -1 : 0;
}

/* ---- the recording */

static int sensors_n(const struct play *play)
{
    return play->patient.scenario.second == PLUMB_PELVIS ? 1 : 2;
}

static enum plumb_role role_of(const struct play *play, int sensor)
{
    return sensor ? play->patient.scenario.second : PLUMB_PELVIS;
}

static int make_track(struct play *play)
{
    size_t most = (size_t)(play->patient.scenario.length_s / STEP_S) + 2;
    struct plumb_track *track = &play->track;
    track->t_s = malloc(most * sizeof *track->t_s);
    track->present = malloc(most);
    track->flags = malloc(most);
    int fail = !track->t_s || !track->present || !track->flags;
    for (int i = 0; i < sensors_n(play); i++)
        fail |= !(track->imu[role_of(play, i)] = malloc(most * sizeof **track->imu));
    return fail ? -1 : 0;
}

static void free_track(struct plumb_track *track)
{
    free(track->t_s);
    free(track->present);
    free(track->flags);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        free(track->imu[role]);
}

static void record(struct play *play, const struct plumb_row *row)
{
    struct plumb_track *track = &play->track;
    enum plumb_marker kind;
    if (row->marker && plumb_marker_find(row->marker, strlen(row->marker), &kind) && play->marks_n < MARKS_N)
        play->marks[play->marks_n++] = (struct plumb_mark){kind, track->n, row->sample.t_s, NULL};
    track->t_s[track->n] = row->sample.t_s;
    track->present[track->n] = (unsigned char)row->sample.present;
    track->flags[track->n] = (unsigned char)row->sample.flags;
    for (int i = 0; i < sensors_n(play); i++) {
        enum plumb_role role = role_of(play, i);
        track->imu[role][track->n] = plumb_imu_pack(&row->sample.imu[role]);
    }
    track->n++;
}

/* ---- live */

static void begin_hold(struct play *play)
{
    const struct plumb_prepare *prepare = &play->session->prepare;
    const struct plumb_mount *mount = &prepare->mount[PLUMB_PELVIS];
    int n = play->played->holds_n[PLAYED_LIVE];
    if (n == PLAYED_HOLDS_N)
        return;
    play->neutrals[n] = prepare->neutral;
    play->judging[n] = play->session->judging;
    play->judging[n].lag_s = 0;
    if (n)
        return;
    play->live_up_s = plumb_quat_apply(mount->q_sb, prepare->neutral.up_b[PLUMB_PELVIS]);
    play->live_axis_s = mount->ml_axis_s;
    play->played->mount_good[PLAYED_LIVE] = mount->quality == PLUMB_MOUNT_GOOD;
}

static void end_hold(struct play *play, const struct plumb_hold *hold)
{
    int *n = &play->played->holds_n[PLAYED_LIVE];
    if (*n < PLAYED_HOLDS_N)
        play->played->holds[PLAYED_LIVE][(*n)++] = *hold;
}

static void drain(struct play *play)
{
    struct plumb_event event;
    while (plumb_session_next(play->session, &event)) {
        if (event.kind == PLUMB_EVENT_SAMPLE)
            record(play, &event.row);
        if (event.kind == PLUMB_EVENT_HOLD_BEGIN)
            begin_hold(play);
        if (event.kind == PLUMB_EVENT_HOLD_END)
            end_hold(play, &event.hold);
        play->over |= event.kind == PLUMB_EVENT_DONE;
    }
}

static void feel(struct play *play, struct plumb_imu_error error[2], struct plumb_sample *sample)
{
    sample->present = 0;
    for (int i = 0; i < sensors_n(play); i++) {
        enum plumb_role role = role_of(play, i);
        struct plumb_clip_motion motion = plumb_patient_clip(&play->patient, role, sample->t_s);
        sample->present |= 1u << role;
        sample->imu[role] = plumb_imu_error_apply(
            &error[i], &play->patient.scenario.error[i], &motion.felt, sample->t_s, STEP_S);
    }
}

static void play_live(struct play *play)
{
    struct plumb_imu_error error[2];
    struct plumb_sample sample = {0};
    struct plumb_session_params params;
    plumb_session_params_default(&params);
    params.exercise = play->exercise;
    params.side = play->patient.scenario.right ? PLUMB_RIGHT : PLUMB_LEFT;
    plumb_session_init(play->session, &params);
    for (int i = 0; i < 2; i++)
        plumb_imu_error_init(&error[i], play->patient.scenario.seed + (uint64_t)i);
    for (int i = 1; !play->over && i * STEP_S < play->patient.scenario.length_s; i++) {
        sample.t_s = i * STEP_S;
        feel(play, error, &sample);
        plumb_session_sample(play->session, (int64_t)(sample.t_s * 1e6), &sample);
        drain(play);
    }
    plumb_session_finish(play->session);
    drain(play);
}

/* ---- afterwards */

static double between_rad(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return atan2(plumb_vec3_norm(plumb_vec3_cross(a, b)), plumb_vec3_dot(a, b));
}

/* Where the clip truly had up over that time. */
static struct plumb_vec3 true_up(const struct play *play, double from_s, double to_s)
{
    struct plumb_vec3 sum = {0, 0, 0}, up_w = {0, 0, 1};
    for (double t_s = from_s; t_s <= to_s; t_s += 10 * STEP_S) {
        struct plumb_quat q_ws = plumb_patient_clip(&play->patient, PLUMB_PELVIS, t_s).q_ws;
        sum = plumb_vec3_add(sum, plumb_quat_apply(plumb_quat_conj(q_ws), up_w));
    }
    return plumb_vec3_unit(sum);
}

static void compare_places(struct play *play, const struct plumb_analysis *analysis)
{
    struct played *played = play->played;
    const struct plumb_mount *mount = &analysis->mount[PLUMB_PELVIS];
    struct plumb_vec3 after_up_s = plumb_quat_apply(mount->q_sb, analysis->neutral.up_b[PLUMB_PELVIS]);
    struct plumb_vec3 true_up_s = true_up(play, play->neutrals[0].start_s, play->neutrals[0].end_s);
    played->neutral_apart_rad = between_rad(play->live_up_s, after_up_s);
    played->neutral_off_rad[PLAYED_LIVE] = between_rad(play->live_up_s, true_up_s);
    played->neutral_off_rad[PLAYED_AFTER] = between_rad(after_up_s, true_up_s);
    played->mount_apart_rad = between_rad(play->live_axis_s, mount->ml_axis_s);
    played->mount_good[PLAYED_AFTER] = mount->quality == PLUMB_MOUNT_GOOD;
}

static int play_after(struct play *play)
{
    struct plumb_analysis analysis;
    struct plumb_analysis_params params;
    struct played *played = play->played;
    plumb_analysis_params_default(&params);
    params.exercise = play->exercise;
    params.side = play->patient.scenario.right ? PLUMB_RIGHT : PLUMB_LEFT;
    int fail = plumb_analyze(&analysis, &params, &play->track, play->marks, play->marks_n);
    for (size_t i = 0; !fail && i < analysis.holds_n && i < PLAYED_HOLDS_N; i++)
        played->holds[PLAYED_AFTER][played->holds_n[PLAYED_AFTER]++] = analysis.holds[i].hold;
    if (!fail && played->holds_n[PLAYED_LIVE] && play->neutrals[0].end_s > 0)
        compare_places(play, &analysis);
    plumb_analysis_free(&analysis);
    return fail;
}

/* ---- the truth */

static int trembles(enum plumb_act_kind kind)
{
    return kind == PLUMB_ACT_COUGH || kind == PLUMB_ACT_SPEECH || kind == PLUMB_ACT_BUMP ||
           kind == PLUMB_ACT_WALK;
}

/* The person as they meant it: breathing and will, with neutral where the session took it. */
static void calm(const struct play *play, const struct plumb_neutral *neutral, struct plumb_patient *patient)
{
    struct plumb_scenario scenario = play->patient.scenario;
    struct plumb_act window = plumb_act_default(PLUMB_ACT_NEUTRAL);
    size_t kept_n = 0;
    for (size_t i = 0; i < scenario.acts_n; i++)
        if (!trembles(scenario.acts[i].kind) && scenario.acts[i].kind != PLUMB_ACT_NEUTRAL)
            scenario.acts[kept_n++] = scenario.acts[i];
    scenario.acts_n = kept_n;
    scenario.tremor_rad = 0;
    window.at_s = neutral->start_s;
    window.hold_s = neutral->end_s - neutral->start_s;
    plumb_scenario_add(&scenario, window);
    plumb_patient_init(patient, &scenario);
}

static void judge_truth(
    const struct play *play, const struct plumb_truth *truth, const struct plumb_judge_params *params,
    struct plumb_judge *judge, struct plumb_hold *hold)
{
    struct plumb_angles angles = PLUMB_ANGLES_NONE;
    struct plumb_judge_change change;
    angles.tilt_rad = truth->tilt_rad;
    angles.rotation_rad = truth->rotation_rad;
    angles.obliquity_rad = truth->obliquity_rad;
    angles.lumbar_rad = truth->lumbar_rad;
    if (play->exercise->judged)
        plumb_judge_push(judge, params, truth->t_s, &angles, &change);
    else if (isnan(angles.tilt_rad))
        angles.tilt_rad = 0; /* a companion exercise counts its time whatever the pelvis does */
    plumb_hold_push(hold, truth->t_s, angles.tilt_rad, plumb_judge_paused(judge));
}

static void play_truth(struct play *play, int i)
{
    const struct plumb_hold *live = &play->played->holds[PLAYED_LIVE][i];
    struct plumb_hold *hold = &play->played->holds[PLAYED_TRUTH][i];
    struct plumb_judge judge = {0};
    struct plumb_patient *patient = malloc(sizeof *patient);
    if (!patient)
        return;
    calm(play, &play->neutrals[i], patient);
    plumb_hold_begin(hold, live->start_s);
    for (double t_s = live->start_s; t_s <= live->end_s; t_s += STEP_S) {
        struct plumb_truth truth = plumb_patient_truth(patient, t_s);
        judge_truth(play, &truth, &play->judging[i], &judge, hold);
    }
    play->played->holds_n[PLAYED_TRUTH]++;
    free(patient);
}

int played_fly(
    struct played *played, const struct plumb_scenario *scenario, const struct plumb_exercise *exercise)
{
    struct play *play = calloc(1, sizeof *play);
    memset(played, 0, sizeof *played);
    played->neutral_off_rad[0] = played->neutral_off_rad[1] = NAN;
    played->neutral_apart_rad = played->mount_apart_rad = NAN;
    if (!play || !(play->session = malloc(sizeof *play->session))) {
        free(play);
        return -1;
    }
    play->played = played;
    play->exercise = exercise;
    plumb_patient_init(&play->patient, scenario);
    int fail = make_track(play);
    if (!fail) {
        play_live(play);
        fail = play_after(play);
    }
    for (int i = 0; !fail && i < played->holds_n[PLAYED_LIVE]; i++)
        play_truth(play, i);
    free_track(&play->track);
    free(play->session);
    free(play);
    return fail ? -1 : 0;
}
