/* Scenario files: every shipped one is good and says what it means; every bad one is refused by line. */
#include <CUnit/CUnit.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/io/load_scenario.h"
#include "host/patient/patient.h"
#include "include/plumb/motion.h"
#include "suite.h"

#define DEG     PLUMB_RAD_PER_DEG
#define SHIPPED PLUMB_SOURCE_DIR "/host/scenarios"

static struct plumb_scenario scenario;
static struct plumb_patient patient;

static void shipped(const char *name)
{
    struct plumb_message message = {""};
    char path[512];
    snprintf(path, sizeof path, SHIPPED "/%s.scenario", name);
    int fail = plumb_scenario_load(&scenario, path, &message);
    if (fail)
        fprintf(stderr, "%s\n", message.text);
    CU_ASSERT_EQUAL_FATAL(fail, 0);
    plumb_patient_init(&patient, &scenario);
}

static void every_shipped_file_is_good(void)
{
    DIR *folder = opendir(SHIPPED);
    int n = 0;
    CU_ASSERT_PTR_NOT_NULL_FATAL(folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        char name[256];
        char *dot = strstr(entry->d_name, ".scenario");
        if (!dot)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)(dot - entry->d_name), entry->d_name);
        shipped(name);
        CU_ASSERT(scenario.length_s >= 30 && scenario.length_s <= (scenario.follows ? 3600 : 600));
        n++;
    }
    closedir(folder);
    CU_ASSERT(n >= 8);
}

/* What the demonstration is for: a clean hold, then one that leaves the zone once, to about 9 degrees. */
static void the_demonstration_shows_one_lapse(void)
{
    double worst_rad[2] = {0, 0}, out_s = 0;
    int hold = -1, inside = 0;
    shipped("supine-edge-demo");
    for (double t_s = 0; t_s < scenario.length_s; t_s += 0.01) {
        struct plumb_truth truth = plumb_patient_truth(&patient, t_s);
        hold += truth.in_hold && !inside;
        inside = truth.in_hold;
        if (!inside || hold > 1)
            continue;
        worst_rad[hold] = fmax(worst_rad[hold], truth.tilt_rad);
        out_s += truth.in_zone ? 0 : 0.01;
    }
    CU_ASSERT_EQUAL(hold, 1);
    CU_ASSERT(worst_rad[0] < 2.5 * DEG);
    CU_ASSERT_DOUBLE_EQUAL(worst_rad[1], 9.5 * DEG, 1 * DEG);
    CU_ASSERT(out_s > 3 && out_s < 6);
    CU_ASSERT(plumb_patient_truth(&patient, 60).pose == PLUMB_SUPINE);
}

static void the_perfect_one_never_leaves_the_zone(void)
{
    shipped("supine-edge-perfect");
    for (double t_s = 0; t_s < scenario.length_s; t_s += 0.01) {
        struct plumb_truth truth = plumb_patient_truth(&patient, t_s);
        CU_ASSERT(!truth.in_hold || fabs(truth.tilt_rad) < 2.5 * DEG);
    }
}

