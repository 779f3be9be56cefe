#include "csv_row.h"

#include <string.h>

#include "csv_field.h"
#include "text_number.h"

#define TEXT_N 4000 /* bytes of the longest text written into one field */

void plumb_csv_row_begin(struct plumb_csv_row *row)
{
    row->n = 0;
}

static size_t room(const struct plumb_csv_row *row)
{
    return sizeof row->text - row->n;
}

void plumb_csv_row_number(struct plumb_csv_row *row, double value, int decimals)
{
    if (room(row) <= PLUMB_TEXT_NUMBER_N)
        return;
    row->n += plumb_text_fixed(row->text + row->n, value, decimals);
    row->text[row->n++] = ',';
}

void plumb_csv_row_word(struct plumb_csv_row *row, const char *word)
{
    size_t n = strlen(word);
    if (room(row) <= n + 1)
        return;
    memcpy(row->text + row->n, word, n);
    row->n += n;
    row->text[row->n++] = ',';
}

void plumb_csv_row_text(struct plumb_csv_row *row, const char *text)
{
    if (room(row) <= 2 * TEXT_N)
        return;
    row->n += plumb_csv_put(row->text + row->n, TEXT_N, text);
    row->text[row->n++] = ',';
}

void plumb_csv_row_end(struct plumb_csv_row *row)
{
    row->text[row->n ? row->n - 1 : row->n++] = '\n';
}
