import { assert, callTool, conforms, say, textOf, told } from '../lib/harness.mjs';

const free = { permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true };
const touch = { command: 'touch made.txt' };
/** Hooks of one event whose callback is `answer`; gathers the inputs in `seen`. */
const on = (event, answer = () => ({}), matcher, more = {}) => {
  const seen = [];
  const hook = async (input, toolUseID, options) => { seen.push(input); return answer(input, toolUseID, options); };
  return { seen, hooks: { [event]: [{ ...(matcher === undefined ? {} : { matcher }), hooks: [hook], ...more }] } };
};
const decide = (decision, more = {}) => ({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: decision, ...more } });

conforms('PreToolUse sees the call before it runs', async (w) => {
  const { seen, hooks } = on('PreToolUse');
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { ...free, hooks });
  const [input] = seen;
  assert.equal(input.hook_event_name, 'PreToolUse');
  assert.equal(input.tool_name, 'Bash');
  assert.deepEqual(input.tool_input, touch);
  assert.equal(input.cwd, w.cwd);
  assert.equal(input.session_id, frames.init.session_id);
  assert.equal(input.tool_use_id, frames.toolResults[0].block.tool_use_id);
  assert.equal(input.permission_mode, 'bypassPermissions');
  assert.match(input.transcript_path, new RegExp(`${input.session_id}\\.jsonl$`));
});

conforms('PreToolUse may allow what would be asked about', async (w) => {
  const { hooks } = on('PreToolUse', () => decide('allow'));
  await w.api.reply(callTool('Bash', touch), say('done'));
  await w.run('go', { hooks });
  assert.ok(w.exists('made.txt'));
});

conforms('PreToolUse may deny with a reason for the model', async (w) => {
  const { hooks } = on('PreToolUse', () => decide('deny', { permissionDecisionReason: 'Storm ahead.' }));
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { ...free, hooks });
  assert.equal(frames.toolResults[0].block.is_error, true);
  assert.match(textOf([frames.toolResults[0].block]), /Storm ahead\./);
  assert.ok(!w.exists('made.txt'));
});

conforms('PreToolUse may ask, and then the host is asked', async (w) => {
  const asked = [];
  const { hooks } = on('PreToolUse', () => decide('ask', { permissionDecisionReason: 'Better ask.' }));
  await w.api.reply(callTool('Bash', { command: 'echo hi' }), say('done'));
  await w.run('go', { hooks, canUseTool: async (n, input, o) => { asked.push(o); return { behavior: 'allow', updatedInput: input }; } });
  assert.equal(asked.length, 1);
});

conforms('PreToolUse may change the input', async (w) => {
  const { hooks } = on('PreToolUse', () => decide('allow', { updatedInput: { command: 'touch other.txt' } }));
  await w.api.reply(callTool('Bash', touch), say('done'));
  await w.run('go', { hooks });
  assert.ok(w.exists('other.txt') && !w.exists('made.txt'));
});

conforms('PreToolUse may add to what the model knows', async (w) => {
  const { hooks } = on('PreToolUse', () => ({ hookSpecificOutput: { hookEventName: 'PreToolUse', additionalContext: 'The tide is low.' } }));
  await w.api.reply(callTool('Bash', { command: 'echo hi' }), say('done'));
  await w.run('go', { ...free, hooks });
  assert.match(told((await w.api.requests())[1]), /The tide is low\./);
});

conforms('PreToolUse by the old words blocks too', async (w) => {
  const { hooks } = on('PreToolUse', () => ({ decision: 'block', reason: 'No wind.' }));
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { ...free, hooks });
  assert.match(textOf([frames.toolResults[0].block]), /No wind\./);
  assert.ok(!w.exists('made.txt'));
});

conforms('a matcher picks the tools of a hook', async (w) => {
  const { seen, hooks } = on('PreToolUse', undefined, 'Write|Edit');
  await w.api.reply(callTool('Bash', touch), callTool('Write', { file_path: w.path('a'), content: '1' }), say('done'));
  await w.run('go', { ...free, hooks });
  assert.deepEqual(seen.map((i) => i.tool_name), ['Write']);
});

conforms('all hooks of a matcher and all matchers that fit are called', async (w) => {
  const seen = [];
  const hook = (name) => async () => { seen.push(name); return {}; };
  await w.api.reply(callTool('Bash', touch), say('done'));
  await w.run('go', { ...free, hooks: { PreToolUse: [{ hooks: [hook('a'), hook('b')] }, { matcher: 'Bash', hooks: [hook('c')] }, { matcher: 'Read', hooks: [hook('d')] }] } });
  assert.deepEqual(seen.sort(), ['a', 'b', 'c']);
});

