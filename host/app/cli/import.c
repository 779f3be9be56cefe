/* Recordings and sessions from elsewhere: what they say, completed by what they do not, into the store. */
#include "import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "../../export/when.h"
#include "../../io/file_bytes.h"
#include "../../io/file_read.h"
#include "../../io/find_data.h"
#include "../../io/json_session.h"
#include "../../io/load_exercise.h"
#include "../../io/load_limits.h"
#include "../../io/message_fail.h"
#include "../../io/recording.h"
#include "../../store/carry.h"
#include "../../store/intake.h"

#define EXERCISE_TEXT_N (256 * 1024)
#define TELL_ROWS       4096
#define US_PER_S        INT64_C(1000000)
#define EXERCISE        "supine-edge" /* where nobody says */

/* ---- what a recording does not say itself */

struct recording_about {
    struct plumb_exercise exercise;
    char *exercise_text; /* owned */
    struct plumb_thresholds limits[2];
    struct plumb_intake_about about;
    char source[256];
};

/* A moment of this machine's clock, in its zone: from UTC of the same digits. */
static int64_t from_local(int64_t as_utc_us, int *offset_s)
{
    struct plumb_when when = plumb_when_of(as_utc_us, 0);
    struct tm local = {
        .tm_year = when.year - 1900,
        .tm_mon = when.month - 1,
        .tm_mday = when.day,
        .tm_hour = when.hour,
        .tm_min = when.minute,
        .tm_sec = when.second,
        .tm_isdst = -1};
    int64_t utc_us = (int64_t)mktime(&local) * US_PER_S + when.us;
    *offset_s = (int)((as_utc_us - utc_us) / US_PER_S);
    return utc_us;
}

static int64_t local_offset_us(int64_t utc_us)
{
    time_t at = (time_t)(utc_us / US_PER_S);
    struct tm local;
    if (!localtime_r(&at, &local))
        return 0;
    struct plumb_when when = {
        local.tm_year + 1900, local.tm_mon + 1, local.tm_mday, local.tm_hour, local.tm_min, local.tm_sec, 0};
    return plumb_when_utc_us(&when, 0) - at * US_PER_S;
}

/* Without a word about it a file's last change is when the recording ended. */
static int64_t written_us(const char *path, double duration_s)
{
    struct stat status;
    int64_t us = strcmp(path, "-") != 0 && stat(path, &status) == 0 ? (int64_t)status.st_mtime * US_PER_S
                                                                    : (int64_t)time(NULL) * US_PER_S;
    return us - (int64_t)(duration_s * (double)US_PER_S);
}

static int set_begun(
    struct plumb_intake_about *about, const char *begun, const char *path, double duration_s,
    struct plumb_message *message)
{
    int64_t utc_us = 0;
    if (!begun || !*begun) {
        about->begin.utc_us = written_us(path, duration_s);
        about->utc_offset_s = (int)(local_offset_us(about->begin.utc_us) / US_PER_S);
        return 0;
    }
    int known = plumb_when_read(begun, &utc_us, &about->utc_offset_s);
    if (known < 0)
        return plumb_message_fail(
            message, PLUMB_USAGE, "%s: wants a moment as 2026-01-02T10:20:30, found \"%s\"", path, begun);
    about->begin.utc_us = known ? utc_us : from_local(utc_us, &about->utc_offset_s);
    return 0;
}

static int load_exercise(struct recording_about *of, const char *id, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    size_t n;
    int fail = plumb_data_find("exercises", ".exercise", id, path, message);
    if (!fail)
        fail = plumb_file_read(&of->exercise_text, &n, path, EXERCISE_TEXT_N, message);
    if (!fail)
        fail = plumb_exercise_read(&of->exercise, path, of->exercise_text, n, message);
    return fail;
}

/* The limits of both sides: the exercise's, with the person's own for the side they are for. */
static int load_limits(
    struct recording_about *of, const struct plumb_import *import, enum plumb_side side,
    struct plumb_message *message)
{
    of->limits[PLUMB_LEFT] = of->limits[PLUMB_RIGHT] = of->exercise.thresholds;
    return import->limits
               ? plumb_limits_load(&of->limits[side], import->limits, of->exercise.id, side, message)
               : 0;
}

