/* Whether the typeface of the pictures is installed. */
#ifndef PLUMB_TYPEFACE_H
#define PLUMB_TYPEFACE_H

/* 1 where Inter was found; without it pictures use the desktop's sans serif. */
int plumb_typeface_found(void);

#endif
