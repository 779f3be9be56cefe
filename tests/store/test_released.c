/* Stores of every released schema open with today's code, and say what they said. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "host/store/stored.h"
#include "suite.h"
#include "tests/io/folder.h"

#define STORE_N (4u << 20)

static void unpack(const char *name, const struct folder *folder)
{
    char path[512];
    snprintf(path, sizeof path, PLUMB_SOURCE_DIR "/tests/data/%s.gz", name);
    gzFile in = gzopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(in);
    char *bytes = malloc(STORE_N);
    int n = gzread(in, bytes, STORE_N);
    CU_ASSERT_FATAL(n > 0);
    folder_put(folder, name, bytes, (size_t)n);
    gzclose(in);
    free(bytes);
}

static int take_session(void *context, const struct plumb_store_session *session)
{
    *(struct plumb_store_session *)context = *session;
    return 0;
}

static void check_list(struct plumb_store *store)
{
    struct plumb_store_session session = {0};
    struct plumb_store_query query = {.text = "FIRST"}; /* in the tags, whatever the case */
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL(plumb_store_sessions(store, &query, take_session, &session, &message), 0);
    CU_ASSERT_EQUAL(session.id, 1);
    CU_ASSERT_STRING_EQUAL(session.alias, "Änne");
    CU_ASSERT_STRING_EQUAL(session.exercise, "supine-edge");
    CU_ASSERT_EQUAL(session.side, PLUMB_RIGHT);
    CU_ASSERT_EQUAL(session.both_sides, 1);
    CU_ASSERT_EQUAL(session.recording, 0);
    CU_ASSERT_STRING_EQUAL(session.ended, "ended with its source");
    CU_ASSERT_STRING_EQUAL(session.note, "the first one kept");
    CU_ASSERT_STRING_EQUAL(session.tags, "first");
    CU_ASSERT(fabs(session.duration_s - 4.996366) < 1e-6);
    CU_ASSERT_EQUAL(session.begun_utc_us, 1795936533749139);
}

/* The numbers are those of the CSV that was written beside it then. */
static void check_samples(struct plumb_store *store)
{
    struct plumb_recording recording;
    struct plumb_message message = {""};
    double sum = 0;
    CU_ASSERT_EQUAL_FATAL(plumb_stored_load(store, 1, &recording, &message), 0);
    CU_ASSERT_EQUAL_FATAL(recording.track.n, 992);
    CU_ASSERT_EQUAL(recording.roles, 3);
    CU_ASSERT(fabs(recording.track.t_s[0] - 0.039208) < 1e-9);
    CU_ASSERT(fabs(recording.track.t_s[991] - 4.994208) < 1e-9);
    for (size_t i = 0; i < recording.track.n; i++)
        sum += plumb_track_at(&recording.track, i).imu[PLUMB_PELVIS].accel_s_mps2.x;
    CU_ASSERT(fabs(sum + 37.6368) < 0.005);
    CU_ASSERT_EQUAL_FATAL(recording.marks_n, 2);
    CU_ASSERT_STRING_EQUAL(recording.marks[0].note, "right side");
    CU_ASSERT_EQUAL(recording.marks[1].kind, PLUMB_TILT_BEGIN);
    CU_ASSERT(fabs(recording.marks[1].t_s - 3.039208) < 1e-9);
    plumb_recording_free(&recording);
}

static void check_exercise(struct plumb_store *store)
{
    struct plumb_exercise exercise;
    struct plumb_thresholds limits[2];
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(plumb_stored_exercise(store, 1, &exercise, limits, &message), 1);
    CU_ASSERT_STRING_EQUAL(exercise.id, "supine-edge");
    CU_ASSERT(exercise.steps_n > 5);
    CU_ASSERT(exercise.judges & 1u << PLUMB_ANTERIOR_ROTATION);
    CU_ASSERT(fabs(limits[1].red_rad - 5 * 0.017453292519943295) < 1e-9);
}

static void test_schema_1_opens(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    int fail = 0;
    struct plumb_message message = {""};
    folder_make(&folder);
    unpack("store-1.db", &folder);
    folder_path(&folder, "store-1.db", path);
    struct plumb_store *store = plumb_store_open(path, &fail, &message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(store);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    check_list(store);
    check_samples(store);
    check_exercise(store);
    CU_ASSERT_EQUAL(plumb_store_find(store, "last", &message), 1);
    plumb_store_close(store);
    folder_remove(&folder);
}

static CU_TestInfo tests[] = {
    {"a store of schema 1 opens", test_schema_1_opens},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("released stores", tests, argc, argv);
}
