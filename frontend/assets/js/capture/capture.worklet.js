/**
 * The audio thread's end of the record path. It gathers quanta into blocks of
 * 100 ms and posts them straight to the spool worker; the page only gets levels.
 *
 * Two inputs: what the microphone gives, and the same after gain and equaliser.
 * Levels are those of the second; a take gets the first, unless told otherwise.
 *
 * From the page (`node.port`):  {type: "start", port}, with {frame, isPaused} for a
 *     take that goes on, {type: "pause"},
 *     {type: "resume"}, {type: "stop"}, {type: "print", isOn}: the second input
 *     goes to the take, {type: "pre-roll", frames}: so many before each start
 *     belong to the take, {type: "lost", frames}: so many went by unheard, though
 *     the audio system did not count them: the machine was asleep
 * To the page:  {type: "level", peak, rms, stored, clipped} twenty times a second;
 *     stored: the peak of what a take gets,
 *     {type: "started" | "paused" | "resumed" | "stopped", frames} when it is so
 * To the spool (`port`):  {type: "block", first, channels}, {type: "end", frames}
 *
 * `first` counts the take's frames without a pause but with frames that the
 * audio system left out, so whoever gets the blocks sees how many are missing.
 *
 * A pause is cut without a click: its last 5 ms fade out, and what comes after it
 * fades in. So "paused" is said that much later. "started" is said with the frames
 * of the pre-roll.
 *
 * @module
 */

import { FADE_SECONDS, createFade } from "../core/fade.js";
import { createPreRoll } from "../core/pre-roll.js";

/** @typedef {{type: "start", port: MessagePort, frame?: number, isPaused?: boolean} | {type: "print", isOn: boolean}
 *   | {type: "pre-roll" | "lost", frames: number}
 *   | {type: "pause" | "resume" | "stop"}} CaptureCommand */

/** @typedef {import("../core/types.js").CaptureMessage} CaptureMessage */
const BLOCKS_PER_SECOND = 10;
const LEVELS_PER_SECOND = 20;
const FULL_SCALE = 32767 / 32768;

function newFade() {
  return createFade(Math.round(FADE_SECONDS * sampleRate));
}

class CaptureProcessor extends AudioWorkletProcessor {
  /** @param {{processorOptions: {channels: number}}} options */
  constructor({ processorOptions }) {
    super();
    this.channelCount = processorOptions.channels;
    /** @type {MessagePort | null} */
    this.spool = null;
    this.isRunning = false;
    this.isPrinted = false;
    this.frames = 0;
    this.nextQuantum = -1;
    this.block = this.emptyBlock();
    this.filled = 0;
    this.preRoll = createPreRoll();
    this.fade = newFade();
    this.level = silence();
    this.port.onmessage = ({ data }) => this.obey(data);
  }

  emptyBlock() {
    const length = Math.ceil(sampleRate / BLOCKS_PER_SECOND);
    return Array.from(
      { length: this.channelCount },
      () => new Float32Array(length),
    );
  }

  /** @param {CaptureCommand} command */
  obey(command) {
    switch (command.type) {
      case "start":
        return this.start(command);
      case "resume":
        return this.resume();
      case "pause":
        return this.fade.shut();
      case "print":
        return this.print(command.isOn);
      case "pre-roll":
        return this.keepBefore(command.frames);
      case "lost":
        return this.spool && this.isRunning && this.lose(command.frames);
      case "stop":
        this.halt();
        this.end();
        this.report("stopped");
        return this.wait();
    }
  }

  /** Without a take blocks are gathered only for the next one's beginning. */
  wait() {
    this.frames = 0;
    this.fade = newFade();
    this.preRoll.clear();
    if (this.preRoll.isWanted) {
      this.run();
    }
  }

  /** @param {boolean} isOn  what was gathered otherwise belongs to no take */
  print(isOn) {
    const isOther = isOn !== this.isPrinted;
    this.isPrinted = isOn;
    if (isOther && !this.spool) {
      this.block = this.emptyBlock();
      this.filled = 0;
      this.wait();
    }
  }

  /** @param {number} frames */
  keepBefore(frames) {
    this.preRoll.keep(frames);
    if (!this.spool && frames === 0) {
      this.halt();
    } else if (!this.isRunning && !this.spool) {
      this.wait();
    }
  }

