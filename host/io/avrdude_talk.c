#include "avrdude_talk.h"

#include <stdio.h>
#include <string.h>

#define MARKS_N 50 /* of a whole bar */

void plumb_avrdude_talk_init(struct plumb_avrdude_talk *talk)
{
    *talk = (struct plumb_avrdude_talk){.phase = PLUMB_AVRDUDE_CONNECT};
}

/* The words behind "avrdude error: " or "avrdude: ", where the line is a complaint; else NULL. */
static const char *complaint(const char *line)
{
    static const char *const heads[] = {"avrdude error: ", "avrdude OS error: "};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (!strncmp(line, heads[i], strlen(heads[i])))
            return line + strlen(heads[i]);
    if (!strncmp(line, "avrdude: ", 9) && (strstr(line, "error") || strstr(line, "can't")))
        return line + 9;
    return NULL;
}

static void take_line(struct plumb_avrdude_talk *talk)
{
    const char *line = talk->line, *said = complaint(line);
    talk->unanswered_n += strstr(line, "not in sync") != NULL;
    talk->wrong_chip |= strstr(line, "xpected signature") != NULL;
    talk->differs |= strstr(line, "mismatch") != NULL;
    talk->verified |= strstr(line, "bytes of flash verified") != NULL;
    if (said && !talk->said[0] && !strstr(line, "not responding"))
        snprintf(talk->said, sizeof talk->said, "%s", said);
}

/* A bar begins: "Writing | " and then its marks. A "Reading" before anything was written is the signature. */
static void begin_bar(struct plumb_avrdude_talk *talk)
{
    bool writes = !strncmp(talk->line, "Writing |", 9);
    bool reads = !strncmp(talk->line, "Reading |", 9) && talk->phase != PLUMB_AVRDUDE_CONNECT;
    if (!writes && !reads)
        return;
    talk->phase = writes ? PLUMB_AVRDUDE_WRITE : PLUMB_AVRDUDE_VERIFY;
    talk->marks_n = 0;
    talk->in_bar = true;
}

static void take(struct plumb_avrdude_talk *talk, char c)
{
    if (c == '\n' || c == '\r') {
        take_line(talk);
        talk->line_n = 0;
        talk->in_bar = false;
    } else if (talk->line_n + 1 < sizeof talk->line)
        talk->line[talk->line_n++] = c;
    talk->line[talk->line_n] = '\0';
    if (c == '|' && !talk->in_bar)
        begin_bar(talk);
    else if (c == '#' && talk->in_bar && talk->marks_n < MARKS_N)
        talk->marks_n++;
}

void plumb_avrdude_talk_feed(struct plumb_avrdude_talk *talk, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        take(talk, text[i]);
}

double plumb_avrdude_talk_share(const struct plumb_avrdude_talk *talk)
{
    return (double)talk->marks_n / MARKS_N;
}
