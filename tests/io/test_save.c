/* Files written: what is read back is what was put in; what fails leaves what was there. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"
#include "host/io/file_out.h"
#include "host/io/recording.h"
#include "host/io/save_orient.h"
#include "host/io/save_raw.h"
#include "host/io/source.h"
#include "suite.h"

static struct plumb_sample sample_at(double t_s)
{
    struct plumb_sample sample = {.t_s = t_s, .present = 1u << PLUMB_PELVIS};
    sample.imu[PLUMB_PELVIS] =
        (struct plumb_imu){{0.1 + t_s / 100, -0.2, 9.8}, {0.001, -0.002, sin(t_s)}, 31.25};
    return sample;
}

/* Rows at 200 Hz, then an end or none. Returns what failed first. */
static int record(const char *path, int rows, int close, struct plumb_message *message)
{
    int fail = 0;
    struct plumb_save_raw *save = plumb_save_raw_open(path, 1u << PLUMB_PELVIS, &fail, message);
    for (int i = 0; i < rows && !fail; i++) {
        struct plumb_sample sample = sample_at(i * 0.005);
        const char *marker = i == 10 ? "hold_begin" : i == 20 ? "note:a \"b\", c\nd" : NULL;
        fail = plumb_save_raw_row(save, &sample, marker, i * 5000, message);
    }
    if (save && close) {
        int closing = plumb_save_raw_close(save, message);
        fail = fail ? fail : closing;
    }
    return fail;
}

static void check_recorded(const char *path, size_t rows)
{
    struct plumb_recording recording;
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL(plumb_recording_load(&recording, path, &message), 0);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    CU_ASSERT_EQUAL_FATAL(recording.track.n, rows);
    for (size_t i = 0; i < rows; i++) {
        struct plumb_sample wanted = sample_at((double)i * 0.005),
                            found = plumb_track_at(&recording.track, i);
        CU_ASSERT_DOUBLE_EQUAL(found.t_s, wanted.t_s, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(found.imu[0].accel_s_mps2.x, wanted.imu[0].accel_s_mps2.x, 0.6e-5);
        CU_ASSERT_DOUBLE_EQUAL(found.imu[0].gyro_s_radps.z, wanted.imu[0].gyro_s_radps.z, 0.6e-6);
        CU_ASSERT_EQUAL(found.imu[0].temp_c, 31.25);
    }
    CU_ASSERT_EQUAL_FATAL(recording.marks_n, 2);
    CU_ASSERT_EQUAL(recording.marks[0].row, 10);
    CU_ASSERT_STRING_EQUAL(recording.marks[1].note, "a \"b\", c d");
    plumb_recording_free(&recording);
}

static void a_recording_reads_back_as_it_was(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct plumb_message message = {""};
    struct stat status;
    folder_make(&folder);
    for (int gz = 0; gz < 2; gz++) {
        folder_path(&folder, gz ? "a.csv.gz" : "a.csv", path);
        CU_ASSERT_EQUAL(record(path, 1000, 1, &message), 0);
        check_recorded(path, 1000);
        CU_ASSERT_EQUAL(stat(path, &status), 0);
        CU_ASSERT_EQUAL(status.st_mode & 0777, 0600);
        CU_ASSERT_FALSE(folder_has(&folder, gz ? "a.csv.gz.part" : "a.csv.part"));
    }
    folder_remove(&folder);
}

/* A recorder that is killed: at most the rows of its last second are missing from what it leaves. */
static void a_killed_recorder_leaves_all_but_a_second(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    folder_make(&folder);
    for (int gz = 0; gz < 2; gz++) {
        struct plumb_recording recording;
        struct plumb_message message = {""};
        folder_path(&folder, gz ? "a.csv.gz" : "a.csv", path);
        pid_t child = fork();
        if (!child) {
            record(path, 2150, 0, &message);
            raise(SIGKILL);
        }
        waitpid(child, NULL, 0);
        CU_ASSERT_FALSE(folder_has(&folder, gz ? "a.csv.gz" : "a.csv"));
        strcat(path, ".part");
        CU_ASSERT_EQUAL(plumb_recording_load(&recording, path, &message), 0);
        CU_ASSERT_STRING_EQUAL(message.text, "");
        CU_ASSERT_TRUE(recording.track.n >= 1950);
        plumb_recording_free(&recording);
    }
    folder_remove(&folder);
}

static void a_recording_never_goes_over_another(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    size_t n;
    struct plumb_message message = {""};
    folder_make(&folder);
    folder_path(&folder, "a.csv", path);
    folder_put(&folder, "a.csv", "mine", 4);
    CU_ASSERT_EQUAL(record(path, 10, 1, &message), PLUMB_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "a.csv: is already there"));
    folder_path(&folder, "b.csv", path);
    folder_put(&folder, "b.csv.part", "mine", 4);
    message.text[0] = '\0';
    CU_ASSERT_EQUAL(record(path, 10, 1, &message), PLUMB_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "b.csv.part: is already there"));
    char *kept = folder_get(&folder, "b.csv.part", &n);
    CU_ASSERT_STRING_EQUAL(kept, "mine");
    free(kept);
    folder_path(&folder, "c.csv", path); /* the name is taken while the recording runs */
    int fail = 0;
    message.text[0] = '\0';
    struct plumb_save_raw *save = plumb_save_raw_open(path, 1, &fail, &message);
    folder_put(&folder, "c.csv", "mine", 4);
    CU_ASSERT_EQUAL(plumb_save_raw_close(save, &message), PLUMB_USAGE);
    CU_ASSERT_TRUE(folder_has(&folder, "c.csv.part"));
    folder_remove(&folder);
}

