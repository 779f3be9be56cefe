/* Random people's holds, with and without a slip of the clip: what a recording's analysis and the live
 * session say of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/core/units.h"
#include "host/patient/patient.h"
#include "host/session/analysis.h"
#include "host/session/session.h"
#include "lying.h"
#include "suite.h"

#define DEG       PLUMB_RAD_PER_DEG
#define RATE_HZ   100.0
#define HOLDS_N   110 /* people without a slip; some hold twice */
#define SLIPS_N   80
#define SLIPS_AT  1000 /* their seeds */
#define SECONDS_N 300

/* What one person's clip felt. */
struct ride {
    struct plumb_track track; /* owned */
    struct plumb_mark marks[PLUMB_SCENARIO_MARKS_N];
    size_t marks_n;
};

static void ride(struct ride *ride, const struct plumb_scenario *scenario)
{
    static struct plumb_patient patient;
    struct plumb_imu_error error;
    size_t n = (size_t)(scenario->length_s * RATE_HZ);
    struct plumb_track *track = &ride->track;
    *ride = (struct ride){.track.n = n};
    plumb_patient_init(&patient, scenario);
    plumb_imu_error_init(&error, scenario->seed);
    track->t_s = malloc(n * sizeof *track->t_s);
    track->present = malloc(n);
    track->flags = calloc(n, 1);
    track->imu[PLUMB_PELVIS] = malloc(n * sizeof **track->imu);
    for (size_t i = 0; i < n; i++) {
        track->t_s[i] = (double)i / RATE_HZ;
        track->present[i] = 1u << PLUMB_PELVIS;
        struct plumb_imu felt = plumb_patient_clip(&patient, PLUMB_PELVIS, track->t_s[i]).felt;
        felt = plumb_imu_error_apply(&error, &scenario->error[0], &felt, track->t_s[i], 1 / RATE_HZ);
        track->imu[PLUMB_PELVIS][i] = plumb_imu_pack(&felt);
    }
    struct plumb_scenario_mark marks[PLUMB_SCENARIO_MARKS_N];
    ride->marks_n = plumb_scenario_marks(scenario, marks);
    for (size_t i = 0; i < ride->marks_n; i++) {
        size_t row = (size_t)fmin(marks[i].t_s * RATE_HZ, (double)n - 1);
        ride->marks[i] = (struct plumb_mark){marks[i].kind, row, track->t_s[row], NULL};
    }
}

static struct plumb_analysis analyze(const struct plumb_scenario *scenario)
{
    static struct plumb_exercise exercise;
    struct plumb_analysis_params params;
    struct plumb_analysis analysis;
    struct ride taken;
    lying_exercise(&exercise);
    plumb_analysis_params_default(&params);
    params.exercise = &exercise;
    ride(&taken, scenario);
    CU_ASSERT_EQUAL(plumb_analyze(&analysis, &params, &taken.track, taken.marks, taken.marks_n), 0);
    struct lying owner = {.track = taken.track};
    lying_free(&owner);
    return analysis;
}

static const struct plumb_flag *find(const struct plumb_analysis *analysis)
{
    for (size_t i = 0; i < analysis->flags_n; i++)
        if (analysis->flags[i].kind == PLUMB_SENSOR_SLIP)
            return &analysis->flags[i];
    return NULL;
}

static void test_lapses_coughs_bumps_and_sway_are_no_slips(void)
{
    int holds_n = 0, false_n = 0, poses_n = 0;
    for (unsigned seed = 1; seed <= HOLDS_N; seed++) {
        static struct plumb_scenario scenario;
        plumb_scenario_random(&scenario, seed, seed % 2 ? 1 : 0.5);
        struct plumb_analysis analysis = analyze(&scenario);
        holds_n += (int)analysis.holds_n;
        false_n += find(&analysis) != NULL;
        poses_n += analysis.other_pose;
        plumb_analysis_free(&analysis);
    }
    printf(
        "%d holds without a slip: %d false; %d poses doubted, clips any way up\n", holds_n, false_n, poses_n);
    CU_ASSERT(holds_n >= 100);
    CU_ASSERT_EQUAL(false_n, 0);
    CU_ASSERT(poses_n <= HOLDS_N / 20);
}

