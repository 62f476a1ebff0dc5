/** An audio output for browsers on a machine without a sound card. */
import { access } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { startGroup, waitFor } from "./processes.js";

/**
 * Starts a PulseAudio of its own whose only sink plays into nothing.
 *
 * @param {import("./story.js").Stage} stage
 * @returns {Promise<NodeJS.ProcessEnv>} the environment in which it is found
 */
export async function startPulse(stage) {
  const home = await stage.folder("pulse");
  const socket = path.join(home, "native");
  const env = {
    ...process.env,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    PULSE_RUNTIME_PATH: home,
    PULSE_SERVER: `unix:${socket}`,
  };
  const group = await startGroup(
    "pulseaudio",
    [
      "-n",
      "--daemonize=no",
      "--exit-idle-time=-1",
      "--disable-shm=yes",
      "--load=module-null-sink",
      `--load=module-native-protocol-unix socket=${socket} auth-anonymous=1`,
    ],
    { env },
  );
  stage.add({
    name: "PulseAudio",
    end: group.kill,
    endNow: group.killNow,
    log: group.output,
  });
  await waitFor("PulseAudio to listen", () =>
    access(socket).then(
      () => true,
      () => false,
    ),
  );
  return env;
}
