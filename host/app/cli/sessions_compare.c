/* plumb sessions compare: two sessions, or a person's two sides and this week with the last. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../core/trend.h"
#include "../../core/units.h"
#include "../../io/message_fail.h"
#include "../../store/derive.h"
#include "../shared/when_words.h"
#include "sessions.h"

#define SESSIONS_N 400 /* of one side, more than a year's */
#define WEEK_DAYS  7

struct compare {
    const char *words[2];
    int words_n;
    const char *patient, *exercise;
};

static const struct argp_option option_table[] = {
    {"patient", 'p', "NAME", 0, "whose sides and weeks; default me", 0},
    {"exercise", 'e', "ID", 0, "of which exercise; default that of the last session", 0},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct compare *compare = state->input;
    switch (key) {
    case 'p':
        compare->patient = arg;
        return 0;
    case 'e':
        compare->exercise = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (compare->words_n == 2)
            argp_error(state, "two sessions at a time, please");
        compare->words[compare->words_n++] = arg;
        return 0;
    case ARGP_KEY_END:
        if (compare->words_n == 1)
            argp_error(state, "with which other session?");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    "[SESSION SESSION]",
    "Compares two sessions, or, of one person and exercise, left with right and this week with the last.\v"
    "A difference is named only where it is larger than what comes and goes: the error of the measurement "
    "and "
    "the person's own spread between sessions. Everything else is \"no clear change\". Compared are seconds "
    "in the zone, times out of it, and the most forward tilt from that day's neutral; an absolute tilt says "
    "nothing from one day to another.\n\n"
    "Example: plumb sessions compare --patient Anna --exercise supine-edge",
    NULL,
    NULL,
    NULL};

/* ---- telling */

static double shown(double value, enum plumb_trend_measure measure)
{
    return measure == PLUMB_TREND_WORST ? value * PLUMB_DEG_PER_RAD : value;
}

static void tell_measure(const struct plumb_trend *trend, enum plumb_trend_measure measure)
{
    const char *unit = measure == PLUMB_TREND_WORST ? " deg" : measure == PLUMB_TREND_IN_ZONE ? " s" : "";
    printf(
        "  %-40s %6.1f%s and %.1f%s: %s\n", plumb_trend_measure_words(measure), shown(trend->first, measure),
        unit, shown(trend->second, measure), unit, plumb_trend_words(measure, trend->verdict));
}

static void tell_pair(
    const char *title, const struct plumb_trend_session *first, size_t first_n,
    const struct plumb_trend_session *second, size_t second_n)
{
    struct plumb_trend trends[PLUMB_TREND_MEASURES_N];
    printf("%s (%zu and %zu sessions)\n", title, first_n, second_n);
    if (!first_n || !second_n) {
        puts("  no sessions to compare with");
        return;
    }
    plumb_trend_compare(trends, first, first_n, second, second_n);
    for (int m = 0; m < PLUMB_TREND_MEASURES_N; m++)
        tell_measure(&trends[m], (enum plumb_trend_measure)m);
}

/* ---- a person's sides and weeks */

struct past {
    struct plumb_past_hold *holds; /* owned */
    size_t n;
    const char *exercise;
};

static size_t
take(struct plumb_trend_session *out, const struct past *past, int side, double from_day, double to_day)
{
    return plumb_trend_sessions(
        out, SESSIONS_N, past->exercise, (enum plumb_side)side, from_day, to_day, past->holds, past->n);
}

static void tell_sides(const struct past *past)
{
    static struct plumb_trend_session left[SESSIONS_N], right[SESSIONS_N];
    size_t left_n = take(left, past, PLUMB_LEFT, -INFINITY, INFINITY);
    size_t right_n = take(right, past, PLUMB_RIGHT, -INFINITY, INFINITY);
    tell_pair("left and right", left, left_n, right, right_n);
    int stiffer = plumb_programme_stiffer(past->exercise, past->holds, past->n);
    if (left_n && right_n)
        printf(
            "  the stiffer side: %s\n",
            stiffer < 0 ? "no clear difference" : plumb_side_name((enum plumb_side)stiffer));
}

/* This week's Monday, in days of UTC since 1970. */
static double monday(void)
{
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    int days_back = (local.tm_wday + 6) % 7;
    local.tm_mday -= days_back;
    local.tm_hour = local.tm_min = local.tm_sec = 0;
    local.tm_isdst = -1;
    return (double)mktime(&local) / 86400;
}

static void tell_weeks(const struct past *past)
{
    static struct plumb_trend_session before[SESSIONS_N], now[SESSIONS_N];
    double begins = monday();
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++) {
        char title[64];
        snprintf(title, sizeof title, "%s, last week and this", plumb_side_name((enum plumb_side)side));
        size_t before_n = take(before, past, side, begins - WEEK_DAYS, begins);
        size_t now_n = take(now, past, side, begins, INFINITY);
        tell_pair(title, before, before_n, now, now_n);
    }
}

