/**
 * The microphone that a person has chosen, among those that there are. Pure.
 *
 * @module
 */

/** @typedef {{id: string, label: string}} Device  id: empty while browsers tell none */

/**
 * A browser that calls devices anew each time still calls the chosen one by its name.
 *
 * @param {readonly Device[]} devices
 * @param {{deviceId?: string | null, label?: string | null}} wishes
 * @returns {Device | null} null: it is not there, or none is chosen
 */
export function wishedAmong(devices, { deviceId, label }) {
  if (!deviceId) {
    return null;
  }
  const named = () => devices.find((each) => label && each.label === label);
  return devices.find(({ id }) => id === deviceId) ?? named() ?? null;
}
