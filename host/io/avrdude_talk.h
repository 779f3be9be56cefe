/* What avrdude says while it works, understood. Pure: its characters in, how far it is and what went wrong
 * out. Written for versions 6.3 to 7.1, which draw a bar of fifty '#' for each phase where they write to no
 * terminal. */
#ifndef PLUMB_AVRDUDE_TALK_H
#define PLUMB_AVRDUDE_TALK_H

#include <stdbool.h>
#include <stddef.h>

enum plumb_avrdude_phase { PLUMB_AVRDUDE_CONNECT, PLUMB_AVRDUDE_WRITE, PLUMB_AVRDUDE_VERIFY };

struct plumb_avrdude_talk {
    enum plumb_avrdude_phase phase;
    int marks_n; /* '#' of the phase's bar */
    bool in_bar;
    int unanswered_n; /* times that the bootloader did not answer */
    bool wrong_chip;  /* another signature than the part's */
    bool differs;     /* what was read back is not what was written */
    bool verified;    /* all of it was read back and is right */
    char said[160];   /* its first complaint beside these, without "avrdude error:"; "" while there is none */
    char line[256];   /* being gathered */
    size_t line_n;
};

void plumb_avrdude_talk_init(struct plumb_avrdude_talk *talk);

void plumb_avrdude_talk_feed(struct plumb_avrdude_talk *talk, const char *text, size_t n);

/* How much of the phase is done: 0..1. */
double plumb_avrdude_talk_share(const struct plumb_avrdude_talk *talk);

#endif
