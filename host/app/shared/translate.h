/* For words that the window shares with the command line. They stay English until a program takes up a
 * language (catalogue.h; the window: app/gtk/language.h). */
#ifndef PLUMB_TRANSLATE_H
#define PLUMB_TRANSLATE_H

#include <libintl.h>

#define _(text) gettext(text)

#endif
