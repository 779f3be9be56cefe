/* Derived columns, compressed. Beside the blocks (pack.h) the one place that knows zstd. */
#ifndef PLUMB_SQUEEZE_H
#define PLUMB_SQUEEZE_H

#include <stddef.h>
#include <stdint.h>

/* Room for n bytes squeezed, whatever they are. */
size_t plumb_squeeze_most(size_t n);

/* Squeezes n bytes into a room of out_n. How many bytes they are then; 0 where that failed. */
size_t plumb_squeeze(uint8_t *out, size_t out_n, const uint8_t *bytes, size_t n);

/* Back into a room of out_n; 0 where the bytes are not squeezed ones or too many. */
size_t plumb_unsqueeze(uint8_t *out, size_t out_n, const uint8_t *bytes, size_t n);

#endif
