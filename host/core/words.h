/* What Plumb says, by key. The sentences come from a language file (host/words); {n} in one becomes a number.
 */
#ifndef PLUMB_WORDS_H
#define PLUMB_WORDS_H

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
    PLUMB_WORDS_N
};

#define PLUMB_WORD_TEXT_N 160

struct plumb_words {
    char voice[24]; /* of the speech synthesiser: "en" */
    char text[PLUMB_WORDS_N][PLUMB_WORD_TEXT_N];
};

/* The key of the language files: "anterior_rotation". */
const char *plumb_word_key(enum plumb_word word);

#endif
