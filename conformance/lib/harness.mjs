// What every test of the suite starts from: a scratch home, a fake API, and an engine behind the official SDK or a raw host.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { FakeApi } from './fake-api.mjs';
import { RawHost } from './raw-host.mjs';
import { Live } from './live.mjs';
import { Recorder } from './recorder.mjs';

export { assert };
export * from './fake-api.mjs';

const here = path.dirname(new URL(import.meta.url).pathname);
/** Where the npm packages are. */
export const modules = path.resolve(process.env.CONFORMANCE_MODULES ?? path.join(here, '../node_modules'));

/** `official` for the package's own engine, else `bowline`. */
export const engineName = process.env.CONFORMANCE_ENGINE === 'official' ? 'official' : 'bowline';
export const official = engineName === 'official';
/** The executable under test. */
export const enginePath = official ? path.join(modules, '@anthropic-ai', `claude-agent-sdk-${process.platform}-${process.arch}`, 'claude') : path.resolve(process.env.BOWLINE_ENGINE ?? path.join(here, '../../bowline'));

export const sdk = await import(pathToFileURL(path.join(modules, '@anthropic-ai/claude-agent-sdk/sdk.mjs')));
export const { z } = await import(pathToFileURL(path.join(modules, 'zod/index.js')));

export const MODEL = 'claude-sonnet-5';
const only = process.env.CONFORMANCE_ONLY ? new RegExp(process.env.CONFORMANCE_ONLY, 'i') : null;
const LIMIT = 30_000;

/**
 * A test. `differs` says which known fault of the official engine it shows: there it may fail. `later` names the part of
 * Bowline that it waits for, `agreed` why Bowline differs on purpose. `settings` go to the fake API.
 */
export function conforms(name, body, { differs, later, agreed, settings, timeout = LIMIT } = {}) {
  if (only && !only.test(name)) return;
  test(name, { timeout, todo: (official ? differs : (later ?? agreed)) ?? false }, async () => {
    const world = await World.make(name, settings);
    try {
      await body(world);
    } catch (e) {
      if (world.trouble()) e.message += `\n${world.trouble()}`;
      throw e;
    } finally {
      await world.close();
    }
  });
}

const roots = new Set();

/** Whether a process works in a folder; told on Linux only. An engine that was told to stop may still be writing. */
function working(root) {
  if (process.platform !== 'linux') return false;
  return fs.readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(root);
    } catch {
      return false;
    }
  });
}

