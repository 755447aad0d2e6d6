// A host without the SDK, with the habits of the Python one: string content, an empty system prompt on the command line, a
// probe of the version, host tools named in --mcp-config only, lines of at most 1 MiB, input closed at once without callbacks.
import { spawnSync } from 'node:child_process';
import { assert, callTool, conforms, enginePath, say, systemOf, textOf, told } from '../lib/harness.mjs';

const MODEL = ['--model', 'claude-sonnet-5', '--setting-sources='];
const PYTHON = [...MODEL, '--system-prompt', ''];
const BYPASS = ['--permission-mode', 'bypassPermissions', '--allow-dangerously-skip-permissions'];
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** An MCP server of the host, as the Python bridge answers it. */
function mcp(tools, call) {
  const versions = [];
  return {
    versions,
    mcp_message: async ({ message }) => {
      const reply = (result) => ({ mcp_response: { jsonrpc: '2.0', id: message.id, result } });
      if (message.method === 'initialize') {
        versions.push(message.params.protocolVersion);
        return reply({ protocolVersion: message.params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'calc', version: '1.0.0' } });
      }
      if (message.method === 'tools/list') return reply({ tools });
      if (message.method === 'tools/call') return reply(await call(message.params));
      if (message.method.startsWith('notifications/')) return { mcp_response: { jsonrpc: '2.0', result: {} } };
      return { mcp_response: { jsonrpc: '2.0', id: message.id, error: { code: -32601, message: `Method '${message.method}' not found` } } };
    },
  };
}
const ADD = { name: 'add', description: 'Adds', inputSchema: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] } };
const CALC = ['--mcp-config', JSON.stringify({ mcpServers: { calc: { type: 'sdk', name: 'calc' } } })];

conforms('the version is told within two seconds and starts with numbers', async (w) => {
  const begun = Date.now();
  const { stdout, status } = spawnSync(enginePath, ['-v'], { env: w.env(), encoding: 'utf8' });
  assert.equal(status, 0);
  assert.match(stdout, /^\d+\.\d+\.\d+/);
  assert.ok(Date.now() - begun < 2000);
});

conforms('a one-shot host that closes its input at once gets the whole turn', async (w) => {
  await w.api.reply(say('all of it', { delay: 300 }));
  const host = w.raw(PYTHON);
  host.send({ type: 'control_request', request_id: 'req_1', request: { subtype: 'initialize', hooks: null } });
  host.prompt('hi').end();
  assert.equal((await host.result()).result, 'all of it');
  assert.equal((await host.exited).code, 0);
  assert.deepEqual(host.noise, []);
});

conforms('string content reaches the model as text', async (w) => {
  await w.api.reply(say('ok'));
  const host = w.raw(PYTHON);
  await host.initialize();
  host.prompt('Hoist the sail');
  await host.result();
  assert.match(told((await w.api.requests())[0], 'user'), /Hoist the sail/);
});

conforms('an empty system prompt on the command line means no coding prompt', async (w) => {
  await w.api.reply(say('ok'));
  const host = w.raw(PYTHON);
  await host.initialize();
  host.prompt('hi');
  await host.result();
  assert.ok(systemOf((await w.api.requests())[0]).length < 1500);
});

conforms('flags may carry their value after a sign or as the next word', async (w) => {
  await w.api.otherwise(say('ok'));
  for (const args of [['--tools', 'Read', '--max-turns', '3'], ['--tools=Read', '--max-turns=3'], ['--tools', '', '--allowedTools', 'Read'], ['--tools=', '--allowed-tools=Read']]) {
    const host = w.raw([...PYTHON, ...args]);
    await host.initialize();
    host.prompt('hi').end();
    await host.result();
    assert.deepEqual(host.of('system', 'init')[0].tools, args.join().includes('--tools,Read') || args.join().includes('--tools=Read') ? ['Read'] : []);
    assert.equal((await host.exited).code, 0);
  }
});

