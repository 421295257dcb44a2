#define _GNU_SOURCE
#include "CFileStatus.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int cfs_status(const char *path, uint64_t *device, uint64_t *inode, int64_t *bytes) {
    struct stat status;
    if (stat(path, &status) != 0) return errno;
    *device = status.st_dev;
    *inode = status.st_ino;
    *bytes = status.st_size;
    return 0;
}

int cfs_mode(const char *path, uint32_t *mode) {
    struct stat status;
    if (stat(path, &status) != 0) return errno;
    *mode = status.st_mode;
    return 0;
}

int cfs_writable(const char *path) { return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 ? 0 : errno; }
