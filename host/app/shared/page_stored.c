#include "page_stored.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/programme.h"
#include "../../core/said.h"
#include "../../core/units.h"
#include "../../io/find_data.h"
#include "../../io/load_exercise.h"
#include "../../io/message_fail.h"
#include "trend_say.h"

#define DAY_US         (86400 * (int64_t)PLUMB_US_PER_S)
#define SIDES_DAYS     28 /* that the two sides are compared over */
#define LOOK_BACK_DAYS (7 * PLUMB_PAGE_WEEKS_N + 1)

/* ---- a session */

static double day_of(int64_t utc_us)
{
    return (double)utc_us / (double)DAY_US;
}

/* A sentence for each side with holds. Returns how many. */
static size_t say_trends(
    char sentence[][PLUMB_PAGE_SENTENCE_N], const struct plumb_tongue *tongue, const char *exercise_id,
    int one_side, double day, const struct plumb_past_hold *holds, size_t n)
{
    static const char *const words[2] = {PLUMB_SAID("Left"), PLUMB_SAID("Right")};
    size_t said_n = 0;
    for (int side = 0; side < 2; side++)
        said_n += plumb_trend_say(
                      sentence[said_n], PLUMB_PAGE_SENTENCE_N, tongue, exercise_id, (enum plumb_side)side,
                      one_side ? plumb_said(tongue, "Both sides") : plumb_said(tongue, words[side]), day,
                      holds, n)[0] != '\0';
    return said_n;
}

/* Of the holds only those of the weeks up to this session: a page never looks ahead. */
static void keep_lately(struct plumb_page_stored *stored)
{
    double today = (double)stored->dossier.begun_utc_us / (double)DAY_US + 1e-6;
    size_t n = 0;
    for (size_t i = 0; i < stored->holds_n; i++)
        if (stored->holds[i].day <= today && stored->holds[i].day > today - SIDES_DAYS)
            stored->holds[n++] = stored->holds[i];
    stored->holds_n = n;
}

static int
load_history(struct plumb_page_stored *stored, struct plumb_store *store, struct plumb_message *message)
{
    const struct plumb_dossier *dossier = &stored->dossier;
    int64_t patient_id = plumb_store_patient(store, dossier->patient.alias, 0, message);
    if (patient_id < 0)
        return (int)patient_id;
    struct plumb_store_query query = {
        .patient_id = patient_id,
        .exercise = dossier->exercise.id,
        .from_utc_us = dossier->begun_utc_us - LOOK_BACK_DAYS * DAY_US,
        .to_utc_us = dossier->begun_utc_us + 1};
    int fail = plumb_store_past_holds(store, patient_id, &stored->holds, &stored->holds_n, message);
    if (!fail)
        fail = plumb_page_history_load(&stored->history, store, &query, message);
    if (fail)
        return fail;
    stored->trend_n = dossier->exercise.judged
                          ? say_trends(
                                stored->sentence, stored->tongue, dossier->exercise.id,
                                dossier->exercise.order == PLUMB_ORDER_BOTH_AT_ONCE,
                                day_of(dossier->begun_utc_us), stored->holds, stored->holds_n)
                          : 0;
    for (size_t i = 0; i < stored->trend_n; i++)
        stored->trend[i] = stored->sentence[i];
    keep_lately(stored);
    stored->past = plumb_page_history_past(&stored->history);
    return stored->past ? 0 : plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the page");
}

static const char *verdict(const struct plumb_page_stored *stored)
{
    int stiffer = plumb_programme_stiffer(stored->dossier.exercise.id, stored->holds, stored->holds_n);
    const struct plumb_tongue *tongue = stored->tongue;
    if (stiffer < 0)
        return plumb_said(tongue, "No clear difference between the sides over four weeks.");
    return stiffer == PLUMB_LEFT
               ? plumb_said(tongue, "Over four weeks the left side was harder to keep in the set zone.")
               : plumb_said(tongue, "Over four weeks the right side was harder to keep in the set zone.");
}

int plumb_page_stored_open(
    struct plumb_page_stored *stored, struct plumb_store *store, int64_t session_id,
    const struct plumb_page_maker *maker, struct plumb_message *message)
{
    memset(stored, 0, sizeof *stored);
    stored->tongue = maker->tongue;
    int fail = plumb_store_dossier(store, session_id, &stored->dossier, message);
    if (!fail)
        fail = load_history(stored, store, message);
    if (fail)
        return fail;
    struct plumb_page_ask ask = {
        .dossier = &stored->dossier,
        .past = stored->past,
        .past_n = stored->history.n,
        .trend = stored->trend,
        .trend_n = stored->trend_n,
        .side_verdict = verdict(stored),
        .program = maker->program,
        .tongue = maker->tongue};
    return plumb_page_fill(&stored->fill, &ask, message);
}