conforms('the answer to initialize comes at once and has the pending questions', async (w) => {
  const host = w.raw(PYTHON);
  const { response } = await host.initialize();
  assert.equal(response.subtype, 'success');
  assert.ok(Array.isArray(response.response.commands));
  assert.deepEqual(response.pending_permission_requests, []);
  host.end();
  assert.equal((await host.exited).code, 0);
});

conforms('host tools that only the command line names are connected', async (w) => {
  const calls = [];
  await w.api.reply(callTool('mcp__calc__add', { a: 1 }), say('done'));
  const host = w.raw([...PYTHON, ...CALC, '--allowedTools', 'mcp__calc__add'], { answers: mcp([ADD], ({ arguments: a }) => { calls.push(a); return { content: [{ type: 'text', text: 'two' }] }; }) });
  await host.initialize();
  host.prompt('add');
  const result = await host.result();
  assert.equal(result.result, 'done');
  assert.deepEqual(calls, [{ a: 1 }]);
  assert.deepEqual(host.of('system', 'init')[0].mcp_servers.map((s) => s.status), ['connected']);
});

conforms('the handshake with a host server is initialize, notification, list', async (w) => {
  await w.api.reply(say('ok'));
  const host = w.raw([...PYTHON, ...CALC], { answers: mcp([ADD], () => ({})) });
  await host.initialize();
  host.prompt('hi');
  await host.result();
  assert.deepEqual(host.asked.filter((r) => r.subtype === 'mcp_message').map((r) => r.message.method).slice(0, 3), ['initialize', 'notifications/initialized', 'tools/list']);
  assert.ok(host.asked.every((r) => r.server_name === 'calc'));
});

conforms('permission is asked of a host that named stdio', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'touch a' }), say('done'));
  const host = w.raw([...PYTHON, '--permission-prompt-tool', 'stdio'], { answers: { can_use_tool: ({ input }) => ({ behavior: 'allow', updatedInput: input }) } });
  await host.initialize();
  host.prompt('go');
  await host.result();
  const [asked] = host.asked;
  assert.equal(asked.subtype, 'can_use_tool');
  assert.equal(asked.tool_name, 'Bash');
  assert.match(asked.tool_use_id, /^toolu_/);
  assert.ok(Array.isArray(asked.permission_suggestions));
  assert.ok(w.exists('a'));
});

conforms('an empty answer to a question of permission does not wipe the input', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'touch a' }), say('done'));
  const host = w.raw([...PYTHON, '--permission-prompt-tool', 'stdio'], { answers: { can_use_tool: () => ({ behavior: 'allow', updatedInput: {} }) } });
  await host.initialize();
  host.prompt('go');
  await host.result();
  assert.ok(w.exists('a'));
});

conforms('hooks of initialize are called by their ids', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'touch a' }), say('done'));
  const host = w.raw([...PYTHON, ...BYPASS], { answers: { hook_callback: ({ callback_id }) => (callback_id === 'hook_0' ? { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: 'Storm.' } } : {}) } });
  await host.initialize({ hooks: { PreToolUse: [{ matcher: 'Bash', hookCallbackIds: ['hook_0'] }], Stop: [{ matcher: null, hookCallbackIds: ['hook_1'] }] } });
  host.prompt('go');
  await host.result();
  assert.deepEqual(host.asked.map((r) => r.callback_id), ['hook_0', 'hook_1']);
  assert.ok(!w.exists('a'));
});

conforms('an unknown request is answered with an error that names it', async (w) => {
  const host = w.raw(PYTHON);
  await host.initialize();
  const { response } = await host.control({ subtype: 'splice_the_mainbrace' });
  assert.equal(response.subtype, 'error');
  assert.match(response.error, /splice_the_mainbrace/);
});

conforms('a second initialize is answered', async (w) => {
  await w.api.reply(say('ok'));
  const host = w.raw(PYTHON);
  await host.initialize();
  host.prompt('hi');
  await host.result();
  const { response } = await host.initialize();
  assert.equal(response.subtype, 'success');
  assert.ok(response.response.models.length > 0, 'the second answer holds no models');
});

