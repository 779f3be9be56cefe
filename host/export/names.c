#include "names.h"

#include <stdio.h>
#include <string.h>

#include "text_safe.h"
#include "when.h"

static int is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* `joint`: what stands for a run of other characters between two good ones; 0: nothing. */
static size_t put_name(char out[PLUMB_NAME_N], const char *text, const char *otherwise, char joint)
{
    char ascii[4 * PLUMB_NAME_N];
    size_t n = 0;
    int open = 0;
    plumb_text_ascii(ascii, sizeof ascii, text);
    for (const char *at = ascii; *at && n + 2 < PLUMB_NAME_N; at++) {
        int good = is_alphanumeric(*at) || (joint && (*at == '_' || *at == '-') && n);
        if (good && open)
            out[n++] = joint;
        if (good)
            out[n++] = *at;
        open = !good && joint && n && out[n - 1] != joint;
    }
    while (n && !is_alphanumeric(out[n - 1]))
        n--;
    out[n] = '\0';
    return n ? n : (size_t)snprintf(out, PLUMB_NAME_N, "%s", otherwise);
}

size_t plumb_name_safe(char out[PLUMB_NAME_N], const char *text, const char *otherwise)
{
    return put_name(out, text, otherwise, '-');
}

size_t plumb_name_label(char out[PLUMB_NAME_N], const char *text, const char *otherwise)
{
    return put_name(out, text, otherwise, '\0');
}

size_t plumb_name_session(char out[PLUMB_NAME_N], const struct plumb_dossier *dossier, int64_t begun_utc_us)
{
    char exercise[PLUMB_NAME_N], date[PLUMB_WHEN_N] = "";
    const char *side = dossier->both_sides ? "both" : plumb_side_name(dossier->side);
    plumb_name_safe(exercise, dossier->exercise.id, "recording");
    if (begun_utc_us) {
        struct plumb_when when = plumb_when_of(begun_utc_us, dossier->utc_offset_s);
        snprintf(
            date, sizeof date, "%04d-%02d-%02d-%02d%02d-", when.year, when.month, when.day, when.hour,
            when.minute);
    }
    int n = dossier->id ? snprintf(
                              out, PLUMB_NAME_N, "session-%lld-%s%.48s-%s", (long long)dossier->id, date,
                              exercise, side)
                        : snprintf(out, PLUMB_NAME_N, "%s%.48s-%s", date, exercise, side);
    return n < PLUMB_NAME_N ? (size_t)n : PLUMB_NAME_N - 1;
}
