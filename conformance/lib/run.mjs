// node lib/run.mjs [--engine=PATH] [--official] [--only=REGEX] [--verbose] [FILES]: runs the suite against one engine.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startFakeApi } from './start-fake-api.mjs';

const home = path.dirname(path.dirname(new URL(import.meta.url).pathname));
const env = { ...process.env };
let files = [];
let reporter = process.env.CI ? 'dot' : 'spec';
for (const argument of process.argv.slice(2)) {
  const [name, value] = argument.split(/=(.*)/s);
  if (name === '--engine') env.BOWLINE_ENGINE = path.resolve(value);
  else if (name === '--official') env.CONFORMANCE_ENGINE = 'official';
  else if (name === '--only') env.CONFORMANCE_ONLY = value;
  else if (name === '--reporter') reporter = value;
  else if (name.startsWith('-')) {
    console.error(`conformance: unknown option ${name}: --engine=PATH, --official, --only=REGEX, --reporter=NAME and test files are known`);
    process.exit(2);
  } else files.push(path.resolve(argument));
}
if (!files.length) files = fs.readdirSync(path.join(home, 'suite')).filter((f) => f.endsWith('.test.mjs')).sort().map((f) => path.join(home, 'suite', f));

const api = await startFakeApi(home);
env.BOWLINE_FAKE_API = api.url;
delete env.NODE_TEST_CONTEXT;
const concurrency = process.env.CONFORMANCE_JOBS ?? Math.max(2, os.cpus().length + 1);
const child = spawn(process.execPath, ['--test', `--test-concurrency=${concurrency}`, `--test-reporter=${reporter}`, '--test-reporter-destination=stdout', ...files], { env, stdio: ['ignore', 'inherit', 'inherit'] });
child.on('close', (code) => {
  api.close();
  process.exitCode = code ?? 1;
});
