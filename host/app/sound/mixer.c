#include "mixer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DUCKED       0.35 /* words are understood over the tone, and the tone is still heard */
#define DUCK_S       0.05
#define SPEECH_GAIN  0.8
#define FULL_SCALE   32767.0
#define SPEECH_SCALE 32768.0

void plumb_mixer_init(struct plumb_mixer *mixer, double volume)
{
    memset(mixer, 0, sizeof *mixer);
    plumb_tone_init(&mixer->tone);
    mixer->volume = volume;
    mixer->duck = mixer->step = 1;
}

static void drop_first(struct plumb_mixer *mixer)
{
    free(mixer->waiting[0].samples);
    memmove(mixer->waiting, mixer->waiting + 1, (size_t)--mixer->waiting_n * sizeof *mixer->waiting);
    mixer->at = 0;
}

void plumb_mixer_free(struct plumb_mixer *mixer)
{
    while (mixer->waiting_n)
        drop_first(mixer);
}

void plumb_mixer_say(struct plumb_mixer *mixer, struct plumb_sentence sentence, int rate_hz, int urgent)
{
    if (urgent)
        plumb_mixer_free(mixer);
    if (mixer->waiting_n == PLUMB_MIXER_SENTENCES_N) {
        free(sentence.samples);
        return;
    }
    mixer->step = (double)rate_hz / PLUMB_TONE_RATE_HZ;
    mixer->waiting[mixer->waiting_n++] = sentence;
}

int plumb_mixer_busy(const struct plumb_mixer *mixer)
{
    return mixer->waiting_n > 0 || mixer->tone.sign >= 0;
}

/* One frame of speech, between its samples on a straight line. */
static double next_speech(struct plumb_mixer *mixer)
{
    if (!mixer->waiting_n)
        return 0;
    const struct plumb_sentence *sentence = &mixer->waiting[0];
    size_t i = (size_t)mixer->at;
    if (i + 1 >= sentence->n) {
        drop_first(mixer);
        return 0;
    }
    double share = mixer->at - (double)i;
    mixer->at += mixer->step;
    return ((1 - share) * sentence->samples[i] + share * sentence->samples[i + 1]) / SPEECH_SCALE;
}

/* Loud sums bend instead of breaking. */
static int16_t to_int(double value)
{
    double bent = fabs(value) > 0.8 ? copysign(0.8 + 0.2 * tanh((fabs(value) - 0.8) / 0.2), value) : value;
    return (int16_t)lround(bent * FULL_SCALE);
}

void plumb_mixer_render(struct plumb_mixer *mixer, int16_t *frames, size_t n)
{
    float tones[2 * PLUMB_MIXER_BLOCK_N] = {0};
    plumb_tone_add(&mixer->tone, tones, n);
    for (size_t i = 0; i < n; i++) {
        double wanted = mixer->waiting_n ? DUCKED : 1;
        mixer->duck += (wanted - mixer->duck) / (DUCK_S * PLUMB_TONE_RATE_HZ);
        double speech = SPEECH_GAIN * next_speech(mixer);
        for (int ear = 0; ear < 2; ear++)
            frames[2 * i + (size_t)ear] =
                to_int(mixer->volume * (mixer->duck * (double)tones[2 * i + (size_t)ear] + speech));
    }
}
