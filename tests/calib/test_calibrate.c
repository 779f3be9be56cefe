/* plumb calibrate as a person runs it: from a recording, on the emulated board, and when it goes wrong. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "host/core/units.h"
#include "host/io/load_calib.h"
#include "sensor.h"
#include "suite.h"
#include "tests/app/process.h"

#define PATH_N 512

static const char *folder;

static void path_of(const char *name, char path[PATH_N])
{
    snprintf(path, PATH_N, "%s/%s", folder, name);
}

/* n poses in usual hands; `spoil` may change the recording before it is written. */
static void
record(const char *name, size_t n, const struct sensor *sensor, void (*spoil)(struct plumb_track *))
{
    char path[PATH_N];
    struct hands hands;
    sensor_plan(&hands, n, sensor->seed);
    struct plumb_track track = sensor_record(sensor, &hands);
    if (spoil)
        spoil(&track);
    path_of(name, path);
    remove(path);
    CU_ASSERT_EQUAL_FATAL(track_write(&track, path), 0);
    track_free(&track);
}

static void says(const struct process *process, const char *text, int exit_code)
{
    int there = strstr(process->out, text) || strstr(process->err, text);
    CU_ASSERT_EQUAL(process->exit_code, exit_code);
    CU_ASSERT(there);
    if (!there || process->exit_code != exit_code)
        fprintf(
            stderr, "exit %d, wanted %d and \"%s\"; out:\n%s\nerr:\n%s\n", process->exit_code, exit_code,
            text, process->out, process->err);
}

static int files_n(const char *ending)
{
    int n = 0;
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir)))
        n += strstr(entry->d_name, ending) != NULL;
    if (dir)
        closedir(dir);
    return n;
}

/* ---- recordings */

/* Another make of sensor, somebody else's conversion: 38 poses, 7 % and an m/s2 off. */
static void a_recording_made_elsewhere(void)
{
    char path[PATH_N];
    struct stat stat_of;
    struct plumb_calib_file file;
    struct plumb_message message = {""};
    struct sensor sensor = sensor_usual(11);
    sensor.rate_hz = 100;
    sensor.accel_scale = 0.93;
    sensor.error.accel.offset = plumb_vec3_of(0.86, 1.22, -0.97);
    record("poses.csv", 38, &sensor, NULL);
    struct process process = PLUMB_RUN(
        folder, "calibrate", "all", "--source", "replay:poses.csv", "-o", "a.calib", "--device", "0000002A");
    says(&process, "38 poses", 0);
    says(&process, "good for: accelerometer good", 0);
    process_free(&process);
    path_of("a.calib", path);
    CU_ASSERT_EQUAL_FATAL(plumb_calib_load(&file, path, &message), 0);
    struct plumb_vec3 offset = plumb_vec3_add(
        sensor.error.accel.offset,
        plumb_vec3_scale(sensor.error.accel.drift_per_c, file.how[0].accel_temp_c - 25));
    struct plumb_vec3 off =
        plumb_vec3_sub(file.imu[0].accel_bias_mps2, plumb_vec3_scale(offset, sensor.accel_scale));
    CU_ASSERT(plumb_vec3_norm(off) < 0.02);
    CU_ASSERT_EQUAL(file.how[0].accel_poses, 38);
    CU_ASSERT(file.how[0].accel_residual_mps2 < 0.005 && file.how[0].accel_check_mps2 < 0.01);
    CU_ASSERT(file.how[0].gyro_residual_deg < 0.2);
    CU_ASSERT_STRING_EQUAL(file.device, "0000002A");
    CU_ASSERT_EQUAL(stat(path, &stat_of), 0);
    CU_ASSERT_EQUAL(stat_of.st_mode & 0777, 0600);
}

static void a_machine_may_read_it(void)
{
    struct process process =
        PLUMB_RUN(folder, "calibrate", "accel", "--source", "replay:poses.csv", "--json");
    says(&process, "\"schema\": \"plumb-calibration/1\"", 0);
    says(&process, "\"direction_sd_deg\": 0.0", 0);
    says(&process, "nothing was kept", 0);
    CU_ASSERT_EQUAL(process.out[0], '{');
    process_free(&process);
}

static void an_older_calibration_is_kept(void)
{
    char *before = folder_read(folder, "a.calib");
    struct process process =
        PLUMB_RUN(folder, "calibrate", "accel", "--source", "replay:poses.csv", "-o", "a.calib");
    says(&process, "the older calibration is kept as a-", 0);
    process_free(&process);
    CU_ASSERT_EQUAL(files_n(".calib"), 2);
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir)))
        if (strncmp(entry->d_name, "a-", 2) == 0) {
            char *kept = folder_read(folder, entry->d_name);
            CU_ASSERT_STRING_EQUAL(kept, before);
            free(kept);
        }
    if (dir)
        closedir(dir);
    free(before);
}

