/* What the pages share: the sheet's grid and type, and the parts they are made of. Private to
 * host/view/page*.c. Everything returns how high it is, and without a scene it only measures. */
#ifndef PLUMB_PAGE_PARTS_H
#define PLUMB_PAGE_PARTS_H

#include "page.h"
#include "palette.h"
#include "text_width.h"

/* Points, for paper at reading distance. */
#define PAGE_MARGIN_PT  42.0
#define PAGE_TOP_PT     36.0
#define PAGE_BOTTOM_PT  26.0
#define PAGE_GUTTER_PT  26.0 /* between two columns */
#define PAGE_SECTION_PT 15.0 /* between two sections */
#define PAGE_HAIR_PT    0.6
#define PAGE_TITLE_PT   20.0
#define PAGE_FIGURE_PT  22.0
#define PAGE_HEAD_PT    10.0 /* a section's heading */
#define PAGE_BODY_PT    8.5
#define PAGE_FINE_PT    7.5
#define PAGE_LINE_PT    11.5 /* from line to line of body text */
#define PAGE_ROW_PT     13.5 /* of a table */
#define PAGE_ROOM       160

extern const struct plumb_text_style page_head, page_body, page_bold, page_fine, page_fine_end;

/* One line that is a part of its own in the document. */
void page_line(
    struct plumb_scene *scene, const char *tag, const struct plumb_text_style *style, double x_pt,
    double baseline_pt, double room_pt, const char *text);

/* Text broken into lines of room_pt, the first baseline one size below top_pt; the last of lines_most is cut.
 */
double page_words(
    struct plumb_scene *scene, const char *tag, const struct plumb_text_style *style, double x_pt,
    double top_pt, double room_pt, int lines_most, const char *text);

/* A section's heading. */
double page_heading(struct plumb_scene *scene, double x_pt, double top_pt, double room_pt, const char *text);

void page_rule(struct plumb_scene *scene, double y_pt, plumb_colour colour);

/* Who and when at the right, what at the left, a rule below. */
double page_header(
    struct plumb_scene *scene, double width_pt, const char *title, const char *subtitle, const char *who,
    const char *who_more, const char *when);

double page_figures(
    struct plumb_scene *scene, double width_pt, double top_pt, const struct plumb_page_figure *figures,
    size_t n);

double page_facts(
    struct plumb_scene *scene, double x_pt, double top_pt, double room_pt, double names_pt,
    const struct plumb_page_fact *facts, size_t n);

/* Caution and program, up from the sheet's lower edge. Returns how high. */
double page_foot(
    struct plumb_scene *scene, double height_pt, const char *const *cautions, size_t n, const char *footer);

/* A table's columns; the text of a cell is kept within its column. */
struct page_column {
    const char *head;
    double from_pt, to_pt; /* from the table's left edge */
    enum plumb_anchor anchor;
};

/* One row of cells as `tag` (TH or TD), a hair below it; empty cells are left out of the picture, not of the
 * document. */
void page_row(
    struct plumb_scene *scene, double x_pt, double top_pt, const struct page_column *columns, size_t n,
    const char *const *cells, const char *tag, const struct plumb_text_style *style);

/* page_bars.c */
double page_bars(
    struct plumb_scene *scene, const struct plumb_tongue *tongue, double x_pt, double top_pt, double room_pt,
    const struct plumb_page_bars *bars);

/* page_sides.c */
double page_sides(
    struct plumb_scene *scene, const struct plumb_tongue *tongue, double x_pt, double top_pt, double room_pt,
    const struct plumb_page_side sides[2], const char *verdict);

/* page_holds.c. most_n: rows of each table, sums not counted. */
double page_holds(
    struct plumb_scene *scene, double top_pt, double room_pt, const struct plumb_page *page, size_t most_n);

#endif
