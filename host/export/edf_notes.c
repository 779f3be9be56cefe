/* The annotations of a session: its holds, flags and markers, and the fraction of its first second. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../core/mark.h"
#include "edf_file.h"
#include "when.h"

#define TEXT_N 160

struct visitor {
    const struct plumb_dossier *dossier;
    int (*visit)(void *context, const struct plumb_edf_note *note);
    void *context;
};

static int tell(const struct visitor *to, double begin_s, double end_s, const char *text)
{
    struct plumb_edf_note note = {begin_s - to->dossier->first_s, end_s - begin_s, text};
    return to->visit(to->context, &note);
}

static int tell_holds(const struct visitor *to)
{
    int answer = 0;
    for (size_t i = 0; i < to->dossier->holds_n && !answer; i++) {
        const struct plumb_dossier_hold *hold = &to->dossier->holds[i];
        char text[TEXT_N];
        snprintf(text, sizeof text, "hold %zu %s", i + 1, plumb_side_name(hold->side));
        answer = tell(to, hold->hold.start_s, hold->hold.end_s, text);
    }
    return answer;
}

static int tell_flags(const struct visitor *to)
{
    int answer = 0;
    for (size_t i = 0; i < to->dossier->flags_n && !answer; i++) {
        const struct plumb_flag *flag = &to->dossier->flags[i];
        char text[TEXT_N];
        snprintf(text, sizeof text, "%s (%s)", plumb_flag_name(flag->kind), plumb_basis_name(flag->basis));
        answer = tell(to, flag->start_s, flag->end_s, text);
    }
    return answer;
}

/* A note is told by its text alone: forty bytes are few. */
static const char *marker_text(const char *marker)
{
    size_t n = strlen(PLUMB_MARKER_NOTE);
    return strncmp(marker, PLUMB_MARKER_NOTE, n) == 0 && marker[n] ? marker + n : marker;
}

static int tell_marks(const struct visitor *to, const struct plumb_export_job *job)
{
    int answer = 0;
    for (size_t i = 0; i < to->dossier->marks_n && !answer; i++) {
        const char *marker = plumb_job_marker(job, to->dossier->marks[i].text);
        if (marker)
            answer = tell(to, to->dossier->marks[i].t_s, NAN, marker_text(marker));
    }
    return answer;
}

static int tell_fraction(const struct visitor *to, const struct plumb_export_job *job)
{
    int64_t begun_us = plumb_job_begun_utc_us(job, to->dossier);
    struct plumb_when when = plumb_when_of(begun_us, to->dossier->utc_offset_s);
    char text[TEXT_N];
    if (!begun_us || !when.us)
        return 0;
    snprintf(text, sizeof text, "begun 0.%06d s after the start", when.us);
    return tell(to, to->dossier->first_s, NAN, text);
}

int plumb_edf_notes(
    const struct plumb_edf *edf, const struct plumb_dossier *dossier,
    int (*visit)(void *context, const struct plumb_edf_note *note), void *context)
{
    const struct visitor to = {dossier, visit, context};
    int answer = tell_fraction(&to, &edf->job);
    answer = answer ? answer : tell_holds(&to);
    answer = answer ? answer : tell_flags(&to);
    return answer ? answer : tell_marks(&to, &edf->job);
}
