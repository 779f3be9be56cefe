/* Pages as the program fills them, in any tongue: each way a session can be has one, and with all of them
 * every word that pages know is said once. */
#ifndef PLUMB_TESTS_PAGE_SAMPLES_H
#define PLUMB_TESTS_PAGE_SAMPLES_H

#include "host/app/shared/page_fill.h"
#include "host/app/shared/patient_fill.h"
#include "played.h"

enum page_sample {
    SAMPLE_ONE_SIDE,  /* two holds with lapses, weeks, trends */
    SAMPLE_BOTH,      /* eight holds on both sides, every flag and doubt, limits by side, a note */
    SAMPLE_AT_ONCE,   /* both sides in one, thirty holds, neutral moved, a second and a third sensor */
    SAMPLE_COUNTED,   /* never judged, with holds */
    SAMPLE_REPEATED,  /* never judged, repetitions and breaths */
    SAMPLE_NO_HOLD,   /* judged, but nobody held anything */
    SAMPLE_RECORDING, /* a bare recording: no name, no date, nothing found */
    PAGE_SAMPLES_N
};

struct page_sampled {
    struct played *played;
    struct plumb_page_past past[12];
    char sentence[3][200];
    const char *trend[3];
    struct plumb_page_fill fill;
};

/* Free with page_sample_free. */
struct page_sampled *page_sample_make(enum page_sample which, const struct plumb_tongue *tongue);
void page_sample_free(struct page_sampled *sampled);

/* A patient of n sessions of eight exercises over eight weeks, one session a year before where n is 0. */
struct patient_sampled {
    struct plumb_store_session sessions[60];
    struct plumb_dossier_patient who;
    const struct plumb_tongue *tongue;
    struct plumb_patient_fill fill;
};
struct patient_sampled *patient_sample_make(size_t n, const struct plumb_tongue *tongue);

#endif
