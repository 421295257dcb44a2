#ifndef CZLIB_H
#define CZLIB_H

#include <stddef.h>
#include <stdint.h>

enum {
    CZLIB_DONE = 0,
    /// The content is larger than the output has room for.
    CZLIB_TOO_LARGE = 1,
    /// It is damaged, or ends too early.
    CZLIB_BROKEN = 2,
};

/// Decompresses gzip (every member, one after another), zlib or bare deflate into `output`, and never writes beyond it.
int czlib_inflate(
    const uint8_t *input, size_t input_count, uint8_t *output, size_t output_max, size_t *output_count
);

#endif
