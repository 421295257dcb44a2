#include "CZlib.h"

#include <string.h>
#include <zlib.h>

/// Window bits: 15 is the largest window; 32 added, gzip and zlib are told apart by their first bytes; negative is bare.
static const int wrapped = 15 + 32;
static const int bare = -15;

static int inflate_as(
    int window, const uint8_t *input, size_t input_count, uint8_t *output, size_t output_max, size_t *output_count
) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (inflateInit2(&stream, window) != Z_OK) return CZLIB_BROKEN;
    stream.next_in = (Bytef *)input;
    stream.avail_in = (uInt)input_count;
    stream.next_out = output;
    stream.avail_out = (uInt)output_max;
    int verdict = CZLIB_BROKEN;
    for (;;) {
        int status = inflate(&stream, Z_FINISH);
        if (status == Z_STREAM_END) {
            int another = window == wrapped && stream.avail_in > 2 && stream.next_in[0] == 0x1F
                && stream.next_in[1] == 0x8B;
            if (another && inflateReset(&stream) == Z_OK) continue;
            verdict = CZLIB_DONE;
        } else if ((status == Z_BUF_ERROR || status == Z_OK) && stream.avail_out == 0) {
            verdict = CZLIB_TOO_LARGE;
        }
        break;
    }
    *output_count = output_max - stream.avail_out;
    inflateEnd(&stream);
    return verdict;
}

int czlib_inflate(
    const uint8_t *input, size_t input_count, uint8_t *output, size_t output_max, size_t *output_count
) {
    *output_count = 0;
    if (input_count > UINT32_MAX / 2 || output_max > UINT32_MAX / 2) return CZLIB_TOO_LARGE;
    int verdict = inflate_as(wrapped, input, input_count, output, output_max, output_count);
    // "deflate" is zlib's by RFC 9110, and bare by the habit of some servers.
    if (verdict == CZLIB_BROKEN && input_count > 0 && input[0] != 0x1F) {
        verdict = inflate_as(bare, input, input_count, output, output_max, output_count);
    }
    return verdict;
}
