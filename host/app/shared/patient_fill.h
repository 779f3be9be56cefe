/* From a patient's stored sessions to the page of eight weeks. */
#ifndef PLUMB_PATIENT_FILL_H
#define PLUMB_PATIENT_FILL_H

#include "../../store/store.h"
#include "../../view/page_patient.h"
#include "exercise_called.h"

#define PLUMB_PATIENT_FILL_EXERCISES_N 32

/* What one exercise asks for and how it goes; both looked up by the caller. */
struct plumb_patient_ask_exercise {
    double week_s;        /* asked a week and side; NaN where nothing says it */
    int at_once;          /* both sides in one */
    const char *trend[2]; /* honest sentences; NULL: nothing is said */
};

struct plumb_patient_ask {
    const struct plumb_dossier_patient *patient;
    const struct plumb_store_session
        *sessions; /* the newest first; those before the eight weeks are skipped */
    size_t n;
    /* Looks an exercise up by its id; may leave `about` as it is. */
    void (*about)(void *context, const char *exercise, struct plumb_patient_ask_exercise *about);
    void *context;
    const char *program;               /* "plumb 0.1.0" */
    const struct plumb_tongue *tongue; /* of the page; the trends are in it already */
};

#define PLUMB_PATIENT_TEXTS_N 96
#define PLUMB_PATIENT_TEXT_N  200

struct plumb_patient_fill {
    struct plumb_patient_page page; /* points into what follows and into the ask */
    struct plumb_patient_exercise exercises[PLUMB_PATIENT_FILL_EXERCISES_N];
    struct plumb_page_bar bars[PLUMB_PATIENT_FILL_EXERCISES_N][PLUMB_PATIENT_WEEKS_N];
    const char *summary[2], *cautions[2];
    char name[PLUMB_PATIENT_FILL_EXERCISES_N][PLUMB_EXERCISE_CALLED_N];
    char text[PLUMB_PATIENT_TEXTS_N][PLUMB_PATIENT_TEXT_N];
    int text_n;
};

/* The eight weeks up to the newest session. `fill` must not be moved while its page is in use. */
void plumb_patient_fill(struct plumb_patient_fill *fill, const struct plumb_patient_ask *ask);

/* The first moment that the page of a newest session looks back to; an hour early or late does no harm. */
int64_t plumb_patient_from_utc_us(const struct plumb_store_session *newest);

#endif