/* In a child, because the limit stays. Its exit code is what failed, as a positive number. */
static int with_a_full_disk(const char *path, int replace)
{
    pid_t child = fork();
    if (!child) {
        struct plumb_message message = {""};
        struct rlimit limit = {20000, 20000};
        static char much[300000];
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        memset(much, 'x', sizeof much);
        int fail =
            replace ? plumb_file_save(path, much, sizeof much, &message) : record(path, 5000, 1, &message);
        _exit(strstr(message.text, "may not grow further") ? -fail : 99);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_full_disk_leaves_what_could_be_written(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct plumb_recording recording;
    struct plumb_message message = {""};
    size_t n;
    folder_make(&folder);
    folder_path(&folder, "a.csv", path);
    CU_ASSERT_EQUAL(with_a_full_disk(path, 0), -PLUMB_FAILED);
    CU_ASSERT_FALSE(folder_has(&folder, "a.csv"));
    strcat(path, ".part");
    CU_ASSERT_EQUAL(plumb_recording_load(&recording, path, &message), 0);
    CU_ASSERT_TRUE(recording.track.n > 200);
    plumb_recording_free(&recording);
    folder_path(&folder, "b.txt", path);
    folder_put(&folder, "b.txt", "before", 6);
    CU_ASSERT_EQUAL(with_a_full_disk(path, 1), -PLUMB_FAILED);
    CU_ASSERT_FALSE(folder_has(&folder, "b.txt.part"));
    char *kept = folder_get(&folder, "b.txt", &n);
    CU_ASSERT_STRING_EQUAL(kept, "before");
    free(kept);
    folder_remove(&folder);
    CU_ASSERT_EQUAL(plumb_file_save("/dev/full", "x", 1, &message), PLUMB_FAILED);
    CU_ASSERT_STRING_EQUAL(message.text, "/dev/full: the disk is full");
}

static void a_place_that_cannot_be_written_is_said(void)
{
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL(plumb_file_save("/nowhere/x", "x", 1, &message), PLUMB_FAILED);
    CU_ASSERT_STRING_EQUAL(message.text, "/nowhere/x: there is no such folder");
    message.text[0] = '\0';
    CU_ASSERT_EQUAL(plumb_file_save("/", "x", 1, &message), PLUMB_FAILED);
    CU_ASSERT_STRING_EQUAL(message.text, "/: wants a file, found a folder");
}

static void a_result_never_goes_over_a_recording(void)
{
    static const char *const names[] = {"r.csv", "r.csv.gz"};
    struct folder folder;
    char path[FOLDER_PATH_N];
    folder_make(&folder);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct plumb_message message = {""};
        folder_path(&folder, names[i], path);
        CU_ASSERT_EQUAL(record(path, 30, 1, &message), 0);
        CU_ASSERT_EQUAL(plumb_file_save(path, "{}", 2, &message), PLUMB_USAGE);
        CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "is a recording, and a result never goes over one"));
        check_recorded(path, 30);
    }
    folder_path(&folder, "t.csv", path);
    CU_ASSERT_EQUAL(plumb_file_save(path, "t_s,tilt_deg\n", 13, NULL), 0);
    CU_ASSERT_EQUAL(plumb_file_save(path, "t_s,tilt_deg\n", 13, NULL), 0);
    folder_remove(&folder);
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? status.st_mode & 0777 : 0;
}

static void a_recording_is_private_and_a_result_is_not(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct plumb_message message = {""};
    mode_t was = umask(0022);
    folder_make(&folder);
    folder_path(&folder, "r.csv", path);
    CU_ASSERT_EQUAL(record(path, 30, 1, &message), 0);
    CU_ASSERT_EQUAL(mode_of(path), 0600);
    folder_path(&folder, "a.json", path);
    CU_ASSERT_EQUAL(plumb_file_save(path, "{}", 2, &message), 0);
    CU_ASSERT_EQUAL(mode_of(path), 0644);
    umask(was);
    folder_remove(&folder);
}

