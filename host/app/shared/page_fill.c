#include "page_fill.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/said.h"
#include "../../core/units.h"
#include "../../io/message_fail.h"
#include "exercise_called.h"
#include "page_fill_parts.h"
#include "when_words.h"

#define CLOCK_FROM_S 600.0 /* longer times read as m:ss */

const char *fill_say(struct plumb_page_fill *fill, const char *format, ...)
{
    va_list arguments;
    if (fill->text_n == PLUMB_PAGE_TEXTS_N)
        return "";
    char *text = fill->text[fill->text_n++];
    va_start(arguments, format);
    vsnprintf(text, PLUMB_PAGE_TEXT_N, plumb_said(fill->page.tongue, format), arguments);
    va_end(arguments);
    return text;
}

const char *fill_keep(struct plumb_page_fill *fill, const char *words)
{
    if (fill->text_n == PLUMB_PAGE_TEXTS_N)
        return "";
    char *text = fill->text[fill->text_n++];
    snprintf(text, PLUMB_PAGE_TEXT_N, "%s", words);
    return text;
}

struct figure_text number_text(const struct plumb_page_fill *fill, double value, int decimals)
{
    struct figure_text text;
    plumb_said_figure(text.text, fill->page.tongue, value, decimals, PLUMB_SIGN_MINUS);
    return text;
}

struct figure_text seconds_text(const struct plumb_page_fill *fill, double s)
{
    struct figure_text text;
    char figure[PLUMB_FIGURE_ROOM];
    int clock = s >= CLOCK_FROM_S;
    plumb_said_clock(figure, fill->page.tongue, s, s == floor(s) && s > 0 ? 0 : 1, clock);
    snprintf(text.text, sizeof text.text, "%.32s%s", figure, clock || isnan(s) ? "" : " s");
    return text;
}

struct figure_text degrees_text(const struct plumb_page_fill *fill, double deg, int signs)
{
    struct figure_text text;
    char figure[PLUMB_FIGURE_ROOM];
    plumb_said_figure(figure, fill->page.tongue, deg, 1, signs ? PLUMB_SIGN_ALWAYS : PLUMB_SIGN_MINUS);
    snprintf(text.text, sizeof text.text, "%.32s%s", figure, isnan(deg) ? "" : DEG);
    return text;
}

int at_once(const struct plumb_dossier *dossier)
{
    return dossier->exercise.order == PLUMB_ORDER_BOTH_AT_ONCE;
}

/* ---- head and foot */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void fill_who(struct plumb_page_fill *fill, const struct plumb_page_ask *ask)
{
    const struct plumb_dossier_patient *patient = &ask->dossier->patient;
    struct plumb_page *page = &fill->page;
    page->who = patient->alias[0] ? patient->alias : ask->source ? base_name(ask->source) : NULL;
    const char *born = patient->birth_year ? fill_say(fill, "born %d", patient->birth_year) : "";
    if (patient->code[0] || born[0])
        page->who_more = !patient->code[0] ? born
                         : !born[0]        ? fill_say(fill, "code %s", patient->code)
                                           : fill_say(fill, "code %s, %s", patient->code, born);
}

static void fill_when(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    char words[PLUMB_WHEN_ROOM];
    if (!dossier->begun_utc_us) {
        fill->page.when = plumb_said(fill->page.tongue, "a recording without a date");
        return;
    }
    fill->page.when = fill_keep(
        fill, plumb_when_words(words, fill->page.tongue, dossier->begun_utc_us, dossier->utc_offset_s));
    fill->page.date = fill_keep(fill, plumb_when_iso(words, dossier->begun_utc_us, dossier->utc_offset_s));
}

static void fill_title(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    const struct plumb_exercise *exercise = &dossier->exercise;
    const struct plumb_tongue *tongue = fill->page.tongue;
    char name[PLUMB_EXERCISE_CALLED_N];
    const char *side = at_once(dossier)              ? plumb_said(tongue, "Both sides at once")
                       : dossier->both_sides         ? plumb_said(tongue, "Left and right side")
                       : dossier->side == PLUMB_LEFT ? plumb_said(tongue, "Left side")
                                                     : plumb_said(tongue, "Right side");
    plumb_exercise_called(name, exercise->id, exercise->name, tongue);
    fill->page.title = name[0] ? fill_keep(fill, name) : plumb_said(tongue, "Recording");
    /* TRANSLATORS: the side, how the person lies or stands */
    fill->page.subtitle = fill_say(
        fill, "%s, %s", side,
        plumb_said(tongue, plumb_pose_words(plumb_exercise_pose(exercise, dossier->side))));
}