conforms('an answer to a request that nobody made is ignored', async (w) => {
  await w.api.reply(say('ok'));
  const host = w.raw(PYTHON);
  await host.initialize();
  host.send({ type: 'control_response', response: { subtype: 'success', request_id: 'never', response: {} } });
  host.prompt('hi');
  assert.equal((await host.result()).result, 'ok');
});

conforms('lines that nobody knows are passed over', async (w) => {
  await w.api.reply(say('ok'));
  const host = w.raw(PYTHON);
  await host.initialize();
  host.send({ type: 'keep_alive' }).send('').send({ type: 'something_new', a: 1 }).send({ type: 'control_cancel_request', request_id: 'never' });
  host.prompt('hi');
  assert.equal((await host.result()).result, 'ok');
});

conforms('a line that is not JSON does not end the session', async (w) => {
  await w.api.reply(say('ok'));
  const host = w.raw(PYTHON);
  await host.initialize();
  host.send('{"type":"user", oops').send('not json at all');
  host.prompt('hi');
  assert.equal((await host.result()).result, 'ok');
}, { differs: 'a malformed line ends the process' });

conforms('the prompt may come before initialize', async (w) => {
  await w.api.reply(say('ok'));
  const host = w.raw(PYTHON);
  host.prompt('hi').end();
  assert.equal((await host.result()).result, 'ok');
});

conforms('interrupt is acknowledged with what is still queued', async (w) => {
  await w.api.reply(say('never', { gate: 'held' }));
  const host = w.raw(PYTHON);
  await host.initialize();
  host.prompt('hi');
  await w.api.reached('held');
  const { response } = await host.control({ subtype: 'interrupt' });
  assert.equal(response.subtype, 'success');
  assert.deepEqual(response.response.still_queued, []);
  assert.equal((await host.result()).is_error, true);
});

conforms('model and mode are set by requests', async (w) => {
  await w.api.otherwise(say('ok'));
  const host = w.raw(PYTHON);
  await host.initialize();
  assert.equal((await host.control({ subtype: 'set_model', model: 'claude-haiku-4-5' })).response.subtype, 'success');
  assert.equal((await host.control({ subtype: 'set_permission_mode', mode: 'acceptEdits' })).response.subtype, 'success');
  host.prompt('hi');
  await host.result();
  const init = host.of('system', 'init').at(-1);
  assert.match(init.model, /haiku/);
  assert.equal(init.permissionMode, 'acceptEdits');
});

conforms('no line is longer than a mebibyte, however large a file is', async (w) => {
  const line = 'x'.repeat(99) + '\n';
  const file = w.write('big.txt', line.repeat(30_000));
  await w.api.reply(callTool('Read', { file_path: file, limit: 1 }), callTool('Edit', { file_path: file, old_string: line.repeat(3), new_string: 'y' }), callTool('Write', { file_path: file, content: 'small' }), say('done'));
  const host = w.raw([...PYTHON, ...BYPASS]);
  await host.initialize();
  host.prompt('go');
  assert.equal((await host.result()).result, 'done');
  assert.deepEqual(host.noise, []);
}, { differs: 'a changed file is sent whole in one line' });

conforms('a large result of a host tool stays below a mebibyte a line', async (w) => {
  await w.api.reply(callTool('mcp__calc__add', { a: 1 }), say('done'));
  const host = w.raw([...PYTHON, ...CALC, ...BYPASS], { answers: mcp([ADD], () => ({ content: [{ type: 'text', text: 'knot '.repeat(800_000) }] })) });
  await host.initialize();
  host.prompt('go');
  assert.equal((await host.result()).result, 'done');
  assert.deepEqual(host.noise, []);
});

