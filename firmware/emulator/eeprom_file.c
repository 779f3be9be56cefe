#include "eeprom_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { PATH_N = 4096 };

int plumb_eeprom_file_load(
    struct plumb_eeprom_file *file, const char *path, struct plumb_board *board, char *why, size_t why_n)
{
    uint8_t *eeprom = plumb_board_eeprom(board);
    file->path = path;
    FILE *in = path != NULL ? fopen(path, "rb") : NULL;
    if (in == NULL && path != NULL && errno != ENOENT) {
        snprintf(why, why_n, "%s: %s", path, strerror(errno));
        return -1;
    }
    if (in != NULL) {
        size_t n = fread(file->kept, 1, PLUMB_EEPROM_N, in);
        bool whole = n == PLUMB_EEPROM_N && fgetc(in) == EOF;
        fclose(in);
        if (!whole) {
            snprintf(why, why_n, "%s: wants exactly %d bytes", path, (int)PLUMB_EEPROM_N);
            return -1;
        }
        memcpy(eeprom, file->kept, PLUMB_EEPROM_N);
    }
    memcpy(file->kept, eeprom, PLUMB_EEPROM_N);
    return 0;
}

static int write_whole(const char *path, const uint8_t *bytes)
{
    FILE *out = fopen(path, "wb");
    if (out == NULL)
        return -1;
    size_t n = fwrite(bytes, 1, PLUMB_EEPROM_N, out);
    return fclose(out) == 0 && n == PLUMB_EEPROM_N ? 0 : -1;
}

int plumb_eeprom_file_keep(struct plumb_eeprom_file *file, struct plumb_board *board, char *why, size_t why_n)
{
    const uint8_t *eeprom = plumb_board_eeprom(board);
    if (file->path == NULL || memcmp(file->kept, eeprom, PLUMB_EEPROM_N) == 0)
        return 0;
    char part[PATH_N];
    int n = snprintf(part, sizeof part, "%s.part", file->path);
    bool fits = n > 0 && (size_t)n < sizeof part;
    if (!fits || write_whole(part, eeprom) != 0 || rename(part, file->path) != 0) {
        snprintf(why, why_n, "%s: %s", file->path, fits ? strerror(errno) : "the name is too long");
        return -1;
    }
    memcpy(file->kept, eeprom, PLUMB_EEPROM_N);
    return 0;
}
