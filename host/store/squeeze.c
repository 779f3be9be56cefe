#include "squeeze.h"

#include <zstd.h>

#define LEVEL 1 /* columns of differences: higher ones cost time and save nothing */

size_t plumb_squeeze_most(size_t n)
{
    return ZSTD_compressBound(n);
}

static size_t or_none(size_t n)
{
    return ZSTD_isError(n) ? 0 : n;
}

size_t plumb_squeeze(uint8_t *out, size_t out_n, const uint8_t *bytes, size_t n)
{
    return or_none(ZSTD_compress(out, out_n, bytes, n, LEVEL));
}

size_t plumb_unsqueeze(uint8_t *out, size_t out_n, const uint8_t *bytes, size_t n)
{
    return or_none(ZSTD_decompress(out, out_n, bytes, n));
}
