#include "patient_fill.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/said.h"
#include "../../core/units.h"
#include "when_words.h"

#define DAY_US       (86400 * (int64_t)PLUMB_US_PER_S)
#define CLOCK_FROM_S 600.0

/* A text in the page's tongue, owned by `fill`; "" where all are used up. */
__attribute__((format(printf, 2, 3))) static const char *
patient_say(struct plumb_patient_fill *fill, const char *format, ...)
{
    va_list arguments;
    if (fill->text_n == PLUMB_PATIENT_TEXTS_N)
        return "";
    char *text = fill->text[fill->text_n++];
    va_start(arguments, format);
    vsnprintf(text, PLUMB_PATIENT_TEXT_N, plumb_said(fill->page.tongue, format), arguments);
    va_end(arguments);
    return text;
}

/* The same, of words that are in the tongue already. */
static const char *keep(struct plumb_patient_fill *fill, const char *words)
{
    if (fill->text_n == PLUMB_PATIENT_TEXTS_N)
        return "";
    char *text = fill->text[fill->text_n++];
    snprintf(text, PLUMB_PATIENT_TEXT_N, "%s", words);
    return text;
}

static const char *count(struct plumb_patient_fill *fill, unsigned n)
{
    char text[16];
    snprintf(text, sizeof text, "%u", n);
    return keep(fill, text);
}

static const char *say_seconds(struct plumb_patient_fill *fill, double s)
{
    char figure[PLUMB_FIGURE_ROOM], text[PLUMB_FIGURE_ROOM + 4];
    int clock = s >= CLOCK_FROM_S;
    plumb_said_clock(figure, fill->page.tongue, s, s == floor(s) ? 0 : 1, clock);
    snprintf(text, sizeof text, "%s%s", figure, clock ? "" : " s");
    return keep(fill, text);
}

static int64_t day_of(const struct plumb_store_session *session)
{
    return plumb_when_day(session->begun_utc_us, session->utc_offset_s);
}

/* ---- one exercise */

/* An exercise while its sessions are taken together. */
struct group {
    const char *id, *name;
    unsigned sessions_n;
    int has[2]; /* a side with holds */
    struct plumb_page_side sides[2];
    double in_zone_s[PLUMB_PATIENT_WEEKS_N][2];
};

struct groups {
    struct group group[PLUMB_PATIENT_FILL_EXERCISES_N];
    size_t n;
};

/* Its group, made where there is none yet; NULL where there are too many. */
static struct group *group_of(struct groups *groups, const struct plumb_store_session *session)
{
    for (size_t i = 0; i < groups->n; i++)
        if (strcmp(groups->group[i].id, session->exercise) == 0)
            return &groups->group[i];
    if (groups->n == PLUMB_PATIENT_FILL_EXERCISES_N)
        return NULL;
    struct group *group = &groups->group[groups->n++];
    *group = (struct group){.id = session->exercise};
    group->name = session->exercise_name;
    for (int side = 0; side < 2; side++)
        group->sides[side] = (struct plumb_page_side){.asked_s = NAN, .worst_deg = NAN};
    return group;
}

static void add_session(struct group *group, const struct plumb_store_session *session, int64_t week)
{
    group->sessions_n++;
    for (int side = 0; side < 2; side++) {
        struct plumb_page_side *sum = &group->sides[side];
        if (session->holds_n[side] <= 0 || !isfinite(session->in_zone_s[side]))
            continue;
        group->has[side] = 1;
        group->in_zone_s[week][side] += session->in_zone_s[side];
        sum->holds_n += (unsigned)session->holds_n[side];
        sum->excursions += (unsigned)session->excursions[side];
        sum->in_zone_s += session->in_zone_s[side];
        sum->worst_deg = fmax(sum->worst_deg, session->worst_rad[side] * PLUMB_DEG_PER_RAD);
    }
}

