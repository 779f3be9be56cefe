#include "calib_words.h"

#include <string.h>

#include "said.h"

#define HOLE   "%s"
#define HOLE_N (sizeof HOLE - 1)

static const char *const SENTENCES[PLUMB_CALIB_WORDS_N] = {
    [PLUMB_CALIB_BOTH] =
        PLUMB_SAID("calibration from %s: accelerometer measured on %s, gyroscope measured on %s"),
    [PLUMB_CALIB_ACCEL] =
        PLUMB_SAID("calibration from %s: accelerometer measured on %s, gyroscope not calibrated"),
    [PLUMB_CALIB_GYRO] =
        PLUMB_SAID("calibration from %s: accelerometer not calibrated, gyroscope measured on %s"),
    [PLUMB_CALIB_MADE] = PLUMB_SAID("calibration from %s, made on %s; how it was measured is not said in it"),
    [PLUMB_CALIB_DAYLESS] =
        PLUMB_SAID("calibration from %s, of an unknown day; how it was measured is not said in it"),
    [PLUMB_CALIB_CLIPS_OWN] = PLUMB_SAID("calibration from the clip's own memory, measured on %s"),
    [PLUMB_CALIB_FACTORY] = PLUMB_SAID(
        "sensor as it left the factory, not calibrated: plumb calibrate accel makes its angles truer"),
};

const char *plumb_calib_words(enum plumb_calib_words words)
{
    return SENTENCES[words];
}

const char *plumb_calib_words_here(void)
{
    return PLUMB_SAID("this computer");
}

const char *plumb_calib_words_no_day(void)
{
    return PLUMB_SAID("an unknown day");
}

/* How many bytes of `text` stand in a hole: up to where `behind`, the rest of the sentence, goes on; -1 where
 * it does not. */
static long hole_n(const char *text, const char *behind)
{
    char words[PLUMB_CALIB_HOLE_N];
    const char *next = strstr(behind, HOLE), *end = text + strlen(text);
    size_t words_n = next ? (size_t)(next - behind) : strlen(behind);
    if (words_n == 0)
        return end - text;
    if (words_n >= sizeof words)
        return -1;
    memcpy(words, behind, words_n);
    words[words_n] = '\0';
    const char *found = strstr(text, words);
    return found ? found - text : -1;
}

static int is_it(const char *sentence, const char *text, char holes[][PLUMB_CALIB_HOLE_N])
{
    for (int hole = 0; *sentence;) {
        if (strncmp(sentence, HOLE, HOLE_N) != 0) {
            if (*sentence++ != *text++)
                return 0;
            continue;
        }
        sentence += HOLE_N;
        long n = hole_n(text, sentence);
        if (n < 0 || n >= PLUMB_CALIB_HOLE_N || hole == PLUMB_CALIB_HOLES_N)
            return 0;
        memcpy(holes[hole++], text, (size_t)n);
        text += n;
    }
    return *text == '\0';
}

int plumb_calib_words_find(const char *text, char holes[PLUMB_CALIB_HOLES_N][PLUMB_CALIB_HOLE_N])
{
    for (int words = 0; words < PLUMB_CALIB_WORDS_N; words++) {
        memset(holes, 0, PLUMB_CALIB_HOLES_N * sizeof *holes);
        if (is_it(SENTENCES[words], text, holes))
            return words;
    }
    memset(holes, 0, PLUMB_CALIB_HOLES_N * sizeof *holes);
    return -1;
}
