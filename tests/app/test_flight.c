/* The demonstration flight through the real firmware: what live says, what analyze finds, and that both are
 * the same everywhere. Then the flight with trouble in the middle of a hold. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"
#include "suite.h"

#define LIVE "live", "--exercise", "supine-edge", "--side", "right"

/* The number behind "key": in one line; NAN when it is not there. */
static double number_in(const char *line, const char *key)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"%s\":", key);
    const char *at = line ? strstr(line, wanted) : NULL;
    const char *end = line ? strchr(line, '\n') : NULL;
    return at && (!end || at < end) ? strtod(at + strlen(wanted), NULL) : NAN;
}

/* The n-th line (from 0) that holds both texts; NULL when there are fewer. Borrowed. */
static const char *line_with(const char *text, const char *first, const char *second, int n)
{
    for (const char *line = text; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        const char *end = strchr(line, '\n');
        const char *a = strstr(line, first), *b = strstr(line, second);
        if (a && b && (!end || (a < end && b < end)) && n-- == 0)
            return line;
    }
    return NULL;
}

static void test_live_flags_the_lapse_and_counts_the_rest(void)
{
    const char *folder = folder_make();
    struct process live = PLUMB_RUN(
        folder, LIVE, "--source", "sim:supine-edge-demo?speed=max", "--record", "a.csv", "--jsonl",
        "--max-loss", "0");
    CU_ASSERT_EQUAL(live.exit_code, 0);
    CU_ASSERT_PTR_NOT_NULL(line_with(live.out, "\"mount\"", "\"good\"", 0));
    const char *flag = line_with(live.out, "flag_begin", "anterior_rotation", 0);
    CU_ASSERT(
        fabs(number_in(flag, "t_s") - 117.2) < 0.6); /* the patient's lapse: from 116 s, 9 deg within 1.4 s */
    CU_ASSERT_PTR_NULL(line_with(live.out, "flag_begin", "anterior_rotation", 1));
    CU_ASSERT_PTR_NOT_NULL(line_with(live.out, "flag_begin", "\"inferred\"", 0));
    const char *clean = line_with(live.out, "hold_end", "in_zone_s", 0),
               *lapse = line_with(live.out, "hold_end", "in_zone_s", 1);
    CU_ASSERT_DOUBLE_EQUAL(number_in(clean, "in_zone_s"), 30, 0.1);
    CU_ASSERT_DOUBLE_EQUAL(number_in(clean, "elapsed_s"), 30, 0.1);
    CU_ASSERT_DOUBLE_EQUAL(number_in(lapse, "in_zone_s"), 30, 0.1);
    CU_ASSERT(number_in(lapse, "elapsed_s") > 33);
    CU_ASSERT_DOUBLE_EQUAL(number_in(lapse, "excursions"), 1, 0);
    struct process analyze = PLUMB_RUN(folder, "analyze", "a.csv", "--json", "-", "--trace", "t.csv");
    char *raw = folder_read(folder, "a.csv"), *trace = folder_read(folder, "t.csv");
    CU_ASSERT_EQUAL(analyze.exit_code, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(analyze.out, "\"kind\": \"anterior_rotation\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(analyze.out, "\"method\": \"functional\""));
    CU_ASSERT(raw && trace && lines_in(raw) == lines_in(trace));
    free(raw);
    free(trace);
    process_free(&analyze);
    process_free(&live);
    folder_remove(folder);
}

static void test_the_flight_is_the_same_to_the_byte_in_another_locale_and_time_zone(void)
{
    const char *folder = folder_make();
    const char *const first[] = {LIVE,       "--source", "sim:supine-edge-perfect?speed=max",
                                 "--record", "a.csv",    NULL};
    const char *const second[] = {LIVE,       "--source", "sim:supine-edge-perfect?speed=max",
                                  "--record", "b.csv",    NULL};
    struct process here = process_plumb(folder, NULL, "LC_ALL=C", 120, first);
    struct process there = process_plumb(folder, NULL, "LC_ALL=de_DE.UTF-8", 120, second);
    const char *const render[] = {"render", "a.csv", "-o", "a.svg", NULL};
    const char *const again[] = {"render", "b.csv", "-o", "b.svg", NULL};
    struct process picture = process_plumb(folder, NULL, "TZ=Asia/Tokyo", 120, render);
    struct process same = process_plumb(folder, NULL, "LC_ALL=de_DE.UTF-8", 120, again);
    char *a = folder_read(folder, "a.csv"), *b = folder_read(folder, "b.csv");
    char *a_svg = folder_read(folder, "a.svg"), *b_svg = folder_read(folder, "b.svg");
    CU_ASSERT_EQUAL(here.exit_code, 0);
    CU_ASSERT_EQUAL(there.exit_code, 0);
    CU_ASSERT(a && b && strcmp(a, b) == 0);
    CU_ASSERT(a_svg && b_svg && strcmp(a_svg, b_svg) == 0);
    free(a), free(b), free(a_svg), free(b_svg);
    process_free(&here), process_free(&there), process_free(&picture), process_free(&same);
    folder_remove(folder);
}

