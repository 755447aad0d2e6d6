// What hurt users of the official engine, as tests.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { assert, callTool, conforms, deferred, enginePath, say, sdk, textOf, told } from '../lib/harness.mjs';
import { STREAMS } from '../lib/raw-host.mjs';

const ARGS = ['--model', 'claude-sonnet-5', '--setting-sources=', '--system-prompt', ''];
const BYPASS = ['--permission-mode', 'bypassPermissions', '--allow-dangerously-skip-permissions'];
const free = { permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true };
const WAIT = { command: 'echo $$ > pid; until [ -e go ]; do sleep 0.05; done' };
const alive = (pid) => { try { process.kill(pid, 0); return !/^State:\s+[ZX]/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8')); } catch { return false; } };
const CALC = ['--mcp-config', JSON.stringify({ mcpServers: { calc: { type: 'sdk', name: 'calc' } } })];

conforms('the second message of a session never hangs', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live();
  for (let i = 0; i < 5; i++) assert.equal((await s.turn(`message ${i}`)).result, 'ok');
});

conforms('a second message in the middle of the first does not hang with callbacks set', async (w) => {
  await w.api.reply(say('one', { gate: 'held' }), say('two'));
  const s = w.live({ canUseTool: async (n, i) => ({ behavior: 'allow', updatedInput: i }), hooks: { Stop: [{ hooks: [async () => ({})] }] } });
  s.send('first');
  await w.api.reached('held');
  s.send('second');
  await w.api.open('held');
  await s.result();
  await w.eventually('the second message at the model', async () => /second/.test(told((await w.api.requests()).at(-1))));
});

conforms('no line of a transcript is written twice by a live session', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live();
  for (let i = 0; i < 4; i++) await s.turn(`message ${i}`);
  s.end();
  await s.done;
  const lines = w.lines();
  const uuids = lines.map((l) => l.uuid).filter(Boolean);
  assert.equal(new Set(uuids).size, uuids.length);
  const users = lines.filter((l) => l.type === 'user');
  assert.equal(users.length, 4);
});

conforms('descriptive lines of a transcript are written only when they change', async (w) => {
  await w.api.otherwise(say('ok'));
  const { init } = await w.run('one');
  for (const word of ['two', 'three']) await w.run(word, { resume: init.session_id });
  const texts = w.lines().filter((l) => !l.uuid && !l.timestamp).map((l) => JSON.stringify(l));
  assert.equal(new Set(texts).size, texts.length, 'the same line is there twice');
}, { differs: 'descriptive lines are appended again on every resume' });

conforms('a host that closes its input right after the prompt gets an answer though it has tools', async (w) => {
  await w.api.reply(callTool('mcp__calc__add', { a: 1 }), say('done'));
  const host = w.raw([...ARGS, ...CALC, ...BYPASS], { answers: { mcp_message: () => undefined } });
  host.send({ type: 'control_request', request_id: 'r1', request: { subtype: 'initialize', hooks: null } });
  host.prompt('go').end();
  const result = await host.result();
  assert.equal(result.result, 'done');
  const block = host.of('user').flatMap((m) => m.message.content).find((b) => b.type === 'tool_result');
  assert.equal(block.is_error, true);
  assert.equal((await host.exited).code, 0);
});

conforms('a question of permission after the end of input is denied at once', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'touch a' }), say('done'));
  const host = w.raw([...ARGS, '--permission-prompt-tool', 'stdio']);
  host.send({ type: 'control_request', request_id: 'r1', request: { subtype: 'initialize', hooks: null } });
  host.prompt('go').end();
  assert.equal((await host.result()).result, 'done');
  assert.ok(!w.exists('a'));
  assert.equal((await host.exited).code, 0);
});

conforms('a tool of the host that is called late in a one-shot query still answers', async (w) => {
  const tool = sdk.tool('late', 'Late', {}, async () => ({ content: [{ type: 'text', text: 'here' }] }));
  await w.api.reply(callTool('Bash', { command: 'sleep 2; echo slept' }), callTool('mcp__s__late', {}), say('done'));
  const frames = await w.run('go', { ...free, mcpServers: { s: sdk.createSdkMcpServer({ name: 's', version: '1', tools: [tool] }) } });
  assert.equal(textOf([frames.toolResults[1].block]).trim(), 'here');
});

