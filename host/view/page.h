/* The page for the file: one session on one sheet that a colleague can read in a minute. A pure function from
 * plain texts and numbers to a scene. */
#ifndef PLUMB_PAGE_H
#define PLUMB_PAGE_H

#include <stddef.h>

#include "scene.h"
#include "trace_chart.h"

enum plumb_paper { PLUMB_PAPER_A4, PLUMB_PAPER_LETTER, PLUMB_PAPERS_N };

/* "a4", and its sides in points, upright. */
const char *plumb_paper_name(enum plumb_paper paper);
double plumb_paper_width_pt(enum plumb_paper paper);
double plumb_paper_height_pt(enum plumb_paper paper);

/* One of up to four figures that sum the page up. */
struct plumb_page_figure {
    const char *value, *caption; /* "58.8 s", "in zone of 60 s asked" */
};

/* A line of a list: what, and its value in words. */
struct plumb_page_fact {
    const char *name, *text;
};

struct plumb_page_list {
    const char *heading;
    const struct plumb_page_fact *facts;
    size_t n;
};

/* Angles in degrees, NaN where not known. */
struct plumb_page_hold {
    int side; /* index of sides: 0 left, or all where the exercise has no side; 1 right */
    double in_zone_s, held_s, longest_s;
    double asked_s; /* NaN where nothing says it */
    unsigned excursions;
    double worst_deg;
    double neutral_deg; /* how far neutral was from where it began; NaN where the wearer was never quiet */
    int neutral_moved;  /* 1: further than noise */
};

/* One side's holds taken together. */
struct plumb_page_side {
    const char *words; /* "Left"; NULL where the exercise has no side */
    unsigned holds_n, excursions;
    double in_zone_s, asked_s, held_s, longest_s, worst_deg;
};

/* In-zone seconds of one week or day, by side (NaN: the exercise has no such side). */
struct plumb_page_bar {
    const char *label; /* "23 Nov" */
    double in_zone_s[2];
};

/* Bars over time with the line of what is asked. */
struct plumb_page_bars {
    const char *heading; /* "In zone, week by week" */
    const struct plumb_page_bar *bars;
    size_t bars_n;
    double asked_s;           /* each; NaN where nothing says it */
    const char *asked;        /* "asked: 3 min a week and side"; NULL with asked_s NaN */
    const char *side_word[2]; /* "Left", "Right"; NULL for a side without bars */
};

/* All pointers are borrowed for the call; NULL and 0 leave the part out. */
struct plumb_page {
    const char *title, *subtitle;      /* exercise; "Right side, lying on your back" */
    const char *who, *who_more;        /* alias; "code P-17, born 1984" */
    const char *when;                  /* "Sunday 29 November 2026, 06:26 (UTC+01:00)" */
    const char *date;                  /* ISO 8601, of the document; NULL = fixed */
    const struct plumb_tongue *tongue; /* of the words that the page has itself, and of its figures */
    const char *const *summary;        /* sentences below the figures: what came of it, how it goes */
    size_t summary_n;
    struct plumb_page_figure figures[4];
    size_t figures_n;
    const struct plumb_trace_chart *trace; /* drawn bare */
    int counted; /* 1: a companion exercise, never judged: its holds have a time and nothing else */
    const struct plumb_page_hold *holds;
    size_t holds_n;
    const char *no_holds;            /* said in the table's place where there is none */
    struct plumb_page_side sides[2]; /* compared where both have holds */
    const char *side_verdict;        /* "No clear difference between the sides." */
    struct plumb_page_bars weeks;
    const char *limits[2];           /* in force, in words; a second line where the sides differ */
    struct plumb_page_list lists[2]; /* the body; with what, how sure */
    const char *note;                /* the user's own */
    const char *const *cautions;     /* fixed wording at the foot */
    size_t cautions_n;
    const char *footer; /* program, session */
};

/* Everything empty. */
void plumb_page_init(struct plumb_page *page);

/* Draws the page into `scene` at the scene's size, which should be a paper's; what was in it is removed.
 * Everything stays on the one sheet: long words are broken or cut; a very full page is set smaller, and holds
 * that still have no room are counted in the last line of the table. Returns 0, or PLUMB_FAILED when memory
 * ran out. */
int plumb_page_draw(struct plumb_scene *scene, const struct plumb_page *page);

#endif
