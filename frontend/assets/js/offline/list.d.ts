/** What tools/sw-list.mjs puts before the service worker. */

/** Digest of the list. */
declare const VERSION: string;

/** Path below the app's folder -> SHA-256, hexadecimal. */
declare const FILES: Readonly<Record<string, string>>;
