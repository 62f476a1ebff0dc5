/** A sound card for browsers on a machine without one. */
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { startGroup, waitFor } from "./processes.js";

const run = promisify(execFile);

/**
 * Plugs a microphone in that hears a tone; it is the default one then.
 *
 * @param {NodeJS.ProcessEnv} env of the PulseAudio
 * @param {{name?: string, hz?: number}} [tone] browsers call it "Sine source at 440 Hz"
 * @returns {Promise<() => Promise<void>>} unplugs it
 */
export async function plugMicrophone(
  env,
  { name = "microphone", hz = 440 } = {},
) {
  const pactl = (/** @type {string[]} */ ...words) =>
    run("pactl", words, { env });
  const { stdout } = await pactl(
    "load-module",
    "module-sine-source",
    `source_name=${name}`,
    `frequency=${hz}`,
  );
  await pactl("set-default-source", "microphone");
  return async () => {
    await pactl("unload-module", stdout.trim());
  };
}

/**
 * Starts a PulseAudio of its own whose only sink plays into nothing. What would
 * be heard there is a microphone, too: a silent one.
 *
 * @param {import("./story.js").Stage} stage
 * @param {{hasCard?: boolean}} [options] hasCard: there is that sink
 * @returns {Promise<NodeJS.ProcessEnv>} the environment in which it is found
 */
export async function startPulse(stage, { hasCard = true } = {}) {
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
      ...(hasCard ? ["--load=module-null-sink"] : []),
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