/* The same people quiet in one long hold, but for a slip and a lapse well after it. */
static double slip_in(struct plumb_scenario *scenario, unsigned seed, double *size_rad)
{
    struct plumb_rng rng = plumb_rng_of(seed);
    double begin_s = 0;
    size_t kept = 0;
    plumb_scenario_random(scenario, seed, 0.7);
    for (size_t i = 0; i < scenario->acts_n && begin_s <= 0; i++) {
        if (scenario->acts[i].kind == PLUMB_ACT_HOLD)
            begin_s = scenario->acts[i].at_s;
        else
            kept = i + 1;
    }
    scenario->acts_n = kept;
    struct plumb_act hold = plumb_act_default(PLUMB_ACT_HOLD), slip = plumb_act_default(PLUMB_ACT_SLIP);
    struct plumb_act lapse = plumb_act_default(PLUMB_ACT_LAPSE);
    hold.at_s = begin_s;
    hold.hold_s = 45;
    slip.at_s = begin_s + plumb_rng_uniform(&rng, 3, 15);
    slip.rise_s = plumb_rng_uniform(&rng, 0.1, 0.3);
    *size_rad = slip.size_rad = plumb_rng_uniform(&rng, 5, 15) * DEG;
    lapse.at_s = begin_s + 30;
    lapse.size_rad = 7 * DEG;
    plumb_scenario_add(scenario, hold);
    plumb_scenario_add(scenario, slip);
    plumb_scenario_add(scenario, lapse);
    scenario->length_s = begin_s + 50;
    return slip.at_s;
}

static void test_slips_are_found_with_the_seconds_in_doubt(void)
{
    int found_n = 0, moved_n = 0;
    for (unsigned seed = SLIPS_AT; seed < SLIPS_AT + SLIPS_N; seed++) {
        static struct plumb_scenario scenario;
        double size_rad, at_s = slip_in(&scenario, seed, &size_rad);
        struct plumb_analysis analysis = analyze(&scenario);
        const struct plumb_flag *flag = find(&analysis);
        found_n += flag != NULL;
        moved_n += analysis.holds[0].neutral_change_rad > PLUMB_NEUTRAL_NOISE_RAD;
        if (flag) {
            CU_ASSERT_DOUBLE_EQUAL(flag->onset_s, at_s + 0.1, 0.3);
            CU_ASSERT_DOUBLE_EQUAL(flag->end_s, analysis.holds[0].hold.end_s, 0.02);
            CU_ASSERT_DOUBLE_EQUAL(flag->peak_rad, size_rad, 1.5 * DEG);
            CU_ASSERT_EQUAL(flag->basis, PLUMB_MEASURED);
            size_t row = (size_t)((flag->end_s - 1) * RATE_HZ);
            CU_ASSERT(analysis.row_flags[row] >> PLUMB_SENSOR_SLIP & 1u);
            CU_ASSERT_FALSE(
                analysis.row_flags[(size_t)((flag->onset_s - 0.1) * RATE_HZ)] >> PLUMB_SENSOR_SLIP & 1u);
        }
        plumb_analysis_free(&analysis);
    }
    printf("slips found: %d of %d; neutral moved by the end: %d\n", found_n, SLIPS_N, moved_n);
    CU_ASSERT(found_n >= 0.9 * SLIPS_N);
    CU_ASSERT(moved_n >= 0.8 * SLIPS_N);
}

/* ---- live: somebody who does what the session asks for, with a clip as the manual shows it */

struct live {
    struct plumb_session session;
    struct plumb_patient patient;
    double slip_deg;
    int slips_n, ended_n, advice_n, rows_n; /* rows_n: with the slip's bit */
    double slip_s, hold_s, hold_end_s;
    char advice[PLUMB_EXERCISE_TEXT_N];
};

static void act(struct live *live, enum plumb_act_kind kind, double at_s, double size_deg)
{
    struct plumb_act what = plumb_act_default(kind);
    what.at_s = at_s;
    what.size_rad = size_deg * DEG;
    if (kind == PLUMB_ACT_SLIP)
        what.rise_s = 0.2;
    plumb_scenario_add(&live->patient.scenario, what);
}

static void perform(struct live *live, double t_s)
{
    enum plumb_step_kind kind = plumb_session_step(&live->session)->kind;
    if (kind == PLUMB_STEP_TILTS)
        act(live, PLUMB_ACT_TILTS, t_s + 2, 8);
    if (kind == PLUMB_STEP_ARCH)
        act(live, PLUMB_ACT_ARCH, t_s + 1, 8);
    if (kind != PLUMB_STEP_HOLD)
        return;
    live->hold_s = t_s;
    if (live->slip_deg > 0)
        act(live, PLUMB_ACT_SLIP, t_s + 5, live->slip_deg);
}