/* The exercise of the last session that has one. */
static int last_exercise(void *context, const struct plumb_store_session *session)
{
    char *id = context;
    snprintf(id, sizeof session->exercise, "%s", session->exercise);
    return id[0] != '\0';
}

static int
compare_person(const struct compare *compare, struct plumb_store *store, struct plumb_message *message)
{
    char exercise[48] = "";
    int64_t patient = plumb_sessions_patient(store, compare->patient ? compare->patient : "me", message);
    if (patient < 0)
        return (int)patient;
    struct plumb_store_query query = {.patient_id = patient};
    int fail = plumb_store_sessions(store, &query, last_exercise, exercise, message);
    struct past past = {.exercise = compare->exercise ? compare->exercise : exercise};
    if (!fail)
        fail = plumb_store_past_holds(store, patient, &past.holds, &past.n, message);
    if (fail)
        return fail;
    printf("%s\n", past.exercise);
    tell_sides(&past);
    tell_weeks(&past);
    free(past.holds);
    return 0;
}

/* ---- two sessions */

static struct plumb_trend_session sum_side(const struct plumb_dossier *dossier, int side, size_t *n)
{
    struct plumb_trend_session sum = {.day = 0};
    *n = 0;
    for (size_t i = 0; i < dossier->holds_n; i++) {
        const struct plumb_hold *hold = &dossier->holds[i].hold;
        if ((int)dossier->holds[i].side != side || !(plumb_hold_elapsed_s(hold) > 0))
            continue;
        sum.in_zone_s += hold->in_zone_s;
        sum.elapsed_s += plumb_hold_elapsed_s(hold);
        sum.worst_rad = fmax(sum.worst_rad, hold->worst_rad);
        sum.excursions += hold->excursions;
        *n = 1;
    }
    return sum;
}

static void tell_two(const struct plumb_dossier two[2])
{
    if (strcmp(two[0].exercise.id, two[1].exercise.id) != 0)
        puts("these are two different exercises: what differs may be the exercise");
    if (two[0].patient.alias[0] && strcmp(two[0].patient.alias, two[1].patient.alias) != 0)
        puts("these are two different people");
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++) {
        size_t n[2];
        char title[64];
        struct plumb_trend_session first = sum_side(&two[0], side, &n[0]),
                                   second = sum_side(&two[1], side, &n[1]);
        snprintf(
            title, sizeof title, "%s, session %lld and %lld", plumb_side_name((enum plumb_side)side),
            (long long)two[0].id, (long long)two[1].id);
        if (n[0] || n[1])
            tell_pair(title, &first, n[0], &second, n[1]);
    }
}

static int
compare_two(const struct compare *compare, struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_dossier *two = calloc(2, sizeof *two);
    int fail = two ? 0 : plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    for (int i = 0; i < 2 && !fail; i++) {
        int64_t id = plumb_store_find(store, compare->words[i], message);
        fail = id < 0 ? (int)id : plumb_store_dossier(store, id, &two[i], message);
    }
    if (!fail)
        tell_two(two);
    for (int i = 0; i < 2 && two; i++)
        plumb_dossier_free(&two[i]);
    free(two);
    return fail;
}

int plumb_sessions_compare(int argc, char **argv)
{
    struct compare compare = {.words_n = 0};
    struct plumb_message message = {""};
    int fail = 0;
    argp_parse(&argp, argc, argv, 0, NULL, &compare);
    struct plumb_store *store = plumb_sessions_open(&fail, &message);
    if (store)
        fail = compare.words_n ? compare_two(&compare, store, &message)
                               : compare_person(&compare, store, &message);
    return plumb_sessions_end(store, fail, &message);
}
