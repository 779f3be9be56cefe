/* Summary, holds, flags, notes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../core/mark.h"
#include "../core/units.h"
#include "xlsx_book.h"

#define US_PER_S 1000000
#define VALUE    1 /* column of a line's value; the second side's stands behind it */
#define DISCLAIMER                                                                                           \
    "For exercise and learning, not a medical device. Limits are chosen by you or your physiotherapist."

/* ---- summary */

struct summary {
    struct plumb_xlsx_book *book;
    lxw_worksheet *sheet;
    lxw_row_t row;
};

static void line_text(struct summary *summary, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    plumb_xlsx_text(summary->book, summary->sheet, summary->row, 0, label, PLUMB_XLSX_LABEL);
    plumb_xlsx_text(summary->book, summary->sheet, summary->row++, VALUE, text, PLUMB_XLSX_TEXT);
}

static void
line_number(struct summary *summary, const char *label, double value, enum plumb_xlsx_format format)
{
    if (!isfinite(value))
        return;
    plumb_xlsx_text(summary->book, summary->sheet, summary->row, 0, label, PLUMB_XLSX_LABEL);
    plumb_xlsx_number(summary->book, summary->sheet, summary->row++, VALUE, value, format);
}

static void line_by_side(
    struct summary *summary, const char *label, const double values[2], enum plumb_xlsx_format format)
{
    plumb_xlsx_text(summary->book, summary->sheet, summary->row, 0, label, PLUMB_XLSX_LABEL);
    for (int side = 0; side < 2; side++)
        plumb_xlsx_number(summary->book, summary->sheet, summary->row, VALUE + side, values[side], format);
    summary->row++;
}

static void section(struct summary *summary, const char *name)
{
    summary->row++;
    plumb_xlsx_text(summary->book, summary->sheet, summary->row++, 0, name, PLUMB_XLSX_SECTION);
}

static void tell_who(struct summary *summary, const struct plumb_dossier *dossier)
{
    const struct plumb_export_job *job = &summary->book->job;
    struct plumb_dossier_patient patient = plumb_job_patient(job, dossier);
    int64_t begun_us = plumb_job_begun_utc_us(job, dossier);
    line_text(summary, "Patient", patient.alias);
    line_text(summary, "Code", patient.code);
    line_text(summary, "Stretched side", dossier->both_sides ? "both" : plumb_side_name(dossier->side));
    if (begun_us) /* a spreadsheet's moments have no zone: as the user's clock showed it */
        line_number(
            summary, "Begun", ((double)begun_us / US_PER_S + dossier->utc_offset_s) / 86400 + 25569,
            PLUMB_XLSX_DATE);
    line_number(summary, "Duration (s)", dossier->last_s - dossier->first_s, PLUMB_XLSX_S);
    line_text(summary, "Ended", dossier->ended);
    line_text(summary, "Note", plumb_job_words(job, dossier->note));
    line_text(summary, "Tags", plumb_job_words(job, dossier->tags));
}

/* What the holds of each side add up to; NaN for a side without one. */
struct sums {
    double holds_n[2], elapsed_s[2], in_zone_s[2], longest_s[2], excursions[2], worst_deg[2];
};

static struct sums sums_of(const struct plumb_dossier *dossier)
{
    struct sums sums = {{NAN, NAN}, {NAN, NAN}, {NAN, NAN}, {NAN, NAN}, {NAN, NAN}, {NAN, NAN}};
    for (size_t i = 0; i < dossier->holds_n; i++) {
        const struct plumb_hold *hold = &dossier->holds[i].hold;
        int side = dossier->holds[i].side;
        if (isnan(sums.holds_n[side]))
            sums.holds_n[side] = sums.elapsed_s[side] = sums.in_zone_s[side] = sums.excursions[side] = 0;
        sums.holds_n[side] += 1;
        sums.elapsed_s[side] += plumb_hold_elapsed_s(hold);
        sums.in_zone_s[side] += hold->in_zone_s;
        sums.excursions[side] += hold->excursions;
        sums.longest_s[side] = fmax(sums.longest_s[side], hold->longest_s);
        sums.worst_deg[side] = fmax(sums.worst_deg[side], hold->worst_rad * PLUMB_DEG_PER_RAD);
    }
    return sums;
}

static void tell_sums(struct summary *summary, const struct plumb_dossier *dossier)
{
    struct sums sums = sums_of(dossier);
    section(summary, "Holds");
    for (int side = 0; side < 2; side++)
        plumb_xlsx_text(
            summary->book, summary->sheet, summary->row, VALUE + side, side == PLUMB_LEFT ? "left" : "right",
            PLUMB_XLSX_HEAD);
    summary->row++;
    line_by_side(summary, "Number", sums.holds_n, PLUMB_XLSX_INTEGER);
    line_by_side(summary, "Seconds in all", sums.elapsed_s, PLUMB_XLSX_S);
    if (!dossier->exercise.judged) /* a companion exercise has no zone */
        return;
    line_by_side(summary, "In the set zone (s)", sums.in_zone_s, PLUMB_XLSX_S);
    line_by_side(summary, "Longest without a break (s)", sums.longest_s, PLUMB_XLSX_S);
    line_by_side(summary, "Times out of the set zone", sums.excursions, PLUMB_XLSX_INTEGER);
    line_by_side(summary, "Most forward (deg)", sums.worst_deg, PLUMB_XLSX_DEG);
}