conforms('a picture of a host tool reaches the model', async (w) => {
  await w.api.reply(callTool('mcp__calc__add', { a: 1 }), say('done'));
  const host = w.raw([...PYTHON, ...CALC, ...BYPASS], { answers: mcp([ADD], () => ({ content: [{ type: 'image', data: png, mimeType: 'image/png' }] })) });
  await host.initialize();
  host.prompt('go');
  await host.result();
  assert.match(JSON.stringify((await w.api.requests())[1].messages), /"type":"image"/);
});

conforms('an error of the host for a tool is an error for the model', async (w) => {
  await w.api.reply(callTool('mcp__calc__add', { a: 1 }), say('done'));
  const host = w.raw([...PYTHON, ...CALC, ...BYPASS], { answers: mcp([ADD], () => { throw new Error('the host gave up'); }) });
  await host.initialize();
  host.prompt('go');
  assert.equal((await host.result()).result, 'done');
  const block = host.of('user').flatMap((m) => m.message.content).find((b) => b.type === 'tool_result');
  assert.equal(block.is_error, true);
  assert.match(textOf([block]), /the host gave up/);
});

conforms('the status of servers names the host server', async (w) => {
  await w.api.reply(say('ok'));
  const host = w.raw([...PYTHON, ...CALC], { answers: mcp([ADD], () => ({})) });
  await host.initialize();
  host.prompt('hi');
  await host.result();
  const { response } = await host.control({ subtype: 'mcp_status' });
  assert.deepEqual(response.response.mcpServers.map((s) => [s.name, s.status]), [['calc', 'connected']]);
});

conforms('session ids of messages are not mixed up with the session', async (w) => {
  await w.api.otherwise(say('ok'));
  const host = w.raw(PYTHON);
  await host.initialize();
  host.prompt('one', { session_id: 'default' });
  const one = await host.result();
  host.prompt('two', { session_id: 'other' });
  const two = await host.result();
  assert.equal(one.session_id, two.session_id);
});

conforms('the run state is told to hosts that read it, idle after the result', async (w) => {
  await w.api.otherwise(say('ok'));
  const host = w.raw(PYTHON, { env: { CLAUDE_CODE_SDK_READS_SESSION_STATE: '1' } });
  await host.initialize();
  host.prompt('hi');
  await host.until((m) => m.subtype === 'session_state_changed' && m.state === 'idle');
  const kinds = host.frames.map((m) => (m.subtype === 'session_state_changed' ? m.state : m.subtype === 'init' ? 'init' : m.type));
  const order = kinds.filter((k) => ['running', 'init', 'result', 'idle'].includes(k));
  assert.deepEqual(order, ['running', 'init', 'result', 'idle']);
});

conforms('a mirror of the transcript comes before the result when asked for', async (w) => {
  await w.api.reply(say('ok'));
  const host = w.raw([...PYTHON, '--session-mirror']);
  await host.initialize();
  host.prompt('hi');
  const result = await host.result();
  const mirrors = host.of('transcript_mirror');
  assert.ok(mirrors.length > 0);
  assert.ok(mirrors.every((m) => m.filePath.endsWith(`${result.session_id}.jsonl`)));
  assert.ok(host.frames.indexOf(mirrors.findLast((m) => m.entries.some((e) => e.type === 'assistant'))) < host.frames.indexOf(result));
});

conforms('one prompt on the command line answers in text', async (w) => {
  await w.api.reply(say('plain answer'));
  const host = w.raw(['-p', 'hi', '--model', 'claude-sonnet-5'], { plain: true });
  host.end();
  assert.equal((await host.exited).code, 0);
  assert.deepEqual(host.noise, ['plain answer']);
});

conforms('one prompt on the command line answers in JSON', async (w) => {
  await w.api.reply(say('plain answer'));
  const host = w.raw(['-p', 'hi', '--model', 'claude-sonnet-5', '--output-format', 'json'], { plain: true });
  host.end();
  assert.equal((await host.exited).code, 0);
  assert.equal(host.frames[0].type, 'result');
  assert.equal(host.frames[0].result, 'plain answer');
});
