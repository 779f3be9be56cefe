#include "keep_begin.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../io/message_fail.h"

#define ME "me" /* oneself, where nobody is named */

/* How far the user's clock is from UTC at that moment: "+0130" is 5400. */
static int utc_offset_s(int64_t utc_us)
{
    char text[16];
    struct tm local;
    time_t at = (time_t)(utc_us / 1000000);
    if (!localtime_r(&at, &local) || strftime(text, sizeof text, "%z", &local) != 5)
        return 0;
    int hhmm = atoi(text + 1);
    int s = hhmm / 100 * 3600 + hhmm % 100 * 60;
    return text[0] == '-' ? -s : s;
}

static int
exercise_id(struct plumb_store *store, const char *text, int64_t *id, struct plumb_message *message)
{
    *id = 0;
    if (!text)
        return 0;
    int fail = plumb_sql_run(store, message, "INSERT OR IGNORE INTO exercises (text) VALUES (?)", "t", text);
    int found =
        fail ? fail
             : plumb_sql_integer(store, id, message, "SELECT id FROM exercises WHERE text = ?", "t", text);
    return found < 0 ? found : 0;
}

static int add_session(
    struct plumb_store *store, const struct plumb_keep_begin *begin, const char *uuid, int64_t patient,
    struct plumb_message *message)
{
    const struct plumb_exercise *exercise = begin->exercise;
    int64_t utc_us = begin->utc_us ? begin->utc_us : plumb_utc_us(), file = 0;
    int fail = exercise_id(store, begin->exercise_text, &file, message);
    if (fail)
        return fail;
    return plumb_sql_run(
        store, message,
        "INSERT INTO sessions (uuid, patient_id, exercise_id, exercise, exercise_name, side, both_sides, "
        "begun_utc_us, utc_offset_s, begun_host_us, source, program) "
        "VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "tiittiiiiitt", uuid, patient, file, exercise ? exercise->id : "", exercise ? exercise->name : "",
        (int64_t)begin->side, (int64_t) !!begin->both_sides, utc_us, (int64_t)utc_offset_s(utc_us),
        begin->host_us, begin->source ? begin->source : "", begin->program ? begin->program : "");
}

static int add_steps(
    struct plumb_store *store, int64_t session, const struct plumb_exercise *exercise,
    struct plumb_message *message)
{
    int fail = 0;
    for (int i = 0; exercise && i < exercise->steps_n && !fail; i++) {
        const struct plumb_step *step = &exercise->steps[i];
        fail = plumb_sql_run(
            store, message, "INSERT INTO session_steps VALUES (?, ?, ?, ?, ?, ?)", "iidddi", session,
            (int64_t)i, step->for_s, step->in_zone_s, step->at_most_s, (int64_t)step->count);
    }
    return fail;
}

static int add_thresholds(
    struct plumb_store *store, int64_t session, int side, const struct plumb_thresholds *t,
    struct plumb_message *message)
{
    return plumb_sql_run(
        store, message, "INSERT INTO session_thresholds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "iiddddddddd", session, (int64_t)side, t->amber_rad, t->red_rad, t->delay_s, t->release_rad,
        t->release_s, t->immediate_rad, t->posterior_rad, t->turn_amber_rad, t->turn_red_rad);
}

static int add_all_thresholds(
    struct plumb_store *store, int64_t session, const struct plumb_keep_begin *begin,
    struct plumb_message *message)
{
    int fail = 0;
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT && !fail; side++)
        if (begin->limits || begin->exercise)
            fail = add_thresholds(
                store, session, side, begin->limits ? &begin->limits[side] : &begin->exercise->thresholds,
                message);
    return fail;
}

static int64_t add_all(
    struct plumb_store *store, const struct plumb_keep_begin *begin, const char *uuid,
    struct plumb_message *message)
{
    const char *alias = begin->patient && *begin->patient ? begin->patient : ME;
    int64_t patient = plumb_store_patient(store, alias, 1, message);
    if (patient < 0)
        return patient;
    int fail = add_session(store, begin, uuid, patient, message);
    int64_t session = sqlite3_last_insert_rowid(store->db);
    if (!fail)
        fail = add_steps(store, session, begin->exercise, message);
    if (!fail)
        fail = add_all_thresholds(store, session, begin, message);
    return fail ? fail : session;
}

int64_t plumb_keep_begin_session(
    struct plumb_store *store, const struct plumb_keep_begin *begin, const char *uuid,
    struct plumb_message *message)
{
    int fail = plumb_sql_begin(store, message);
    if (fail)
        return fail;
    int64_t session = add_all(store, begin, uuid, message);
    fail = plumb_sql_end(store, session < 0 ? (int)session : 0, message);
    return fail ? fail : session;
}
