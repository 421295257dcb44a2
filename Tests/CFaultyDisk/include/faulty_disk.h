#ifndef FAULTY_DISK_H
#define FAULTY_DISK_H

/// A disk that fails when a test says so: a VFS of SQLite's in front of the usual one.

enum {
    /// A write finds the disk full.
    FAULTY_DISK_FULL = 1,
    /// A write fails.
    FAULTY_DISK_WRITE = 2,
    /// A read fails.
    FAULTY_DISK_READ = 4,
    /// A flush fails.
    FAULTY_DISK_SYNC = 8,
    /// Only the file with exactly this path.
    FAULTY_DISK_EXACT = 16
};

/// Puts it in front of every database that is opened from now on. Once is enough.
int faulty_disk_install(void);

/// Lets the files whose paths begin so fail, until it is told 0. There is room for 64 paths at a time.
///
/// - Returns: 0, or 1 if there is no room.
int faulty_disk_set(const char *prefix, int faults);

#endif