conforms('a callback after minutes of silence of the model still reaches the host', async (w) => {
  const asked = deferred();
  await w.api.reply(callTool('Bash', { command: 'touch a' }, { delay: 3000 }), say('done'));
  const frames = await w.run('go', { canUseTool: async (n, i) => { asked.resolve(); return { behavior: 'allow', updatedInput: i }; } });
  await asked.promise;
  assert.equal(frames.result.result, 'done');
});

conforms('what was said before SIGTERM is in the transcript', async (w) => {
  await w.api.reply(say('first'), callTool('Bash', WAIT));
  const host = w.raw([...ARGS, ...BYPASS]);
  await host.initialize();
  host.prompt('one');
  await host.result();
  host.prompt('two: halyard');
  await w.eventually('the command', () => w.exists('pid') && w.read('pid').trim());
  host.kill('SIGTERM');
  assert.equal((await host.exited).code, 143);
  const types = w.lines().filter((l) => ['user', 'assistant'].includes(l.type));
  assert.ok(types.some((l) => l.type === 'user' && /halyard/.test(JSON.stringify(l.message))));
  assert.ok(types.some((l) => l.type === 'assistant' && /tool_use/.test(JSON.stringify(l.message))), 'the call is lost');
});

conforms('a session ended by SIGTERM in the middle of a call resumes', async (w) => {
  await w.api.reply(callTool('Bash', WAIT), say('back again'));
  const host = w.raw([...ARGS, ...BYPASS]);
  await host.initialize();
  host.prompt('the word is halyard');
  const init = await host.until((m) => m.subtype === 'init');
  await w.eventually('the command', () => w.exists('pid'));
  host.kill('SIGTERM');
  await host.exited;
  const frames = await w.run('which word', { resume: init.session_id });
  assert.equal(frames.result.result, 'back again');
  assert.match(told((await w.api.requests()).at(-1)), /halyard/);
});

conforms('SIGTERM ends the commands of the engine', async (w) => {
  await w.api.reply(callTool('Bash', WAIT));
  const host = w.raw([...ARGS, ...BYPASS]);
  await host.initialize();
  host.prompt('go');
  const pid = Number(await w.eventually('the command', () => w.exists('pid') && w.read('pid').trim()));
  host.kill('SIGTERM');
  await host.exited;
  await w.eventually('the end of the command', () => !alive(pid), 5000);
});

