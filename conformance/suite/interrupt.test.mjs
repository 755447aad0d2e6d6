import { assert, callTool, conforms, deferred, say, sdk, told } from '../lib/harness.mjs';

const free = { permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true };
const WAIT = { command: 'echo $$ > pid; until [ -e go ]; do sleep 0.05; done' };

conforms('an interrupt while an answer streams ends the turn and the session goes on', async (w) => {
  await w.api.reply(say('half of a sentence', { stall: { after: 5 } }), say('and here again'));
  const s = w.live({ includePartialMessages: true });
  s.send('one');
  await s.until((m) => m.event?.type === 'content_block_delta');
  await s.query.interrupt();
  const cut = await s.result();
  assert.equal(cut.subtype, 'error_during_execution');
  assert.equal(cut.terminal_reason, 'aborted_streaming');
  assert.equal((await s.turn('two')).result, 'and here again');
});

conforms('the half answer of an interrupted turn is shown as cut', async (w) => {
  await w.api.reply(say('half of a sentence', { stall: { after: 5 } }));
  const s = w.live({ includePartialMessages: true });
  s.send('one');
  await s.until((m) => m.event?.type === 'content_block_delta');
  await s.query.interrupt();
  await s.result();
  const cut = s.of('assistant').at(-1);
  assert.equal(cut.aborted, true);
  assert.match(cut.message.content[0].text, /^half/);
  assert.match(JSON.stringify(s.of('user').at(-1).message.content), /\[Request interrupted by user\]/);
});

conforms('an interrupt before the first byte of an answer ends the turn', async (w) => {
  await w.api.reply(say('never', { gate: 'held' }), say('again'));
  const s = w.live();
  s.send('one');
  await w.api.reached('held');
  await s.query.interrupt();
  assert.equal((await s.result()).is_error, true);
  assert.equal((await s.turn('two')).result, 'again');
});

conforms('an interrupt ends a running command and its children', async (w) => {
  await w.api.reply(callTool('Bash', WAIT), say('again'));
  const s = w.live(free);
  s.send('one');
  const pid = await w.eventually('the command', () => w.exists('pid') && Number(w.read('pid')));
  await s.query.interrupt();
  const cut = await s.result();
  assert.equal(cut.terminal_reason, 'aborted_tools');
  await w.eventually('the end of the command', () => { try { process.kill(pid, 0); return false; } catch { return true; } });
  assert.equal((await s.turn('two')).result, 'again');
});

conforms('every call of an interrupted turn has a result for the model', async (w) => {
  await w.api.reply(callTool(['Bash', WAIT], ['Bash', { command: 'echo second > second' }]), say('again'));
  const s = w.live(free);
  s.send('one');
  await w.eventually('the command', () => w.exists('pid'));
  await s.query.interrupt();
  await s.result();
  assert.equal((await s.turn('two')).result, 'again');
  assert.deepEqual((await w.api.requests()).length, 2);
});

conforms('an interrupt withdraws an open question for permission', async (w) => {
  const withdrawn = deferred();
  await w.api.reply(callTool('Bash', { command: 'touch a' }), say('again'));
  const s = w.live({ canUseTool: (n, i, { signal }) => new Promise(() => signal.addEventListener('abort', () => withdrawn.resolve())) });
  s.send('one');
  await s.until((m) => m.type === 'assistant');
  await new Promise((r) => setTimeout(r, 300));
  await s.query.interrupt();
  const cut = await s.result();
  assert.equal(cut.is_error, true);
  await withdrawn.promise;
  assert.ok(!w.exists('a'));
  assert.equal((await s.turn('two')).result, 'again');
});

conforms('an interrupt while a tool of the host runs ends the turn', async (w) => {
  const begun = deferred();
  const tool = sdk.tool('wait', 'Waits', {}, async () => { begun.resolve(); await new Promise(() => {}); });
  await w.api.reply(callTool('mcp__s__wait', {}), say('again'));
  const s = w.live({ ...free, mcpServers: { s: sdk.createSdkMcpServer({ name: 's', version: '1', tools: [tool] }) } });
  s.send('one');
  await begun.promise;
  await s.query.interrupt();
  assert.equal((await s.result()).is_error, true);
  assert.equal((await s.turn('two')).result, 'again');
});

conforms('an interrupt while a hook is asked ends the turn', async (w) => {
  const begun = deferred();
  await w.api.reply(callTool('Bash', { command: 'touch a' }), say('again'));
  const s = w.live({ ...free, hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [async () => { begun.resolve(); await new Promise(() => {}); }] }] } });
  s.send('one');
  await begun.promise;
  await s.query.interrupt();
  assert.equal((await s.result()).is_error, true);
  assert.equal((await s.turn('two')).result, 'again');
});

conforms('an interrupt with nothing running changes nothing', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live();
  await s.turn('one');
  await s.query.interrupt();
  assert.equal((await s.turn('two')).result, 'ok');
});

conforms('a message after the interrupt finds what was said before', async (w) => {
  await w.api.reply(say('half of a sentence', { stall: { after: 5 } }), say('again'));
  const s = w.live({ includePartialMessages: true });
  s.send('The word is halyard.');
  await s.until((m) => m.event?.type === 'content_block_delta');
  await s.query.interrupt();
  await s.result();
  await s.turn('Which word?');
  assert.match(told((await w.api.requests()).at(-1)), /halyard[\s\S]*Which word/);
});
