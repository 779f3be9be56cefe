/* What is said of the calibration in use, and kept with the session: whole sentences in English. */
#ifndef PLUMB_CALIB_WORDS_H
#define PLUMB_CALIB_WORDS_H

enum plumb_calib_words {
    PLUMB_CALIB_BOTH,      /* where from; the accelerometer's day, the gyroscope's day */
    PLUMB_CALIB_ACCEL,     /* where from; the day */
    PLUMB_CALIB_GYRO,      /* where from; the day */
    PLUMB_CALIB_MADE,      /* where from; the day */
    PLUMB_CALIB_DAYLESS,   /* where from */
    PLUMB_CALIB_CLIPS_OWN, /* the day */
    PLUMB_CALIB_FACTORY,
    PLUMB_CALIB_WORDS_N
};

/* The sentence as a format of so many %s. */
const char *plumb_calib_words(enum plumb_calib_words words);

/* Two that stand in a sentence's places. */
const char *plumb_calib_words_here(void);   /* "this computer" */
const char *plumb_calib_words_no_day(void); /* "an unknown day" */

#endif