function remove(root) {
  try {
    fs.rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch {
    // Tried once more when all tests are over.
  }
}

export class World {
  static async make(name, settings) {
    const world = new World();
    world.name = name;
    world.root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'bc-')));
    roots.add(world.root);
    for (const part of ['home', 'config', 'work', 'tmp']) fs.mkdirSync(path.join(world.root, part));
    world.home = path.join(world.root, 'home');
    world.config = path.join(world.root, 'config');
    world.cwd = path.join(world.root, 'work');
    world.api = await FakeApi.start(settings);
    world.recorder = Recorder.of(name, engineName);
    world.errors = [];
    world.open = [];
    return world;
  }

  /** The engine's whole environment. */
  env(more = {}) {
    const env = {
      PATH: process.env.PATH, HOME: this.home, CLAUDE_CONFIG_DIR: this.config, TMPDIR: path.join(this.root, 'tmp'), LANG: 'C.UTF-8', SHELL: '/bin/bash',
      ANTHROPIC_BASE_URL: this.api.url, ANTHROPIC_API_KEY: 'sk-test', IS_SANDBOX: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_TELEMETRY: '1', DISABLE_ERROR_REPORTING: '1', DISABLE_AUTOUPDATER: '1', ...more,
    };
    for (const key of Object.keys(env)) if (env[key] === undefined) delete env[key];
    return env;
  }

  /** Options of a query: this world's folders and engine, and no settings of any source unless the test names some. */
  options({ env, ...more } = {}) {
    return {
      cwd: this.cwd, model: MODEL, settingSources: [], env: this.env(env), pathToClaudeCodeExecutable: enginePath,
      stderr: (text) => this.errors.push(text), ...this.recorder.options(), ...more,
    };
  }

  query(prompt, options = {}) {
    const query = sdk.query({ prompt, options: this.options(options) });
    this.open.push(() => query.close());
    return query;
  }

  /** Runs one prompt to its end and gives all messages. */
  async run(prompt, options = {}) {
    const frames = new Frames();
    for await (const message of this.query(prompt, options)) {
      frames.push(message);
      this.recorder.saw(message);
    }
    return frames;
  }

  /** The same for a run that ends in an error: its messages and the error. */
  async fails(prompt, options = {}) {
    const frames = new Frames();
    try {
      for await (const message of this.query(prompt, options)) {
        frames.push(message);
        this.recorder.saw(message);
      }
    } catch (error) {
      return { frames, error };
    }
    return { frames, error: null };
  }

  /** A session with streaming input. */
  live(options = {}) {
    const live = new Live((prompt) => this.query(prompt, options), this.recorder);
    this.open.push(() => live.close());
    return live;
  }

  /** The engine as a child of a hand-written host. */
  raw(args = [], settings = {}) {
    const host = new RawHost(enginePath, args, { ...settings, cwd: settings.cwd ?? this.cwd, env: this.env(settings.env), recorder: this.recorder });
    this.open.push(() => host.kill());
    return host;
  }

  path(...parts) {
    return path.join(this.cwd, ...parts);
  }

  write(name, content) {
    const file = this.path(name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
    return file;
  }

  read(name) {
    return fs.readFileSync(this.path(name), 'utf8');
  }

  exists(name) {
    return fs.existsSync(this.path(name));
  }

  /** The transcript files under the configuration folder. */
  transcripts() {
    const folder = path.join(this.config, 'projects');
    if (!fs.existsSync(folder)) return [];
    return fs.readdirSync(folder).flatMap((p) => fs.readdirSync(path.join(folder, p)).filter((f) => f.endsWith('.jsonl')).map((f) => path.join(folder, p, f)));
  }

  /** The lines of the only transcript, or of a session's. */
  lines(session) {
    const files = this.transcripts().filter((f) => !session || f.includes(session));
    assert.equal(files.length, 1, `one transcript expected, not ${files.length}`);
    return fs.readFileSync(files[0], 'utf8').split('\n').filter(Boolean).map((l) => JSON.parse(l));
  }

  /** Waits for something outside the protocol, a file or a process, with a deadline. */
  async eventually(what, check, within = 10_000) {
    const end = Date.now() + within;
    for (;;) {
      const value = await check();
      if (value) return value;
      if (Date.now() > end) throw new Error(`not seen within ${within} ms: ${what}`);
      await new Promise((r) => setTimeout(r, 25));
    }
  }

  trouble() {
    const text = this.errors.join('').trim();
    return text ? `  engine's stderr: ${text.slice(-1500)}` : '';
  }

  async close() {
    for (const end of this.open) {
      try {
        await end();
      } catch {
        // It ended before.
      }
    }
    this.recorder.close(this);
    const summary = await this.api.close();
    if (process.env.CONFORMANCE_VERBOSE) console.error(JSON.stringify({ test: this.name, ...summary }));
    await this.eventually('the end of the engines', () => !working(this.root), 3_000).catch(() => {});
    remove(this.root);
  }
}

/** Messages in order, with the questions tests ask of them. */
export class Frames extends Array {
  of(type, subtype) {
    return this.filter((m) => m.type === type && (subtype === undefined || m.subtype === subtype));
  }

  only(type, subtype) {
    const found = this.of(type, subtype);
    assert.equal(found.length, 1, `one ${type}${subtype ? `/${subtype}` : ''} expected, seen: ${this.kinds()}`);
    return found[0];
  }

  get init() {
    return this.of('system', 'init')[0];
  }

  get result() {
    return this.of('result').at(-1);
  }

  /** The tool results in order: `{block, value}` with the structured value. */
  get toolResults() {
    return this.of('user').flatMap((m) => (Array.isArray(m.message.content) ? m.message.content : []).filter((b) => b.type === 'tool_result').map((block) => ({ block, value: m.tool_use_result, frame: m })));
  }

  get texts() {
    return this.of('assistant').flatMap((m) => m.message.content.filter((b) => b.type === 'text').map((b) => b.text));
  }

  kinds() {
    return Array.from(this, (m) => (m.subtype ? `${m.type}/${m.subtype}` : m.type)).join(' ');
  }

  static get [Symbol.species]() {
    return Array;
  }
}

/** A promise and its handles. */
export function deferred() {
  let resolve, reject;
  const promise = new Promise((a, b) => { resolve = a; reject = b; });
  return { promise, resolve, reject };
}

// A test that took too long never closes its world, and a signal ends no process of Node's by way of its exit.
process.on('exit', () => roots.forEach(remove));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(128 + os.constants.signals[signal]));
after(() => setTimeout(() => process.exit(process.exitCode ?? 0), 500).unref());
