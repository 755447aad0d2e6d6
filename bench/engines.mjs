// One program, two engines: the official SDK with the engine it brings and with Bowline behind it, side by side.
//   node bench/engines.mjs BENCH_FOLDER [rounds]
// BENCH_FOLDER is the shared benchmark; BENCH_HOME/npm holds the SDK with its platform binary (peers/official/setup.sh);
// BOWLINE_ENGINE names another engine than ./bowline.
// Prints medians over the rounds of: cold first text, result and end (from the call of query() to a new process and its answer), warm turn, 20 engines at once (memory of the process
// trees in MiB, turns/s), and a new process that resumes a session of 2,000 turns, as it is and into a fork. About ten minutes. Linux only.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const rounds = Number(process.argv[3] ?? 3);
if (!folder || !process.env.BENCH_HOME) {
  console.error('engines: name the folder of the shared benchmark, and set BENCH_HOME');
  process.exit(1);
}
const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '..');
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'engines-'));
const port = path.join(home, 'port');
const api = spawn(process.execPath, [path.join(folder, 'fake-api/server.mjs'), '--port=0', '--quiet', `--portfile=${port}`], { stdio: 'inherit' });
process.on('exit', () => { api.kill(); fs.rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }); });
while (!fs.existsSync(port) || !fs.readFileSync(port, 'utf8').trim()) await new Promise((r) => setTimeout(r, 50));

const ENGINES = { official: {}, bowline: { BENCH_ENGINE: path.resolve(process.env.BOWLINE_ENGINE ?? path.join(root, 'bowline')) } };
const base = {
  PATH: process.env.PATH, LANG: 'C.UTF-8', BENCH_HOME: process.env.BENCH_HOME, IS_SANDBOX: '1',
  ANTHROPIC_BASE_URL: `http://127.0.0.1:${fs.readFileSync(port, 'utf8').trim()}`, ANTHROPIC_API_KEY: 'fake',
  DISABLE_TELEMETRY: '1', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_AUTOUPDATER: '1', DISABLE_ERROR_REPORTING: '1', DISABLE_AUTO_COMPACT: '1',
};

/** Runs the driver; `heard` gets each line that begins with @, with the milliseconds since the start. */
async function drive(engine, args, heard = async () => {}) {
  const user = path.join(home, engine);
  const work = path.join(user, 'work');
  fs.mkdirSync(work, { recursive: true });
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(folder, 'peers/official/driver.mjs'), ...args], { cwd: work, env: { ...base, HOME: user, BENCH_CWD: work, ...ENGINES[engine] }, stdio: ['pipe', 'pipe', 'inherit'] });
  let rest = '';
  let json = {};
  for await (const data of child.stdout) {
    rest += data;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      if (line.startsWith('@json ')) json = JSON.parse(line.slice(6));
      if (line.startsWith('@')) await heard(line.split(' ')[0], performance.now() - began, child);
    }
  }
  return json;
}

/** Proportional memory of the children of a process and theirs, in MiB. */
function memory(pid) {
  let sum = 0;
  for (const task of fs.readdirSync(`/proc/${pid}/task`)) {
    for (const child of fs.readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean)) {
      sum += Number(/^Pss: +(\d+)/m.exec(fs.readFileSync(`/proc/${child}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024 + memory(child);
    }
  }
  return sum;
}

const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];
const found = {};
const note = (engine, name, value) => ((found[name] ??= {})[engine] ??= []).push(value);
const sdk = await import(pathToFileURL(path.join(process.env.BENCH_HOME, 'npm/node_modules/@anthropic-ai/claude-agent-sdk/sdk.mjs')));

/** One query() in this process, with an engine of its own. */
async function ask(engine, prefix, extra = {}) {
  const user = path.join(home, engine);
  const options = {
    cwd: path.join(user, 'work'), env: { ...base, HOME: user }, model: 'claude-sonnet-5', settingSources: [], includePartialMessages: true,
    permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true, pathToClaudeCodeExecutable: ENGINES[engine].BENCH_ENGINE, ...extra,
  };
  const began = performance.now();
  let first = true;
  for await (const message of sdk.query({ prompt: 'hello [[scenario:text n=5 bytes=20]]', options })) {
    if (first && (message.type === 'assistant' || (message.type === 'stream_event' && message.event.type === 'content_block_delta'))) {
      first = false;
      note(engine, `${prefix}: first text, ms`, performance.now() - began);
    }
    if (message.type === 'result') note(engine, `${prefix}: result, ms`, performance.now() - began);
  }
  note(engine, `${prefix}: end of the process, ms`, performance.now() - began);
}

const only = process.env.ENGINES_ONLY ?? 'cold,turns,resume,fork,memory,load'; // for a look at one figure
for (const engine of Object.keys(ENGINES)) fs.mkdirSync(path.join(home, engine, 'work'), { recursive: true });
const stored = {};
if (/resume|fork/.test(only)) for (const engine of Object.keys(ENGINES)) {
  process.stderr.write(`engines: ${engine} makes a session of 2,000 turns\n`);
  stored[engine] = (await drive(engine, ['mkstore', 'turns=2000'])).session;
}
// A first start of Bowline makes its AOT cache beside it; what is measured is every start after that one.
if (!process.env.BOWLINE_ENGINE) {
  const apps = path.join(root, 'cli/target/app');
  await ask('bowline', 'first');
  for (const name of Object.keys(found)) delete found[name];
  const app = path.join(apps, fs.readFileSync(path.join(apps, 'current'), 'utf8').trim());
  for (let i = 0; i < 1200 && !fs.existsSync(path.join(app, 'aot.jdk')); i++) await new Promise((r) => setTimeout(r, 50));
  if (!fs.existsSync(path.join(app, 'bowline.aot'))) {
    console.error(`engines: ${app} has no AOT cache; its training.log says why`);
    process.exit(1);
  }
}
for (let round = 1; round <= rounds; round++) {
  for (const engine of Object.keys(ENGINES)) {
    process.stderr.write(`engines: round ${round} of ${rounds}, ${engine}\n`);
    if (only.includes('cold')) for (let i = 0; i < 3; i++) await ask(engine, 'cold');
    if (only.includes('turns')) note(engine, 'warm turn, ms', median((await drive(engine, ['turns', 'n=60', 'warm=20', 'id=t'])).turn_ms));
    if (only.includes('resume')) await ask(engine, 'resume of 2,000 turns', { resume: stored[engine] });
    if (only.includes('fork')) await ask(engine, 'the same into a fork', { resume: stored[engine], forkSession: true });
    if (only.includes('memory')) await drive(engine, ['idle', 'n=20'], async (mark, ms, child) => {
      if (mark === '@ready') note(engine, '20 engines: memory, MiB', memory(child.pid));
      if (mark === '@base' || mark === '@ready') child.stdin.write('\n');
      if (mark === '@done') child.stdin.end('\n');
    });
    if (only.includes('load')) note(engine, '20 engines: turns/s', (await drive(engine, ['load', 'c=20', 'secs=5', 'warm=3'])).turns_per_s);
  }
}
console.log('| | official engine | Bowline | Bowline / official |\n|---|---|---|---|');
for (const [name, by] of Object.entries(found)) {
  const [theirs, ours] = [median(by.official), median(by.bowline)];
  console.log(`| ${name} | ${theirs.toFixed(1)} | ${ours.toFixed(1)} | ${(ours / theirs).toFixed(2)} |`);
}
process.exit(0);