static void fill_foot(struct plumb_page_fill *fill, const struct plumb_page_ask *ask)
{
    const struct plumb_dossier *dossier = ask->dossier;
    const struct plumb_tongue *tongue = fill->page.tongue;
    fill->cautions[0] = plumb_said(
        tongue, "For exercise and learning, not a medical device. Limits chosen by you or your "
                "physiotherapist; no study says where control is lost.");
    fill->cautions[1] = plumb_said(tongue, "Angles are changes from this session's own neutral.");
    fill->page.cautions = fill->cautions;
    fill->page.cautions_n = 2;
    const char *program = ask->program ? ask->program : dossier->derived_by;
    fill->page.footer = dossier->uuid[0] ? fill_say(fill, "%s \xc2\xb7 session %.8s", program, dossier->uuid)
                                         : fill_keep(fill, program);
}

/* ---- what came of it, in sentences */

/* "tipping forward 2 times (measured)" and so on, by kind and basis. */
static size_t say_kind(
    char *out, size_t room, const struct plumb_tongue *tongue, const struct plumb_dossier *dossier, int kind,
    int basis)
{
    size_t count = 0;
    for (size_t i = 0; i < dossier->flags_n; i++)
        count += (int)dossier->flags[i].kind == kind && (int)dossier->flags[i].basis == basis;
    if (count == 0)
        return 0;
    int n = snprintf(
        out, room,
        basis == PLUMB_INFERRED ? plumb_said(tongue, "%s %zu\u00d7 (inferred)")
                                : plumb_said(tongue, "%s %zu\u00d7"),
        plumb_said(tongue, plumb_flag_words((enum plumb_flag_kind)kind)), count);
    return n > 0 && (size_t)n < room ? (size_t)n : 0;
}

static void fill_flags(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    char text[PLUMB_PAGE_TEXT_N - 32] = "";
    const struct plumb_tongue *tongue = fill->page.tongue;
    size_t n = 0;
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        for (int basis = 0; basis < 2; basis++) {
            size_t comma_n = n && n + 2 < sizeof text ? 2 : 0;
            size_t said_n =
                say_kind(text + n + comma_n, sizeof text - n - comma_n, tongue, dossier, kind, basis);
            if (said_n)
                memcpy(text + n, ", ", comma_n);
            n += said_n ? comma_n + said_n : 0;
            text[n] = '\0';
        }
    fill->summary[fill->page.summary_n++] =
        n ? fill_say(fill, "Flags: %s.", text) : plumb_said(tongue, "No flag was raised.");
}

/* The first hold whose neutral moved by more than noise, and how many more there are. */
static void fill_moved(struct plumb_page_fill *fill)
{
    const struct plumb_page *page = &fill->page;
    size_t first = page->holds_n, n = 0;
    for (size_t i = page->holds_n; i-- > 0;)
        if (page->holds[i].neutral_moved) {
            first = i;
            n++;
        }
    if (n == 0)
        return;
    struct figure_text moved = degrees_text(fill, page->holds[first].neutral_deg, 0);
    fill->summary[fill->page.summary_n++] =
        n > 1 ? fill_say(
                    fill,
                    "By the end of hold %zu (and in %zu more) neutral had moved by %s: the clip slipped or "
                    "the posture changed.",
                    first + 1, n - 1, moved.text)
              : fill_say(
                    fill,
                    "By the end of hold %zu neutral had moved by %s: the clip slipped or the posture "
                    "changed.",
                    first + 1, moved.text);
}

static void fill_summary(struct plumb_page_fill *fill, const struct plumb_page_ask *ask)
{
    struct plumb_page *page = &fill->page;
    page->summary = fill->summary;
    if (ask->dossier->exercise.judged)
        fill_flags(fill, ask->dossier);
    fill_moved(fill);
    for (size_t i = 0; i < ask->trend_n && page->summary_n < sizeof fill->summary / sizeof *fill->summary;
         i++)
        fill->summary[page->summary_n++] = ask->trend[i];
}

int plumb_page_fill(
    struct plumb_page_fill *fill, const struct plumb_page_ask *ask, struct plumb_message *message)
{
    struct plumb_dossier *dossier = ask->dossier;
    memset(fill, 0, sizeof *fill);
    plumb_page_init(&fill->page);
    fill->page.tongue = ask->tongue;
    int fail = plumb_trace_fill(&fill->trace, dossier, ask->source ? 0 : dossier->first_s, message);
    if (fail)
        return fail;
    plumb_page_doubt_count(&fill->doubt, &fill->trace);
    if (!fill_holds(fill, dossier))
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the page");
    fill_who(fill, ask);
    fill_when(fill, dossier);
    fill_title(fill, dossier);
    fill_figures(fill, dossier);
    fill_summary(fill, ask);
    fill_weeks(fill, ask);
    fill_facts(fill, ask);
    fill_foot(fill, ask);
    fill->page.trace = &fill->trace.chart;
    fill->page.side_verdict = ask->side_verdict;
    fill->page.note = dossier->note;
    return 0;
}

void plumb_page_fill_free(struct plumb_page_fill *fill)
{
    plumb_trace_fill_free(&fill->trace);
    free(fill->holds);
    memset(fill, 0, sizeof *fill);
}
