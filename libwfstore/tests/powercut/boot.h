/*
 * boot.h - a machine that can be restarted: the boot id the library reads is
 * one of ours.
 */
#ifndef POWERCUT_BOOT_H
#define POWERCUT_BOOT_H

/* The machine is up for the n-th time (from 0, as at the start). */
void boot_set(unsigned n);

#endif
