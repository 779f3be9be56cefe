/* What is derived: it equals a fresh analysis, it is kept small, it is found again when the code changes, and
 * the code's version tells. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/io/find_data.h"
#include "host/io/recording.h"
#include "host/session/analysis.h"
#include "host/store/derive.h"
#include "host/store/derived.h"
#include "host/store/derived_rows.h"
#include "host/store/sql.h"
#include "host/store/stored.h"
#include "stretch.h"
#include "suite.h"
#include "tests/io/folder.h"

struct room {
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct plumb_store *store;
    int64_t id;
    struct plumb_message message;
};

static void open_room(struct room *room, int both)
{
    int fail = 0;
    memset(room, 0, sizeof *room);
    folder_make(&room->folder);
    folder_path(&room->folder, "a.db", room->path);
    struct stretch stretch = {
        .store = room->path,
        .patient = "Anna",
        .exercise = "supine-edge",
        .manner = MANNER_SLOPPY,
        .both = both};
    room->id = stretch_keep(&stretch);
    room->store = plumb_store_open(room->path, &fail, &room->message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(room->store);
}

static void close_room(struct room *room)
{
    CU_ASSERT_STRING_EQUAL(room->message.text, "");
    plumb_store_close(room->store);
    folder_remove(&room->folder);
}

/* ---- equal to a fresh analysis */

struct fresh {
    struct plumb_exercise exercise;
    struct plumb_thresholds limits[2];
    struct plumb_turn turns[8];
    struct plumb_recording recording;
    struct plumb_analysis analysis;
};

static void analyze(struct fresh *fresh, struct room *room)
{
    struct plumb_stored_side *sides;
    struct plumb_analysis_params params;
    size_t n;
    plumb_analysis_params_default(&params);
    CU_ASSERT_EQUAL_FATAL(
        plumb_stored_exercise(room->store, room->id, &fresh->exercise, fresh->limits, &room->message), 1);
    CU_ASSERT_EQUAL_FATAL(plumb_stored_sides(room->store, room->id, &sides, &n, &room->message), 0);
    CU_ASSERT_EQUAL_FATAL(plumb_stored_load(room->store, room->id, &fresh->recording, &room->message), 0);
    for (size_t i = 0; i < n && i < 8; i++)
        fresh->turns[i] = (struct plumb_turn){sides[i].t_s, sides[i].side};
    params.exercise = &fresh->exercise;
    params.limits = fresh->limits;
    params.side = PLUMB_RIGHT;
    params.turns = fresh->turns;
    params.turns_n = n;
    const struct plumb_recording *recording = &fresh->recording;
    CU_ASSERT_EQUAL_FATAL(
        plumb_analyze(&fresh->analysis, &params, &recording->track, recording->marks, recording->marks_n), 0);
    free(sides);
}

static void same_angle(double stored_rad, float found_rad)
{
    if (isnan((double)found_rad)) {
        CU_ASSERT(isnan(stored_rad));
        return;
    }
    CU_ASSERT_DOUBLE_EQUAL(stored_rad, (double)found_rad, 0.51 * PLUMB_DERIVED_ANGLE_RAD);
}

static double apart_rad(struct plumb_quat a, struct plumb_quat b)
{
    struct plumb_quat q = plumb_quat_mul(plumb_quat_conj(a), b);
    return 2 * asin(sqrt(q.x * q.x + q.y * q.y + q.z * q.z));
}

static void same_row(const struct plumb_dossier_row *row, const struct fresh *fresh, size_t i)
{
    const struct plumb_analysis *analysis = &fresh->analysis;
    CU_ASSERT_EQUAL(row->sample.t_s, fresh->recording.track.t_s[i]);
    same_angle(row->angles.tilt_rad, analysis->tilt_rad[i]);
    same_angle(row->angles.tilt_sd_rad, analysis->tilt_sd_rad[i]);
    same_angle(row->angles.rotation_rad, analysis->rotation_rad[i]);
    same_angle(row->angles.obliquity_rad, analysis->obliquity_rad[i]);
    same_angle(row->angles.lumbar_rad, analysis->lumbar_rad[i]);
    same_angle(row->angles.hip_rad, analysis->hip_rad[i]);
    CU_ASSERT_EQUAL(row->zone, (enum plumb_zone)analysis->zone[i]);
    CU_ASSERT_EQUAL(row->flags, analysis->row_flags[i]);
    CU_ASSERT(apart_rad(row->q_ws[PLUMB_PELVIS], analysis->q_ws[PLUMB_PELVIS][i]) < PLUMB_DERIVED_Q_RAD);
}