conforms('one hook that denies wins over one that allows', async (w) => {
  await w.api.reply(callTool('Bash', touch), say('done'));
  await w.run('go', { ...free, hooks: { PreToolUse: [{ hooks: [async () => decide('allow')] }, { hooks: [async () => decide('deny', { permissionDecisionReason: 'no' })] }] } });
  assert.ok(!w.exists('made.txt'));
});

conforms('PostToolUse sees the result and may add to what the model knows', async (w) => {
  const { seen, hooks } = on('PostToolUse', () => ({ hookSpecificOutput: { hookEventName: 'PostToolUse', additionalContext: 'Checked by the mate.' } }));
  await w.api.reply(callTool('Bash', { command: 'echo hi' }), say('done'));
  await w.run('go', { ...free, hooks });
  assert.equal(seen[0].tool_response.stdout, 'hi');
  assert.match(told((await w.api.requests())[1]), /Checked by the mate\./);
});

conforms('PostToolUse that blocks tells the model why', async (w) => {
  const { hooks } = on('PostToolUse', () => ({ decision: 'block', reason: 'Do it again, properly.' }));
  await w.api.reply(callTool('Bash', { command: 'echo hi' }), say('done'));
  await w.run('go', { ...free, hooks });
  assert.match(told((await w.api.requests())[1]), /Do it again, properly\./);
});

conforms('PostToolUseFailure is called for a call that failed and PostToolUse is not', async (w) => {
  const seen = [];
  const hook = async (input) => { seen.push(input); return {}; };
  await w.api.reply(callTool('Bash', { command: 'exit 4' }), say('done'));
  await w.run('go', { ...free, hooks: { PostToolUse: [{ hooks: [hook] }], PostToolUseFailure: [{ hooks: [hook] }] } });
  assert.deepEqual(seen.map((i) => i.hook_event_name), ['PostToolUseFailure']);
  assert.match(seen[0].error, /Exit code 4/);
});

conforms('UserPromptSubmit adds to the prompt', async (w) => {
  const { seen, hooks } = on('UserPromptSubmit', () => ({ hookSpecificOutput: { hookEventName: 'UserPromptSubmit', additionalContext: 'Wind from the west.' } }));
  await w.api.reply(say('ok'));
  await w.run('set sail', { hooks });
  assert.equal(seen[0].prompt, 'set sail');
  assert.match(told((await w.api.requests())[0]), /Wind from the west\./);
});

conforms('UserPromptSubmit that blocks keeps the prompt from the model', async (w) => {
  const { hooks } = on('UserPromptSubmit', () => ({ decision: 'block', reason: 'Not today.' }));
  const frames = await w.run('set sail', { hooks });
  assert.equal((await w.api.requests()).length, 0);
  assert.equal(frames.result.subtype, 'success');
  assert.equal(frames.result.num_turns, 0);
  const said = frames.only('system', 'informational');
  assert.match(said.content, /Not today\./);
  assert.equal(said.prevent_continuation, true);
});

conforms('Stop that blocks sends the model back to work with the reason', async (w) => {
  let calls = 0;
  const { seen, hooks } = on('Stop', () => (calls++ === 0 ? { decision: 'block', reason: 'Coil the ropes first.' } : {}));
  await w.api.reply(say('finished'), say('ropes coiled'));
  const frames = await w.run('go', { hooks });
  assert.equal(frames.result.result, 'ropes coiled');
  assert.match(told((await w.api.requests())[1]), /Coil the ropes first\./);
  assert.deepEqual(seen.map((i) => i.stop_hook_active), [false, true]);
  assert.equal(seen[0].last_assistant_message, 'finished');
});

conforms('Stop that always blocks comes to an end', async (w) => {
  const { seen, hooks } = on('Stop', () => ({ decision: 'block', reason: 'More.' }));
  await w.api.otherwise(say('again'));
  const frames = await w.run('go', { hooks });
  assert.equal(frames.result.subtype, 'success');
  assert.equal(seen.length, 9);
});

conforms('a hook that says not to continue stops the turn', async (w) => {
  const { hooks } = on('PostToolUse', () => ({ continue: false, stopReason: 'All stop.' }));
  await w.api.reply(callTool('Bash', { command: 'echo hi' }), say('never'));
  const { frames } = await w.fails('go', { ...free, hooks });
  assert.equal((await w.api.requests()).length, 1);
  assert.equal(frames.result.terminal_reason, 'hook_stopped');
});