static void the_example_knows_every_section(void)
{
    unsigned kinds = 0;
    shipped("example");
    for (size_t i = 0; i < scenario.acts_n; i++)
        kinds |= 1u << scenario.acts[i].kind;
    CU_ASSERT_EQUAL(kinds, (1u << PLUMB_ACTS_N) - 1);
    CU_ASSERT_EQUAL(scenario.faults_n, 2);
    CU_ASSERT_EQUAL(scenario.faults[0].kind, PLUMB_FAULT_LINE_GARBAGE);
    CU_ASSERT_EQUAL(scenario.faults[0].parameter, 500);
    CU_ASSERT_EQUAL(scenario.faults[1].kind, PLUMB_FAULT_NACK);
    CU_ASSERT_EQUAL(scenario.faults[1].imu, 0x69);
    CU_ASSERT_EQUAL(scenario.second, PLUMB_LUMBAR);
    CU_ASSERT_DOUBLE_EQUAL(scenario.error[0].gyro.offset.y, -2 * DEG, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(scenario.wear.turn_rad.z, 35 * DEG, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(scenario.breath_hz, 14.0 / 60, 1e-12);
}

static void markers_come_in_order(void)
{
    struct plumb_scenario_mark marks[PLUMB_SCENARIO_MARKS_N];
    unsigned seen = 0;
    shipped("example");
    size_t n = plumb_scenario_marks(&scenario, marks);
    for (size_t i = 0; i < n; i++) {
        CU_ASSERT(!i || marks[i].t_s >= marks[i - 1].t_s);
        CU_ASSERT(!marks[i].note == (marks[i].kind != PLUMB_NOTE));
        seen |= 1u << marks[i].kind;
    }
    CU_ASSERT_EQUAL(seen, (1u << PLUMB_MARKERS_N) - 1);
}

/* Loads the text as a file and says whether it was refused with this in its message. */
static void refused(const char *text, const char *saying)
{
    char path[] = "/tmp/plumb-scenario-XXXXXX";
    struct plumb_message message = {""};
    int file = mkstemp(path);
    CU_ASSERT_FATAL(file >= 0);
    CU_ASSERT(write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
    int fail = plumb_scenario_load(&scenario, path, &message);
    unlink(path);
    if (fail != PLUMB_DAMAGED || !strstr(message.text, saying))
        fprintf(stderr, "wanted \"%s\", got %d \"%s\"\n", saying, fail, message.text);
    CU_ASSERT_EQUAL(fail, PLUMB_DAMAGED);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, saying));
}

static void bad_files_are_refused_by_line(void)
{
    refused("[patient]\npose = upside-down\n", ":2:");
    refused("[patient]\nseed = 1\nbreath_pp_deg = many\n", ":3:");
    refused("[patient]\nbreath_pp_deg = 50\n", ":2:");
    refused("[patient]\nfavourite_colour = 3\n", ":2:");
    refused("[lapse 1]\ndeg = 5\n", "at_s");
    refused("[lapse 1]\nat_s = 5\ndeg = 5\nrise_s = 0\n", ":4:");
    refused("[waltz]\nat_s = 5\n", ":1:");
    refused("[patient]\nlength_s = 20\n[hold]\nat_s = 10\nfor_s = 11\n", ":3:");
    refused("[patient]\nlength_s = 20\n[fault]\nat_s = 10\nkind = nack\n", "for_s");
    refused("[patient]\nlength_s = 20\n[fault]\nat_s = 10\nkind = gremlin\n", ":5:");
    refused("[patient]\nname = Nobody\n", "nothing happens");
    refused("[clip]\nturn_deg = 1 2\n", ":2:");
}

static void too_much_is_refused(void)
{
    static char text[16384];
    size_t n = 0;
    for (int i = 0; i <= PLUMB_SCENARIO_ACTS_N; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "[bump %d]\nat_s = %d\n", i, i);
    refused(text, "no room");
    n = 0;
    for (int i = 0; i <= PLUMB_SCENARIO_POSES_N; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "[pose %d]\nat_s = %d\nto = prone\n", i, i);
    refused(text, "no room");
}

static void a_missing_file_is_no_damage(void)
{
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL(plumb_scenario_load(&scenario, "/nowhere/at/all.scenario", &message), PLUMB_FAILED);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "/nowhere/at/all.scenario"));
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"every_shipped_file_is_good", every_shipped_file_is_good},
        {"the_demonstration_shows_one_lapse", the_demonstration_shows_one_lapse},
        {"the_perfect_one_never_leaves_the_zone", the_perfect_one_never_leaves_the_zone},
        {"the_example_knows_every_section", the_example_knows_every_section},
        {"markers_come_in_order", markers_come_in_order},
        {"bad_files_are_refused_by_line", bad_files_are_refused_by_line},
        {"too_much_is_refused", too_much_is_refused},
        {"a_missing_file_is_no_damage", a_missing_file_is_no_damage},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("load_scenario", tests, argc, argv);
}