static void same_rows(struct plumb_dossier *dossier, const struct fresh *fresh, struct plumb_message *message)
{
    struct plumb_dossier_row row;
    size_t i = 0;
    CU_ASSERT_EQUAL(dossier->rows_n, fresh->analysis.n);
    CU_ASSERT_EQUAL(plumb_dossier_rewind(dossier, message), 0);
    while (i < fresh->analysis.n && plumb_dossier_next(dossier, &row, message) > 0)
        same_row(&row, fresh, i++);
    CU_ASSERT_EQUAL(i, fresh->analysis.n);
    CU_ASSERT_EQUAL(plumb_dossier_next(dossier, &row, message), 0);
}

static void same_findings(const struct plumb_dossier *dossier, const struct fresh *fresh)
{
    const struct plumb_analysis *analysis = &fresh->analysis;
    CU_ASSERT_EQUAL_FATAL(dossier->holds_n, analysis->holds_n);
    for (size_t i = 0; i < dossier->holds_n; i++) {
        const struct plumb_hold *a = &dossier->holds[i].hold, *b = &analysis->holds[i].hold;
        CU_ASSERT_EQUAL(dossier->holds[i].side, analysis->holds[i].side);
        CU_ASSERT(a->start_s == b->start_s && a->end_s == b->end_s && a->in_zone_s == b->in_zone_s);
        CU_ASSERT(a->excursions == b->excursions && a->worst_rad == b->worst_rad);
        CU_ASSERT(dossier->holds[i].target_s >= 30);
    }
    CU_ASSERT_EQUAL_FATAL(dossier->flags_n, analysis->flags_n);
    for (size_t i = 0; i < dossier->flags_n; i++)
        CU_ASSERT_EQUAL(memcmp(&dossier->flags[i], &analysis->flags[i], sizeof dossier->flags[i]), 0);
    CU_ASSERT_EQUAL(memcmp(&dossier->neutral, &analysis->neutral, sizeof analysis->neutral), 0);
    CU_ASSERT_EQUAL(memcmp(&dossier->quality, &analysis->quality, sizeof analysis->quality), 0);
    CU_ASSERT_EQUAL(memcmp(dossier->thresholds, analysis->thresholds, sizeof analysis->thresholds), 0);
    CU_ASSERT_EQUAL(dossier->mount[0].q_sb.w, analysis->mount[0].q_sb.w);
    CU_ASSERT_EQUAL(dossier->mount[0].quality, analysis->mount[0].quality);
}

static void test_what_is_kept_equals_a_fresh_analysis(void)
{
    struct room room;
    struct plumb_dossier dossier;
    open_room(&room, 1);
    struct fresh *fresh = calloc(1, sizeof *fresh);
    CU_ASSERT_EQUAL_FATAL(plumb_store_dossier(room.store, room.id, &dossier, &room.message), 0);
    analyze(fresh, &room);
    CU_ASSERT(dossier.holds_n >= 2);
    CU_ASSERT(dossier.flags_n > 0);
    CU_ASSERT_NOT_EQUAL(dossier.holds[0].side, dossier.holds[dossier.holds_n - 1].side);
    CU_ASSERT_STRING_EQUAL(dossier.patient.alias, "Anna");
    CU_ASSERT_STRING_EQUAL(dossier.derived_by, PLUMB_DERIVED_BY);
    CU_ASSERT_STRING_EQUAL(dossier.ended, "done");
    same_findings(&dossier, fresh);
    same_rows(&dossier, fresh, &room.message);
    same_rows(&dossier, fresh, &room.message); /* once more, from the beginning */
    plumb_dossier_free(&dossier);
    plumb_analysis_free(&fresh->analysis);
    plumb_recording_free(&fresh->recording);
    free(fresh);
    close_room(&room);
}

/* ---- stale and current */

static int count(void *context, const struct plumb_derive_done *done)
{
    *(int *)context += 1;
    CU_ASSERT_EQUAL(done->of_n, 1);
    return 0;
}

