#include "CFileStatus.h"

#include <errno.h>
#include <sys/stat.h>

int cfs_status(const char *path, uint64_t *device, uint64_t *inode, int64_t *bytes) {
    struct stat status;
    if (stat(path, &status) != 0) return errno;
    *device = status.st_dev;
    *inode = status.st_ino;
    *bytes = status.st_size;
    return 0;
}