static void tell_limits(struct summary *summary, const struct plumb_dossier *dossier)
{
    const struct plumb_thresholds *limits = dossier->thresholds;
    const double amber[] = {limits[0].amber_rad * PLUMB_DEG_PER_RAD, limits[1].amber_rad * PLUMB_DEG_PER_RAD};
    const double red[] = {limits[0].red_rad * PLUMB_DEG_PER_RAD, limits[1].red_rad * PLUMB_DEG_PER_RAD};
    const double delay[] = {limits[0].delay_s, limits[1].delay_s};
    section(summary, "Limits in force");
    line_by_side(summary, "In the zone within (deg)", amber, PLUMB_XLSX_DEG);
    line_by_side(summary, "Out of it beyond (deg)", red, PLUMB_XLSX_DEG);
    line_by_side(summary, "for longer than (s)", delay, PLUMB_XLSX_S);
}

static void tell_quality(struct summary *summary, const struct plumb_dossier *dossier)
{
    const struct plumb_quality *quality = &dossier->quality;
    section(summary, "How well it was measured");
    line_text(
        summary, "Mount", dossier->mount[PLUMB_PELVIS].quality == PLUMB_MOUNT_GOOD ? "good" : "approximate");
    line_number(
        summary, "Breathing (deg peak to peak)", dossier->neutral.breath_pp_rad * PLUMB_DEG_PER_RAD,
        PLUMB_XLSX_DEG);
    line_number(summary, "Samples", (double)quality->samples_n, PLUMB_XLSX_INTEGER);
    line_number(summary, "Rate (Hz)", quality->rate_hz, PLUMB_XLSX_DEG_FINE);
    line_number(summary, "Gaps", (double)quality->gaps_n, PLUMB_XLSX_INTEGER);
    line_number(summary, "Lost (s)", quality->lost_s, PLUMB_XLSX_S);
    line_number(summary, "Seconds of holds in doubt", dossier->doubt_s, PLUMB_XLSX_S);
    line_text(summary, "Sensor", dossier->device.sensor[PLUMB_PELVIS]);
    line_text(summary, "Calibration", dossier->device.calibration[PLUMB_PELVIS]);
    line_text(summary, "Clip", dossier->device.serial);
    line_text(summary, "Recorded by", dossier->recorded_by);
    line_text(summary, "Found by", dossier->derived_by);
}

void plumb_xlsx_summary(struct plumb_xlsx_book *book, const struct plumb_dossier *dossier)
{
    struct summary summary = {book, workbook_add_worksheet(book->workbook, "Summary"), 0};
    if (!summary.sheet)
        return;
    const char *name = dossier->exercise.name[0] ? dossier->exercise.name : dossier->exercise.id;
    worksheet_set_column(summary.sheet, 0, 0, 30, NULL);
    worksheet_set_column(summary.sheet, VALUE, VALUE + 1, 24, NULL);
    worksheet_gridlines(summary.sheet, LXW_HIDE_ALL_GRIDLINES);
    plumb_xlsx_text(book, summary.sheet, summary.row++, 0, "Pelvic tilt in a stretch", PLUMB_XLSX_TITLE);
    plumb_xlsx_text(book, summary.sheet, summary.row++, 0, name, PLUMB_XLSX_SUBTITLE);
    summary.row++;
    tell_who(&summary, dossier);
    tell_sums(&summary, dossier);
    if (dossier->exercise.judged)
        tell_limits(&summary, dossier);
    tell_quality(&summary, dossier);
    summary.row++;
    plumb_xlsx_text(book, summary.sheet, summary.row, 0, DISCLAIMER, PLUMB_XLSX_SUBTITLE);
}

/* ---- holds */

