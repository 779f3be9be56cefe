/* What is said of the calibration in use, and kept with the session: whole sentences in English, found again
 * in what was kept so that a page can say them in its own tongue. */
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

#define PLUMB_CALIB_HOLES_N 3   /* %s in a sentence, at most */
#define PLUMB_CALIB_HOLE_N  128 /* bytes of what stands there */

/* The sentence as a format of so many %s. */
const char *plumb_calib_words(enum plumb_calib_words words);

/* Two that stand in a sentence's places. */
const char *plumb_calib_words_here(void);   /* "this computer" */
const char *plumb_calib_words_no_day(void); /* "an unknown day" */

/* Which sentence `text` is; -1 where it is none of them. `holes` gets what stands in its places, the others
 * are empty. */
int plumb_calib_words_find(const char *text, char holes[PLUMB_CALIB_HOLES_N][PLUMB_CALIB_HOLE_N]);

#endif
