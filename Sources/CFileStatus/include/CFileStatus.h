#ifndef CFILESTATUS_H
#define CFILESTATUS_H

#include <stdint.h>

/// Which file a path leads to, and how long it is. Swift cannot ask `stat` itself: of which module that is depends on the order in
/// which all modules were imported.
///
/// Answers 0, or an errno.
int cfs_status(const char *path, uint64_t *device, uint64_t *inode, int64_t *bytes);

/// What a path leads to and who may do what with it: `st_mode`, kind and permissions.
///
/// Answers 0, or an errno.
int cfs_mode(const char *path, uint32_t *mode);

/// Whether this process may make files in a directory, or write a file: 0, or an errno (`EROFS` on a read-only file system).
int cfs_writable(const char *path);

#endif
