/* Marks words that people see. They stay as they are here; the window looks them up in its own language, and
 * xgettext finds them by this mark (host/app/gtk/po). */
#ifndef PLUMB_SAID_H
#define PLUMB_SAID_H

#define PLUMB_SAID(text) text

#endif
