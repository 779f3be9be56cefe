/* The catalogues of other languages that came along with Plumb (host/app/gtk/po). */
#ifndef PLUMB_CATALOGUE_H
#define PLUMB_CATALOGUE_H

#include "../../core/message.h"
#include "../../view/tongue.h"

/* Where gettext finds Plumb's words. The language itself is taken up by the locale and LANGUAGE. */
void plumb_catalogue_bind(void);

/* Takes up the language of that code ("de"), whatever the locale says, for the rest of the program's life,
 * and fills `tongue`; numbers keep their dot but where the tongue writes them. "en" takes up nothing. `code`
 * is borrowed as long as the tongue. Before there are threads. 0, or PLUMB_USAGE with a message that names
 * the languages there are, or PLUMB_FAILED; then the tongue is English. */
int plumb_catalogue_use(const char *code, struct plumb_tongue *tongue, struct plumb_message *message);

#endif