for (const [state, reply] of [['is idle', null], ['runs a command', callTool('Bash', WAIT)], ['waits for the model', say('never', { gate: 'held' })]]) {
  conforms(`a host that is killed takes the engine along when it ${state}`, async (w) => {
    if (reply) await w.api.reply(reply);
    const script = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.argv[1], JSON.parse(process.argv[2]), { stdio: ['pipe', 'inherit', 'inherit'] });
      console.error('PID ' + child.pid);
      child.stdin.write(JSON.stringify({ type: 'control_request', request_id: 'r', request: { subtype: 'initialize' } }) + '\\n');
      if (process.argv[3]) child.stdin.write(JSON.stringify({ type: 'user', message: { role: 'user', content: 'go' }, parent_tool_use_id: null, session_id: '' }) + '\\n');
      setInterval(() => {}, 1000);`;
    const host = spawn(process.execPath, ['-e', script, enginePath, JSON.stringify([...STREAMS, ...ARGS, ...BYPASS]), reply ? 'go' : ''], { cwd: w.cwd, env: w.env(), stdio: ['ignore', 'pipe', 'pipe'] });
    let noise = '';
    let said = '';
    host.stderr.on('data', (d) => { noise += d; });
    host.stdout.on('data', (d) => { said += d; });
    const engine = Number(await w.eventually('the engine', () => /PID (\d+)/.exec(noise)?.[1]));
    await w.eventually('the first frame', () => said.includes('control_response'));
    const command = state === 'runs a command' ? Number(await w.eventually('the command', () => w.exists('pid') && w.read('pid').trim())) : null;
    if (state === 'waits for the model') await w.api.reached('held');
    host.kill('SIGKILL');
    try {
      await w.eventually('the end of the engine', () => !alive(engine), 8000);
      if (command) await w.eventually('the end of the command', () => !alive(command), 3000);
    } finally {
      for (const pid of [engine, command]) if (pid && alive(pid)) process.kill(pid, 'SIGKILL');
    }
  }, state === 'is idle' ? {} : { differs: 'the engine goes on with its work when the host is gone' });
}

conforms('an engine that is killed leaves no command running', async (w) => {
  await w.api.reply(callTool('Bash', WAIT));
  const host = w.raw([...ARGS, ...BYPASS]);
  await host.initialize();
  host.prompt('go');
  const pid = Number(await w.eventually('the command', () => w.exists('pid') && w.read('pid').trim()));
  host.kill('SIGKILL');
  await host.exited;
  try {
    await w.eventually('the end of the command', () => !alive(pid), 5000);
  } finally {
    if (alive(pid)) process.kill(pid, 'SIGKILL');
  }
}, { differs: 'SIGKILL leaves its shells running' });

const starts = {
  'an unknown session': [['--resume=0b0b0b0b-1111-4222-8333-444444444444'], /0b0b0b0b-1111|session/i],
  'a session id that is none': [['--session-id=nonsense'], /uuid|session/i],
  'settings that are no JSON': [['--settings', '{oops'], /settings/i],
  'settings that are not there': [['--settings', '/nonexistent/settings.json'], /settings/i],
  'a mode that does not exist': [['--permission-mode', 'piracy'], /piracy|mode/i],
  'servers that are no JSON': [['--mcp-config', '{oops'], /mcp|json/i],
  'a limit of turns that is no number': [['--max-turns', 'many'], /max-turns|many/i],
  'a budget that is no number': [['--max-budget-usd', 'lots'], /budget|lots/i],
};
for (const [what, [args, words]] of Object.entries(starts)) {
  conforms(`a start with ${what} fails with a sentence that names it`, async (w) => {
    await w.api.otherwise(say('ok'));
    const host = w.raw([...ARGS, ...args]);
    host.send({ type: 'control_request', request_id: 'r1', request: { subtype: 'initialize', hooks: null } });
    host.prompt('hi').end();
    const { code } = await host.exited;
    const told = host.stderr + host.of('result').map((r) => JSON.stringify(r.errors ?? r.result)).join() + host.of('control_response').map((r) => r.response.error ?? '').join();
    assert.notEqual(code, 0, `it started; ${host.kinds()}`);
    assert.match(told, words);
  });
}

conforms('a flag that nobody knows does not keep the engine from starting', async (w) => {
  await w.api.reply(say('ok'));
  const host = w.raw([...ARGS, '--no-such-flag-at-all']);
  host.send({ type: 'control_request', request_id: 'r1', request: { subtype: 'initialize', hooks: null } });
  host.prompt('hi').end();
  assert.equal((await host.result()).result, 'ok');
  assert.match(host.stderr, /no-such-flag-at-all/);
}, { differs: 'an unknown flag ends the start' });

conforms('six sessions in one folder do not touch each other', async (w) => {
  await w.api.otherwise(say('ok'));
  const runs = await Promise.all(Array.from({ length: 6 }, (_, i) => w.run(`word-${i}.`)));
  assert.equal(new Set(runs.map((r) => r.init.session_id)).size, 6);
  for (const [i, r] of runs.entries()) {
    const text = JSON.stringify(w.lines(r.init.session_id));
    for (let j = 0; j < 6; j++) assert.equal(text.includes(`word-${j}.`), i === j, `session ${i} has word ${j}`);
  }
});

conforms('the folder of the configuration holds everything that is written', async (w) => {
  await w.api.reply(say('ok'));
  await w.run('hi');
  assert.deepEqual(fs.readdirSync(w.home).filter((f) => !f.startsWith('.cache') && !f.startsWith('.npm')), []);
});

conforms('the cost of a session counts each answer of the model once', async (w) => {
  const usage = { input: 1000, output: 100 };
  await w.api.otherwise(say('ok', { usage, thinking: 'Hm.' }));
  const s = w.live();
  const one = await s.turn('one');
  const two = await s.turn('two');
  assert.ok(Math.abs(two.total_cost_usd - 2 * one.total_cost_usd) < 1e-9, `${one.total_cost_usd} then ${two.total_cost_usd}`);
  assert.equal(two.usage.input_tokens, 1000);
});
