/**
 * What a recording's badge says: where its bytes are, or what is being done.
 *
 * @param {import("./ports.js").LibraryRow} row
 * @returns {{kind: string, icon: string, fraction: number | null, code: string | null}}
 *   `badge.<kind>` has the words
 */
export function badgeOf(row) {
  const { state, onDevice, onServer, upload, wanted, copying = null } = row;
  if (row.trashed) {
    return { kind: "trashed", icon: "trash", fraction: null, code: null };
  }
  if (state !== "finished") {
    const icon = state === "recording" ? "record" : "warning";
    const kind = onDevice ? state : "rescue";
    return { kind, icon, fraction: null, code: null };
  }
  if (upload !== null && upload.state !== "done") {
    return uploadBadge(upload);
  }
  if (copying !== null) {
    return { kind: "copying", icon: "download", fraction: copying, code: null };
  }
  if (onServer) {
    const kind = onDevice ? onServerKind(row) : "serverOnly";
    return { kind, icon: "server", fraction: null, code: null };
  }
  const kind = wanted === "later" ? "later" : "device";
  return { kind, icon: "device", fraction: null, code: null };
}

/** @param {import("./ports.js").LibraryRow} row */
function onServerKind({ parts = [] }) {
  return parts.length > 1 ? "serverParts" : "server";
}

/** @type {Record<string, string>} */
const ICONS = {
  queued: "wait",
  waiting: "wait",
  paused: "pause",
  failed: "warning",
};

/** @param {{state: string, fraction: number, code?: string | null}} upload */
function uploadBadge({ state, fraction, code = null }) {
  if (state === "paused" && code === "UNAUTHORIZED") {
    return { kind: "signIn", icon: "warning", fraction, code };
  }
  return { kind: state, icon: ICONS[state] ?? "upload", fraction, code };
}
