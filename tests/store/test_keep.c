/* Recording and reading back: what comes out is what went in, to the last bit. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clip_line.h"
#include "host/io/recording.h"
#include "host/store/blocks.h"
#include "host/store/stored.h"
#include "recorder.h"
#include "suite.h"
#include "tests/io/folder.h"

static struct plumb_store *open_store(const char *path)
{
    int fail = 0;
    struct plumb_message message = {""};
    struct plumb_store *store = plumb_store_open(path, &fail, &message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(store);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    return store;
}

static void a_calibration(struct plumb_calib_file *calib)
{
    calib->present = 3;
    calib->imu[0].accel_bias_mps2 = plumb_vec3_of(0.1, -0.07, 1.0 / 3);
    calib->imu[0].accel_matrix[1] = 0.0123456789012345;
    calib->imu[1].gyro_bias_radps = plumb_vec3_of(0.01, 0.02, -0.03);
}

/* Two sensors, a calibration, a gap, a reset, a cable pulled and put back, marks. */
static void record_everything(struct recorder *recorder, struct clip_line *line)
{
    a_calibration(&recorder->calib);
    clip_line_begin(line, 2, 11);
    clip_line_hello(line, PLUMB_HELLO_BOOT);
    clip_line_run(line, 3.3, recorder_take, recorder);
    plumb_session_mark(&recorder->session, "hold_begin");
    clip_line_run(line, 1.2, recorder_take, recorder);
    clip_line_cut(line, 2.5);
    clip_line_run(line, 1, recorder_take, recorder);
    clip_line_reset(line);
    clip_line_hello(line, PLUMB_HELLO_BOOT);
    plumb_session_mark(&recorder->session, "note:it, \"came\" back");
    clip_line_run(line, 2, recorder_take, recorder);
    recorder_restart(recorder, line->host_us);
    clip_line_cut(line, 5);
    clip_line_run(line, 0.2, recorder_take, recorder);
    clip_line_hello(line, PLUMB_HELLO_ASKED);
    clip_line_run(line, 2, recorder_take, recorder);
}

static void same_sample(const struct plumb_sample *a, const struct plumb_sample *b)
{
    CU_ASSERT_EQUAL(memcmp(&a->t_s, &b->t_s, sizeof a->t_s), 0);
    CU_ASSERT_EQUAL(a->present, b->present);
    CU_ASSERT_EQUAL(a->flags, b->flags);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (plumb_sample_has(a, (enum plumb_role)role))
            CU_ASSERT_EQUAL(memcmp(&a->imu[role], &b->imu[role], sizeof a->imu[role]), 0);
}

