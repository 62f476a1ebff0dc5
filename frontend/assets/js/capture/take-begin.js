/**
 * How a take begins in the spool.
 *
 * @module
 */

import { framesToMs } from "../core/time.js";

/** @typedef {import("./recorder.js").Spool} Spool */

/**
 * A take begins as long before it was started as its pre-roll is.
 *
 * @param {Spool} spool
 * @param {import("../core/types.js").NewTake} take
 * @param {{port: MessagePort, before: Promise<number | null>}} begun
 */
export async function openTake(spool, take, { port, before }) {
  const frame = (await before) ?? 0;
  const startedAt = take.startedAt - framesToMs(frame, take.rate);
  await spool.openTake({ ...take, startedAt }, port);
  if (frame > 0) {
    await spool.mark(take.id, { kind: "start", frame });
  }
}