void plumb_page_stored_close(struct plumb_page_stored *stored)
{
    plumb_page_fill_free(&stored->fill);
    plumb_page_history_free(&stored->history);
    free(stored->past);
    free(stored->holds);
    plumb_dossier_free(&stored->dossier);
    memset(stored, 0, sizeof *stored);
}

/* ---- a patient */

struct search {
    int64_t id;
    struct plumb_dossier_patient *who;
};

static int is_it(void *context, const struct plumb_store_patient *patient)
{
    struct search *search = context;
    if (patient->id != search->id)
        return 0;
    *search->who = patient->who;
    return 1;
}

/* The newest session that has ended. */
static int newest(void *context, const struct plumb_store_session *session)
{
    struct plumb_store_session *found = context;
    if (session->recording)
        return 0;
    *found = *session;
    return 1;
}

static int load_sessions(
    struct plumb_patient_stored *stored, struct plumb_store *store, int64_t patient_id,
    struct plumb_message *message)
{
    struct plumb_store_session last = {0};
    struct plumb_store_query query = {.patient_id = patient_id};
    int fail = plumb_store_sessions(store, &query, newest, &last, message);
    if (fail || !last.id)
        return fail;
    query.from_utc_us = plumb_patient_from_utc_us(&last);
    return plumb_page_history_load(&stored->history, store, &query, message);
}

static void say_patient_trends(
    struct plumb_patient_stored *stored, const char *exercise, struct plumb_patient_ask_exercise *about)
{
    if (stored->sentence_n + 2 > (int)(sizeof stored->sentence / sizeof *stored->sentence))
        return;
    char(*sentence)[PLUMB_PAGE_SENTENCE_N] = &stored->sentence[stored->sentence_n];
    size_t n = say_trends(
        sentence, stored->tongue, exercise, 0, day_of(stored->history.sessions[0].begun_utc_us),
        stored->holds, stored->holds_n);
    for (size_t i = 0; i < n; i++)
        about->trend[i] = sentence[i];
    stored->sentence_n += (int)n;
}

/* What the exercise asks for today; one that is no longer among the files asks for nothing. */
static void about_exercise(void *context, const char *exercise, struct plumb_patient_ask_exercise *about)
{
    struct plumb_exercise found;
    struct plumb_message message = {""};
    char path[PLUMB_PATH_N];
    say_patient_trends(context, exercise, about);
    if (!exercise[0] || plumb_data_find("exercises", ".exercise", exercise, path, &message) ||
        plumb_exercise_load(&found, path, &message))
        return;
    double week_s = plumb_programme_week_s(&found);
    about->week_s = week_s > 0 ? week_s : NAN;
    about->at_once = found.order == PLUMB_ORDER_BOTH_AT_ONCE;
}

int plumb_patient_stored_open(
    struct plumb_patient_stored *stored, struct plumb_store *store, const char *alias,
    const struct plumb_page_maker *maker, struct plumb_message *message)
{
    memset(stored, 0, sizeof *stored);
    stored->tongue = maker->tongue;
    struct search search = {plumb_store_patient(store, alias, 0, message), &stored->who};
    if (search.id < 0)
        return (int)search.id;
    if (search.id == 0)
        return plumb_message_fail(
            message, PLUMB_USAGE, "there is no patient \"%.60s\" (plumb sessions lists them)", alias);
    int fail = plumb_store_patients(store, is_it, &search, message);
    if (!fail)
        fail = plumb_store_past_holds(store, search.id, &stored->holds, &stored->holds_n, message);
    if (!fail)
        fail = load_sessions(stored, store, search.id, message);
    if (fail)
        return fail;
    struct plumb_patient_ask ask = {&stored->who, stored->history.sessions, stored->history.n, about_exercise,
                                    stored,       maker->program,           maker->tongue};
    plumb_patient_fill(&stored->fill, &ask);
    return 0;
}

void plumb_patient_stored_close(struct plumb_patient_stored *stored)
{
    plumb_page_history_free(&stored->history);
    free(stored->holds);
    memset(stored, 0, sizeof *stored);
}
