// Keeps what crossed the wire of a test for conformance/compare: both directions of the engine's pipes, one JSON file per test and engine.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';

const folder = process.env.CONFORMANCE_RECORD;

export class Recorder {
  static of(name, engine) {
    return folder ? new Recorder(name, engine) : new NoRecorder();
  }

  constructor(name, engine) {
    this.file = path.join(folder, engine, name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 120) + '.json');
    this.name = name;
    this.frames = [];
  }

  saw(frame) {
    if (!this.tapped) this.frames.push({ from: 'engine', frame });
  }

  /** Puts a tap between the SDK and the engine. */
  options() {
    return { spawnClaudeCodeProcess: (o) => this.spawn(o) };
  }

  spawn({ command, args, cwd, env, signal }) {
    this.tapped = true;
    const child = spawn(command, args, { cwd, env, signal, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stderr.resume();
    const tap = (from, stream) => {
      let rest = '';
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        for (const line of lines) this.keep(from, line);
      });
    };
    const stdout = new PassThrough();
    const stdoutTap = new PassThrough();
    child.stdout.pipe(stdout);
    child.stdout.pipe(stdoutTap);
    tap('engine', stdoutTap);
    const stdin = new PassThrough();
    const stdinTap = new PassThrough();
    stdin.pipe(child.stdin);
    stdin.pipe(stdinTap);
    tap('host', stdinTap);
    child.stdin.on('error', () => {});
    return {
      stdin, stdout,
      get killed() { return child.killed; },
      get exitCode() { return child.exitCode; },
      kill: (s) => child.kill(s),
      on: (e, f) => child.on(e, f), once: (e, f) => child.once(e, f), off: (e, f) => child.off(e, f),
    };
  }

  keep(from, line) {
    try {
      this.frames.push({ from, frame: JSON.parse(line) });
    } catch {
      if (line) this.frames.push({ from, frame: { type: 'not JSON', line } });
    }
  }

  close(world) {
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    fs.writeFileSync(this.file, JSON.stringify({ name: this.name, root: world.root, frames: this.frames }));
  }
}

class NoRecorder {
  saw() {}
  options() { return {}; }
  close() {}
}