static void set_about(
    struct recording_about *of, const struct plumb_import *import, const char *path, const char *patient,
    enum plumb_side side, int both_sides)
{
    const char *slash = strrchr(path, '/');
    snprintf(of->source, sizeof of->source, "import of %.200s", slash ? slash + 1 : path);
    of->about.begin = (struct plumb_keep_begin){
        .patient = import->patient ? import->patient : patient,
        .exercise_text = of->exercise_text,
        .exercise = &of->exercise,
        .side = side,
        .both_sides = both_sides,
        .limits = of->limits,
        .source = of->source,
        .program = "plumb " PLUMB_VERSION};
    of->about.note = import->note;
    of->about.tags = import->tags;
    of->about.ended = "done";
}

/* ---- raw CSV */

static int put_recording(
    const struct plumb_import *import, struct plumb_intake *intake, const struct plumb_recording *recording,
    struct plumb_message *message)
{
    int fail = 0;
    size_t mark = 0;
    for (size_t row = 0; row < recording->track.n && !fail; row++) {
        struct plumb_sample sample = plumb_track_at(&recording->track, row);
        fail = plumb_intake_sample(intake, &sample, message);
        if (import->tell && row % TELL_ROWS == 0)
            import->tell(import->context, (double)row / (double)recording->track.n);
        for (; mark < recording->marks_n && recording->marks[mark].row <= row && !fail; mark++) {
            char text[4096];
            const struct plumb_mark *of = &recording->marks[mark];
            snprintf(text, sizeof text, "%s%s", plumb_marker_name(of->kind), of->note ? of->note : "");
            fail = plumb_intake_mark(intake, sample.t_s, text, message);
        }
    }
    return fail;
}

static int64_t take_intake(
    const struct plumb_import *import, struct plumb_store *store, const struct plumb_recording *recording,
    const struct plumb_intake_about *about, struct plumb_message *message)
{
    int fail = 0;
    struct plumb_intake *intake = plumb_intake_begin(about, &fail, message);
    if (!intake)
        return fail;
    fail = put_recording(import, intake, recording, message);
    if (!fail)
        return plumb_intake_end(intake, store, message);
    plumb_intake_drop(intake);
    return fail;
}

static double duration_s(const struct plumb_track *track)
{
    return track->n ? track->t_s[track->n - 1] - track->t_s[0] : 0;
}

static int64_t take_recording(
    const struct plumb_import *import, struct plumb_store *store, const char *path,
    struct plumb_message *message)
{
    struct recording_about of = {0};
    struct plumb_recording recording = {0};
    enum plumb_side side = (enum plumb_side)import->side;
    int fail = load_exercise(&of, import->exercise ? import->exercise : EXERCISE, message);
    if (!fail)
        fail = load_limits(&of, import, side, message);
    if (!fail)
        fail = plumb_recording_load(&recording, path, message);
    set_about(&of, import, path, NULL, side, 0);
    if (!fail)
        fail = set_begun(&of.about, import->begun, path, duration_s(&recording.track), message);
    int64_t id = fail ? fail : take_intake(import, store, &recording, &of.about, message);
    plumb_recording_free(&recording);
    free(of.exercise_text);
    return id;
}

/* ---- JSON */

static int take_kept_row(void *context, const struct plumb_kept *row, struct plumb_message *message)
{
    return plumb_take_row(context, row, message);
}

static int64_t take_kept(
    const struct plumb_import *import, struct plumb_store *store, const struct plumb_json_session *session,
    const char *path, int *was_there, struct plumb_message *message)
{
    int fail = 0;
    struct plumb_take *take = plumb_take_begin(store, import->patient, &fail, message);
    if (!take)
        return fail;
    const struct plumb_json_session_to to = {
        .kept = take_kept_row, .context = take, .tell = import->tell, .tell_context = import->context};
    fail = plumb_json_session_read(session, path, &to, message);
    if (!fail)
        return plumb_take_end(take, was_there, message);
    plumb_take_drop(take);
    return fail;
}

static int put_sample(void *context, const struct plumb_sample *sample, struct plumb_message *message)
{
    return plumb_intake_sample(context, sample, message);
}

