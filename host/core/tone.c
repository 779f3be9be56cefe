#include "tone.h"

#include <math.h>

#include "units.h"

#define MIDDLE_HZ  392.0 /* g' */
#define APART      1.12  /* a forward or backward tip begins a whole tone away from the middle */
#define OCTAVE_RAD (8 * PLUMB_RAD_PER_DEG)
#define SOFT_GAIN  0.25 /* at the limit; louder beyond */
#define FULL_GAIN  0.6
#define GLIDE_S    0.030 /* time constants: quick enough to follow, slow enough not to click */
#define FADE_S     0.012
#define SILENT     1e-4
#define OVERTONE   0.15 /* share of the second partial: audible on small loudspeakers */
#define SIGN_GAIN  0.30
#define LAST       (-1)

/* The notes of each sign: when, how long, how high. */
static const struct note {
    double at_s, for_s, hz;
} signs[PLUMB_SIGNS_N][3] = {
    [PLUMB_SIGN_HOLD_BEGIN] = {{0, 0.12, 523.25}, {0.13, 0.22, 659.26}, {LAST, 0, 0}},
    [PLUMB_SIGN_HOLD_END] = {{0, 0.12, 659.26}, {0.13, 0.22, 523.25}, {LAST, 0, 0}},
    [PLUMB_SIGN_TICK] = {{0, 0.06, 587.33}, {LAST, 0, 0}, {LAST, 0, 0}},
};

void plumb_tone_init(struct plumb_tone *tone)
{
    *tone = (struct plumb_tone){.target = {MIDDLE_HZ, 0, 0}, .hz = MIDDLE_HZ, .sign = -1};
}

void plumb_tone_sign(struct plumb_tone *tone, enum plumb_sign sign)
{
    tone->sign = (int)sign;
    tone->sign_s = 0;
    tone->sign_phase = 0;
}

/* ---- the steady tone */

static void approach(double *value, double target, double tau_s)
{
    *value += (target - *value) * (1.0 / PLUMB_TONE_RATE_HZ) / tau_s;
}

static double next_tone(struct plumb_tone *tone)
{
    if (tone->gain < SILENT) {
        tone->hz = tone->target.hz;
        tone->pan = tone->target.pan;
    }
    approach(&tone->gain, tone->target.gain, FADE_S);
    approach(&tone->hz, tone->target.hz, GLIDE_S);
    approach(&tone->pan, tone->target.pan, GLIDE_S);
    if (tone->target.gain <= 0 && tone->gain < SILENT) {
        tone->gain = tone->phase = 0;
        return 0;
    }
    tone->phase += tone->hz / PLUMB_TONE_RATE_HZ;
    tone->phase -= floor(tone->phase);
    double a = 2 * PLUMB_PI * tone->phase;
    return tone->gain * (sin(a) + OVERTONE * sin(2 * a)) / (1 + OVERTONE);
}

/* ---- signs */

/* Rises within a fifth, dies away over the rest, both without a corner. */
static double envelope(double share)
{
    double x = share < 0.2 ? share / 0.2 : (1 - share) / 0.8;
    return 0.5 - 0.5 * cos(PLUMB_PI * x);
}

static double next_sign(struct plumb_tone *tone)
{
    if (tone->sign < 0)
        return 0;
    const struct note *note = signs[tone->sign];
    double at_s = tone->sign_s;
    tone->sign_s += 1.0 / PLUMB_TONE_RATE_HZ;
    for (; note->at_s >= 0; note++) {
        if (at_s >= note->at_s + note->for_s)
            continue;
        if (at_s < note->at_s)
            return 0;
        tone->sign_phase += note->hz / PLUMB_TONE_RATE_HZ;
        return SIGN_GAIN * envelope((at_s - note->at_s) / note->for_s) * sin(2 * PLUMB_PI * tone->sign_phase);
    }
    tone->sign = -1;
    return 0;
}

void plumb_tone_add(struct plumb_tone *tone, float *frames, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double steady = next_tone(tone), sign = next_sign(tone);
        double angle = (tone->pan + 1) * PLUMB_PI / 4; /* equal power */
        frames[2 * i] += (float)(steady * cos(angle) + sign * sqrt(0.5));
        frames[2 * i + 1] += (float)(steady * sin(angle) + sign * sqrt(0.5));
    }
}

/* ---- which way */

static double beyond(double value_rad, double limit_rad)
{
    return value_rad > limit_rad ? (value_rad - limit_rad) / OCTAVE_RAD : -1;
}

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

static double pitch_hz(double forward, double back)
{
    if (forward >= 0)
        return MIDDLE_HZ * APART * exp2(clamp(forward, 0, 1));
    return back >= 0 ? MIDDLE_HZ / APART * exp2(-clamp(back, 0, 1)) : MIDDLE_HZ;
}

struct plumb_tone_target plumb_tone_of(const struct plumb_tone_way *way)
{
    double forward = beyond(way->tilt_rad, way->anterior_rad);
    double back = beyond(-way->tilt_rad, way->posterior_rad);
    double turned = beyond(fabs(way->turn_rad), way->turn_limit_rad);
    double most = fmax(forward, fmax(back, turned));
    struct plumb_tone_target target = {.hz = pitch_hz(forward, back)};
    if (most < 0)
        return target;
    target.gain = SOFT_GAIN + (FULL_GAIN - SOFT_GAIN) * clamp(most, 0, 1);
    if (turned >= 0)
        target.pan = way->turn_rad > 0 ? -1 : 1;
    return target;
}
