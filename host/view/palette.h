/* The colours of every picture. Okabe & Ito's colour-blind-safe set for what carries meaning, tints of it for
 * areas, and text colours that reach 4.5:1 on the surfaces named; a test computes it. A colour never says
 * anything alone: a shape or a word says it too. */
#ifndef PLUMB_PALETTE_H
#define PLUMB_PALETTE_H

#define PLUMB_COLOUR_PAPER 0xffffffu
#define PLUMB_COLOUR_INK   0x1b2430u /* headings, figures */
#define PLUMB_COLOUR_SLATE 0x55606du /* what explains them; on paper and on every tint */
#define PLUMB_COLOUR_RULE  0xe4e8ecu /* grid */
#define PLUMB_COLOUR_AXIS  0xb4bcc5u /* zero line, brackets */
#define PLUMB_COLOUR_HATCH 0xc3cad2u /* no data */
#define PLUMB_COLOUR_MIST  0xf3f5f7u /* track of a row */

#define PLUMB_COLOUR_TRACE_BLUE 0x0072b2u /* Okabe-Ito blue: what was measured */
#define PLUMB_COLOUR_TRACE_TINT 0xc5def0u /* its uncertainty */
#define PLUMB_COLOUR_TRACE_IDLE 0x98a3afu /* measured but not judged */
#define PLUMB_COLOUR_TRACE_RUST 0xd55e00u /* Okabe-Ito vermillion: the second trace */

#define PLUMB_COLOUR_SIDE_LEFT  0x0072b2u /* Okabe-Ito blue and sky blue: told apart by lightness too */
#define PLUMB_COLOUR_SIDE_RIGHT 0x56b4e9u

#define PLUMB_COLOUR_GREEN      0x009e73u /* Okabe-Ito bluish green */
#define PLUMB_COLOUR_GREEN_TEXT 0x007a59u
#define PLUMB_COLOUR_GREEN_TINT 0xe6f4efu
#define PLUMB_COLOUR_AMBER      0xe69f00u /* Okabe-Ito orange */
#define PLUMB_COLOUR_AMBER_TEXT 0x7f5700u
#define PLUMB_COLOUR_AMBER_TINT 0xfcf3dfu
#define PLUMB_COLOUR_RED        0xb34e00u /* vermillion, dark enough for white text */
#define PLUMB_COLOUR_RED_TEXT   0xb34e00u
#define PLUMB_COLOUR_RED_TINT   0xfbeae0u
#define PLUMB_COLOUR_RED_FILL   0xf0bb98u /* how far and how long the limit was passed */

#endif
