/* Pages made of formulas, from the barest to the fullest. */
#ifndef PLUMB_TESTS_VIEW_PAGES_H
#define PLUMB_TESTS_VIEW_PAGES_H

#include "host/view/page_patient.h"
#include "session.h"

enum page_kind {
    PAGE_PLAIN, /* one side, two holds, first session ever */
    PAGE_SIDES, /* both sides, eight holds, eight weeks, a note, a trend */
    PAGE_NONE,  /* a companion exercise: no holds, no trace of zones */
    PAGE_LONG,  /* names too long, in many scripts; everything that can be written is written */
    PAGE_CROWD, /* thirty holds, four hundred flags */
    PAGE_BARE,  /* nothing known at all */
    PAGE_KINDS_N
};

#define PAGE_HOLDS_MOST 30
#define PAGE_FLAGS_MOST 400

struct page_example {
    struct plumb_page page; /* points into the fields below */
    struct session session;
    struct plumb_trace_hold trace_holds[PAGE_HOLDS_MOST];
    struct plumb_trace_flag trace_flags[PAGE_FLAGS_MOST];
    struct plumb_page_hold holds[PAGE_HOLDS_MOST];
    struct plumb_page_bar bars[8];
};

/* A page over a session of so many seconds at rate_hz. Free with page_example_free. */
void page_example_make(struct page_example *example, enum page_kind kind, double seconds, double rate_hz);
void page_example_free(struct page_example *example);

/* A patient with so many exercises over eight weeks. */
struct patient_example {
    struct plumb_patient_page page; /* points into the fields below */
    struct plumb_patient_exercise exercises[9];
    struct plumb_page_bar bars[9][PLUMB_PATIENT_WEEKS_N];
};
void patient_example_make(struct patient_example *example, size_t exercises_n);

const char *page_kind_name(enum page_kind kind);

#endif
