#include "calib_said.h"

#include <stdio.h>
#include <string.h>

#include "../../core/calib_words.h"
#include "../../core/sentence.h"

/* A place that holds words, not a name or a day. */
static void say_hole(struct plumb_hole *hole, const char *words, const struct plumb_tongue *tongue)
{
    if (hole->n != strlen(words) || strncmp(hole->text, words, hole->n) != 0)
        return;
    hole->text = plumb_said(tongue, words);
    hole->n = strlen(hole->text);
}

char *plumb_calib_said(char *out, size_t room, const char *kept, const struct plumb_tongue *tongue)
{
    struct plumb_hole holes[PLUMB_HOLES_N];
    int words = 0;
    while (words < PLUMB_CALIB_WORDS_N &&
           plumb_sentence_find(plumb_calib_words((enum plumb_calib_words)words), kept, holes) < 0)
        words++;
    snprintf(out, room, "%s", kept);
    if (words == PLUMB_CALIB_WORDS_N)
        return out;
    for (int hole = 0; hole < PLUMB_HOLES_N; hole++) {
        say_hole(&holes[hole], plumb_calib_words_here(), tongue);
        say_hole(&holes[hole], plumb_calib_words_no_day(), tongue);
    }
    const char *format = plumb_said(tongue, plumb_calib_words((enum plumb_calib_words)words));
    return plumb_sentence_fill(out, room, format, holes);
}