static void test_another_version_of_the_code_derives_again(void)
{
    struct room room;
    struct plumb_derive_done done;
    int told = 0;
    open_room(&room, 0);
    CU_ASSERT_EQUAL(plumb_derived_is_current(room.store, room.id, &room.message), 0);
    CU_ASSERT_EQUAL(plumb_derive_all(room.store, 0, count, &told, &done, &room.message), 0);
    CU_ASSERT_EQUAL(told, 1);
    CU_ASSERT(done.recorded_s > 30);
    CU_ASSERT_EQUAL(done.failed_n, 0);
    CU_ASSERT_EQUAL(plumb_derived_is_current(room.store, room.id, &room.message), 1);
    CU_ASSERT_EQUAL(plumb_derive_all(room.store, 0, count, &told, &done, &room.message), 0);
    CU_ASSERT_EQUAL(told, 1);
    CU_ASSERT_EQUAL(
        plumb_sql_run(room.store, &room.message, "UPDATE derived SET code_version = 'older'", ""), 0);
    CU_ASSERT_EQUAL(plumb_derived_is_current(room.store, room.id, &room.message), 0);
    CU_ASSERT_EQUAL(plumb_derive_all(room.store, 0, count, &told, &done, &room.message), 0);
    CU_ASSERT_EQUAL(told, 2);
    close_room(&room);
}

static void test_damaged_rows_are_said(void)
{
    struct room room;
    struct plumb_dossier dossier;
    struct plumb_dossier_row row;
    struct plumb_message message = {""};
    int more = 1;
    open_room(&room, 0);
    CU_ASSERT_EQUAL(plumb_derive(room.store, room.id, &room.message), 0);
    CU_ASSERT_EQUAL(
        plumb_sql_run(
            room.store, &room.message, "UPDATE derived_rows SET data = x'00112233' WHERE seq = 1", ""),
        0);
    CU_ASSERT_EQUAL_FATAL(plumb_store_dossier(room.store, room.id, &dossier, &room.message), 0);
    while (more > 0)
        more = plumb_dossier_next(&dossier, &row, &message);
    CU_ASSERT_EQUAL(more, PLUMB_DAMAGED);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "rebuild"));
    plumb_dossier_free(&dossier);
    close_room(&room);
}

/* ---- the past of a patient */

static void test_past_holds_have_their_exercise_and_side(void)
{
    struct room room;
    struct plumb_past_hold *holds;
    size_t n;
    open_room(&room, 1);
    int64_t patient = plumb_store_patient(room.store, "Anna", 0, &room.message);
    CU_ASSERT_EQUAL_FATAL(plumb_store_past_holds(room.store, patient, &holds, &n, &room.message), 0);
    CU_ASSERT_FATAL(n >= 2);
    int sides = 0;
    for (size_t i = 0; i < n; i++) {
        CU_ASSERT_STRING_EQUAL(holds[i].exercise, "supine-edge");
        CU_ASSERT(holds[i].in_zone_s > 0 && holds[i].elapsed_s >= holds[i].in_zone_s);
        sides |= 1 << holds[i].side;
    }
    CU_ASSERT_EQUAL(sides, 3);
    free(holds);
    CU_ASSERT_EQUAL(plumb_store_past_holds(room.store, 77, &holds, &n, &room.message), 0);
    CU_ASSERT_EQUAL(n, 0);
    free(holds);
    close_room(&room);
}

/* ---- the version tells */

/* What the present code finds in a recording that does not change. When this test fails, the same bytes give
 * other results: give PLUMB_DERIVED_BY its next number, so that every store derives again, and put the
 * version and the figures that the test prints here. */
static const struct {
    const char *derived_by;
    double rows_n, tilt_rad, rotation_rad, sd_rad, rest, in_zone_s, worst_rad;
} known = {"plumb-analysis 2", 16572,        0.175292325, -1.21366288,
           0.336113206,        0.0620926865, 20.706,      0.0325802825};

static double wave(size_t row)
{
    return sin(0.001 * (double)row) + 1.5;
}

static double sum(const float *values, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++)
        total += isnan((double)values[i]) ? 0 : wave(i) * (double)values[i];
    return total / (double)n;
}