/* The gyroscope's numbers stay when only the accelerometer is measured anew. */
static void the_other_sensor_stays(void)
{
    char path[PATH_N];
    struct plumb_calib_file file;
    struct plumb_message message = {""};
    path_of("a.calib", path);
    CU_ASSERT_EQUAL_FATAL(plumb_calib_load(&file, path, &message), 0);
    CU_ASSERT(*file.how[0].gyro_made);
    CU_ASSERT_NOT_EQUAL(file.imu[0].gyro_matrix[1], 0);
}

static void check_says_what_it_is_good_for(void)
{
    struct process process =
        PLUMB_RUN(folder, "calibrate", "check", "--source", "replay:poses.csv", "--calib", "a.calib");
    says(&process, "ok    agreement", 0);
    says(&process, "accelerometer measured on", 0);
    says(&process, "good for: a change of tilt", 0);
    process_free(&process);
    process = PLUMB_RUN(folder, "calibrate", "check", "--source", "replay:poses.csv");
    says(&process, "DO    accelerometer", 0);
    says(&process, "no calibration", 0);
    process_free(&process);
    process = PLUMB_RUN(folder, "calibrate", "check", "--source", "replay:poses.csv", "--json");
    says(&process, "\"schema\": \"plumb-check/1\"", 0);
    says(&process, "\"fit_for_use\": true", 0);
    CU_ASSERT_EQUAL(process.out[0], '{');
    process_free(&process);
}

/* ---- what goes wrong */

static void refused(const char *name, const char *sentence, int exit_code)
{
    char source[64];
    char *before = folder_read(folder, "a.calib");
    int files_before = files_n(".calib");
    snprintf(source, sizeof source, "replay:%s", name);
    struct process process = PLUMB_RUN(folder, "calibrate", "all", "--source", source, "-o", "a.calib");
    says(&process, sentence, exit_code);
    CU_ASSERT_EQUAL(lines_in(process.err) <= 3, 1);
    process_free(&process);
    char *after = folder_read(folder, "a.calib");
    CU_ASSERT_STRING_EQUAL(before, after);
    CU_ASSERT_EQUAL(files_n(".calib"), files_before);
    free(before);
    free(after);
}

static void too_few_poses_say_which_is_missing(void)
{
    struct sensor sensor = sensor_usual(12);
    record("few.csv", 4, &sensor, NULL);
    refused("few.csv", "missing first of all: Y up", 1);
}

static void flatten(struct plumb_track *track)
{
    for (size_t i = 0; i < track->n; i++)
        for (int axis = 0; axis < 3; axis++) {
            float *a = &track->imu[0][i].accel_s_mps2[axis];
            *a = fmaxf(fminf(*a, 9.0f), -9.0f);
        }
}

static void a_saturated_axis_is_said(void)
{
    struct sensor sensor = sensor_usual(13);
    record("flat.csv", 6, &sensor, flatten);
    refused("flat.csv", "at the end of its range", 1);
}

static void swap_axes(struct plumb_track *track)
{
    for (size_t i = 0; i < track->n; i++) {
        float *g = track->imu[0][i].gyro_s_radps, keep = g[0];
        g[0] = g[1];
        g[1] = keep;
    }
}

static void exchanged_axes_are_said(void)
{
    struct sensor sensor = sensor_usual(14);
    record("swapped.csv", 14, &sensor, swap_axes);
    refused("swapped.csv", "exchanged or flipped", 1);
    struct process process = PLUMB_RUN(folder, "calibrate", "check", "--source", "replay:swapped.csv");
    says(&process, "FAULT agreement", 1);
    process_free(&process);
}

/* Never still: every second of the poses is shaken. */
static void shake(struct plumb_track *track)
{
    for (size_t i = 0; i < track->n; i++)
        track->imu[0][i].gyro_s_radps[0] += (float)(0.6 * sin(40 * track->t_s[i]));
}

static void never_still_is_said(void)
{
    struct sensor sensor = sensor_usual(15);
    record("shaken.csv", 8, &sensor, shake);
    refused("shaken.csv", "found 0 still poses", 1);
}

static void a_damaged_file_is_said(void)
{
    folder_write(folder, "bad.csv", "t_s,pelvis_ax_mps2\n1,2\n", 24);
    refused("bad.csv", "bad.csv:1:", 6);
    refused("missing.csv", "missing.csv", 1);
}

static void usage_is_said(void)
{
    struct process process = PLUMB_RUN(folder, "calibrate");
    says(&process, "accel, gyro, all, mount or check", 2);
    process_free(&process);
    process = PLUMB_RUN(folder, "calibrate", "toaster");
    says(&process, "toaster", 2);
    process_free(&process);
    process = PLUMB_RUN(folder, "calibrate", "accel", "--picture", "x.jpg");
    says(&process, ".png, .svg or .pdf", 2);
    process_free(&process);
}

/* ---- the emulated board feels the recording */

static void the_board_is_calibrated_live(void)
{
    struct sensor sensor = sensor_usual(16);
    record("live.csv", 14, &sensor, NULL);
    struct process process = PLUMB_RUN(
        folder, "calibrate", "accel", "--source", "sim:live.csv?speed=max", "--picture", "next.svg");
    says(&process, "pose 3 taken; now", 0);
    says(&process, "and that is all", 0);
    says(&process, "the clip had no serial number", 0);
    says(&process, "written into the clip's memory too, and read back", 0);
    says(&process, "plumb/calibrations/", 0);
    process_free(&process);
    char *picture = folder_read(folder, "next.svg");
    CU_ASSERT(picture && strstr(picture, "<svg"));
    free(picture);
}

