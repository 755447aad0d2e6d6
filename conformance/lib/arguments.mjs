// The options that conformance/run and conformance/compare share.
import fs from 'node:fs';
import path from 'node:path';

export const home = path.dirname(path.dirname(new URL(import.meta.url).pathname));

/** The environment of the tests, the test files and what is left, from the command line. */
export function readArguments(words, own = []) {
  const env = { ...process.env };
  const files = [];
  const rest = {};
  for (const word of words) {
    const [name, value] = word.split(/=(.*)/s);
    if (name === '--engine' && value) env.BOWLINE_ENGINE = path.resolve(value);
    else if (name === '--only' && value) env.CONFORMANCE_ONLY = value;
    else if (own.includes(name)) rest[name.slice(2)] = value ?? true;
    else if (name.startsWith('-')) {
      console.error(`conformance: unknown option ${word}; known are ${['--engine=PATH', '--only=REGEX', ...own].join(', ')} and test files`);
      process.exit(2);
    } else files.push(path.resolve(word));
  }
  delete env.NODE_TEST_CONTEXT;
  if (!files.length) {
    const all = fs.readdirSync(path.join(home, 'suite')).filter((f) => f.endsWith('.test.mjs'));
    files.push(...all.sort().map((f) => path.join(home, 'suite', f)));
  }
  return { env, files, rest };
}