static void close_to(const char *what, double found, double expected)
{
    if (!(fabs(found - expected) <= 2e-6 * fmax(1, fabs(expected))))
        printf("%s: found %.9g, known %.9g\n", what, found, expected);
    CU_ASSERT_DOUBLE_EQUAL(found, expected, 2e-6 * fmax(1, fabs(expected)));
}

static void test_other_results_want_another_version(void)
{
    static struct plumb_exercise exercise;
    struct plumb_recording recording;
    struct plumb_analysis_params params;
    struct plumb_analysis analysis;
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(
        plumb_recording_load(&recording, PLUMB_SOURCE_DIR "/tests/data/broad_02_excerpt.csv.gz", &message),
        0);
    exercise.judged = 1;
    exercise.judges = 1u << PLUMB_ANTERIOR_ROTATION | 1u << PLUMB_PELVIC_ROTATION;
    plumb_thresholds_default(&exercise.thresholds);
    plumb_analysis_params_default(&params);
    params.exercise = &exercise;
    CU_ASSERT_EQUAL_FATAL(
        plumb_analyze(&analysis, &params, &recording.track, recording.marks, recording.marks_n), 0);
    CU_ASSERT_EQUAL_FATAL(analysis.holds_n, 1);
    CU_ASSERT_STRING_EQUAL(PLUMB_DERIVED_BY, known.derived_by);
    close_to("rows_n", (double)analysis.n, known.rows_n);
    close_to("tilt_rad", sum(analysis.tilt_rad, analysis.n), known.tilt_rad);
    close_to("rotation_rad", sum(analysis.rotation_rad, analysis.n), known.rotation_rad);
    close_to("sd_rad", sum(analysis.tilt_sd_rad, analysis.n), known.sd_rad);
    close_to("rest", analysis.quality.rest_fraction, known.rest);
    close_to("in_zone_s", analysis.holds[0].hold.in_zone_s, known.in_zone_s);
    close_to("worst_rad", analysis.holds[0].hold.worst_rad, known.worst_rad);
    plumb_analysis_free(&analysis);
    plumb_recording_free(&recording);
}

/* ---- given up */

struct patience {
    int asked_n, most_n;
};

static int ask(void *context)
{
    struct patience *patience = context;
    return ++patience->asked_n <= patience->most_n;
}

static int64_t derived_n(struct room *room)
{
    int64_t n = -1;
    CU_ASSERT_EQUAL(
        plumb_sql_integer(
            room->store, &n, &room->message,
            "SELECT (SELECT count(*) FROM derived) + (SELECT count(*) FROM derived_rows) + "
            "(SELECT count(*) FROM derived_holds)",
            ""),
        1);
    return n;
}

/* After whichever question: nothing is kept of it, and the next time all of it is. */
static void test_given_up_leaves_nothing(void)
{
    struct room room;
    struct patience patience = {0, 1 << 20};
    const struct plumb_wanted wanted = {ask, &patience};
    open_room(&room, 0);
    plumb_store_ask(room.store, &wanted);
    CU_ASSERT_EQUAL(plumb_derive(room.store, room.id, &room.message), 0);
    int all_n = patience.asked_n;
    int64_t whole = derived_n(&room);
    CU_ASSERT(all_n > 10 && whole > 2);
    for (int k = 0; k < all_n; k++) {
        struct plumb_message message = {""};
        patience = (struct patience){0, k};
        CU_ASSERT_EQUAL(plumb_sql_script(room.store, &room.message, "DELETE FROM derived"), 0);
        CU_ASSERT_EQUAL(plumb_derive(room.store, room.id, &message), PLUMB_USAGE);
        CU_ASSERT_STRING_EQUAL(message.text, "given up; nothing was written");
        CU_ASSERT_EQUAL(derived_n(&room), 0);
    }
    plumb_store_ask(room.store, NULL);
    CU_ASSERT_EQUAL(plumb_derive(room.store, room.id, &room.message), 0);
    CU_ASSERT_EQUAL(derived_n(&room), whole);
    close_room(&room);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"fresh", test_what_is_kept_equals_a_fresh_analysis},
        {"stale", test_another_version_of_the_code_derives_again},
        {"damaged", test_damaged_rows_are_said},
        {"past", test_past_holds_have_their_exercise_and_side},
        {"version", test_other_results_want_another_version},
        {"given up", test_given_up_leaves_nothing},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("derive", tests, argc, argv);
}