static void the_table_comes_first_for_the_gyroscope(void)
{
    struct process process = PLUMB_RUN(
        folder, "calibrate", "gyro", "--source", "sim:live.csv?speed=max", "--seconds", "3", "-o",
        "gyro.calib");
    says(&process, "first put the clip on the table", 0);
    says(&process, "that is enough of the table", 0);
    says(&process, "gyroscope: ", 0);
    says(&process, "kept in: gyro.calib", 0);
    process_free(&process);
}

static void ending_too_early_is_said(void)
{
    struct sensor sensor = sensor_usual(17);
    record("early.csv", 3, &sensor, NULL);
    struct process process = PLUMB_RUN(folder, "calibrate", "accel", "--source", "sim:early.csv?speed=max");
    says(&process, "and 6 are the least", 1);
    process_free(&process);
}

/* In the middle of the sixth pose: what was held before counts on, or nothing is changed. */
static void an_unplugged_clip_is_waited_for(void)
{
    static const char back[] = "[fault plug]\nat_s = 20\nfor_s = 3\nkind = unplug\n";
    static const char gone[] = "[fault plug]\nat_s = 20\nfor_s = 300\nkind = unplug\n";
    folder_write(folder, "back.faults", back, sizeof back - 1);
    folder_write(folder, "gone.faults", gone, sizeof gone - 1);
    struct process process = PLUMB_RUN(
        folder, "calibrate", "accel", "--source", "sim:live.csv?speed=max&faults=back.faults", "-o",
        "back.calib");
    says(&process, "the clip was unplugged: plug it in again, the poses so far still count", 0);
    says(&process, "the clip is back", 0);
    says(&process, "kept in: back.calib", 0);
    process_free(&process);
    process = PLUMB_RUN(
        folder, "calibrate", "accel", "--source", "sim:live.csv?speed=max&faults=gone.faults", "-o",
        "gone.calib", "--wait", "5");
    says(&process, "did not come back within 5 s: plug it in and begin again", 5);
    process_free(&process);
    CU_ASSERT_EQUAL(files_n("gone.calib"), 0);
}

static void live_says_which_calibration_it_uses(void)
{
    struct process process = PLUMB_RUN(folder, "live", "--source", "sim:live.csv?speed=max", "--no-record");
    says(&process, "as it left the factory, not calibrated", 0);
    process_free(&process);
    process =
        PLUMB_RUN(folder, "live", "--source", "sim:live.csv?speed=max", "--no-record", "--calib", "a.calib");
    says(&process, "is that of clip 0000002A", 2);
    process_free(&process);
    process = PLUMB_RUN(folder, "calibrate", "accel", "--source", "replay:live.csv", "-o", "any.calib");
    process_free(&process);
    process = PLUMB_RUN(
        folder, "live", "--source", "sim:live.csv?speed=max", "--no-record", "--calib", "any.calib");
    says(&process, "calibration from any.calib: accelerometer measured on", 0);
    process_free(&process);
}

static void the_mount_alone(void)
{
    struct process process =
        PLUMB_RUN(folder, "calibrate", "mount", "--source", "sim:supine-edge-demo?speed=max");
    says(&process, "clip alignment: measured, good", 0);
    process_free(&process);
    process = PLUMB_RUN(folder, "calibrate", "mount", "--source", "sim:supine-edge-demo?speed=max", "--json");
    says(&process, "\"quality\": \"good\"", 0);
    CU_ASSERT_EQUAL(process.out[0], '{');
    process_free(&process);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"a recording made elsewhere", a_recording_made_elsewhere},
        {"a machine may read it", a_machine_may_read_it},
        {"an older calibration is kept", an_older_calibration_is_kept},
        {"the other sensor stays", the_other_sensor_stays},
        {"check says what it is good for", check_says_what_it_is_good_for},
        {"too few poses say which is missing", too_few_poses_say_which_is_missing},
        {"a saturated axis is said", a_saturated_axis_is_said},
        {"exchanged axes are said", exchanged_axes_are_said},
        {"never still is said", never_still_is_said},
        {"a damaged file is said", a_damaged_file_is_said},
        {"usage is said", usage_is_said},
        {"the board is calibrated live", the_board_is_calibrated_live},
        {"the table comes first for the gyroscope", the_table_comes_first_for_the_gyroscope},
        {"ending too early is said", ending_too_early_is_said},
        {"an unplugged clip is waited for", an_unplugged_clip_is_waited_for},
        {"live says which calibration it uses", live_says_which_calibration_it_uses},
        {"the mount alone", the_mount_alone},
        CU_TEST_INFO_NULL,
    };
    folder = folder_make();
    int failed = plumb_suite_run("calibrate", tests, argc, argv);
    folder_remove(folder);
    return failed;
}
