/* The tone that tells a person who cannot see the screen which way the pelvis has gone. Own synthesiser,
 * pure: a target in, samples out.
 *
 *   pitch   above middle: tipped forward     below middle: tipped back     middle: turned only
 *   place   the ear to which the pelvis turned
 *   silence in the zone
 *
 * One soft, steady tone that glides, no bursts and no beeping pulses: it must not sound like a medical alarm
 * (IEC 60601-1-8 describes those as bursts of three or five pulses). Nothing clicks: every change takes some
 * milliseconds.
 */
#ifndef PLUMB_TONE_H
#define PLUMB_TONE_H

#include <stddef.h>
#include <stdint.h>

#define PLUMB_TONE_RATE_HZ 44100

/* What the tone should be now. */
struct plumb_tone_target {
    double hz;
    double gain; /* 0..1; 0 is silence */
    double pan;  /* -1 left ear .. 1 right ear */
};

/* Short soft signs. */
enum plumb_sign { PLUMB_SIGN_HOLD_BEGIN, PLUMB_SIGN_HOLD_END, PLUMB_SIGN_TICK, PLUMB_SIGNS_N };

struct plumb_tone {
    struct plumb_tone_target target;
    double hz, gain, pan; /* on their way to the target */
    double phase;         /* of the tone, turns */
    int sign;             /* enum plumb_sign, -1: none */
    double sign_s, sign_phase;
};

void plumb_tone_init(struct plumb_tone *tone);

/* Begins a sign; one under way gives way. */
void plumb_tone_sign(struct plumb_tone *tone, enum plumb_sign sign);

/* Adds n frames of it (left, right) to `frames`, 2 * n values of full scale 1. */
void plumb_tone_add(struct plumb_tone *tone, float *frames, size_t n);

/* How far the pelvis is out, in words of the tone. Each angle is given with the limit from which on it
 * sounds; an angle that is not known is NaN. The pitch moves by an octave within `octave_rad` beyond the
 * limit. */
struct plumb_tone_way {
    double tilt_rad, anterior_rad, posterior_rad; /* limits positive */
    double turn_rad, turn_limit_rad;              /* left turn positive */
};

/* The target for a way; silence within every limit. */
struct plumb_tone_target plumb_tone_of(const struct plumb_tone_way *way);

#endif