/* Flies the demonstration with one fault from 65 s on, in the middle of the first hold. */
static struct process fly_with(const char *folder, const char *fault, const char *lasts)
{
    char faults[160];
    int n = snprintf(faults, sizeof faults, "[fault 1]\nat_s = 65\nkind = %s\n%s", fault, lasts);
    folder_write(folder, "faults", faults, (size_t)n);
    return PLUMB_RUN(
        folder, LIVE, "--source", "sim:supine-edge-demo?speed=max&faults=faults", "--record", "a.csv",
        "--jsonl");
}

/* Said within a second, timer paused, goes on by itself, nothing lost before it. */
static void expect_recovery(const char *folder, const struct process *live, const char *said, double away_s)
{
    const char *line = line_with(live->out, said, "t_s", 0);
    double said_s = number_in(line, "host_s");
    const char *hold = line_with(live->out, "hold_end", "in_zone_s", 0);
    CU_ASSERT_EQUAL(live->exit_code, 0);
    if (!(said_s >= 65 && said_s <= 66.05))
        printf("\"%s\" said at %.3f s\n", said, said_s);
    CU_ASSERT(said_s >= 65 && said_s <= 66.05);
    CU_ASSERT_DOUBLE_EQUAL(number_in(hold, "in_zone_s"), 30, 0.3);
    CU_ASSERT(number_in(hold, "elapsed_s") > 30 + away_s);
    char *raw = folder_read(folder, "a.csv");
    size_t before = 0;
    for (const char *row = raw ? strchr(raw, '\n') : NULL; row && strtod(row + 1, NULL) < 64.95;
         row = strchr(row + 1, '\n'))
        before++;
    CU_ASSERT(
        fabs((double)before / 200 - 64.95) <
        0.7); /* 200 Hz from power-on, the chip's clock 1 % off at most */
    free(raw);
}

static void test_the_line_is_cut_for_three_seconds(void)
{
    const char *folder = folder_make();
    struct process live = fly_with(folder, "line-cut", "for_s = 3\n");
    expect_recovery(folder, &live, "\"silent\"", 2.5);
    CU_ASSERT_PTR_NOT_NULL(line_with(live.out, "flag_begin", "signal_lost", 0));
    CU_ASSERT_DOUBLE_EQUAL(number_in(line_with(live.out, "flag_end", "signal_lost", 0), "t_s"), 68, 0.4);
    process_free(&live);
    folder_remove(folder);
}

static void test_the_board_is_reset(void)
{
    const char *folder = folder_make();
    struct process live = fly_with(folder, "reset", "");
    expect_recovery(folder, &live, "\"segment\"", 0);
    process_free(&live);
    folder_remove(folder);
}

static void test_the_sensor_freezes(void)
{
    const char *folder = folder_make();
    struct process live = fly_with(folder, "stuck", "imu = 0x68\nfor_s = 3\n");
    expect_recovery(folder, &live, "\"trouble\"", 2.5);
    process_free(&live);
    folder_remove(folder);
}

static void test_the_sensor_stops_answering(void)
{
    const char *folder = folder_make();
    struct process live = fly_with(folder, "nack", "imu = 0x68\nfor_s = 3\n");
    expect_recovery(folder, &live, "\"trouble\"", 2.5);
    process_free(&live);
    folder_remove(folder);
}

static void test_the_plug_is_pulled(void)
{
    const char *folder = folder_make();
    struct process live = fly_with(folder, "unplug", "for_s = 4\n");
    expect_recovery(folder, &live, "\"silent\"", 3.5);
    CU_ASSERT_PTR_NOT_NULL(strstr(live.err, "unplugged"));
    CU_ASSERT_PTR_NOT_NULL(strstr(live.err, "is back"));
    process_free(&live);
    folder_remove(folder);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"lapse", test_live_flags_the_lapse_and_counts_the_rest},
        {"locale", test_the_flight_is_the_same_to_the_byte_in_another_locale_and_time_zone},
        {"line cut", test_the_line_is_cut_for_three_seconds},
        {"reset", test_the_board_is_reset},
        {"frozen", test_the_sensor_freezes},
        {"no answer", test_the_sensor_stops_answering},
        {"unplugged", test_the_plug_is_pulled},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("flight", tests, argc, argv);
}
