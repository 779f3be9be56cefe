/* Formats and cells. */
#include <math.h>
#include <string.h>

#include "../io/text_utf8.h"
#include "text_safe.h"
#include "xlsx_book.h"

#define INK      0x1b2430u /* the report's colours */
#define SLATE    0x55606du
#define RULE     0xe4e8ecu
#define MIST     0xf3f5f7u
#define CELL_N   32000 /* bytes of the longest text: a cell holds 32767 characters */
#define DAY_S    86400.0
#define HEAD_PT  20
#define TITLE_PT 16
#define SMALL_PT 9

static const struct {
    const char *number; /* how numbers are shown; NULL: as they are */
    int bold, wrap, top;
    uint32_t ink;
    double size_pt;
} looks[PLUMB_XLSX_FORMATS_N] = {
    [PLUMB_XLSX_TITLE] = {NULL, 1, 0, 0, INK, TITLE_PT},
    [PLUMB_XLSX_SUBTITLE] = {NULL, 0, 0, 0, SLATE, 11},
    [PLUMB_XLSX_HEAD] = {NULL, 1, 1, 0, INK, 11},
    [PLUMB_XLSX_LABEL] = {NULL, 0, 0, 1, SLATE, 11},
    [PLUMB_XLSX_SECTION] = {NULL, 1, 0, 0, INK, 11},
    [PLUMB_XLSX_TEXT] = {NULL, 0, 1, 1, INK, 11},
    [PLUMB_XLSX_INTEGER] = {"0", 0, 0, 1, INK, 11},
    [PLUMB_XLSX_DEG] = {"0.0", 0, 0, 1, INK, 11},
    [PLUMB_XLSX_DEG_FINE] = {"0.000", 0, 0, 1, INK, 11},
    [PLUMB_XLSX_S] = {"0.0", 0, 0, 1, INK, 11},
    [PLUMB_XLSX_S_FINE] = {"0.000", 0, 0, 1, INK, 11},
    [PLUMB_XLSX_CLOCK] = {"[m]:ss.0", 0, 0, 1, INK, 11},
    [PLUMB_XLSX_DATE] = {"yyyy-mm-dd hh:mm", 0, 0, 1, INK, 11},
    [PLUMB_XLSX_SMALL] = {NULL, 0, 1, 1, SLATE, SMALL_PT},
};

void plumb_xlsx_make_formats(struct plumb_xlsx_book *book)
{
    for (int i = 0; i < PLUMB_XLSX_FORMATS_N; i++) {
        lxw_format *format = book->formats[i] = workbook_add_format(book->workbook);
        if (!format)
            continue; /* a cell without its format is still right */
        format_set_font_color(format, looks[i].ink);
        format_set_font_size(format, looks[i].size_pt);
        format_set_align(format, LXW_ALIGN_LEFT);
        if (looks[i].number) {
            format_set_num_format(format, looks[i].number);
            format_set_align(format, LXW_ALIGN_RIGHT);
        }
        if (looks[i].bold)
            format_set_bold(format);
        if (looks[i].wrap)
            format_set_text_wrap(format);
        if (looks[i].top)
            format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    }
    if (book->formats[PLUMB_XLSX_HEAD]) {
        format_set_bg_color(book->formats[PLUMB_XLSX_HEAD], MIST);
        format_set_bottom(book->formats[PLUMB_XLSX_HEAD], LXW_BORDER_THIN);
        format_set_bottom_color(book->formats[PLUMB_XLSX_HEAD], RULE);
    }
}

static void note_error(struct plumb_xlsx_book *book, lxw_error error)
{
    if (!book->error)
        book->error = error;
}

lxw_worksheet *
plumb_xlsx_table(struct plumb_xlsx_book *book, const char *name, const struct plumb_xlsx_column *columns)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);
    if (!sheet) {
        note_error(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    for (lxw_col_t i = 0; columns[i].name; i++)
        worksheet_set_column(sheet, i, i, columns[i].width, NULL);
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_set_row(sheet, 0, HEAD_PT, NULL);
    for (int i = 0; columns[i].name; i++)
        plumb_xlsx_text(book, sheet, 0, i, columns[i].name, PLUMB_XLSX_HEAD);
    return sheet;
}

void plumb_xlsx_number(
    struct plumb_xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, int column, double value,
    enum plumb_xlsx_format format)
{
    /* what arithmetic leaves behind the sixth decimal is nothing to show; a share of a day keeps it */
    if (format != PLUMB_XLSX_CLOCK && format != PLUMB_XLSX_DATE)
        value = nearbyint(value * 1e6) / 1e6;
    if (isfinite(value))
        note_error(book, worksheet_write_number(sheet, row, (lxw_col_t)column, value, book->formats[format]));
}

void plumb_xlsx_text(
    struct plumb_xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, int column, const char *text,
    enum plumb_xlsx_format format)
{
    char cell[CELL_N + 1];
    size_t n = plumb_text_cut(text, CELL_N);
    n = plumb_text_utf8_bad(text, n); /* what is not text would break the whole book */
    memcpy(cell, text, n);
    cell[n] = '\0';
    if (n)
        note_error(book, worksheet_write_string(sheet, row, (lxw_col_t)column, cell, book->formats[format]));
}

void plumb_xlsx_clock(
    struct plumb_xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, int column,
    const struct plumb_dossier *dossier, double t_s)
{
    plumb_xlsx_number(book, sheet, row, column, (t_s - dossier->first_s) / DAY_S, PLUMB_XLSX_CLOCK);
}
