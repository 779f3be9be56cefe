#include "calib_words.h"

#include "said.h"

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
