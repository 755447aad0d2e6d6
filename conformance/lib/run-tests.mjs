// Runs test files with node's own runner, some at a time.
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const OWN = { quiet: 'quiet-reporter.mjs', lines: 'lines-reporter.mjs' };

/** Gives the exit code. `reporters` are pairs of a name and a destination. */
export function runTests(env, files, reporters) {
  const jobs = process.env.CONFORMANCE_JOBS ?? os.cpus().length + 1;
  const args = ['--test', `--test-concurrency=${jobs}`];
  for (const [name, destination] of reporters) {
    const own = OWN[name] && pathToFileURL(path.join(path.dirname(new URL(import.meta.url).pathname), OWN[name])).href;
    args.push(`--test-reporter=${own ?? name}`, `--test-reporter-destination=${destination}`);
  }
  const child = spawn(process.execPath, [...args, ...files], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      child.kill(signal);
      process.exit(1);
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}