static void note(struct live *live, const struct plumb_event *event)
{
    int slip = event->flag.kind == PLUMB_SENSOR_SLIP;
    live->slips_n += event->kind == PLUMB_EVENT_FLAG_BEGIN && slip;
    live->ended_n += event->kind == PLUMB_EVENT_FLAG_END && slip;
    if (event->kind == PLUMB_EVENT_FLAG_BEGIN && slip)
        live->slip_s = event->flag.onset_s;
    if (event->kind == PLUMB_EVENT_SAMPLE)
        live->rows_n += (int)(event->row.flags >> PLUMB_SENSOR_SLIP & 1u);
    if (event->kind == PLUMB_EVENT_HOLD_END)
        live->hold_end_s = event->t_s;
    if (event->kind == PLUMB_EVENT_ADVICE) {
        live->advice_n++;
        snprintf(live->advice, sizeof live->advice, "%s", event->text);
    }
    if (event->kind == PLUMB_EVENT_STEP)
        perform(live, event->t_s);
}

static struct live *go_live(enum plumb_pose pose, double slip_deg)
{
    static struct plumb_exercise exercise;
    struct plumb_session_params params;
    struct plumb_scenario scenario;
    struct live *live = calloc(1, sizeof *live);
    lying_exercise(&exercise);
    exercise.steps_n = 4;
    exercise.steps[0] = (struct plumb_step){.kind = PLUMB_STEP_TILTS, .count = 4, .at_most_s = 40};
    exercise.steps[1] = (struct plumb_step){.kind = PLUMB_STEP_ARCH, .at_most_s = 20};
    exercise.steps[2] = (struct plumb_step){.kind = PLUMB_STEP_NEUTRAL, .for_s = 8};
    exercise.steps[3] = (struct plumb_step){.kind = PLUMB_STEP_HOLD, .in_zone_s = 30, .at_most_s = 40};
    plumb_session_params_default(&params);
    params.exercise = &exercise;
    plumb_scenario_default(&scenario);
    scenario.pose = pose;
    plumb_session_init(&live->session, &params);
    plumb_patient_init(&live->patient, &scenario);
    live->slip_deg = slip_deg;
    for (int i = 1; i < SECONDS_N * RATE_HZ && !(live->hold_end_s > 0); i++) {
        struct plumb_sample sample = {.t_s = i / RATE_HZ, .present = 1u << PLUMB_PELVIS};
        struct plumb_event event;
        sample.imu[PLUMB_PELVIS] = plumb_patient_clip(&live->patient, PLUMB_PELVIS, sample.t_s).felt;
        plumb_session_sample(&live->session, (int64_t)(sample.t_s * 1e6), &sample);
        while (plumb_session_next(&live->session, &event))
            note(live, &event);
    }
    CU_ASSERT(live->hold_end_s > 0);
    return live;
}

static void test_live_a_slip_is_flagged_to_the_end_and_neutral_has_moved(void)
{
    struct live *live = go_live(PLUMB_SUPINE, 8);
    CU_ASSERT_EQUAL(live->slips_n, 1);
    CU_ASSERT_EQUAL(live->ended_n, 1);
    CU_ASSERT_DOUBLE_EQUAL(live->slip_s, live->hold_s + 5.1, 0.15);
    CU_ASSERT_DOUBLE_EQUAL(live->rows_n / RATE_HZ, live->hold_end_s - live->slip_s - PLUMB_SLIP_STAY_S, 0.5);
    CU_ASSERT_EQUAL(live->advice_n, 1);
    CU_ASSERT_EQUAL(strncmp(live->advice, "Neutral has moved by ", 21), 0);
    /* The clip turns about (0.36, 0.48, 0.8), gravity is along z: up moves by 8 deg times 0.6. */
    CU_ASSERT_DOUBLE_EQUAL(live->session.neutral_change_rad, 8 * 0.6 * DEG, 0.7 * DEG);
    free(live);
}

static void test_live_nothing_is_said_of_a_quiet_hold(void)
{
    struct live *live = go_live(PLUMB_SUPINE, 0);
    CU_ASSERT_EQUAL(live->slips_n, 0);
    CU_ASSERT_EQUAL(live->advice_n, 0);
    CU_ASSERT(live->session.neutral_change_rad < 1 * DEG);
    free(live);
}

static void test_live_the_wrong_pose_is_said_before_the_hold(void)
{
    struct live *live = go_live(PLUMB_PRONE, 0);
    CU_ASSERT_EQUAL(live->advice_n, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(live->advice, "this looks like lying on your front"));
    CU_ASSERT_PTR_NOT_NULL(strstr(live->advice, "wants lying on your back"));
    free(live);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"no slips", test_lapses_coughs_bumps_and_sway_are_no_slips},
        {"slips", test_slips_are_found_with_the_seconds_in_doubt},
        {"live slip", test_live_a_slip_is_flagged_to_the_end_and_neutral_has_moved},
        {"live quiet", test_live_nothing_is_said_of_a_quiet_hold},
        {"live pose", test_live_the_wrong_pose_is_said_before_the_hold},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("slip_session", tests, argc, argv);
}