conforms('a message of a hook for the user is shown to the host', async (w) => {
  const { hooks } = on('PreToolUse', () => ({ systemMessage: 'Mind the boom.' }));
  await w.api.reply(callTool('Bash', { command: 'echo hi' }), say('done'));
  const frames = await w.run('go', { ...free, hooks });
  assert.ok(frames.of('system', 'informational').some((m) => /Mind the boom\./.test(m.content)), frames.kinds());
});

conforms('a hook of a tool that takes too long blocks the call', async (w) => {
  const { hooks } = on('PreToolUse', () => new Promise(() => {}), undefined, { timeout: 1 });
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { ...free, hooks });
  assert.ok(!w.exists('made.txt'));
  assert.equal(frames.result.result, 'done');
});

conforms('a hook after a tool that takes too long lets the turn go on', async (w) => {
  const { hooks } = on('PostToolUse', () => new Promise(() => {}), undefined, { timeout: 1 });
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { ...free, hooks });
  assert.equal(frames.result.result, 'done');
});

conforms('a hook that fails does not hang the turn', async (w) => {
  const { hooks } = on('PostToolUse', () => { throw new Error('overboard'); });
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { ...free, hooks });
  assert.equal(frames.result.result, 'done');
});

conforms('a hook that answers later does not hold the call', async (w) => {
  const { hooks } = on('PostToolUse', () => ({ async: true, asyncTimeout: 5000 }));
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { ...free, hooks });
  assert.equal(frames.result.result, 'done');
});

conforms('PermissionRequest may allow in place of the host', async (w) => {
  const { seen, hooks } = on('PermissionRequest', () => ({ hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } } }));
  await w.api.reply(callTool('Bash', touch), say('done'));
  await w.run('go', { hooks });
  assert.equal(seen[0].tool_name, 'Bash');
  assert.ok(w.exists('made.txt'));
});

conforms('PermissionRequest may deny in place of the host', async (w) => {
  const { hooks } = on('PermissionRequest', () => ({ hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'deny', message: 'No way.' } } }));
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { hooks, canUseTool: () => new Promise(() => {}) });
  assert.match(textOf([frames.toolResults[0].block]), /No way\./);
});

conforms('SessionStart of the host is not called at the start', async (w) => {
  const { seen, hooks } = on('SessionStart');
  await w.api.reply(say('ok'));
  await w.run('hi', { hooks });
  assert.equal(seen.length, 0);
});

conforms('hooks of a subagent are paired and carry its id', async (w) => {
  const seen = [];
  const hook = async (input) => { seen.push(input); return {}; };
  await w.api.reply(callTool('Agent', { description: 'Tie', prompt: 'Tie it.', subagent_type: 'rigger', run_in_background: false }), say('It holds.', { when: 'You are a rigger' }), say('done'));
  await w.run('go', { ...free, agents: { rigger: { description: 'Ties', prompt: 'You are a rigger.' } }, hooks: { SubagentStart: [{ hooks: [hook] }], SubagentStop: [{ hooks: [hook] }] } });
  assert.deepEqual(seen.map((i) => i.hook_event_name), ['SubagentStart', 'SubagentStop']);
  assert.equal(seen[0].agent_id, seen[1].agent_id);
  assert.equal(seen[0].agent_type, 'rigger');
}, { later: 'subagents' });

conforms('a command hook of the settings decides about a call', async (w) => {
  w.write('.claude/settings.json', JSON.stringify({ hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'echo "Harbour closed." >&2; exit 2' }] }] } }));
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { ...free, settingSources: ['project'] });
  assert.match(textOf([frames.toolResults[0].block]), /Harbour closed\./);
  assert.ok(!w.exists('made.txt'));
});

conforms('hook events are shown when asked for', async (w) => {
  w.write('.claude/settings.json', JSON.stringify({ hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'echo seen' }] }] } }));
  await w.api.reply(callTool('Bash', touch), say('done'));
  const frames = await w.run('go', { ...free, settingSources: ['project'], includeHookEvents: true });
  const started = frames.of('system', 'hook_started').find((m) => m.hook_event === 'PreToolUse');
  const response = frames.of('system', 'hook_response').find((m) => m.hook_event === 'PreToolUse');
  assert.equal(started.hook_id, response.hook_id);
  assert.equal(response.outcome, 'success');
  assert.match(response.stdout, /seen/);
});
