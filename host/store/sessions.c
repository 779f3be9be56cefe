/* Lists of sessions, the words of the user about them, and which one is meant. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../io/message_fail.h"
#include "../io/text_utf8.h"
#include "derived.h"
#include "sql.h"

#define NOTE_N 4000 /* bytes of the longest note and tags */

/* ---- lists */

#define SAID(what)                                                                                           \
    "(SELECT a." what " FROM annotations a WHERE a.session_id = s.id AND a." what                            \
    " IS NOT NULL ORDER BY a.id DESC LIMIT 1)"

/* The derived columns only where the present code (?1) found them. */
static const char list_sql[] =
    "SELECT s.id, s.uuid, s.patient_id, p.alias, s.exercise, s.exercise_name, s.side, s.both_sides, "
    "s.begun_utc_us, s.utc_offset_s, coalesce(e.duration_us, "
    "(SELECT max(b.ended_host_us) - s.begun_host_us FROM blocks b WHERE b.session_id = s.id AND e.how IS "
    "NULL), "
    "0), "
    "e.how IS NULL, e.how, " SAID("tags") " AS tags, " SAID(
        "note") " AS note, d.session_id IS NOT NULL, "
                "d.in_zone_left_s, d.in_zone_right_s, d.worst_left_rad, d.worst_right_rad, "
                "d.holds_left_n, d.holds_right_n, d.excursions_left, d.excursions_right "
                "FROM sessions s JOIN patient p ON p.id = s.patient_id "
                "LEFT JOIN session_ends e ON e.session_id = s.id "
                "LEFT JOIN derived d ON d.session_id = s.id AND d.code_version = ?1 "
                "WHERE (?2 = 0 OR s.patient_id = ?2) AND (?3 IS NULL OR s.exercise = ?3) "
                "AND s.begun_utc_us >= ?4 AND (?5 = 0 OR s.begun_utc_us < ?5) "
                "AND (?6 IS NULL OR instr(lower(p.alias || char(10) || p.code || char(10) || s.exercise || "
                "char(10) || "
                "s.exercise_name || char(10) || coalesce(note, '') || char(10) || coalesce(tags, '')), "
                "lower(?6)) > 0) "
                "ORDER BY s.begun_utc_us DESC, s.id DESC LIMIT ?7";

static void take_derived(sqlite3_stmt *row, struct plumb_store_session *session)
{
    session->derived = sqlite3_column_int(row, 15);
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++) {
        session->in_zone_s[side] = plumb_sql_double(row, 16 + side);
        session->worst_rad[side] = plumb_sql_double(row, 18 + side);
        session->holds_n[side] = sqlite3_column_int(row, 20 + side);
        session->excursions[side] = sqlite3_column_int(row, 22 + side);
    }
}

static void take_session(sqlite3_stmt *row, struct plumb_store_session *session)
{
    memset(session, 0, sizeof *session);
    session->id = sqlite3_column_int64(row, 0);
    plumb_sql_text(row, 1, session->uuid, sizeof session->uuid);
    session->patient_id = sqlite3_column_int64(row, 2);
    plumb_sql_text(row, 3, session->alias, sizeof session->alias);
    plumb_sql_text(row, 4, session->exercise, sizeof session->exercise);
    plumb_sql_text(row, 5, session->exercise_name, sizeof session->exercise_name);
    session->side = sqlite3_column_int(row, 6) ? PLUMB_RIGHT : PLUMB_LEFT;
    session->both_sides = sqlite3_column_int(row, 7);
    session->begun_utc_us = sqlite3_column_int64(row, 8);
    session->utc_offset_s = sqlite3_column_int(row, 9);
    session->duration_s = (double)sqlite3_column_int64(row, 10) / 1e6;
    session->recording = sqlite3_column_int(row, 11);
    plumb_sql_text(row, 12, session->ended, sizeof session->ended);
    plumb_sql_text(row, 13, session->tags, sizeof session->tags);
    plumb_sql_text(row, 14, session->note, sizeof session->note);
    take_derived(row, session);
}

int plumb_store_sessions(
    struct plumb_store *store, const struct plumb_store_query *query,
    int (*visit)(void *context, const struct plumb_store_session *session), void *context,
    struct plumb_message *message)
{
    struct plumb_store_session session;
    int64_t most_n = query->most_n ? query->most_n : INT64_MAX;
    sqlite3_stmt *row = plumb_sql_prepare(
        store, message, list_sql, "titiiti", PLUMB_DERIVED_BY, query->patient_id, query->exercise,
        query->from_utc_us, query->to_utc_us, query->text, most_n);
    int more = row ? 1 : plumb_sql_fail(store, message);
    while (more > 0 && (more = plumb_sql_step(store, row, message)) > 0) {
        take_session(row, &session);
        if (visit(context, &session))
            break;
    }
    sqlite3_finalize(row);
    return more < 0 ? more : 0;
}

/* ---- which one */

static int64_t missing(const char *words, struct plumb_message *message)
{
    return plumb_message_fail(
        message, PLUMB_USAGE,
        "there is no session \"%.60s\" (a number, \"last\", or the beginning of its uuid; plumb sessions "
        "lists them)",
        words);
}

static int64_t
by_query(struct plumb_store *store, const char *sql, const char *words, struct plumb_message *message)
{
    int64_t id = 0;
    int found = plumb_sql_integer(store, &id, message, sql, *words ? "t" : "", words);
    return found < 0 ? found : id;
}

/* The beginning of a uuid: it must be that of one session alone. */
static int64_t by_uuid(struct plumb_store *store, const char *words, struct plumb_message *message)
{
    static const char sql[] = "SELECT CASE WHEN count(*) = 1 THEN min(id) ELSE 0 END FROM sessions "
                              "WHERE substr(uuid, 1, length(?1)) = lower(?1)";
    return strlen(words) >= 4 && strspn(words, "0123456789abcdefABCDEF-") == strlen(words)
               ? by_query(store, sql, words, message)
               : 0;
}

int64_t plumb_store_find(struct plumb_store *store, const char *words, struct plumb_message *message)
{
    int64_t id = 0;
    if (!strcmp(words, "last"))
        id = by_query(
            store, "SELECT id FROM sessions ORDER BY begun_utc_us DESC, id DESC LIMIT 1", "", message);
    else if (*words && strlen(words) < 18 && strspn(words, "0123456789") == strlen(words))
        id = by_query(store, "SELECT id FROM sessions WHERE id = CAST(?1 AS INTEGER)", words, message);
    if (!id)
        id = by_uuid(store, words, message);
    return id ? id : missing(words, message);
}

/* ---- the user's words */

static int check_words(const char *what, const char *text, struct plumb_message *message)
{
    size_t n = text ? strlen(text) : 0;
    if (n > NOTE_N)
        return plumb_message_fail(message, PLUMB_USAGE, "%s of at most %d bytes, found %zu", what, NOTE_N, n);
    if (n && plumb_text_utf8_bad(text, n) < n)
        return plumb_message_fail(message, PLUMB_USAGE, "%s wants text in UTF-8", what);
    return 0;
}

int plumb_store_annotate(
    struct plumb_store *store, int64_t session_id, const char *note, const char *tags,
    struct plumb_message *message)
{
    int fail = check_words("a note", note, message);
    if (!fail)
        fail = check_words("tags", tags, message);
    if (fail || (!note && !tags))
        return fail;
    return plumb_sql_run(
        store, message, "INSERT INTO annotations (session_id, said_utc_us, note, tags) VALUES (?, ?, ?, ?)",
        "iitt", session_id, plumb_utc_us(), note, tags);
}
