/* What bad input gets (DESIGN): one clear line, exit 6, nothing half written. Every verb that reads a
 * recording, every kind of bad file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"
#include "suite.h"

#define HEAD                                                                                                 \
    "t_s,pelvis_ax_mps2,pelvis_ay_mps2,pelvis_az_mps2,pelvis_gx_radps,pelvis_gy_radps,pelvis_gz_radps\n"

static const struct {
    const char *name, *bytes;
    size_t n; /* 0: strlen */
} bad_files[] = {
    {"empty.csv", "", 0},
    {"binary.csv",
     "\x7f"
     "ELF\0\1\2\3\0\0\0\0garbage\n\xff\xfe",
     22},
    {"picture.csv", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16},
    {"truncated.csv", HEAD "0.00,0,0,9.81,0,0\n0.01,0,0,9.81,0,0,0\n", 0},
    {"unsorted.csv", HEAD "0.00,0,0,9.81,0,0,0\n0.02,0,0,9.81,0,0,0\n0.01,0,0,9.81,0,0,0\n", 0},
    {"twice.csv", HEAD "0.00,0,0,9.81,0,0,0\n0.00,0,0,9.81,0,0,0\n", 0},
    {"words.csv", HEAD "0.00,0,0,9.81,0,0,0\n0.01,0,zero,9.81,0,0,0\n", 0},
    {"nan.csv", HEAD "0.00,0,0,9.81,0,0,0\n0.01,nan,0,9.81,0,0,0\n", 0},
    {"comma.csv", "t_s;pelvis_ax_mps2;pelvis_ay_mps2\n0,00;0,1;9,81\n", 0},
    {"latin1.csv", HEAD "0.00,0,0,9.81,0,0,0\n\xe4\xf6\xfc,0,0,9.81,0,0,0\n", 0},
    {"nocolumns.csv", "t_s,tilt_deg\n0,1\n", 0},
    {"nogyro.csv", "t_s,pelvis_ax_mps2,pelvis_ay_mps2,pelvis_az_mps2\n0,0,0,9.81\n", 0},
    {"cut.csv.gz", "\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b", 11},
};

#define BAD_N (sizeof bad_files / sizeof *bad_files)

static size_t size_of(size_t i)
{
    return bad_files[i].n ? bad_files[i].n : strlen(bad_files[i].bytes);
}

static void expect_refusal(const struct process *process, const char *verb, const char *name)
{
    char what[128];
    snprintf(what, sizeof what, "plumb %s %s", verb, name);
    int good = process->exit_code == 6 && lines_in(process->err) == 1 && strstr(process->err, name) &&
               !*process->out;
    if (!good)
        printf("%s: exit %d, says: %s\n", what, process->exit_code, process->err);
    CU_ASSERT(good);
}

static void write_bad_files(const char *folder)
{
    for (size_t i = 0; i < BAD_N; i++)
        CU_ASSERT_EQUAL(folder_write(folder, bad_files[i].name, bad_files[i].bytes, size_of(i)), 0);
}

static void test_analyze_refuses_each(void)
{
    const char *folder = folder_make();
    write_bad_files(folder);
    for (size_t i = 0; i < BAD_N; i++) {
        struct process process =
            PLUMB_RUN(folder, "analyze", bad_files[i].name, "--json", "a.json", "--trace", "a.csv");
        char *json = folder_read(folder, "a.json"), *trace = folder_read(folder, "a.csv");
        expect_refusal(&process, "analyze", bad_files[i].name);
        CU_ASSERT_PTR_NULL(json);
        CU_ASSERT_PTR_NULL(trace);
        process_free(&process);
    }
    folder_remove(folder);
}

static void test_orient_refuses_each(void)
{
    const char *folder = folder_make();
    write_bad_files(folder);
    for (size_t i = 0; i < BAD_N; i++) {
        struct process process = PLUMB_RUN(folder, "orient", bad_files[i].name);
        expect_refusal(&process, "orient", bad_files[i].name);
        process_free(&process);
    }
    folder_remove(folder);
}

static void test_render_refuses_each(void)
{
    const char *folder = folder_make();
    write_bad_files(folder);
    for (size_t i = 0; i < BAD_N; i++) {
        struct process process = PLUMB_RUN(folder, "render", bad_files[i].name, "-o", "a.pdf");
        char *picture = folder_read(folder, "a.pdf");
        expect_refusal(&process, "render", bad_files[i].name);
        CU_ASSERT_PTR_NULL(picture);
        process_free(&process);
    }
    folder_remove(folder);
}

static void test_sim_and_replay_refuse_each(void)
{
    const char *folder = folder_make();
    write_bad_files(folder);
    for (size_t i = 0; i < BAD_N; i++) {
        char uri[80];
        snprintf(uri, sizeof uri, "replay:%s?speed=max", bad_files[i].name);
        struct process sim = PLUMB_RUN(folder, "sim", "--motion", bad_files[i].name);
        struct process live = PLUMB_RUN(folder, "live", "--source", uri);
        expect_refusal(&sim, "sim", bad_files[i].name);
        expect_refusal(&live, "live", bad_files[i].name);
        process_free(&sim);
        process_free(&live);
    }
    folder_remove(folder);
}

static void test_wrong_units_are_named(void)
{
    char text[60000] = HEAD, *at = text + strlen(text);
    const char *folder = folder_make();
    for (int i = 0; i < 400; i++)
        at += snprintf(at, 80, "%.2f,%.3f,0.01,0.998,0.1,0.2,0.1\n", i * 0.01, 0.001 * (i % 7));
    folder_write(folder, "g.csv", text, (size_t)(at - text));
    struct process process = PLUMB_RUN(folder, "analyze", "g.csv");
    expect_refusal(&process, "analyze", "g.csv");
    CU_ASSERT_PTR_NOT_NULL(strstr(process.err, "m/s2"));
    process_free(&process);
    folder_remove(folder);
}

static void test_missing_file_and_missing_rights(void)
{
    const char *folder = folder_make();
    struct process process = PLUMB_RUN(folder, "analyze", "nowhere.csv");
    CU_ASSERT_NOT_EQUAL(process.exit_code, 0);
    CU_ASSERT_EQUAL(lines_in(process.err), 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(process.err, "nowhere.csv"));
    process_free(&process);
    folder_remove(folder);
}

static void test_an_exercise_with_a_mistake_names_its_line(void)
{
    static const char text[] =
        "[exercise]\nid = mine\nname = Mine\npose = supine\n[thresholds]\nred_deg = 1\n"
        "[step 1]\ndo = hold\nin_zone_s = 10\n";
    const char *folder = folder_make();
    folder_write(folder, "mine.exercise", text, sizeof text - 1);
    struct process process = PLUMB_RUN(folder, "exercises", "check", "mine.exercise");
    CU_ASSERT_EQUAL(process.exit_code, 6);
    CU_ASSERT_PTR_NOT_NULL(strstr(process.err, "mine.exercise:6: red_deg"));
    process_free(&process);
    folder_remove(folder);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"analyze", test_analyze_refuses_each},
        {"orient", test_orient_refuses_each},
        {"render", test_render_refuses_each},
        {"sim and replay", test_sim_and_replay_refuse_each},
        {"units", test_wrong_units_are_named},
        {"missing", test_missing_file_and_missing_rights},
        {"exercise", test_an_exercise_with_a_mistake_names_its_line},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("bad_input", tests, argc, argv);
}
