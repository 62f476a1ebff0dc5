/*
 * blobs.h - where bytes lie, and how they are made durable.
 *
 * The second table of functions: a driver keeps the bytes of unfinished
 * uploads and of recordings. Today: directory/ (one .part file per upload,
 * loose files, recordings under their names). The engineer of this file owns
 * its details; the shape is: open a writer for (row, place), write, sync,
 * close; lock (row, index); rename to a recording; unlink; open to read.
 */