/* More sessions first, then by name, so that the order is always the same. */
static int before(const void *left, const void *right)
{
    const struct group *a = left, *b = right;
    if (a->sessions_n != b->sessions_n)
        return a->sessions_n > b->sessions_n ? -1 : 1;
    return strcmp(a->id, b->id);
}

static void put_exercise(
    struct plumb_patient_fill *fill, const struct plumb_patient_ask *ask, size_t i, const struct group *group)
{
    static const char *const words[2] = {PLUMB_SAID("Left"), PLUMB_SAID("Right")};
    const struct plumb_tongue *tongue = fill->page.tongue;
    struct plumb_patient_exercise *exercise = &fill->exercises[i];
    struct plumb_patient_ask_exercise about = {.week_s = NAN};
    plumb_exercise_called(fill->name[i], group->id, group->name, tongue);
    if (ask->about)
        ask->about(ask->context, group->id, &about);
    *exercise = (struct plumb_patient_exercise){
        .name = fill->name[i][0] ? fill->name[i] : plumb_said(tongue, "Without an exercise"),
        .sessions_n = group->sessions_n,
        .trend = {about.trend[0], about.trend[1]}};
    exercise->weeks = (struct plumb_page_bars){
        .bars = fill->bars[i],
        .bars_n = group->has[0] || group->has[1] ? PLUMB_PATIENT_WEEKS_N : 0,
        .asked_s = about.week_s};
    for (int side = 0; side < 2; side++) {
        exercise->sides[side] = group->sides[side];
        exercise->sides[side].words = plumb_said(tongue, about.at_once ? PLUMB_SAID("both") : words[side]);
        exercise->weeks.side_word[side] = group->has[side] ? exercise->sides[side].words : NULL;
    }
    for (int week = 0; week < PLUMB_PATIENT_WEEKS_N; week++)
        fill->bars[i][week] = (struct plumb_page_bar){
            fill->page.weeks[week], {group->in_zone_s[week][0], group->in_zone_s[week][1]}};
    if (about.week_s > 0)
        exercise->weeks.asked =
            about.at_once ? patient_say(fill, "asked: %s a week", say_seconds(fill, about.week_s))
                          : patient_say(fill, "asked: %s a week and side", say_seconds(fill, about.week_s));
}

/* ---- the whole */

static void
put_period(struct plumb_patient_fill *fill, const struct plumb_store_session *newest, int64_t first_day)
{
    char words[PLUMB_WHEN_ROOM], last[PLUMB_WHEN_ROOM];
    struct plumb_patient_page *page = &fill->page;
    int64_t last_day = day_of(newest);
    const struct plumb_tongue *tongue = page->tongue;
    plumb_when_day_short(words, tongue, first_day);
    page->period =
        patient_say(fill, "Eight weeks, %s to %s", words, plumb_when_day_words(last, tongue, last_day));
    page->made = patient_say(
        fill, "up to %s", plumb_when_words(words, tongue, newest->begun_utc_us, newest->utc_offset_s));
    page->date = keep(fill, plumb_when_iso(words, newest->begun_utc_us, newest->utc_offset_s));
    page->days_n = (int)(last_day - first_day) + 1;
    for (int week = 0; week < PLUMB_PATIENT_WEEKS_N; week++)
        page->weeks[week] = keep(fill, plumb_when_day_short(words, tongue, first_day + 7 * week));
}

static void put_who(struct plumb_patient_fill *fill, const struct plumb_patient_ask *ask)
{
    const struct plumb_dossier_patient *patient = ask->patient;
    const char *born = patient->birth_year ? patient_say(fill, "born %d", patient->birth_year) : "";
    fill->page.who = patient->alias[0] ? patient->alias : patient->code;
    if (patient->code[0] || born[0])
        fill->page.who_more = !patient->code[0] ? born
                              : !born[0]        ? patient_say(fill, "code %s", patient->code)
                                                : patient_say(fill, "code %s, %s", patient->code, born);
}

