// node lib/run.mjs [--engine=PATH] [--official] [--only=REGEX] [--reporter=NAME] [FILES]: runs the suite against one engine.
import { home, readArguments } from './arguments.mjs';
import { startFakeApi } from './start-fake-api.mjs';
import { runTests } from './run-tests.mjs';

const { env, files, rest } = readArguments(process.argv.slice(2), ['--official', '--reporter']);
if (rest.official) env.CONFORMANCE_ENGINE = 'official';
const api = await startFakeApi(home);
const code = await runTests({ ...env, BOWLINE_FAKE_API: api.url }, files, [[rest.reporter ?? (process.env.CI ? 'quiet' : 'spec'), 'stdout']]);
api.close();
process.exitCode = code;
