/**
 * Whether any page of this origin is recording: each running take holds a Web
 * Lock of its own.
 *
 * @param {Pick<LockManager, "query"> | undefined} locks none: plain http, where
 *   nothing can be recorded
 */
export async function isRecordingAnywhere(locks) {
  const { held } = (await locks?.query()) ?? {};
  return (held ?? []).some(({ name }) => name?.startsWith("take:"));
}
