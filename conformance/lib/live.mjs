// A session with streaming input: messages are sent when the test says so, frames are gathered as they come.

const message = (content, more) => ({ type: 'user', session_id: '', message: { role: 'user', content }, parent_tool_use_id: null, ...more });

export class Live {
  constructor(start, recorder) {
    this.frames = [];
    this.error = null;
    this.over = false;
    this.waiting = [];
    this.outbox = [];
    this.seen = 0;
    const self = this;
    async function* input() {
      for (;;) {
        while (self.outbox.length) yield self.outbox.shift();
        if (self.ended) return;
        await new Promise((r) => { self.wake = r; });
      }
    }
    this.query = start(input());
    this.done = this.pump(recorder);
  }

  async pump(recorder) {
    try {
      for await (const m of this.query) {
        this.frames.push(m);
        recorder.saw(m);
        this.tell();
      }
    } catch (e) {
      this.error = e;
    }
    this.over = true;
    this.tell();
  }

  tell() {
    for (const wake of this.waiting.splice(0)) wake();
  }

  send(content, more = {}) {
    this.outbox.push(message(content, more));
    this.wake?.();
    return this;
  }

  /** Says that no more comes. */
  end() {
    this.ended = true;
    this.wake?.();
    return this;
  }

  /** The next frame, after those already taken, that fits. */
  async until(fits, what = 'the frame') {
    for (;;) {
      while (this.seen < this.frames.length) {
        const m = this.frames[this.seen++];
        if (fits(m)) return m;
      }
      if (this.over) throw this.error ?? new Error(`the session ended before ${what} came; seen: ${this.kinds()}`);
      await new Promise((r) => this.waiting.push(r));
    }
  }

  result() {
    return this.until((m) => m.type === 'result', 'a result');
  }

  /** Sends one message and waits for its result. */
  async turn(content, more) {
    this.send(content, more);
    return this.result();
  }

  kinds() {
    return this.frames.map((m) => (m.subtype ? `${m.type}/${m.subtype}` : m.type)).join(' ');
  }

  of(type, subtype) {
    return this.frames.filter((m) => m.type === type && (subtype === undefined || m.subtype === subtype));
  }

  close() {
    this.end();
    this.query.close();
  }
}