static void rows_whose_time_does_not_rise_are_left_out(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    int fail = 0;
    size_t n;
    struct plumb_message message = {""};
    folder_make(&folder);
    folder_path(&folder, "a.csv", path);
    struct plumb_save_raw *save = plumb_save_raw_open(path, 1u << PLUMB_LUMBAR, &fail, &message);
    static const double times_s[] = {0, 0.005, 0.005, 0.0050001, 0.001, 0.01};
    for (size_t i = 0; i < sizeof times_s / sizeof *times_s; i++) {
        struct plumb_sample sample = {.t_s = times_s[i]};
        CU_ASSERT_EQUAL(plumb_save_raw_row(save, &sample, NULL, 0, &message), 0);
    }
    CU_ASSERT_EQUAL(plumb_save_raw_left_out(save), 3);
    CU_ASSERT_EQUAL(plumb_save_raw_close(save, &message), 0);
    char *text = folder_get(&folder, "a.csv", &n);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "lumbar_temp_c,marker\n0.000000,,,,,,,,,,,,,,,\n0.005000,"));
    free(text);
    folder_remove(&folder);
}

static void an_orientation_is_one_row_a_sample(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    size_t n;
    double t_s[] = {0.5, 0.75};
    struct plumb_track track = {.n = 2, .t_s = t_s};
    struct plumb_quat q_ws[] = {PLUMB_QUAT_IDENTITY, {0.5, -0.5, 0.5, 0.5}};
    struct plumb_message message = {""};
    folder_make(&folder);
    folder_path(&folder, "q.csv", path);
    folder_put(&folder, "q.csv", "old", 3);
    CU_ASSERT_EQUAL(plumb_orient_save(path, &track, q_ws, &message), 0);
    char *text = folder_get(&folder, "q.csv", &n);
    CU_ASSERT_STRING_EQUAL(
        text, "t_s,qw,qx,qy,qz\n0.500000,1.0000000,0.0000000,0.0000000,0.0000000\n"
              "0.750000,0.5000000,-0.5000000,0.5000000,0.5000000\n");
    free(text);
    folder_remove(&folder);
}

/* The other way round: what was recorded comes back sample by sample, with its markers. */
static void a_recording_is_replayed(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N], uri[FOLDER_PATH_N + 40];
    struct plumb_message message = {""};
    struct plumb_source_event event;
    int fail = 0, samples = 0, markers = 0;
    folder_make(&folder);
    folder_path(&folder, "a.csv", path);
    CU_ASSERT_EQUAL(record(path, 200, 1, &message), 0);
    for (int pass = 0; pass < 2; pass++) {
        snprintf(uri, sizeof uri, "replay:%s?speed=%s", path, pass ? "1000" : "max");
        struct plumb_source *source = plumb_source_open(uri, &fail, &message);
        CU_ASSERT_PTR_NOT_NULL_FATAL(source);
        CU_ASSERT_STRING_EQUAL(plumb_source_describe(source), "recording a.csv, 200 rows");
        for (event.kind = PLUMB_SOURCE_IDLE; event.kind != PLUMB_SOURCE_END;) {
            CU_ASSERT_EQUAL_FATAL(plumb_source_read(source, 100, &event), 0);
            if (event.kind != PLUMB_SOURCE_SAMPLE)
                continue;
            CU_ASSERT_EQUAL(event.host_us, samples % 200 * 5000);
            CU_ASSERT_DOUBLE_EQUAL(event.sample->t_s, samples % 200 * 0.005, 1e-9);
            markers += event.marker != NULL;
            if (samples % 200 == 20)
                CU_ASSERT_STRING_EQUAL(event.marker, "note:a \"b\", c d");
            samples++;
        }
        CU_ASSERT_EQUAL(plumb_source_write(source, (const uint8_t *)"x", 1), 0);
        plumb_source_close(source);
    }
    CU_ASSERT_EQUAL(samples, 400);
    CU_ASSERT_EQUAL(markers, 4);
    snprintf(uri, sizeof uri, "replay:%s?speed=0", path);
    CU_ASSERT_PTR_NULL(plumb_source_open(uri, &fail, &message));
    CU_ASSERT_EQUAL(fail, PLUMB_USAGE);
    CU_ASSERT_STRING_EQUAL(message.text, "replay: speed wants 0.01 to 1000 or max, found `0`");
    folder_remove(&folder);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"a recording reads back as it was", a_recording_reads_back_as_it_was},
        {"a killed recorder leaves all but a second", a_killed_recorder_leaves_all_but_a_second},
        {"a recording never goes over another", a_recording_never_goes_over_another},
        {"a full disk leaves what could be written", a_full_disk_leaves_what_could_be_written},
        {"a place that cannot be written is said", a_place_that_cannot_be_written_is_said},
        {"a result never goes over a recording", a_result_never_goes_over_a_recording},
        {"a recording is private and a result is not", a_recording_is_private_and_a_result_is_not},
        {"rows whose time does not rise are left out", rows_whose_time_does_not_rise_are_left_out},
        {"an orientation is one row a sample", an_orientation_is_one_row_a_sample},
        {"a recording is replayed", a_recording_is_replayed},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("save", tests, argc, argv);
}