static int put_mark(void *context, double t_s, const char *text, struct plumb_message *message)
{
    return plumb_intake_mark(context, t_s, text, message);
}

static int64_t take_rows(
    const struct plumb_import *import, struct plumb_store *store, const struct plumb_json_session *session,
    const struct plumb_intake_about *about, const char *path, struct plumb_message *message)
{
    int fail = 0;
    struct plumb_intake *intake = plumb_intake_begin(about, &fail, message);
    if (!intake)
        return fail;
    const struct plumb_json_session_to to = {
        .mark = put_mark,
        .sample = put_sample,
        .context = intake,
        .tell = import->tell,
        .tell_context = import->context};
    fail = plumb_json_session_read(session, path, &to, message);
    if (!fail)
        return plumb_intake_end(intake, store, message);
    plumb_intake_drop(intake);
    return fail;
}

static const char *or_null(const char *text)
{
    return text[0] ? text : NULL;
}

/* A session that was in no store: what it says itself counts before the options. */
static int64_t take_told(
    const struct plumb_import *import, struct plumb_store *store, const struct plumb_json_session *session,
    const char *path, struct plumb_message *message)
{
    struct recording_about of = {0};
    const char *exercise = or_null(session->exercise), *begun = or_null(session->begun);
    int fail = session->roles ? 0
                              : plumb_message_fail(
                                    message, PLUMB_DAMAGED,
                                    "%s: wants rows, or what was kept; this session holds neither", path);
    if (!fail)
        fail = load_exercise(
            &of,
            exercise           ? exercise
            : import->exercise ? import->exercise
                               : EXERCISE,
            message);
    if (!fail)
        fail = load_limits(&of, import, session->side, message);
    set_about(&of, import, path, or_null(session->alias), session->side, session->both_sides);
    if (session->has_limits)
        of.about.begin.limits = session->limits;
    of.about.note = session->note[0] ? session->note : import->note;
    of.about.tags = session->tags[0] ? session->tags : import->tags;
    of.about.ended = session->ended[0] ? session->ended : "done";
    if (!fail)
        fail = set_begun(&of.about, begun ? begun : import->begun, path, 0, message);
    int64_t id = fail ? fail : take_rows(import, store, session, &of.about, path, message);
    free(of.exercise_text);
    return id;
}

static int64_t take_json(
    const struct plumb_import *import, struct plumb_store *store, const char *path, int *was_there,
    struct plumb_message *message)
{
    struct plumb_json_session session;
    int fail = plumb_json_session_head(&session, path, message);
    if (fail)
        return fail;
    return session.has_kept ? take_kept(import, store, &session, path, was_there, message)
                            : take_told(import, store, &session, path, message);
}

/* ---- the work */

/* 1 where the file begins as JSON does. */
static int is_json(const char *path, int *fail, struct plumb_message *message)
{
    char head[64];
    if (strcmp(path, "-") == 0)
        return 0;
    struct plumb_file_bytes *file = plumb_file_bytes_open(path, fail, message);
    long n = file ? plumb_file_bytes_read(file, head, sizeof head, message) : 0;
    plumb_file_bytes_close(file);
    if (n < 0)
        *fail = (int)n;
    for (long i = 0; i < n; i++)
        if (!strchr(" \t\r\n", head[i]))
            return head[i] == '{';
    return 0;
}

static int64_t take_any(
    const struct plumb_import *import, struct plumb_store *store, const char *path, int *was_there,
    struct plumb_message *message)
{
    int fail = 0, json = is_json(path, &fail, message);
    if (fail)
        return fail;
    return json ? take_json(import, store, path, was_there, message)
                : take_recording(import, store, path, message);
}

int64_t plumb_import_file(
    const struct plumb_import *import, struct plumb_store *store, const char *path, int *was_there,
    struct plumb_message *message)
{
    struct plumb_message why = {""};
    *was_there = 0;
    int64_t id = take_any(import, store, path, was_there, &why);
    if (id >= 0)
        return id;
    int named = strncmp(why.text, path, strlen(path)) == 0;
    return plumb_message_fail(message, (int)id, "%s%s%s", named ? "" : path, named ? "" : ": ", why.text);
}
