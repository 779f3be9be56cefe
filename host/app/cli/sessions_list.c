/* plumb sessions list: a table for people, JSON for machines. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../core/units.h"
#include "../../export/json_out.h"
#include "../../io/message_fail.h"
#include "../shared/when_words.h"
#include "sessions.h"

#define DAY_S 86400

struct list {
    struct plumb_store_query query;
    const char *patient;
    int json;
    int64_t shown_n, stale_n;
    struct plumb_json_out out;
};

enum {
    OPT_PATIENT = 'p',
    OPT_EXERCISE = 'e',
    OPT_SEARCH = 's',
    OPT_JSON = 'j',
    OPT_MOST = 'n',
    OPT_FROM = 0x100,
    OPT_TO
};

static const struct argp_option option_table[] = {
    {"patient", OPT_PATIENT, "NAME", 0, "only this person's, by alias or code", 0},
    {"exercise", OPT_EXERCISE, "ID", 0, "only of this exercise", 0},
    {"search", OPT_SEARCH, "TEXT", 0, "only where alias, code, exercise, note or tags hold the text", 0},
    {"from", OPT_FROM, "YYYY-MM-DD", 0, "only from this day on", 0},
    {"to", OPT_TO, "YYYY-MM-DD", 0, "only up to this day, it included", 0},
    {"most", OPT_MOST, "N", 0, "the newest N at most", 0},
    {"json", OPT_JSON, NULL, 0, "as JSON", 0},
    {0}};

/* The beginning of that day by the clock of this machine. */
static int64_t day_arg(const char *text, int days_later, const char *option, struct argp_state *state)
{
    struct tm tm = {.tm_isdst = -1};
    int year, month, day, n = 0;
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &n) != 3 || text[n] || month < 1 || month > 12 ||
        day < 1 || day > 31)
        argp_error(state, "--%s wants a day as 2026-01-31, not \"%s\"", option, text);
    tm.tm_year = year - 1900;
    tm.tm_mon = month - 1;
    tm.tm_mday = day + days_later;
    return (int64_t)mktime(&tm) * PLUMB_US_PER_S;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct list *list = state->input;
    switch (key) {
    case OPT_PATIENT:
        list->patient = arg;
        return 0;
    case OPT_EXERCISE:
        list->query.exercise = arg;
        return 0;
    case OPT_SEARCH:
        list->query.text = arg;
        return 0;
    case OPT_FROM:
        list->query.from_utc_us = day_arg(arg, 0, "from", state);
        return 0;
    case OPT_TO:
        list->query.to_utc_us = day_arg(arg, 1, "to", state);
        return 0;
    case OPT_MOST:
        list->query.most_n = (int64_t)plumb_number_arg(arg, 1, 1e9, "most", state);
        return 0;
    case OPT_JSON:
        list->json = 1;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "what is \"%s\"? To search, give --search \"%s\"", arg, arg);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    NULL,
    "Lists the sessions of the store, the newest first.\v"
    "Seconds in the zone and times out of it stand beside each other for left and right. A dash means that "
    "this version of Plumb has not looked at the session yet: plumb sessions rebuild.\n\n"
    "Example: plumb sessions list --patient Anna --from 2026-01-01",
    NULL,
    NULL,
    NULL};

/* ---- for people */

/* Columns count characters, not bytes. */
static void put_text(const char *text, int width)
{
    int n = 0;
    for (const char *at = text; *at; at++) {
        if ((*at & 0xc0) != 0x80 && ++n > width)
            break;
        putchar(*at);
    }
    printf("%*s", n < width ? width - n + 1 : 1, "");
}

/* "58 | 60", "- | 60" */
static void put_zone(const struct plumb_store_session *session)
{
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++) {
        if (session->holds_n[side])
            printf("%5.0f", session->in_zone_s[side]);
        else
            printf("%5s", "-");
    }
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++) {
        if (session->holds_n[side])
            printf("%4d", session->excursions[side]);
        else
            printf("%4s", "-");
    }
    printf("  ");
}

static const char *side_words(const struct plumb_store_session *session)
{
    return session->both_sides ? "both" : plumb_side_name(session->side);
}

static void put_row(struct list *list, const struct plumb_store_session *session)
{
    char when[PLUMB_WHEN_ROOM];
    if (!list->shown_n)
        puts("   nr  when              who            exercise           side   m:ss zone l/r   out l/r   "
             "ended");
    plumb_when_iso(when, session->begun_utc_us, session->utc_offset_s);
    when[10] = ' ';
    int seconds = (int)(session->duration_s + 0.5);
    printf("%5lld  %.16s  ", (long long)session->id, when);
    put_text(session->alias, 14);
    put_text(session->exercise[0] ? session->exercise : "-", 18);
    printf("%-5s %3d:%02d", side_words(session), seconds / 60, seconds % 60);
    put_zone(session);
    printf("%s", session->recording ? "is being recorded" : session->ended);
    printf("%s%s\n", session->tags[0] ? "  #" : "", session->tags);
}

