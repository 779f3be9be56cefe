/* events.tsv and events.json of one session: holds, flags, markers and notes, in the order of their onsets.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/mark.h"
#include "../core/units.h"
#include "../io/message_fail.h"
#include "../io/text_number.h"
#include "bids_parts.h"
#include "text_safe.h"

#define TEXT_N 4200

struct event {
    double onset_s, duration_s, peak_deg;   /* NaN: none */
    const char *type, *basis, *side, *text; /* NULL: n/a */
};

struct events {
    struct event *list; /* owned */
    size_t n;
};

static void add(struct events *events, const struct event *event)
{
    events->list[events->n++] = *event;
}

static void add_holds(struct events *events, const struct plumb_dossier *dossier)
{
    for (size_t i = 0; i < dossier->holds_n; i++) {
        const struct plumb_hold *hold = &dossier->holds[i].hold;
        struct event event = {
            .onset_s = hold->start_s,
            .duration_s = hold->end_s - hold->start_s,
            .peak_deg = hold->worst_rad * PLUMB_DEG_PER_RAD,
            .type = "hold",
            .side = plumb_side_name(dossier->holds[i].side)};
        add(events, &event);
    }
}

static void add_flags(struct events *events, const struct plumb_dossier *dossier)
{
    for (size_t i = 0; i < dossier->flags_n; i++) {
        const struct plumb_flag *flag = &dossier->flags[i];
        struct event event = {
            .onset_s = flag->onset_s,
            .duration_s = flag->end_s - flag->onset_s,
            .peak_deg = flag->kind <= PLUMB_POSTERIOR_TILT ? flag->peak_rad * PLUMB_DEG_PER_RAD : NAN,
            .type = plumb_flag_name(flag->kind),
            .basis = plumb_basis_name(flag->basis)};
        add(events, &event);
    }
}

static void
add_marks(struct events *events, const struct plumb_bids *bids, const struct plumb_dossier *dossier)
{
    size_t note_n = strlen(PLUMB_MARKER_NOTE);
    for (size_t i = 0; i < dossier->marks_n; i++) {
        const char *marker = plumb_job_marker(&bids->job, dossier->marks[i].text);
        int note = marker && strncmp(marker, PLUMB_MARKER_NOTE, note_n) == 0;
        struct event event = {
            .onset_s = dossier->marks[i].t_s,
            .duration_s = 0,
            .peak_deg = NAN,
            .type = note ? "note" : marker,
            .text = note ? marker + note_n : NULL};
        if (marker)
            add(events, &event);
    }
}

static int by_onset(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    return (x->onset_s > y->onset_s) - (x->onset_s < y->onset_s);
}

/* ---- writing */

/* One cell: a word of ours, or a number; NULL and nothing are n/a. */
static int
put_cell(struct plumb_file_out *out, const char *text, const char *end, struct plumb_message *message)
{
    text = text && *text ? text : "n/a";
    int fail = plumb_file_out_put(out, text, strlen(text), message);
    return fail ? fail : plumb_file_out_put(out, end, 1, message);
}

/* Somebody's words: one line, no formula, and not what stands for a missing value. */
static int
put_words(struct plumb_file_out *out, const char *text, const char *end, struct plumb_message *message)
{
    char cell[TEXT_N];
    plumb_text_cell(cell, sizeof cell, text ? text : "");
    return put_cell(out, strcmp(cell, "n/a") == 0 ? "'n/a" : cell, end, message);
}

static int put_number(struct plumb_file_out *out, double value, int decimals, struct plumb_message *message)
{
    char text[PLUMB_TEXT_NUMBER_N];
    plumb_text_fixed(text, value, decimals);
    return put_cell(out, text, "\t", message);
}

static int put_event(
    struct plumb_file_out *out, const struct event *event, double first_s, struct plumb_message *message)
{
    int fail = put_number(out, event->onset_s - first_s, 6, message);
    fail = fail ? fail : put_number(out, event->duration_s, 6, message);
    fail = fail ? fail : put_words(out, event->type, "\t", message);
    fail = fail ? fail : put_cell(out, event->basis, "\t", message);
    fail = fail ? fail : put_cell(out, event->side, "\t", message);
    fail = fail ? fail : put_number(out, event->peak_deg, 4, message);
    return fail ? fail : put_words(out, event->text, "\n", message);
}

static json_t *meaning(void)
{
    return json_pack(
        "{s:{s:s}, s:{s:s, s:{s:s, s:s}}, s:{s:s}, s:{s:s, s:s}, s:{s:s}}", "trial_type", "Description",
        "hold: the stretch was held; flags by name; markers by name; note: somebody's words", "basis",
        "Description", "how a flag is known", "Levels", "measured", "by a sensor", "inferred",
        "from the pelvis, lying", "side", "Description", "the stretched side of a hold", "peak",
        "Description", "furthest angle; of a hold the furthest anterior tilt", "Units", "deg", "text",
        "Description", "the words of a note");
}

static int write_events(
    const struct plumb_bids *bids, const struct plumb_bids_session *session, const struct events *events,
    double first_s, struct plumb_message *message)
{
    static const char header[] = "onset\tduration\ttrial_type\tbasis\tside\tpeak\ttext\n";
    char name[PLUMB_BIDS_PATH_N], path[PLUMB_PLACE_N];
    snprintf(name, sizeof name, "%s/motion/%s_tracksys-plumb_events.tsv", session->folder, session->stem);
    int fail = plumb_bids_path(bids, name, path, message);
    struct plumb_file_out *out = fail ? NULL : plumb_file_out_open(path, PLUMB_FILE_REPLACE, &fail, message);
    if (!out)
        return fail;
    fail = plumb_file_out_put(out, header, strlen(header), message);
    for (size_t i = 0; i < events->n && !fail; i++)
        fail = put_event(out, &events->list[i], first_s, message);
    int closing = plumb_file_out_close(out, message);
    return fail ? fail : closing;
}

int plumb_bids_events(
    const struct plumb_bids *bids, const struct plumb_bids_session *session,
    const struct plumb_dossier *dossier, struct plumb_message *message)
{
    char name[PLUMB_BIDS_PATH_N];
    size_t room = dossier->holds_n + dossier->flags_n + dossier->marks_n + 1;
    struct events events = {calloc(room, sizeof *events.list), 0};
    if (!events.list)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", bids->job.path);
    add_holds(&events, dossier);
    add_flags(&events, dossier);
    add_marks(&events, bids, dossier);
    qsort(events.list, events.n, sizeof *events.list, by_onset);
    int fail = write_events(bids, session, &events, dossier->first_s, message);
    free(events.list);
    snprintf(name, sizeof name, "%s/motion/%s_tracksys-plumb_events.json", session->folder, session->stem);
    return fail ? fail : plumb_bids_json(bids, name, meaning(), message);
}
