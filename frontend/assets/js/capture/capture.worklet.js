/**
 * The audio thread's end of the record path. It gathers quanta into blocks of
 * 100 ms and posts them straight to the spool worker; the page only gets levels.
 *
 * From the page (`node.port`):  {type: "start", port}, {type: "pause"},
 *     {type: "resume"}, {type: "stop"}
 * To the page:  {type: "level", peak, rms, clipped} twenty times a second,
 *     {type: "started" | "paused" | "resumed" | "stopped", frames} when it is so
 * To the spool (`port`):  {type: "block", first, channels}, {type: "end", frames}
 *
 * `first` counts the take's frames without a pause but with frames that the
 * audio system left out, so whoever gets the blocks sees how many are missing.
 *
 * A pause is cut without a click: its last 5 ms fade out, and what comes after it
 * fades in. So "paused" is said that much later.
 *
 * @module
 */

import { FADE_SECONDS, createFade } from "../core/fade.js";

/** @typedef {{type: "start", port: MessagePort} | {type: "pause" | "resume" | "stop"}} CaptureCommand */

/** @typedef {import("../core/types.js").CaptureMessage} CaptureMessage */
/** @typedef {{type: "level", peak: number, rms: number, clipped: boolean}} LevelMessage */

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
    this.frames = 0;
    this.nextQuantum = -1;
    this.block = this.emptyBlock();
    this.filled = 0;
    this.fade = newFade();
    this.level = { frames: 0, peak: 0, squares: 0 };
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
        this.spool = command.port;
        this.frames = 0;
        this.fade = newFade();
        this.run();
        return this.report("started");
      case "resume":
        return this.resume();
      case "pause":
        return this.fade.shut();
      case "stop":
        this.halt();
        this.end();
        return this.report("stopped");
    }
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
  process([input]) {
    const quantum = input[0]?.length ?? 128;
    this.measure(input, quantum);
    if (this.isRunning) {
      this.skipLost();
      this.nextQuantum = currentFrame + quantum;
      this.gather(input, Math.min(quantum, this.fade.left));
      if (this.fade.left === 0) {
        this.halt();
        this.report("paused");
      }
    }
    return true;
  }

  /** Frames the audio system left out: the block so far goes, the next is later. */
  skipLost() {
    const lost = this.nextQuantum < 0 ? 0 : currentFrame - this.nextQuantum;
    if (lost > 0) {
      this.sendBlock();
      this.frames += lost;
    }
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
    this.tellSpool(
      { type: "block", first: this.frames, channels },
      channels.map((samples) => samples.buffer),
    );
    this.frames += this.filled;
    this.filled = 0;
    this.block.forEach((samples) => samples.fill(0));
  }

  /**
   * @param {Float32Array[]} input
   * @param {number} quantum
   */
  measure(input, quantum) {
    const { level } = this;
    const samples = input[0] ?? [];
    for (const channel of input) {
      for (const sample of channel) {
        level.peak = Math.max(level.peak, Math.abs(sample));
      }
    }
    for (const sample of samples) {
      level.squares += sample * sample;
    }
    level.frames += quantum;
    if (level.frames * LEVELS_PER_SECOND >= sampleRate) {
      this.sendLevel();
    }
  }

  sendLevel() {
    const { frames, peak, squares } = this.level;
    const rms = Math.sqrt(squares / frames);
    const clipped = peak >= FULL_SCALE;
    this.port.postMessage({ type: "level", peak, rms, clipped });
    this.level = { frames: 0, peak: 0, squares: 0 };
  }
}

registerProcessor("capture", CaptureProcessor);
