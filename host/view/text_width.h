/* How wide a line of text will be, without asking a font: layout stays a pure function. */
#ifndef PLUMB_TEXT_WIDTH_H
#define PLUMB_TEXT_WIDTH_H

#include "scene.h"

/* Width of UTF-8 text in points, in Inter with tabular digits; characters outside the table count as wide
 * ones, so that the answer is rather too large. */
double plumb_text_width_pt(const char *text, double size_pt, enum plumb_weight weight);

#endif
