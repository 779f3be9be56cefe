/* Random people's holds, with and without a slip of the clip: what a recording's analysis and the live
 * session say of them. */
#include <stdio.h>
#include <stdlib.h>

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

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"no slips", test_lapses_coughs_bumps_and_sway_are_no_slips},
        {"slips", test_slips_are_found_with_the_seconds_in_doubt},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("slip_session", tests, argc, argv);
}
