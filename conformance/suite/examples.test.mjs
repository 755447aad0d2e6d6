// The programs of examples/host run as they are.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { assert, callTool, conforms, enginePath, modules, results, say, textOf } from '../lib/harness.mjs';

const examples = path.join(path.dirname(new URL(import.meta.url).pathname), '../../examples/host');

/** Runs a program of the examples with the suite's packages; gives what it printed. */
async function program(w, name, prompt, answer) {
  const folder = path.join(w.root, 'example');
  fs.cpSync(examples, folder, { recursive: true, filter: (f) => !f.includes('node_modules') });
  fs.symlinkSync(modules, path.join(folder, 'node_modules'));
  const child = spawn(process.execPath, [path.join(folder, name), prompt], { cwd: w.cwd, env: { ...w.env(), ANTHROPIC_MODEL: 'claude-sonnet-5', BOWLINE: enginePath } });
  const out = { stdout: '', stderr: '' };
  for (const stream of Object.keys(out)) {
    child[stream].on('data', (text) => {
      out[stream] += text;
      if (answer && /May it run/.test(text)) child.stdin.end(answer);
    });
  }
  if (!answer) child.stdin.end();
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 0, out.stderr);
  return out;
}

conforms('the example hello prints the answer', async (w) => {
  await w.api.otherwise(say('Nothing but sand.'));
  assert.match((await program(w, 'hello.mjs', 'What is here?')).stdout, /Nothing but sand\./);
});

conforms('the example ask runs a tool when the person agrees', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'touch made.txt' }));
  await w.api.otherwise(say('Done.'));
  assert.match((await program(w, 'ask.mjs', 'go', 'yes\n')).stdout, /Done\./);
  assert.ok(w.exists('made.txt'));
});

conforms('the example ask leaves a tool alone when the person refuses', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'touch made.txt' }));
  await w.api.otherwise(say('As you wish.'));
  assert.match((await program(w, 'ask.mjs', 'go', 'no\n')).stdout, /As you wish\./);
  assert.ok(!w.exists('made.txt'));
});

conforms('the example weather offers a tool of its own', async (w) => {
  await w.api.reply(callTool('mcp__weather__now', { city: 'Bergen' }));
  await w.api.otherwise(say('Take a coat.'));
  const { stdout, stderr } = await program(w, 'weather.mjs', 'What should I wear?');
  assert.match(stdout, /Take a coat\./);
  assert.match(stderr, /mcp__weather__now/);
  const asked = await w.api.requests();
  assert.ok(asked.some((r) => results(r).some((block) => /Rain in Bergen/.test(textOf([block])))), 'the result did not reach the model');
});
