/* Tone, signs and speech into one stream of 16-bit stereo frames at PLUMB_TONE_RATE_HZ. */
#ifndef PLUMB_MIXER_H
#define PLUMB_MIXER_H

#include <stddef.h>
#include <stdint.h>

#include "../../core/tone.h"

#define PLUMB_MIXER_SENTENCES_N 6
#define PLUMB_MIXER_BLOCK_N     256 /* frames made at once */

struct plumb_sentence {
    int16_t *samples; /* mono; owned */
    size_t n;
};

struct plumb_mixer {
    struct plumb_tone tone;
    double volume;                                          /* 0..1 */
    struct plumb_sentence waiting[PLUMB_MIXER_SENTENCES_N]; /* the first is being said */
    int waiting_n;
    double at, step; /* place in the first sentence, samples; step per frame */
    double duck;     /* the tone's gain while something is said, 1..DUCKED */
};

void plumb_mixer_init(struct plumb_mixer *mixer, double volume);

/* Puts a sentence at the end of what waits; an urgent one takes the place of all. Takes the samples over. */
void plumb_mixer_say(struct plumb_mixer *mixer, struct plumb_sentence sentence, int rate_hz, int urgent);

/* 1 while something is said or a sign sounds. */
int plumb_mixer_busy(const struct plumb_mixer *mixer);

/* The next n frames, at most PLUMB_MIXER_BLOCK_N. */
void plumb_mixer_render(struct plumb_mixer *mixer, int16_t *frames, size_t n);

void plumb_mixer_free(struct plumb_mixer *mixer);

#endif
