#include "page_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LINE_ROOM 512
#define SPACE_PT  4.0 /* a line ends with the space that it was broken at: whoever hears the page needs it */

const struct plumb_text_style page_head = {
    PAGE_HEAD_PT, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
const struct plumb_text_style page_body = {
    PAGE_BODY_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
const struct plumb_text_style page_bold = {
    PAGE_BODY_PT, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
const struct plumb_text_style page_fine = {
    PAGE_FINE_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_START};
const struct plumb_text_style page_fine_end = {
    PAGE_FINE_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_END};

static const struct {
    const char *name;
    double width_pt, height_pt;
} PAPERS[PLUMB_PAPERS_N] = {
    [PLUMB_PAPER_A4] = {"a4", 595.28, 841.89},
    [PLUMB_PAPER_LETTER] = {"letter", 612, 792},
};

const char *plumb_paper_name(enum plumb_paper paper)
{
    return PAPERS[paper].name;
}

double plumb_paper_width_pt(enum plumb_paper paper)
{
    return PAPERS[paper].width_pt;
}

double plumb_paper_height_pt(enum plumb_paper paper)
{
    return PAPERS[paper].height_pt;
}

void page_line(
    struct plumb_scene *scene, const char *tag, const struct plumb_text_style *style, double x_pt,
    double baseline_pt, double room_pt, const char *text)
{
    if (!scene || !text || !text[0])
        return;
    plumb_scene_tag(scene, tag);
    plumb_scene_text(scene, style, x_pt, baseline_pt, room_pt, text);
    plumb_scene_untag(scene, tag);
}

/* ---- text in lines */

/* Bytes of the UTF-8 character at s, at least 1. */
static size_t character_n(const char *s)
{
    size_t n = 1;
    while (((unsigned char)s[n] & 0xc0) == 0x80)
        n++;
    return n;
}

static double width_of(const struct plumb_text_style *style, const char *text, size_t n)
{
    char line[LINE_ROOM];
    if (n >= sizeof line)
        return INFINITY;
    memcpy(line, text, n);
    line[n] = '\0';
    return plumb_text_width_pt(line, style->size_pt, style->weight);
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%';
}

/* A line may be broken at the space text[n], but not between a number and its unit. */
static int breaks_at(const char *text, size_t n)
{
    size_t letters_n = 0;
    while (is_letter(text[n + 1 + letters_n]))
        letters_n++;
    int number_before = n > 0 && text[n - 1] >= '0' && text[n - 1] <= '9';
    return !(number_before && letters_n >= 1 && letters_n <= 2);
}

/* How many bytes of text go on one line: up to the last space that fits; a word longer than the line is
 * broken. */
static size_t fitting_n(const struct plumb_text_style *style, double room_pt, const char *text)
{
    size_t n = 0, space_n = 0;
    while (text[n]) {
        size_t next_n = n + character_n(text + n);
        if (text[n] == '\n')
            return n;
        if (text[n] == ' ' && breaks_at(text, n))
            space_n = n;
        if (width_of(style, text, next_n) > room_pt)
            return space_n ? space_n : n ? n : next_n;
        n = next_n;
    }
    return n;
}

static void put_words(
    struct plumb_scene *scene, const struct plumb_text_style *style, double x_pt, double baseline_pt,
    double room_pt, const char *text, size_t n)
{
    char line[LINE_ROOM];
    snprintf(line, sizeof line, "%.*s", (int)(n < sizeof line ? n : sizeof line - 1), text);
    if (scene)
        plumb_scene_text(scene, style, x_pt, baseline_pt, room_pt, line);
}

double page_words(
    struct plumb_scene *scene, const char *tag, const struct plumb_text_style *style, double x_pt,
    double top_pt, double room_pt, int lines_most, const char *text)
{
    double line_pt = style->size_pt + (PAGE_LINE_PT - PAGE_BODY_PT), y_pt = top_pt;
    if (!text || !text[0])
        return 0;
    if (scene)
        plumb_scene_tag(scene, tag);
    for (int i = 0; i < lines_most && *text; i++) {
        size_t n = fitting_n(style, room_pt, text), space_n = strspn(text + n, " \n");
        int last = i + 1 == lines_most;
        size_t kept_n =
            last ? strcspn(text, "\n") : n + (space_n > 0); /* the painter cuts what is too long */
        put_words(scene, style, x_pt, y_pt + style->size_pt, room_pt + (last ? 0 : SPACE_PT), text, kept_n);
        y_pt += line_pt;
        text += n + space_n;
    }
    if (scene)
        plumb_scene_untag(scene, tag);
    return y_pt - top_pt;
}

/* ---- parts */

double page_heading(struct plumb_scene *scene, double x_pt, double top_pt, double room_pt, const char *text)
{
    page_line(scene, "H2", &page_head, x_pt, top_pt + PAGE_HEAD_PT, room_pt, text);
    return PAGE_HEAD_PT + 8;
}

void page_rule(struct plumb_scene *scene, double y_pt, plumb_colour colour)
{
    plumb_scene_line(
        scene, PAGE_MARGIN_PT, y_pt, scene->width_pt - PAGE_MARGIN_PT, y_pt, PAGE_HAIR_PT, 0, colour);
}

static const struct plumb_text_style TITLE = {
    PAGE_TITLE_PT, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
static const struct plumb_text_style WHO = {13, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_END};

/* The title in one line, or a little smaller in two. Returns its height. */
static double header_title(struct plumb_scene *scene, double room_pt, const char *title)
{
    struct plumb_text_style two_lines = TITLE;
    two_lines.size_pt = PAGE_TITLE_PT * 0.85;
    if (plumb_text_width_pt(title, TITLE.size_pt, TITLE.weight) <= room_pt) {
        page_line(scene, "H1", &TITLE, PAGE_MARGIN_PT, PAGE_TOP_PT + 15, room_pt, title);
        return 18;
    }
    return page_words(scene, "H1", &two_lines, PAGE_MARGIN_PT, PAGE_TOP_PT, room_pt, 2, title);
}

double page_header(
    struct plumb_scene *scene, double width_pt, const char *title, const char *subtitle, const char *who,
    const char *who_more, const char *when)
{
    static const struct plumb_text_style below = {
        PAGE_BODY_PT + 1, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_START};
    double inner_pt = width_pt - 2 * PAGE_MARGIN_PT, right_pt = width_pt - PAGE_MARGIN_PT;
    double who_pt = plumb_text_width_pt(who ? who : "", WHO.size_pt, WHO.weight);
    double who_room_pt = fmin(who_pt + 2, inner_pt * 0.42), half_pt = inner_pt * 0.48;
    if (scene)
        plumb_scene_group(scene, "header");
    double high_pt = header_title(scene, inner_pt - who_room_pt - PAGE_GUTTER_PT, title ? title : "");
    page_line(scene, "P", &WHO, right_pt, PAGE_TOP_PT + 15, who_room_pt, who);
    page_line(scene, "P", &below, PAGE_MARGIN_PT, PAGE_TOP_PT + high_pt + 14, half_pt, subtitle);
    double when_pt = PAGE_TOP_PT + high_pt + 14 - (who_more && who_more[0] && high_pt > 20 ? 10.5 : 0);
    page_line(scene, "P", &page_fine_end, right_pt, when_pt, half_pt, when);
    page_line(scene, "P", &page_fine_end, right_pt, when_pt + 10.5, half_pt, who_more);
    high_pt = fmax(high_pt + 14, when_pt - PAGE_TOP_PT + (who_more && who_more[0] ? 10.5 : 0)) + 9;
    if (scene)
        page_rule(scene, PAGE_TOP_PT + high_pt, PLUMB_COLOUR_AXIS);
    return high_pt;
}

double page_figures(
    struct plumb_scene *scene, double width_pt, double top_pt, const struct plumb_page_figure *figures,
    size_t n)
{
    static const struct plumb_text_style big = {
        PAGE_FIGURE_PT, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
    double room_pt = (width_pt - 2 * PAGE_MARGIN_PT) / 4;
    if (n == 0)
        return 0;
    if (scene)
        plumb_scene_group(scene, "key figures");
    for (size_t i = 0; i < n && i < 4; i++) {
        double x_pt = PAGE_MARGIN_PT + (double)i * room_pt, text_pt = x_pt + (i ? 12 : 0);
        if (i && scene)
            plumb_scene_line(scene, x_pt, top_pt + 1, x_pt, top_pt + 34, PAGE_HAIR_PT, 0, PLUMB_COLOUR_AXIS);
        page_line(scene, "P", &big, text_pt, top_pt + 18, room_pt - 18, figures[i].value);
        page_line(scene, "P", &page_fine, text_pt, top_pt + 32, room_pt - 18, figures[i].caption);
    }
    return 36;
}

double page_facts(
    struct plumb_scene *scene, double x_pt, double top_pt, double room_pt, double names_pt,
    const struct plumb_page_fact *facts, size_t n)
{
    double y_pt = top_pt;
    for (size_t i = 0; i < n; i++) {
        page_line(scene, "P", &page_fine, x_pt, y_pt + PAGE_BODY_PT, names_pt - 6, facts[i].name);
        y_pt +=
            page_words(scene, "P", &page_body, x_pt + names_pt, y_pt, room_pt - names_pt, 4, facts[i].text);
        y_pt += 2.5;
    }
    return y_pt - top_pt;
}

double page_foot(
    struct plumb_scene *scene, double height_pt, const char *const *cautions, size_t n, const char *footer)
{
    double bottom_pt = height_pt - PAGE_BOTTOM_PT, high_pt = 11 * (double)n + 8;
    double inner_pt = scene ? scene->width_pt - 2 * PAGE_MARGIN_PT : 0;
    if (!scene)
        return high_pt;
    plumb_scene_group(scene, "foot");
    page_rule(scene, bottom_pt - high_pt, PLUMB_COLOUR_RULE);
    for (size_t i = 0; i < n; i++) {
        double y_pt = bottom_pt - 11 * (double)(n - 1 - i);
        double footer_pt =
            i + 1 == n && footer ? plumb_text_width_pt(footer, PAGE_FINE_PT, page_fine.weight) : 0;
        footer_pt = fmin(footer_pt, inner_pt * 0.45);
        page_line(scene, "P", &page_fine, PAGE_MARGIN_PT, y_pt, inner_pt - footer_pt - 12, cautions[i]);
        if (footer_pt > 0)
            page_line(
                scene, "P", &page_fine_end, scene->width_pt - PAGE_MARGIN_PT, y_pt, footer_pt + 1, footer);
    }
    return high_pt;
}

/* ---- tables */

static void cell(
    struct plumb_scene *scene, double x_pt, double baseline_pt, const struct page_column *column,
    const char *text, const struct plumb_text_style *style)
{
    struct plumb_text_style placed = *style;
    double at_pt = column->anchor == PLUMB_ANCHOR_END ? column->to_pt : column->from_pt;
    placed.anchor = column->anchor;
    if (text && text[0])
        plumb_scene_text(scene, &placed, x_pt + at_pt, baseline_pt, column->to_pt - column->from_pt, text);
}

void page_row(
    struct plumb_scene *scene, double x_pt, double top_pt, const struct page_column *columns, size_t n,
    const char *const *cells, const char *tag, const struct plumb_text_style *style)
{
    double y_pt = top_pt + PAGE_ROW_PT;
    if (!scene)
        return;
    plumb_scene_line(
        scene, x_pt, y_pt, x_pt + columns[n - 1].to_pt, y_pt, PAGE_HAIR_PT, 0,
        strcmp(tag, "TH") == 0 ? PLUMB_COLOUR_AXIS : PLUMB_COLOUR_RULE);
    plumb_scene_tag(scene, "TR");
    for (size_t i = 0; i < n; i++) {
        plumb_scene_tag(scene, tag);
        cell(scene, x_pt, y_pt - 4, &columns[i], cells[i], style);
        plumb_scene_untag(scene, tag);
    }
    plumb_scene_untag(scene, "TR");
}
