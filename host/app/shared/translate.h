/* For words that the window shares with the command line. Only the window takes up a language
 * (app/gtk/language.h); elsewhere they stay English. */
#ifndef PLUMB_TRANSLATE_H
#define PLUMB_TRANSLATE_H

#include <libintl.h>

#define _(text) gettext(text)

#endif
