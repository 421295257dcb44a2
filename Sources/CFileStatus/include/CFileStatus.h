#ifndef CFILESTATUS_H
#define CFILESTATUS_H

#include <stdint.h>

/// Which file a path leads to, and how long it is. Swift cannot ask `stat` itself: of which module that is depends on the order in
/// which all modules were imported.
///
/// Answers 0, or an errno.
int cfs_status(const char *path, uint64_t *device, uint64_t *inode, int64_t *bytes);

#endif
