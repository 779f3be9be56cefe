#include "speech.h"

#include <espeak-ng/speak_lib.h>
#include <stdlib.h>
#include <string.h>

#include "message_fail.h"

#define BUFFER_MS     200
#define WORDS_PER_MIN 160 /* a little slower than the library's 175: the listener is busy */

struct plumb_speech {
    int rate_hz;
    int16_t *samples; /* of the sentence being said; owned */
    size_t n, room;
};

/* The library hands its samples to a function of ours, with the speech as user data. Returns 1 to stop. */
static int take(short *samples, int n, espeak_EVENT *events)
{
    struct plumb_speech *speech = events->user_data;
    if (!samples || n <= 0 || !speech)
        return 0;
    if (speech->n + (size_t)n > speech->room) {
        size_t room = 2 * speech->room + (size_t)n;
        int16_t *more = realloc(speech->samples, room * sizeof *more);
        if (!more)
            return 1;
        speech->samples = more;
        speech->room = room;
    }
    memcpy(speech->samples + speech->n, samples, (size_t)n * sizeof *samples);
    speech->n += (size_t)n;
    return 0;
}

struct plumb_speech *plumb_speech_open(const char *voice, struct plumb_message *message)
{
    struct plumb_speech *speech = calloc(1, sizeof *speech);
    if (!speech)
        return NULL;
    speech->rate_hz =
        espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, BUFFER_MS, NULL, espeakINITIALIZE_DONT_EXIT);
    if (speech->rate_hz <= 0 || espeak_SetVoiceByName(voice) != EE_OK) {
        plumb_message_fail(
            message, PLUMB_FAILED, "no speech: espeak-ng has no voice \"%s\" (package espeak-ng-data)",
            voice);
        plumb_speech_close(speech);
        return NULL;
    }
    espeak_SetSynthCallback(take);
    espeak_SetParameter(espeakRATE, WORDS_PER_MIN, 0);
    return speech;
}

int plumb_speech_rate_hz(const struct plumb_speech *speech)
{
    return speech->rate_hz;
}

int16_t *plumb_speech_say(struct plumb_speech *speech, const char *text, size_t *n)
{
    speech->samples = NULL;
    speech->n = speech->room = 0;
    espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, speech);
    *n = speech->n;
    return speech->samples;
}

void plumb_speech_close(struct plumb_speech *speech)
{
    if (!speech)
        return;
    if (speech->rate_hz > 0)
        espeak_Terminate();
    free(speech);
}
