/**
 * The recorder: microphone, audio graph and take as one state machine.
 *
 *     off -> arming -> armed -> recording <-> paused -> stopping -> armed -> off
 *
 * arm() opens the microphone and must follow a click; it is released when no
 * take was running for a minute. A method called in a state that does not allow
 * it rejects with TAKE_BUSY.
 *
 * Events (CustomEvent):
 *     state     {state}
 *     level     {peakDb, rmsDb, storedDb, clipped}, after gain and equaliser,
 *               while it is open; storedDb: the peak of what a take gets
 *     peaks     {from, min, max}, twenty points a second of the take
 *     progress  {frames, rate, deviceSeconds, bytesFlushed, gaps}
 *     marker    {frame, rate, kind, at, text, code, frames}, once it is noted
 *     granted   {granted}; another microphone than before
 *     back      {code, name}; what a fault said is over; name: of another
 *               microphone that took its place
 *     wished    {name}; the microphone that is wished for is there again
 *     fault     {code}; the take goes on unless the code is STORAGE_FULL
 *     finished  {recording}
 *
 * @module
 */

import { RecorderStates } from "./recorder-states.js";
import { codeOf } from "../core/errors.js";
import { Line } from "./line.js";
import { SpooledTake } from "./spooled-take.js";
import { beginPause, endPause, unheard } from "./take-begin.js";
import { ignore, returnOf, survive } from "./take-faults.js";
import { KEPT, attendTake } from "./take-watch.js";

/** @typedef {import("./devices.js").Wishes} Wishes */
/** @typedef {import("./take-begin.js").Take} Take */
/** @typedef {import("../core/types.js").RecordingRow} RecordingRow */
/** @typedef {import("../core/types.js").TakeMoment} TakeMoment */

const IDLE_MS = 60_000;

/**
 * @param {object} options
 * @param {import("./take-begin.js").Spool} options.spool
 * @param {import("./clocks.js").Clock} options.clock
 * @param {AbortSignal} options.signal
 */
export function createRecorder(options) {
  return new Recorder(options);
}

