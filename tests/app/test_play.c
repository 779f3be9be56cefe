/* Exercises through the real firmware on the emulated board, each with a patient who does as asked: run to
 * their end.
 *
 *     test_play          one of each kind
 *     test_play all      every exercise that has such a patient
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"
#include "suite.h"

static const struct row {
    const char *id;
    int some; /* 1: in the short run too */
    double in_zone_s;
    int counted_n;
} rows[] = {
    {"supine-slide", 0, 30, 0},
    {"supine-edge", 0, 60, 0},
    {"supine-hang", 0, 180, 0},
    {"prone-strap", 0, 90, 0},
    {"half-kneeling", 0, 60, 0},
    {"standing-lunge", 1, 30, 0},
    {"psoas-split", 1, 48, 0},
    {"lying-drop", 0, 30, 0},
    {"sidelying-release", 1, 0, 3},
    {"doorway-side", 1, 0, 2},
    {"prone-leg-raise", 0, 150, 0},
    {"supine-leg-raise", 0, 100, 0},
    {"side-bend", 0, 150, 0},
    {"hip-abduction", 0, 100, 0},
    {"hip-adduction", 0, 100, 0},
    {"crab-walk", 0, 0, 10},
    {"frog", 0, 75, 0},
    {"butterfly", 1, 10, 0},
    {"childs-pose", 0, 10, 0},
    {"knee-drop", 0, 10, 0},
    {"figure-four", 0, 10, 0},
    {"low-lunge", 0, 10, 0},
};

static int all;

static int times(const char *text, const char *wanted)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, wanted)); at += strlen(wanted))
        n++;
    return n;
}

static void play(const struct row *row)
{
    char source[96];
    const char *folder = folder_make();
    snprintf(source, sizeof source, "sim:%s-perfect?speed=max", row->id);
    struct process live = PLUMB_RUN(
        folder, "live", "--source", source, "--exercise", row->id, "--no-record", "--jsonl", "--jsonl-hz",
        "0");
    const char *done = strstr(live.out, "\"event\":\"done\"");
    double in_zone_s = done ? strtod(strstr(done, "\"in_zone_s\":") + 12, NULL) : NAN;
    int counted_n = times(live.out, "\"event\":\"rep\"") + times(live.out, "\"event\":\"breath\"");
    int good = live.exit_code == 0 && done &&
               fabs(in_zone_s - row->in_zone_s) <= 0.002 * row->in_zone_s + 0.05 &&
               counted_n == row->counted_n && times(live.out, "flag_begin") == 0;
    CU_ASSERT(good);
    if (!good)
        printf(
            "%s: exit %d, done %d, %.2f s in the zone, %d counted\n", row->id, live.exit_code, done != NULL,
            in_zone_s, counted_n);
    process_free(&live);
    folder_remove(folder);
}

static void test_run_to_their_end(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (all || rows[i].some)
            play(&rows[i]);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {{"run to their end", test_run_to_their_end}, CU_TEST_INFO_NULL};
    all = argc > 1 && strcmp(argv[1], "all") == 0;
    return plumb_suite_run("play", tests, all ? 1 : argc, argv);
}
