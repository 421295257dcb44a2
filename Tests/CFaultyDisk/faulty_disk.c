#include "faulty_disk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum { PREFIXES = 64, PREFIX_LENGTH = 512 };

typedef struct {
    sqlite3_file base;
    const char *path;
    sqlite3_file *real;
} file_t;

static struct {
    char prefix[PREFIX_LENGTH];
    int faults;
} known[PREFIXES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sqlite3_vfs faulty;
static sqlite3_vfs *usual;

int faulty_disk_set(const char *prefix, int faults) {
    int result = 1;
    pthread_mutex_lock(&lock);
    int place = -1;
    for (int i = 0; i < PREFIXES; i++) {
        if (known[i].prefix[0] && strcmp(known[i].prefix, prefix) == 0) { place = i; break; }
        if (!known[i].prefix[0] && place < 0) place = i;
    }
    if (place >= 0) {
        snprintf(known[place].prefix, PREFIX_LENGTH, "%s", faults ? prefix : "");
        known[place].faults = faults;
        result = 0;
    }
    pthread_mutex_unlock(&lock);
    return result;
}

static int has(const file_t *file, int fault) {
    int found = 0;
    if (!file->path) return 0;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < PREFIXES && !found; i++) {
        size_t length = strlen(known[i].prefix);
        found = length && (known[i].faults & fault) && strncmp(file->path, known[i].prefix, length) == 0
            && (!(known[i].faults & FAULTY_DISK_EXACT) || file->path[length] == 0);
    }
    pthread_mutex_unlock(&lock);
    return found;
}

#define REAL(f) (((file_t *)(f))->real)

static int f_close(sqlite3_file *f) { return REAL(f)->pMethods->xClose(REAL(f)); }

static int f_read(sqlite3_file *f, void *bytes, int count, sqlite3_int64 offset) {
    if (has((file_t *)f, FAULTY_DISK_READ)) return SQLITE_IOERR_READ;
    return REAL(f)->pMethods->xRead(REAL(f), bytes, count, offset);
}

static int f_write(sqlite3_file *f, const void *bytes, int count, sqlite3_int64 offset) {
    if (has((file_t *)f, FAULTY_DISK_FULL)) return SQLITE_FULL;
    if (has((file_t *)f, FAULTY_DISK_WRITE)) return SQLITE_IOERR_WRITE;
    return REAL(f)->pMethods->xWrite(REAL(f), bytes, count, offset);
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size) { return REAL(f)->pMethods->xTruncate(REAL(f), size); }

static int f_sync(sqlite3_file *f, int flags) {
    if (has((file_t *)f, FAULTY_DISK_SYNC)) return SQLITE_IOERR_FSYNC;
    return REAL(f)->pMethods->xSync(REAL(f), flags);
}

static int f_size(sqlite3_file *f, sqlite3_int64 *size) { return REAL(f)->pMethods->xFileSize(REAL(f), size); }
static int f_lock(sqlite3_file *f, int level) { return REAL(f)->pMethods->xLock(REAL(f), level); }
static int f_unlock(sqlite3_file *f, int level) { return REAL(f)->pMethods->xUnlock(REAL(f), level); }
static int f_reserved(sqlite3_file *f, int *out) { return REAL(f)->pMethods->xCheckReservedLock(REAL(f), out); }
static int f_control(sqlite3_file *f, int op, void *arg) { return REAL(f)->pMethods->xFileControl(REAL(f), op, arg); }
static int f_sector(sqlite3_file *f) { return REAL(f)->pMethods->xSectorSize(REAL(f)); }
static int f_traits(sqlite3_file *f) { return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f)); }
static int f_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
    return REAL(f)->pMethods->xShmMap(REAL(f), page, size, extend, out);
}
static int f_shm_lock(sqlite3_file *f, int offset, int n, int flags) {
    return REAL(f)->pMethods->xShmLock(REAL(f), offset, n, flags);
}
static void f_shm_barrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
static int f_shm_unmap(sqlite3_file *f, int remove) { return REAL(f)->pMethods->xShmUnmap(REAL(f), remove); }

static const sqlite3_io_methods methods = {
    2, f_close, f_read, f_write, f_truncate, f_sync, f_size, f_lock, f_unlock, f_reserved, f_control, f_sector, f_traits,
    f_shm_map, f_shm_lock, f_shm_barrier, f_shm_unmap, NULL, NULL,
};

static int v_open(sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *f, int flags, int *out) {
    (void)vfs;
    file_t *file = (file_t *)f;
    file->path = path;
    file->real = (sqlite3_file *)(file + 1);
    int code = usual->xOpen(usual, path, file->real, flags, out);
    file->base.pMethods = file->real->pMethods ? &methods : NULL;
    return code;
}

int faulty_disk_install(void) {
    pthread_mutex_lock(&lock);
    int code = SQLITE_OK;
    if (!usual) {
        usual = sqlite3_vfs_find(NULL);
        faulty = *usual;
        faulty.zName = "faulty-disk";
        faulty.szOsFile = (int)sizeof(file_t) + usual->szOsFile;
        faulty.xOpen = v_open;
        code = sqlite3_vfs_register(&faulty, 1);
    }
    pthread_mutex_unlock(&lock);
    return code;
}