static void test_samples_come_back_to_the_bit(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct clip_line line;
    struct plumb_message message = {""};
    struct plumb_stored_row row;
    int fail = 0;
    size_t n = 0, marks = 0;
    folder_make(&folder);
    folder_path(&folder, "a.db", path);
    struct recorder *recorder = recorder_new(path, "Anna");
    record_everything(recorder, &line);
    CU_ASSERT_EQUAL(recorder->fail, 0);
    int64_t id = plumb_keep_session(recorder->keep);
    CU_ASSERT_EQUAL(plumb_keep_end(recorder->keep, "done", &message), 0);
    struct plumb_store *store = open_store(path);
    struct plumb_stored *stored = plumb_stored_open(store, id, &fail, &message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(stored);
    while (n < recorder->n && plumb_stored_next(stored, &row, &message) > 0) {
        same_sample(&row.sample, &recorder->samples[n++]);
        marks += row.marker && !strcmp(row.marker, "note:it, \"came\" back");
    }
    CU_ASSERT_EQUAL(n, recorder->n);
    CU_ASSERT(n > 1500);
    CU_ASSERT_EQUAL(marks, 1);
    CU_ASSERT_EQUAL(plumb_stored_next(stored, &row, &message), 0);
    CU_ASSERT_EQUAL(plumb_stored_rewind(stored, &message), 0);
    CU_ASSERT_EQUAL(plumb_stored_next(stored, &row, &message), 1);
    same_sample(&row.sample, &recorder->samples[0]);
    plumb_stored_close(stored);
    plumb_store_close(store);
    recorder_free(recorder);
    folder_remove(&folder);
}

/* The CSV that live writes beside says the same, to its own precision. */
static void test_samples_are_those_of_the_csv(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N], csv[FOLDER_PATH_N];
    struct clip_line line;
    struct plumb_message message = {""};
    struct plumb_recording from_csv, from_store;
    int fail = 0;
    folder_make(&folder);
    folder_path(&folder, "a.db", path);
    folder_path(&folder, "a.csv", csv);
    struct recorder *recorder = recorder_new(path, NULL);
    recorder->csv = plumb_save_raw_open(csv, 3, &fail, &message);
    record_everything(recorder, &line);
    int64_t id = plumb_keep_session(recorder->keep);
    CU_ASSERT_EQUAL(plumb_keep_end(recorder->keep, "done", &message), 0);
    CU_ASSERT_EQUAL(plumb_save_raw_close(recorder->csv, &message), 0);
    struct plumb_store *store = open_store(path);
    CU_ASSERT_EQUAL_FATAL(plumb_recording_load(&from_csv, csv, &message), 0);
    CU_ASSERT_EQUAL_FATAL(plumb_stored_load(store, id, &from_store, &message), 0);
    CU_ASSERT_EQUAL_FATAL(from_store.track.n, from_csv.track.n);
    CU_ASSERT_EQUAL(from_store.roles, from_csv.roles);
    CU_ASSERT_EQUAL(from_store.marks_n, from_csv.marks_n);
    CU_ASSERT_EQUAL(from_store.marks_n, 2);
    for (size_t i = 0; i < from_csv.marks_n; i++) {
        CU_ASSERT_EQUAL(from_store.marks[i].kind, from_csv.marks[i].kind);
        CU_ASSERT_EQUAL(from_store.marks[i].row, from_csv.marks[i].row);
    }
    CU_ASSERT_STRING_EQUAL(from_store.marks[1].note, from_csv.marks[1].note);
    double worst_t = 0, worst_a = 0, worst_g = 0;
    for (size_t i = 0; i < from_csv.track.n; i++) {
        struct plumb_sample a = plumb_track_at(&from_csv.track, i), b = plumb_track_at(&from_store.track, i);
        CU_ASSERT_EQUAL(a.present, b.present);
        worst_t = fmax(worst_t, fabs(a.t_s - b.t_s));
        for (int role = 0; role < 2; role++) {
            worst_a = fmax(worst_a, fabs(a.imu[role].accel_s_mps2.z - b.imu[role].accel_s_mps2.z));
            worst_g = fmax(worst_g, fabs(a.imu[role].gyro_s_radps.x - b.imu[role].gyro_s_radps.x));
        }
    }
    CU_ASSERT(worst_t < 0.6e-6);
    CU_ASSERT(worst_a < 0.7e-5);
    CU_ASSERT(worst_g < 0.6e-6);
    plumb_recording_free(&from_csv);
    plumb_recording_free(&from_store);
    plumb_store_close(store);
    recorder_free(recorder);
    folder_remove(&folder);
}

static void collect(void *context, int64_t host_us, const uint8_t *bytes, size_t n)
{
    FILE *out = context;
    fwrite(&host_us, sizeof host_us, 1, out);
    fwrite(&n, sizeof n, 1, out);
    fwrite(bytes, 1, n, out);
}

/* The stream itself: the same bytes in the same pieces at the same times, in blocks of a second at most. */
static void test_bytes_come_back_as_they_arrived(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N], *sent = NULL, *kept = NULL;
    size_t sent_n = 0, kept_n = 0, pieces = 0;
    struct clip_line line;
    struct plumb_message message = {""};
    struct plumb_item item;
    int fail = 0;
    folder_make(&folder);
    folder_path(&folder, "a.db", path);
    struct plumb_keep_begin begin = {.store = path, .host_us = 7000000000};
    struct plumb_keep *keep = plumb_keep_begin(&begin, &fail, &message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(keep);
    int64_t id = plumb_keep_session(keep);
    FILE *out = open_memstream(&sent, &sent_n);
    clip_line_begin(&line, 1, 5);
    clip_line_hello(&line, PLUMB_HELLO_BOOT);
    clip_line_run(&line, 10, collect, out);
    fclose(out);
    for (size_t at = 0; at < sent_n; pieces++) {
        int64_t host_us;
        size_t n;
        memcpy(&host_us, sent + at, sizeof host_us);
        memcpy(&n, sent + at + sizeof host_us, sizeof n);
        CU_ASSERT_EQUAL(plumb_keep_bytes(keep, host_us, (uint8_t *)sent + at + 16, n), 0);
        at += 16 + n;
    }
    CU_ASSERT_EQUAL(plumb_keep_end(keep, "done", &message), 0);
    struct plumb_store *store = open_store(path);
    struct plumb_blocks *blocks = plumb_blocks_open(store, id, &fail, &message);
    out = open_memstream(&kept, &kept_n);
    while (plumb_blocks_next(blocks, &item, &message) > 0) {
        CU_ASSERT_EQUAL(item.kind, PLUMB_ITEM_BYTES);
        collect(out, item.host_us, item.bytes, item.n);
    }
    fclose(out);
    CU_ASSERT_EQUAL(kept_n, sent_n);
    CU_ASSERT(kept_n == sent_n && memcmp(kept, sent, sent_n) == 0);
    CU_ASSERT(pieces > 500);
    free(sent);
    free(kept);
    plumb_blocks_close(blocks);
    plumb_store_close(store);
    folder_remove(&folder);
}

