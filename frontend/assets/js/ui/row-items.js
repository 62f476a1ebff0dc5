/** @typedef {import("./ports.js").LibraryActions} LibraryActions */
/** @typedef {import("./ports.js").LibraryRow} LibraryRow */

/**
 * What can be done with it now.
 *
 * @param {LibraryRow} row
 * @param {LibraryActions} actions
 * @param {() => void} rename has a new name written
 * @returns {import("./row-menu.js").MenuItem[]}
 */
export function itemsFor(row, actions, rename) {
  if (row.state === "recording") {
    return [];
  }
  if (row.trashed) {
    return trashItems(row, actions);
  }
  if (row.state === "interrupted") {
    return cutItems(row, actions);
  }
  return [
    ...uploadItems(row, actions),
    {
      name: "download",
      icon: "download",
      press: () => actions.download(row.id),
    },
    {
      name: "downloadAs",
      icon: "download",
      press: () => actions.downloadAs(row),
    },
    { name: "rename", icon: "pencil", press: rename },
    {
      name: "receipt",
      icon: "receipt",
      press: () => actions.showReceipt(row.id),
    },
    ...placeItems(row, actions),
    { name: "delete", icon: "trash", press: () => actions.remove(row) },
  ];
}

/**
 * @param {LibraryRow} row
 * @param {LibraryActions} actions
 * @returns {import("./row-menu.js").MenuItem[]}
 */
function cutItems(row, actions) {
  if (!row.onDevice) {
    return [
      {
        name: "rescue",
        icon: "check",
        press: () => actions.rescue(row),
        isMain: "word",
      },
      { name: "delete", icon: "trash", press: () => actions.remove(row) },
    ];
  }
  return [
    {
      name: "keep",
      icon: "check",
      press: () => actions.recover(row),
      isMain: "word",
    },
    { name: "continue", icon: "record", press: () => actions.goOn(row) },
    { name: "discard", icon: "trash", press: () => actions.discard(row) },
  ];
}

/**
 * Whether it shall be here, too, when it is on the server.
 *
 * @param {LibraryRow} row
 * @param {LibraryActions} actions
 * @returns {import("./row-menu.js").MenuItem[]}
 */
function placeItems({ id, onDevice, onServer, copying = null }, actions) {
  if (!onServer) {
    return [];
  }
  if (onDevice) {
    const press = () => actions.removeHere(id);
    return [{ name: "removeHere", icon: "close", press }];
  }
  return copying === null
    ? [{ name: "keepHere", icon: "device", press: () => actions.keepHere(id) }]
    : [
        {
          name: "stopKeeping",
          icon: "close",
          press: () => actions.stopKeeping(id),
        },
      ];
}

/**
 * What can be done about its way to the server.
 *
 * @param {LibraryRow} row
 * @param {LibraryActions} actions
 * @returns {import("./row-menu.js").MenuItem[]}
 */
function uploadItems({ id, onServer, upload }, actions) {
  const isMain = /** @type {const} */ ("icon");
  const begin = {
    name: "upload",
    icon: "upload",
    press: () => actions.upload(id),
    isMain,
  };
  const pause = {
    name: "pauseUpload",
    icon: "pause",
    press: () => actions.pauseUpload(id),
    isMain,
  };
  const resume = {
    name: "resumeUpload",
    icon: "upload",
    press: () => actions.resumeUpload(id),
    isMain,
  };
  const cancel = {
    name: "cancelUpload",
    icon: "close",
    press: () => actions.cancelUpload(id),
  };
  switch (upload?.state) {
    case "queued":
    case "uploading":
    case "waiting":
      return [pause, cancel];
    case "paused":
      return [resume, cancel];
    case "verifying":
      return [];
    default:
      return onServer ? [] : [begin];
  }
}

/**
 * @param {LibraryRow} row
 * @param {LibraryActions} actions
 * @returns {import("./row-menu.js").MenuItem[]}
 */
function trashItems(row, actions) {
  return [
    {
      name: "restore",
      icon: "check",
      press: () => actions.restore([row]),
      isMain: "word",
    },
    { name: "purge", icon: "trash", press: () => actions.purge([row]) },
  ];
}
