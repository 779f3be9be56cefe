#include "big_text.h"

#include <string.h>

#define GLYPH_COLUMNS 3

static const char glyph_of[] = "0123456789+-.: d";

static const char *const glyphs[][PLUMB_BIG_ROWS_N] = {
    {"###", "# #", "# #", "# #", "###"}, {"  #", "  #", "  #", "  #", "  #"},
    {"###", "  #", "###", "#  ", "###"}, {"###", "  #", "###", "  #", "###"},
    {"# #", "# #", "###", "  #", "  #"}, {"###", "#  ", "###", "  #", "###"},
    {"###", "#  ", "###", "# #", "###"}, {"###", "  #", "  #", "  #", "  #"},
    {"###", "# #", "###", "# #", "###"}, {"###", "# #", "###", "  #", "###"},
    {"   ", " # ", "###", " # ", "   "}, {"   ", "   ", "###", "   ", "   "},
    {"   ", "   ", "   ", "   ", " # "}, {"   ", " # ", "   ", " # ", "   "},
    {"   ", "   ", "   ", "   ", "   "}, {"###", "# #", "###", "   ", "   "},
};

static void put_cell(FILE *to, char cell, int wide)
{
    for (int i = 0; i < wide; i++)
        fputs(cell == '#' ? "\u2588" : " ", to);
}

void plumb_big_text_row(FILE *to, const char *text, int row, int wide)
{
    for (; *text; text++) {
        const char *found = strchr(glyph_of, *text);
        const char *cells = glyphs[found ? found - glyph_of : strchr(glyph_of, ' ') - glyph_of][row];
        for (int column = 0; column < GLYPH_COLUMNS; column++)
            put_cell(to, cells[column], wide);
        put_cell(to, ' ', wide);
    }
}