export class Recorder extends RecorderStates {
  /** @type {Take | null} */
  #take = null;
  /** @type {import("./take-watch.js").Attended | null} the take that runs */
  #running = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idle = undefined;
  #line = new Line({
    onLevel: (level) => this.emit("level", level),
    onFault: (code) => this.#befall(code),
    onOver: (code) => this.#welcomeBack(null, code),
    onGranted: () => this.emit("granted", { granted: this.granted }),
    onBack: (name) => this.#welcomeBack(name),
    onRevived: () => this.#goOn().catch(ignore),
    onWished: (take) => take(this),
  });
  #spooled;
  #events;
  #clock;

  /** @param {Parameters<typeof createRecorder>[0]} options */
  constructor({ spool, clock, signal }) {
    super();
    this.#spooled = new SpooledTake(spool);
    this.#events = spool.events;
    this.#clock = clock;
    signal.addEventListener("abort", () => this.#close(), { once: true });
  }

  get take() {
    return this.#take;
  }

  /** What the microphone gives; null while it is closed. */
  get granted() {
    return this.#line.granted;
  }

  /** Gain, equaliser, spectrum, format; a take has those it began with. */
  get sound() {
    return this.#line.sound;
  }

  /**
   * Opens the microphone.
   *
   * @param {Wishes} [wishes]
   */
  async arm(wishes = this.#line.wishes) {
    this.demand("off");
    this.#line.wish(wishes);
    this.enter("arming");
    try {
      await this.#line.open();
      this.#rest();
    } catch (error) {
      this.enter("off");
      throw error;
    }
  }

  /**
   * Says what is wanted of the microphone. One that is open is replaced, unless
   * a take runs: then the next one has it.
   *
   * @param {Wishes} wishes
   */
  async choose(wishes) {
    this.#line.wish(wishes);
    if (this.state !== "armed") {
      return;
    }
    clearTimeout(this.#idle);
    const isFree = () => this.state === "armed";
    await this.#line.replace(isFree).finally(() => {
      if (this.state === "armed") {
        this.#rest();
      }
    });
  }

  /** Keeps the microphone open for another while. */
  stay() {
    if (this.state === "armed") {
      this.#rest();
    }
  }

  /**
   * Begins a take, or goes on with one that was interrupted. What is heard from
   * now on is in it, and what was heard before if that is wished, even while the
   * spool is still opening its files.
   *
   * @param {{name: string, wanted?: RecordingRow["wanted"], interrupted?: string}} options
   *     interrupted: which one goes on
   */
  async start({ name, wanted = "server", interrupted }) {
    this.demand("armed");
    await this.#line.ready;
    this.demand("armed");
    const { input, sound } = this.#line;
    const { capture, rate, channels, granted } = input;
    clearTimeout(this.#idle);
    const id = interrupted ?? crypto.randomUUID();
    const startedAt = this.#clock.now();
    const { tone, format } = sound;
    const heard = { rate, channels, format, granted, tone };
    const take = { id, name, startedAt, wanted, ...heard };
    this.#take = unheard(take, interrupted ? null : 0);
    const begun = capture.start();
    this.enter("recording");
    this.#running = attendTake(this.#take, {
      input,
      clock: this.#clock,
      events: this.#events,
      isRunning: () => this.state === "recording" && this.#spooled.isUnderWay,
      onNews: (news, detail) => this.emit(news, detail),
      onFault: (code) => this.#fault(code),
      onStalled: (over) => this.#isUnderWay && this.#line.revive(over),
    });
    try {
      await (interrupted
        ? this.#spooled.continue(take, begun, (at) => this.#place(at))
        : this.#spooled.begin(take, begun));
    } catch (error) {
      await capture.stop();
      this.#endTake();
      throw error;
    }
  }

  /** @param {number} first  where the take goes on */
  #place(first) {
    if (this.#take) {
      this.#take.from = first;
      this.#take.frames ||= first;
    }
  }

  /** Where an audio system that is dead would be by now it is paused. */
  async pause() {
    this.demand("recording");
    this.enter("paused");
    const { capture } = this.#line.input;
    const due = this.#take ? beginPause(this.#take, this.#clock.now()) : 0;
    const counted = (await capture.pause()) ?? this.#spooled.countOf(due);
    await this.#mark({ kind: "pause", counted });
  }

  async resume() {
    this.demand("paused");
    await this.#line.input.resume();
    if (this.state === "paused" && this.#take) {
      endPause(this.#take, this.#clock.now());
      this.enter("recording");
    }
  }

  /**
   * Marks a moment of the take, and what is to be said of it.
   *
   * @param {{frame?: number, text?: string}} [moment]  by default the latest
   */
  async addMarker(moment = {}) {
    this.demand("recording", "paused");
    const latest = this.#take?.frames ? { frame: this.#take.frames } : {};
    await this.#mark({ ...latest, ...moment, kind: "marker" });
  }

  /**
   * Ends the take.
   *
   * @returns {Promise<RecordingRow>}
   */
  async stop() {
    this.demand("recording", "paused");
    this.enter("stopping");
    try {
      await this.#line.input.capture.stop();
      const recording = await this.#spooled.close();
      this.#running?.end(KEPT);
      this.#endTake();
      this.emit("finished", { recording });
      return recording;
    } catch (error) {
      this.#endTake();
      this.#fault(codeOf(error, "SPOOL_FAILED"));
      throw error;
    }
  }

  /** Closes the microphone; does nothing while a take runs. */
  release() {
    if (!this.#take) {
      this.#close();
    }
  }

  #close() {
    clearTimeout(this.#idle);
    this.#forget();
    this.#line.close();
    this.enter("off");
  }

  /** Armed, without a take; the microphone closes if none begins. */
  #rest() {
    clearTimeout(this.#idle);
    if (!this.#line.isUsable) {
      return this.#close();
    }
    this.enter("armed");
    this.#idle = setTimeout(() => this.release(), IDLE_MS);
  }

  #endTake() {
    this.#forget();
    this.#rest();
  }

  #forget() {
    this.#running?.end();
    this.#running = null;
    this.#take = null;
  }

  /** @param {string} code  what microphone or audio system did */
  #befall(code) {
    return this.#running ? this.#running.tell(code) : this.#fault(code);
  }

  get #isUnderWay() {
    return this.state === "recording" || this.state === "paused";
  }

  /** @param {string} code */
  #fault(code) {
    this.emit("fault", { code });
    if (this.#isUnderWay) {
      survive(code, {
        line: this.#line,
        over: this.#running?.signal ?? AbortSignal.abort(),
        mark: (moment) => this.#mark(moment),
        stop: () => this.stop(),
      });
    } else if (this.state === "armed" && !this.#line.isUsable) {
      this.release();
    }
  }

  /**
   * @param {string | null} name  of another microphone in its place
   * @param {string} [code]  what is over
   */
  #welcomeBack(name, code = "MICROPHONE_ENDED") {
    this.emit("back", { code, name });
    this.#mark(returnOf(name)).catch(ignore);
  }

  /** The audio system was built anew: a further segment of the same take. */
  async #goOn() {
    await this.#spooled.opened;
    const isPaused = this.state === "paused";
    if (this.#take && this.#isUnderWay) {
      const state = { isPaused, now: this.#clock.now() };
      await this.#spooled.goOn(this.#take, this.#line.input, state);
      this.#running?.settle(["AUDIO_STALLED"]);
    }
  }

  /** @param {TakeMoment} moment */
  async #mark(moment) {
    if (this.#take) {
      await this.#spooled.mark(moment);
    }
  }
}
