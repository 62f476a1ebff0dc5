# Fails if the library uses a call on files that tests cannot fail, because
# support/calls_files.c does not define it.
#
#   cmake -DNM=nm -DLIBRARY=libwfstore.a -DDEFINED=calls_files.c -P this

cmake_minimum_required(VERSION 3.25)

# Calls on files of the C library (man 2, man 3); without fdopendir, closedir
# and what only reads or frees memory.
set(CALLS access chmod chown copy_file_range creat dup faccessat fallocate
  fchmod fchmodat fchown fchownat fcntl fdatasync flock fopen freopen fstat
  fstatat fstatfs fstatvfs fsync ftruncate futimens ioctl lchown link linkat
  lockf lseek lstat mkdir mkdirat mkostemp mkstemp mmap mremap msync open openat
  open_by_handle_at opendir posix_fallocate pread preadv preadv2 pwrite pwritev
  pwritev2 read readdir readlink readlinkat readv remove rename renameat
  renameat2 rmdir scandir sendfile splice stat statfs statvfs statx symlink
  symlinkat sync sync_file_range syncfs tmpfile truncate unlink unlinkat
  utimensat write writev)

execute_process(COMMAND ${NM} --undefined-only --format=just-symbols ${LIBRARY}
  OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
file(READ ${DEFINED} source)
string(REPLACE "\n" ";" symbols "${symbols}")
set(missing "")
foreach(name IN LISTS CALLS)
  foreach(symbol ${name} ${name}64)
    if(symbol IN_LIST symbols AND NOT source MATCHES "[ (]${symbol},")
      list(APPEND missing ${symbol})
    endif()
  endforeach()
endforeach()
if(missing)
  message(FATAL_ERROR "support/calls_files.c does not define: ${missing}")
endif()
