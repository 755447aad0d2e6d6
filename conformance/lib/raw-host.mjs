// A host that speaks the engine's protocol itself, line by line, as the Python SDK does: nothing smooths over what the engine says.
import { spawn } from 'node:child_process';

const LINE_LIMIT = 1024 * 1024;
export const STREAMS = ['--output-format', 'stream-json', '--verbose', '--input-format', 'stream-json'];

export class RawHost {
  /** `plain` leaves the streaming flags out. `answers` maps the subtype of an engine's request to its answer. */
  constructor(engine, args, { cwd, env, recorder, plain = false, answers = {}, limit = LINE_LIMIT, detached = false }) {
    this.frames = [];
    this.noise = [];
    this.stderr = '';
    this.waiting = [];
    this.seen = 0;
    this.numbers = 0;
    this.answers = answers;
    this.asked = [];
    this.limit = limit;
    this.recorder = recorder;
    this.child = spawn(engine, plain ? args : [...STREAMS, ...args], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], detached });
    this.child.stdin.on('error', () => {});
    this.child.stderr.on('data', (d) => { this.stderr += d; });
    this.exited = new Promise((resolve) => this.child.on('close', (code, signal) => {
      this.code = code;
      this.signal = signal;
      this.over = true;
      resolve({ code, signal });
      this.tell();
    }));
    this.child.on('error', (e) => { this.stderr += e; });
    this.readLines();
  }

  readLines() {
    let rest = [];
    let size = 0;
    this.child.stdout.on('data', (chunk) => {
      for (let from = 0; ;) {
        const end = chunk.indexOf(10, from);
        const piece = chunk.subarray(from, end < 0 ? chunk.length : end);
        rest.push(piece);
        size += piece.length;
        if (end < 0) break;
        this.line(Buffer.concat(rest).toString('utf8'), size);
        rest = [];
        size = 0;
        from = end + 1;
      }
    });
  }

  line(text, size) {
    if (size > this.limit) this.noise.push(`a line of ${size} bytes: ${text.slice(0, 200)}`);
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      this.noise.push(text.slice(0, 500));
      return;
    }
    this.frames.push(frame);
    this.recorder?.saw(frame);
    if (frame.type === 'control_request') this.answer(frame);
    this.tell();
  }

  async answer({ request_id, request }) {
    this.asked.push(request);
    const make = this.answers[request.subtype];
    if (!make) return;
    try {
      const response = await make(request, request_id);
      if (response !== undefined) this.send({ type: 'control_response', response: { subtype: 'success', request_id, response } });
    } catch (e) {
      this.send({ type: 'control_response', response: { subtype: 'error', request_id, error: e.message } });
    }
  }

  tell() {
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** One line, any object or a text as it is. */
  send(frame) {
    this.child.stdin.write((typeof frame === 'string' ? frame : JSON.stringify(frame)) + '\n');
    return this;
  }

  /** A prompt with string content, as the Python SDK writes it. */
  prompt(content, more = {}) {
    return this.send({ type: 'user', message: { role: 'user', content }, parent_tool_use_id: null, session_id: 'default', ...more });
  }

  /** A request of the host; gives the whole answer, success or error. */
  async control(request, id = `req_${++this.numbers}_host`) {
    this.send({ type: 'control_request', request_id: id, request });
    return this.replyTo(id);
  }

  replyTo(id) {
    return this.find((m) => m.type === 'control_response' && m.response.request_id === id, `the reply to ${id}`);
  }

  initialize(more = {}) {
    return this.control({ subtype: 'initialize', hooks: null, ...more });
  }

  /** Any frame that fits, now or later. */
  async find(fits, what = 'the frame') {
    for (;;) {
      const found = this.frames.find(fits);
      if (found) return found;
      await this.more(what);
    }
  }

  /** The next frame, after those already taken, that fits. */
  async until(fits, what = 'the frame') {
    for (;;) {
      while (this.seen < this.frames.length) {
        const frame = this.frames[this.seen++];
        if (fits(frame)) return frame;
      }
      await this.more(what);
    }
  }

  async more(what) {
    if (this.over) throw new Error(`the engine ended (${this.code ?? this.signal}) before ${what} came; seen: ${this.kinds()}; stderr: ${this.stderr.slice(-1000)}`);
    await new Promise((r) => this.waiting.push(r));
  }

  result() {
    return this.until((m) => m.type === 'result', 'a result');
  }

  of(type, subtype) {
    return this.frames.filter((m) => m.type === type && (subtype === undefined || m.subtype === subtype));
  }

  kinds() {
    return this.frames.map((m) => `${m.type}${m.subtype ? `/${m.subtype}` : m.request ? `/${m.request.subtype}` : ''}`).join(' ');
  }

  /** Closes the engine's standard input. */
  end() {
    this.child.stdin.end();
    return this;
  }

  kill(signal = 'SIGKILL') {
    if (!this.over) this.child.kill(signal);
  }
}