/* ---- for machines */

static void put_side(struct plumb_json_out *out, const struct plumb_store_session *session, int side)
{
    plumb_json_out_name(out, plumb_side_name((enum plumb_side)side));
    plumb_json_out_open(out, '{');
    plumb_json_out_name(out, "holds");
    plumb_json_out_integer(out, session->holds_n[side]);
    plumb_json_out_name(out, "in_zone_s");
    plumb_json_out_number(out, session->in_zone_s[side], 3);
    plumb_json_out_name(out, "excursions");
    plumb_json_out_integer(out, session->excursions[side]);
    plumb_json_out_name(out, "worst_deg");
    plumb_json_out_number(out, session->worst_rad[side] * PLUMB_DEG_PER_RAD, 3);
    plumb_json_out_shut(out, '}');
}

static void put_pair(struct plumb_json_out *out, const char *name, const char *text)
{
    plumb_json_out_name(out, name);
    plumb_json_out_text(out, text);
}

static void put_object(struct list *list, const struct plumb_store_session *session)
{
    struct plumb_json_out *out = &list->out;
    char when[PLUMB_WHEN_ROOM];
    plumb_json_out_open(out, '{');
    plumb_json_out_name(out, "id");
    plumb_json_out_integer(out, session->id);
    put_pair(out, "uuid", session->uuid);
    put_pair(out, "begun", plumb_when_iso(when, session->begun_utc_us, session->utc_offset_s));
    put_pair(out, "patient", session->alias);
    put_pair(out, "exercise", session->exercise);
    put_pair(out, "side", side_words(session));
    plumb_json_out_name(out, "duration_s");
    plumb_json_out_number(out, session->duration_s, 3);
    put_pair(out, "ended", session->ended);
    put_pair(out, "tags", session->tags);
    put_pair(out, "note", session->note);
    plumb_json_out_name(out, "derived");
    plumb_json_out_ready(out, session->derived ? "true" : "false");
    for (int side = PLUMB_LEFT; session->derived && side <= PLUMB_RIGHT; side++)
        put_side(out, session, side);
    plumb_json_out_shut(out, '}');
}

static int visit(void *context, const struct plumb_store_session *session)
{
    struct list *list = context;
    if (list->json)
        put_object(list, session);
    else
        put_row(list, session);
    list->shown_n++;
    list->stale_n += !session->derived && !session->recording;
    return 0;
}

/* ---- the whole */

static int run_json(struct list *list, struct plumb_store *store, struct plumb_message *message)
{
    int fail = 0;
    struct plumb_file_out *file = plumb_file_out_open("-", PLUMB_FILE_REPLACE, &fail, message);
    if (!file)
        return fail;
    plumb_json_out_init(&list->out, file, 1, message);
    plumb_json_out_open(&list->out, '[');
    fail = plumb_store_sessions(store, &list->query, visit, list, message);
    plumb_json_out_shut(&list->out, ']');
    plumb_file_out_put(file, "\n", 1, message);
    int closing = plumb_file_out_close(file, message);
    return fail ? fail : closing;
}

static int run(struct list *list, struct plumb_store *store, struct plumb_message *message)
{
    if (list->patient) {
        list->query.patient_id = plumb_sessions_patient(store, list->patient, message);
        if (list->query.patient_id < 0)
            return (int)list->query.patient_id;
    }
    if (list->json)
        return run_json(list, store, message);
    int fail = plumb_store_sessions(store, &list->query, visit, list, message);
    if (!fail && !list->shown_n)
        fputs("plumb: no sessions\n", stderr);
    if (!fail && list->stale_n)
        fprintf(
            stderr, "plumb: %lld of them this version has not looked at yet: plumb sessions rebuild\n",
            (long long)list->stale_n);
    return fail;
}

int plumb_sessions_list(int argc, char **argv)
{
    struct list list = {.json = 0};
    struct plumb_message message = {""};
    int fail = 0;
    argp_parse(&argp, argc, argv, 0, NULL, &list);
    struct plumb_store *store = plumb_sessions_open(&fail, &message);
    if (store)
        fail = run(&list, store, &message);
    return plumb_sessions_end(store, fail, &message);
}