static void put_figures(struct plumb_patient_fill *fill, const struct groups *groups)
{
    struct plumb_patient_page *page = &fill->page;
    unsigned sessions_n = 0, days_n = 0, excursions = 0;
    double in_zone_s = 0;
    for (size_t i = 0; i < groups->n; i++) {
        sessions_n += groups->group[i].sessions_n;
        for (int side = 0; side < 2; side++) {
            in_zone_s += groups->group[i].sides[side].in_zone_s;
            excursions += groups->group[i].sides[side].excursions;
        }
    }
    for (int day = 0; day < page->days_n; day++)
        days_n += page->sessions[day] > 0;
    const struct plumb_tongue *tongue = page->tongue;
    page->figures[0] = (struct plumb_page_figure){
        count(fill, sessions_n), plumb_said_of(tongue, "session", "sessions", sessions_n)};
    page->figures[1] =
        (struct plumb_page_figure){count(fill, days_n), patient_say(fill, "days of %d", page->days_n)};
    page->figures[2] =
        (struct plumb_page_figure){say_seconds(fill, in_zone_s), plumb_said(tongue, "in the zone")};
    page->figures[3] = (struct plumb_page_figure){
        count(fill, excursions),
        plumb_said_of(tongue, "time out of the set zone", "times out of the set zone", excursions)};
    page->figures_n = 4;
}

static void put_foot(struct plumb_patient_fill *fill, const struct plumb_patient_ask *ask)
{
    const struct plumb_tongue *tongue = fill->page.tongue;
    fill->cautions[0] = plumb_said(
        tongue, "For exercise and learning, not a medical device. Limits chosen by you or your "
                "physiotherapist; no study says where control is lost.");
    fill->cautions[1] = plumb_said(
        tongue, "Angles are changes from each session's own neutral; tilts of different days are not "
                "compared.");
    fill->page.cautions = fill->cautions;
    fill->page.cautions_n = 2;
    fill->page.footer = ask->program;
}

static void put_sessions(
    struct plumb_patient_fill *fill, const struct plumb_patient_ask *ask, struct groups *groups,
    int64_t first_day)
{
    for (size_t i = 0; i < ask->n; i++) {
        int64_t day = day_of(&ask->sessions[i]) - first_day;
        if (day < 0 || day >= fill->page.days_n)
            continue;
        struct group *group = group_of(groups, &ask->sessions[i]);
        if (group)
            add_session(group, &ask->sessions[i], day / 7);
        fill->page.sessions[day] =
            (unsigned char)(fill->page.sessions[day] + (fill->page.sessions[day] < 255));
    }
}

void plumb_patient_fill(struct plumb_patient_fill *fill, const struct plumb_patient_ask *ask)
{
    struct groups groups = {.n = 0};
    memset(fill, 0, sizeof *fill);
    fill->page.tongue = ask->tongue;
    put_who(fill, ask);
    put_foot(fill, ask);
    if (ask->n == 0) {
        fill->summary[0] = plumb_said(ask->tongue, "No session is on record.");
    } else {
        int64_t first_day = plumb_when_monday(day_of(&ask->sessions[0])) - 7 * (PLUMB_PATIENT_WEEKS_N - 1);
        put_period(fill, &ask->sessions[0], first_day);
        put_sessions(fill, ask, &groups, first_day);
        qsort(groups.group, groups.n, sizeof *groups.group, before);
        put_figures(fill, &groups);
        fill->summary[0] = plumb_said(
            ask->tongue,
            "A day's figure is how many sessions it had. Bars are seconds in the set zone, week by "
            "week, against what the exercise asks for.");
    }
    fill->page.summary = fill->summary;
    fill->page.summary_n = 1;
    for (size_t i = 0; i < groups.n; i++)
        put_exercise(fill, ask, i, &groups.group[i]);
    fill->page.exercises = fill->exercises;
    fill->page.exercises_n = groups.n;
}

int64_t plumb_patient_from_utc_us(const struct plumb_store_session *newest)
{
    return newest->begun_utc_us - (7 * PLUMB_PATIENT_WEEKS_N + 1) * DAY_US;
}
