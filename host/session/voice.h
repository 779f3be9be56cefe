/* What is heard: from a session's events to tones, signs and sentences. Pure; whoever plays them reads the
 * list.
 *
 *   mode       | steps, sides, pain, sensor | flags in words | tone          | after a hold
 *   -----------+----------------------------+----------------+---------------+-------------------
 *   full       | said                       | said           | amber and red | -
 *   beyond red | said                       | said           | red           | -
 *   summary    | said                       | -              | -             | the hold in a sentence
 *   off        | -                          | -              | -             | -
 *
 * In the zone there is silence. A tone sounds only while a hold is judged: not in transitions, not while
 * pressing against the stretch, not while the timer waits for the pose or the person.
 */
#ifndef PLUMB_VOICE_H
#define PLUMB_VOICE_H

#include "../core/tone.h"
#include "../core/words.h"
#include "session.h"

enum plumb_voice_mode { PLUMB_VOICE_FULL, PLUMB_VOICE_BEYOND_RED, PLUMB_VOICE_SUMMARY, PLUMB_VOICE_OFF };

enum plumb_heard_kind { PLUMB_HEARD_TONE, PLUMB_HEARD_SIGN, PLUMB_HEARD_WORDS };

struct plumb_heard {
    enum plumb_heard_kind kind;
    struct plumb_tone_target tone;
    enum plumb_sign sign;
    int urgent; /* words: cut short what is being said */
    char text[PLUMB_EXERCISE_TEXT_N + 16];
};

#define PLUMB_VOICE_HEARD_N 4 /* of one event */

struct plumb_voice {
    enum plumb_voice_mode mode;
    const struct plumb_words *words; /* borrowed */
    struct plumb_tone_target told;   /* the tone as it was told last */
    int sounding;                    /* a tone is on: its limits are a little lower */
    int ten_told, tick;              /* of this hold: ten seconds said; the last tick that sounded */
    unsigned standing;               /* flags that stand */
    enum plumb_prepare_hint hint;
    double hint_since_s, hint_said_s;
    struct plumb_heard heard[PLUMB_VOICE_HEARD_N];
    int heard_n;
};

void plumb_voice_init(struct plumb_voice *voice, enum plumb_voice_mode mode, const struct plumb_words *words);

/* One event of the session, in order; what is to be heard is then in voice->heard. */
void plumb_voice_push(
    struct plumb_voice *voice, const struct plumb_session *session, const struct plumb_event *event);

#endif
