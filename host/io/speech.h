/* Sentences to samples, by libespeak-ng; this is its one home. */
#ifndef PLUMB_SPEECH_H
#define PLUMB_SPEECH_H

#include <stddef.h>
#include <stdint.h>

#include "../core/message.h"

struct plumb_speech;

/* Opens the synthesiser with a voice ("en"). NULL with a message when it or its data are missing; close it.
 * One at a time: the library has one state for the whole program. */
struct plumb_speech *plumb_speech_open(const char *voice, struct plumb_message *message);

/* Samples a second of what it says. */
int plumb_speech_rate_hz(const struct plumb_speech *speech);

/* Says a sentence (UTF-8): *n mono samples, *owned by the caller*, free them; NULL when nothing can be said.
 */
int16_t *plumb_speech_say(struct plumb_speech *speech, const char *text, size_t *n);

void plumb_speech_close(struct plumb_speech *speech);

#endif