/* Rows of a replayed recording: single precision comes back to the bit, whatever its decimals. */
static void test_rows_come_back(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct plumb_message message = {""};
    struct plumb_recording back;
    struct plumb_rng rng = plumb_rng_of(3);
    struct plumb_sample samples[300];
    int fail = 0;
    folder_make(&folder);
    folder_path(&folder, "a.db", path);
    struct plumb_keep_begin begin = {.store = path};
    struct plumb_keep *keep = plumb_keep_begin(&begin, &fail, &message);
    int64_t id = plumb_keep_session(keep);
    for (int i = 0; i < 300; i++) {
        samples[i] = (struct plumb_sample){.t_s = 1e6 / 3 + i * 0.01, .present = i < 100 ? 1 : 3};
        for (int role = 0; role < 2; role++) {
            struct plumb_imu *imu = &samples[i].imu[role];
            imu->accel_s_mps2.x = (double)(float)plumb_rng_normal(&rng);
            imu->gyro_s_radps.z = (double)(float)(1e-4 * plumb_rng_normal(&rng));
            imu->temp_c = role ? NAN : 25.25;
        }
        plumb_keep_sample(keep, i * 10000, &samples[i]);
    }
    CU_ASSERT_EQUAL(plumb_keep_mark(keep, samples[7].t_s, "hold_begin"), 0);
    CU_ASSERT_EQUAL(plumb_keep_mark(keep, samples[9].t_s, "side:left"), 0);
    CU_ASSERT_EQUAL(plumb_keep_end(keep, "done", &message), 0);
    struct plumb_store *store = open_store(path);
    CU_ASSERT_EQUAL_FATAL(plumb_stored_load(store, id, &back, &message), 0);
    CU_ASSERT_EQUAL_FATAL(back.track.n, 300);
    CU_ASSERT_EQUAL(back.roles, 3);
    for (size_t i = 0; i < 300; i++) {
        struct plumb_sample sample = plumb_track_at(&back.track, i);
        CU_ASSERT_EQUAL(memcmp(&sample.t_s, &samples[i].t_s, sizeof sample.t_s), 0);
        CU_ASSERT_EQUAL(sample.present, samples[i].present);
        CU_ASSERT(fabs(sample.imu[0].accel_s_mps2.x - samples[i].imu[0].accel_s_mps2.x) < 1e-30);
        CU_ASSERT(fabs(sample.imu[0].gyro_s_radps.z - samples[i].imu[0].gyro_s_radps.z) < 1e-30);
        CU_ASSERT(fabs(sample.imu[0].temp_c - 25.25) < 1e-9);
    }
    CU_ASSERT_EQUAL(back.marks_n, 1);
    CU_ASSERT_EQUAL(back.marks[0].row, 7);
    struct plumb_stored_side *sides;
    size_t sides_n;
    CU_ASSERT_EQUAL(plumb_stored_sides(store, id, &sides, &sides_n, &message), 0);
    CU_ASSERT_EQUAL(sides_n, 1);
    CU_ASSERT_EQUAL(sides[0].side, PLUMB_LEFT);
    free(sides);
    plumb_recording_free(&back);
    plumb_store_close(store);
    folder_remove(&folder);
}

static CU_TestInfo tests[] = {
    {"samples come back to the bit", test_samples_come_back_to_the_bit},
    {"samples are those of the CSV that live writes", test_samples_are_those_of_the_csv},
    {"bytes come back as they arrived", test_bytes_come_back_as_they_arrived},
    {"rows come back", test_rows_come_back},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("keep", tests, argc, argv);
}
