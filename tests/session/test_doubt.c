/* The seconds of a hold that are in doubt, each for one reason; what trembled, as it was made. */
#include "host/session/doubt.h"

#include <math.h>
#include <string.h>

#include "host/core/units.h"
#include "suite.h"

#define RATE_HZ 200.0
#define ROWS_N  8000 /* 40 s */

static double t_s[ROWS_N];
static float tilt_rad[ROWS_N], tilt_sd_rad[ROWS_N];
static unsigned short row_flags[ROWS_N];

/* One hold of 30 s from 5 s on in a recording of 40 s; the tilt breathes and trembles. */
static void
lie(struct plumb_analysis *analysis, struct plumb_track *track, struct plumb_hold_window *hold,
    double tremor_rad)
{
    *hold = (struct plumb_hold_window){.begin = 1000, .end = 7000, .hold = {.start_s = 5, .end_s = 35}};
    *track = (struct plumb_track){.n = ROWS_N, .t_s = t_s};
    *analysis = (struct plumb_analysis){
        .holds = hold,
        .holds_n = 1,
        .n = ROWS_N,
        .tilt_rad = tilt_rad,
        .tilt_sd_rad = tilt_sd_rad,
        .row_flags = row_flags};
    memset(row_flags, 0, sizeof row_flags);
    for (size_t i = 0; i < ROWS_N; i++) {
        double t = t_s[i] = (double)i / RATE_HZ;
        tilt_sd_rad[i] = 0.01f;
        tilt_rad[i] =
            (float)(0.015 * sin(2 * PLUMB_PI * 0.25 * t) + tremor_rad * sin(2 * PLUMB_PI * 7.3 * t));
    }
}

static void a_quiet_hold_leaves_no_doubt(void)
{
    struct plumb_analysis analysis;
    struct plumb_track track;
    struct plumb_hold_window hold;
    struct plumb_doubt doubt;
    lie(&analysis, &track, &hold, 0);
    plumb_doubt_of_analysis(&doubt, &analysis, &track);
    CU_ASSERT_EQUAL(doubt.sum_s, 0);
}

static void each_second_counts_once_for_its_first_reason(void)
{
    struct plumb_analysis analysis;
    struct plumb_track track;
    struct plumb_hold_window hold;
    struct plumb_doubt doubt;
    lie(&analysis, &track, &hold, 0);
    for (size_t i = 0; i < 200; i++) {
        row_flags[i] = 1u << PLUMB_SENSOR_SLIP; /* outside of the hold */
        row_flags[1200 + 2 * i] = row_flags[1201 + 2 * i] = 1u << PLUMB_SENSOR_SLIP | 1u << PLUMB_SATURATED;
        tilt_rad[1200 + i] = NAN; /* slipped and not known: counted once */
        tilt_rad[2000 + i] = NAN;
        tilt_sd_rad[3000 + i / 2] = 0.05f;
    }
    for (size_t i = 4000; i < ROWS_N; i++)
        t_s[i] += 1.2; /* so long nothing came */
    hold.hold.end_s += 1.2;
    plumb_doubt_of_analysis(&doubt, &analysis, &track);
    CU_ASSERT_DOUBLE_EQUAL(doubt.why_s[PLUMB_WHY_SLIPPED], 2, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(doubt.why_s[PLUMB_WHY_RANGE], 0, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(doubt.why_s[PLUMB_WHY_UNKNOWN], 1, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(doubt.why_s[PLUMB_WHY_WIDE], 0.5, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(doubt.why_s[PLUMB_WHY_NO_DATA], 1.205, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(doubt.sum_s, 4.705, 1e-6);
}

static void tremor_is_found_as_large_as_it_was(void)
{
    struct plumb_analysis analysis;
    struct plumb_track track;
    struct plumb_hold_window hold;
    for (int i = 0; i < 4; i++) {
        double made_rad = 0.002 * i;
        lie(&analysis, &track, &hold, made_rad);
        double found_rad = plumb_tremor_of_analysis(&analysis, &track);
        CU_ASSERT_DOUBLE_EQUAL(found_rad, made_rad / sqrt(2), 0.0001);
    }
    hold.end = hold.begin + 1000; /* 5 s are too short */
    CU_ASSERT(isnan(plumb_tremor_of_analysis(&analysis, &track)));
}

static CU_TestInfo tests[] = {
    {"a_quiet_hold_leaves_no_doubt", a_quiet_hold_leaves_no_doubt},
    {"each_second_counts_once_for_its_first_reason", each_second_counts_once_for_its_first_reason},
    {"tremor_is_found_as_large_as_it_was", tremor_is_found_as_large_as_it_was},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("doubt", tests, argc, argv);
}