void plumb_xlsx_holds(struct plumb_xlsx_book *book, const struct plumb_dossier *dossier)
{
    static const struct plumb_xlsx_column columns[] = {
        {"hold", 7},        {"side", 8},       {"begins (m:s)", 13}, {"start_s", 12},
        {"end_s", 12},      {"elapsed_s", 11}, {"in_zone_s", 11},    {"longest_s", 11},
        {"excursions", 12}, {"worst_deg", 11}, {"target_s", 10},     {"neutral_change_deg", 20},
        {NULL, 0}};
    lxw_worksheet *sheet = plumb_xlsx_table(book, "Holds", columns);
    for (size_t i = 0; sheet && i < dossier->holds_n; i++) {
        const struct plumb_dossier_hold *of = &dossier->holds[i];
        const struct plumb_hold *hold = &of->hold;
        lxw_row_t row = (lxw_row_t)i + 1;
        plumb_xlsx_number(book, sheet, row, 0, (double)row, PLUMB_XLSX_INTEGER);
        plumb_xlsx_text(book, sheet, row, 1, plumb_side_name(of->side), PLUMB_XLSX_TEXT);
        plumb_xlsx_clock(book, sheet, row, 2, dossier, hold->start_s);
        plumb_xlsx_number(book, sheet, row, 3, hold->start_s, PLUMB_XLSX_S_FINE);
        plumb_xlsx_number(book, sheet, row, 4, hold->end_s, PLUMB_XLSX_S_FINE);
        plumb_xlsx_number(book, sheet, row, 5, plumb_hold_elapsed_s(hold), PLUMB_XLSX_S);
        plumb_xlsx_number(book, sheet, row, 6, hold->in_zone_s, PLUMB_XLSX_S);
        plumb_xlsx_number(book, sheet, row, 7, hold->longest_s, PLUMB_XLSX_S);
        plumb_xlsx_number(book, sheet, row, 8, hold->excursions, PLUMB_XLSX_INTEGER);
        plumb_xlsx_number(book, sheet, row, 9, hold->worst_rad * PLUMB_DEG_PER_RAD, PLUMB_XLSX_DEG);
        plumb_xlsx_number(book, sheet, row, 10, of->target_s > 0 ? of->target_s : NAN, PLUMB_XLSX_S);
        plumb_xlsx_number(book, sheet, row, 11, of->neutral_change_rad * PLUMB_DEG_PER_RAD, PLUMB_XLSX_DEG);
    }
    book->holds_n = dossier->holds_n;
}

/* ---- flags */

void plumb_xlsx_flags(struct plumb_xlsx_book *book, const struct plumb_dossier *dossier)
{
    static const struct plumb_xlsx_column columns[] = {
        {"what", 34},    {"kind", 19},  {"basis", 11},      {"raised (m:s)", 13}, {"onset_s", 12},
        {"start_s", 12}, {"end_s", 12}, {"duration_s", 12}, {"peak_deg", 10},     {NULL, 0}};
    lxw_worksheet *sheet = plumb_xlsx_table(book, "Flags", columns);
    for (size_t i = 0; sheet && i < dossier->flags_n; i++) {
        const struct plumb_flag *flag = &dossier->flags[i];
        lxw_row_t row = (lxw_row_t)i + 1;
        plumb_xlsx_text(book, sheet, row, 0, plumb_flag_words(flag->kind), PLUMB_XLSX_TEXT);
        plumb_xlsx_text(book, sheet, row, 1, plumb_flag_name(flag->kind), PLUMB_XLSX_TEXT);
        plumb_xlsx_text(book, sheet, row, 2, plumb_basis_name(flag->basis), PLUMB_XLSX_TEXT);
        plumb_xlsx_clock(book, sheet, row, 3, dossier, flag->start_s);
        plumb_xlsx_number(book, sheet, row, 4, flag->onset_s, PLUMB_XLSX_S_FINE);
        plumb_xlsx_number(book, sheet, row, 5, flag->start_s, PLUMB_XLSX_S_FINE);
        plumb_xlsx_number(book, sheet, row, 6, flag->end_s, PLUMB_XLSX_S_FINE);
        plumb_xlsx_number(book, sheet, row, 7, flag->end_s - flag->start_s, PLUMB_XLSX_S);
        plumb_xlsx_number(book, sheet, row, 8, flag->peak_rad * PLUMB_DEG_PER_RAD, PLUMB_XLSX_DEG);
    }
    book->flags_n = dossier->flags_n;
}

/* ---- notes and other markers */

void plumb_xlsx_notes(struct plumb_xlsx_book *book, const struct plumb_dossier *dossier)
{
    static const struct plumb_xlsx_column columns[] = {
        {"time (m:s)", 12}, {"t_s", 12}, {"marker", 18}, {"text", 70}, {NULL, 0}};
    lxw_worksheet *sheet = plumb_xlsx_table(book, "Notes", columns);
    size_t note_n = strlen(PLUMB_MARKER_NOTE);
    lxw_row_t row = 1;
    for (size_t i = 0; sheet && i < dossier->marks_n; i++) {
        const char *marker = plumb_job_marker(&book->job, dossier->marks[i].text);
        if (!marker)
            continue;
        int is_note = strncmp(marker, PLUMB_MARKER_NOTE, note_n) == 0;
        plumb_xlsx_clock(book, sheet, row, 0, dossier, dossier->marks[i].t_s);
        plumb_xlsx_number(book, sheet, row, 1, dossier->marks[i].t_s, PLUMB_XLSX_S_FINE);
        plumb_xlsx_text(book, sheet, row, 2, is_note ? "note" : marker, PLUMB_XLSX_TEXT);
        plumb_xlsx_text(book, sheet, row++, 3, is_note ? marker + note_n : "", PLUMB_XLSX_TEXT);
    }
}
