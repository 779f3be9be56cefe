/* What Plumb says, by key: in English, or as a language file (host/words) has it. {n} in a sentence becomes a
 * number.
 */
#ifndef PLUMB_WORDS_H
#define PLUMB_WORDS_H

#include <stddef.h>

enum plumb_word {
    PLUMB_WORD_ANTERIOR_ROTATION,
    PLUMB_WORD_LUMBAR_ARCH,
    PLUMB_WORD_PELVIC_ROTATION,
    PLUMB_WORD_OBLIQUITY,
    PLUMB_WORD_POSTERIOR_TILT,
    PLUMB_WORD_GOOD,
    PLUMB_WORD_TEN_SECONDS,
    PLUMB_WORD_SWITCH_SIDES,
    PLUMB_WORD_SENSOR_LOST,
    PLUMB_WORD_SENSOR_BACK,
    PLUMB_WORD_POSE_GONE,
    PLUMB_WORD_POSE_BACK,
    PLUMB_WORD_DONE,
    PLUMB_WORD_SUMMARY,
    PLUMB_WORD_SUMMARY_OUT,
    PLUMB_WORD_COUNT,
    PLUMB_WORD_LIE_STILL,
    PLUMB_WORD_TILT_FURTHER,
    PLUMB_WORD_STOP_MOVING,
    PLUMB_WORD_ARCH,
    PLUMB_WORD_MOVED,
    PLUMB_WORD_KNEE_PAIN,
    PLUMB_WORD_BACK_PAIN,
    PLUMB_WORD_SHARP_PAIN,
    PLUMB_WORD_LOWER_SLOWLY,
    PLUMB_WORD_NEUTRAL_MOVED,
    PLUMB_WORD_POSE_SEEN,
    PLUMB_WORD_POSE_SUPINE,
    PLUMB_WORD_POSE_PRONE,
    PLUMB_WORD_POSE_UPRIGHT,
    PLUMB_WORD_POSE_LYING_LEFT,
    PLUMB_WORD_POSE_LYING_RIGHT,
    PLUMB_WORD_SENSOR_ABSENT,
    PLUMB_WORD_SENSOR_NO_ANSWER,
    PLUMB_WORD_SENSOR_STUCK,
    PLUMB_WORD_SENSOR_NOT_READY,
    PLUMB_WORD_SENSOR_RESTARTED,
    PLUMB_WORD_SENSOR_UNKNOWN,
    PLUMB_WORD_SENSOR_TROUBLE,
    PLUMB_WORD_WIRE_STUCK,
    PLUMB_WORD_LEFT, /* what LEG and OTHER become in the sentences of an exercise */
    PLUMB_WORD_RIGHT,
    PLUMB_WORDS_N
};

#define PLUMB_WORD_TEXT_N 160

struct plumb_words {
    char voice[24]; /* of the speech synthesiser: "en" */
    char text[PLUMB_WORDS_N][PLUMB_WORD_TEXT_N];
};

/* The sentence of a language; of English where `words` is NULL. Borrowed. */
const char *plumb_words_text(const struct plumb_words *words, enum plumb_word word);

/* The sentence with `text` instead of its mark ("{n}"), as it is where it has none; cut at the end of the
 * room. */
void plumb_words_fill(char *out, size_t room, const char *sentence, const char *mark, const char *text);

/* The key of the language files: "anterior_rotation". */
const char *plumb_word_key(enum plumb_word word);

#endif