  /** @param {Extract<CaptureCommand, {type: "start"}>} command */
  start({ port, frame, isPaused = false }) {
    this.sendBlock();
    const before = this.preRoll.take();
    this.spool = port;
    this.frames = frame ?? 0;
    this.fade = newFade();
    if (frame === undefined) {
      before.forEach((block) => this.hand(block));
    } else {
      this.fade.cut();
    }
    if (!this.isRunning) {
      this.run();
    }
    this.isRunning = !isPaused;
    this.report("started");
  }

  run() {
    this.isRunning = true;
    this.nextQuantum = -1;
  }

  /** A pause that has not been cut yet is none. */
  resume() {
    if (this.isRunning) {
      this.fade.open();
      this.report("paused");
    } else {
      this.fade.cut();
      this.run();
    }
    this.report("resumed");
  }

  halt() {
    this.sendBlock();
    this.isRunning = false;
  }

  end() {
    this.tellSpool({ type: "end", frames: this.frames });
    this.spool = null;
  }

  /** @param {CaptureMessage} message @param {Transferable[]} [transfer] */
  tellSpool(message, transfer = []) {
    this.spool?.postMessage(message, transfer);
  }

  /** @param {string} type */
  report(type) {
    this.port.postMessage({ type, frames: this.frames });
  }

  /**
   * @param {Float32Array[][]} inputs
   */
  process([input, toned = input]) {
    const quantum = input[0]?.length ?? 128;
    this.measure(input, toned, quantum);
    if (this.isRunning) {
      this.skipLost();
      this.nextQuantum = currentFrame + quantum;
      const stored = this.isPrinted ? toned : input;
      this.gather(stored, Math.min(quantum, this.fade.left));
      if (this.fade.left === 0) {
        this.halt();
        this.report("paused");
      }
    }
    return true;
  }

  /** Frames the audio system left out. */
  skipLost() {
    const lost = this.nextQuantum < 0 ? 0 : currentFrame - this.nextQuantum;
    if (lost > 0) {
      this.lose(lost);
    }
  }

  /** The block so far goes, the next is later. @param {number} frames */
  lose(frames) {
    this.sendBlock();
    this.frames += frames;
  }

  /**
   * @param {Float32Array[]} input
   * @param {number} frames  of it
   */
  gather(input, frames) {
    let taken = 0;
    while (taken < frames) {
      const room = this.block[0].length - this.filled;
      const count = Math.min(room, frames - taken);
      this.block.forEach((samples, i) => {
        const source = input[i] ?? input[0];
        if (source) {
          samples.set(source.subarray(taken, taken + count), this.filled);
        }
      });
      this.fade.apply(this.block, this.filled, this.filled + count);
      this.filled += count;
      taken += count;
      if (this.filled === this.block[0].length) {
        this.sendBlock();
      }
    }
  }

  sendBlock() {
    if (this.filled === 0) {
      return;
    }
    const channels = this.block.map((samples) => samples.slice(0, this.filled));
    this.filled = 0;
    this.block.forEach((samples) => samples.fill(0));
    this.hand({ first: this.frames, channels });
  }

  /** @param {import("../core/pre-roll.js").Block} block */
  hand(block) {
    const { first, channels } = block;
    this.frames = first + channels[0].length;
    if (this.spool) {
      this.tellSpool(
        { type: "block", ...block },
        channels.map((samples) => samples.buffer),
      );
    } else {
      this.preRoll.push(block);
    }
  }

  /**
   * @param {Float32Array[]} input
   * @param {Float32Array[]} toned
   * @param {number} quantum
   */
  measure(input, toned, quantum) {
    const { level } = this;
    level.input = Math.max(level.input, peakOf(input));
    level.peak = Math.max(level.peak, peakOf(toned));
    for (const sample of toned[0] ?? []) {
      level.squares += sample * sample;
    }
    level.frames += quantum;
    if (level.frames * LEVELS_PER_SECOND >= sampleRate) {
      this.sendLevel();
    }
  }

  /** What clips before the gain clips in any case. */
  sendLevel() {
    const { frames, input, peak, squares } = this.level;
    const rms = Math.sqrt(squares / frames);
    const stored = this.isPrinted ? peak : input;
    const clipped = Math.max(input, stored) >= FULL_SCALE;
    this.port.postMessage({ type: "level", peak, rms, stored, clipped });
    this.level = silence();
  }
}

function silence() {
  return { frames: 0, input: 0, peak: 0, squares: 0 };
}

/** @param {Float32Array[]} channels */
function peakOf(channels) {
  let peak = 0;
  for (const channel of channels) {
    for (const sample of channel) {
      peak = Math.max(peak, Math.abs(sample));
    }
  }
  return peak;
}

registerProcessor("capture", CaptureProcessor);
