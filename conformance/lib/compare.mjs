// node lib/compare.mjs: runs the suite on both engines and prints what differs beyond the agreed differences.
import fs from 'node:fs';
import path from 'node:path';
import { home, readArguments } from './arguments.mjs';
import { differencesOf } from './normal.mjs';
import { runTests } from './run-tests.mjs';
import { startFakeApi } from './start-fake-api.mjs';

const { env, files, rest } = readArguments(process.argv.slice(2), ['--details']);
const scratch = process.env.CONFORMANCE_SCRATCH;
fs.mkdirSync(scratch, { recursive: true });
fs.rmSync(path.join(scratch, 'frames/bowline'), { recursive: true, force: true });
const api = await startFakeApi(home);

async function outcomesOf(engine) {
  const lines = path.join(scratch, `${engine}.jsonl`);
  const known = engine === 'official' && fs.existsSync(lines);
  console.log(known ? `compare: taking ${engine} from ${lines}` : `compare: running on ${engine}`);
  if (!known) await runTests({ ...env, BOWLINE_FAKE_API: api.url, CONFORMANCE_ENGINE: engine, CONFORMANCE_RECORD: path.join(scratch, 'frames') }, files, [['lines', lines]]);
  return new Map(fs.readFileSync(lines, 'utf8').split('\n').filter(Boolean).map((l) => JSON.parse(l)).map((o) => [o.name, o]));
}

function recordsOf(engine) {
  const folder = path.join(scratch, 'frames', engine);
  if (!fs.existsSync(folder)) return new Map();
  return new Map(fs.readdirSync(folder).map((f) => JSON.parse(fs.readFileSync(path.join(folder, f)))).map((r) => [r.name, r]));
}

const pattern = (text) => new RegExp(`^${text.split('*').map((p) => p.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);

/** The agreed differences: each line of a table whose first cell is a pattern between backticks. `*` is any text. A second cell between backticks says in which tests. */
function agreed() {
  const rows = [...fs.readFileSync(path.join(home, 'differences.md'), 'utf8').matchAll(/^\| `([^`]+)` \| (?:`([^`]+)` \| )?(.+) \|$/gm)];
  return rows.map(([, text, tests, reason]) => ({ text, reason, used: false, fits: pattern(text), tests: pattern(tests ?? '*') }));
}

const results = { official: await outcomesOf('official'), bowline: await outcomesOf('bowline') };
api.close();
const records = { official: recordsOf('official'), bowline: recordsOf('bowline') };
const rules = agreed();
const open = new Map();
const note = (difference, test) => {
  const rule = rules.find((r) => r.fits.test(difference) && r.tests.test(test));
  if (rule) rule.used = true;
  else (open.get(difference) ?? open.set(difference, []).get(difference)).push(test);
};
for (const [name, theirs] of results.official) {
  if (env.CONFORMANCE_ONLY && !results.bowline.has(name)) continue;
  const ours = results.bowline.get(name);
  if (!ours) note('test that ran on the official engine only', name);
  else if (ours.passed !== theirs.passed && (ours.passed || !ours.todo)) note(`${ours.passed ? 'passes' : 'fails'} here only${theirs.todo ? ' (a known fault of the official engine)' : ''}: ${name}`, name);
  const [a, b] = [records.official.get(name), records.bowline.get(name)];
  if (a && b && ours?.passed && theirs.passed) for (const difference of differencesOf(a, b)) note(difference, name);
}
const waiting = [...results.bowline.values()].filter((o) => !o.passed && o.todo);
const passed = (m) => [...m.values()].filter((o) => o.passed).length;
console.log(`\ncompare: ${results.official.size} tests; ${passed(results.official)} pass on the official engine, ${passed(results.bowline)} on Bowline`);
for (const { name, todo } of waiting) console.log(`  not expected to pass (${todo}): ${name}`);
for (const [difference, tests] of [...open].sort((x, y) => y[1].length - x[1].length)) {
  console.log(`${String(tests.length).padStart(4)} × ${difference}`);
  for (const test of rest.details ? tests : tests.slice(0, 1)) console.log(`         in: ${test}`);
}
for (const rule of rules.filter((r) => !r.used && !env.CONFORMANCE_ONLY)) console.log(`compare: nothing fits the agreed difference \`${rule.text}\` any more`);
console.log(`\ncompare: ${open.size} differences that are not agreed, ${rules.filter((r) => r.used).length} agreed ones seen`);
process.exitCode = open.size ? 1 : 0;
