import { assert, callTool, conforms, MODEL, say, told } from '../lib/harness.mjs';

const free = { permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true };
const soon = { headers: { 'retry-after': '0' } };

for (const [status, code, more] of [[400, 'unknown'], [403, 'authentication_failed'], [404, 'model_not_found']]) {
  conforms(`a ${status} of the service ends the turn with its text`, async (w) => {
    await w.api.otherwise({ error: status, message: `the service says ${status}`, ...more });
    const { frames } = await w.fails('hi');
    assert.equal(frames.result.subtype, 'success');
    assert.equal(frames.result.is_error, true);
    assert.equal(frames.result.terminal_reason, 'api_error');
    assert.equal(frames.result.api_error_status, status);
    assert.match(frames.result.result, status === 404 ? /claude-sonnet-5/ : new RegExp(`${status}`));
    const shown = frames.of('assistant').at(-1);
    assert.equal(shown.error, code);
    assert.equal(shown.message.model, '<synthetic>');
  });
}

conforms('the error of the service is the error of the SDK', async (w) => {
  await w.api.otherwise({ error: 403, message: 'keelhauled' });
  const { error } = await w.fails('hi');
  assert.match(error.message, /keelhauled/);
  assert.doesNotMatch(error.message, /exited with code 1$/);
});

for (const status of [429, 500, 529]) {
  conforms(`a ${status} is tried again and told`, async (w) => {
    await w.api.reply({ error: status, message: 'wait', ...soon }, say('here we are'));
    const frames = await w.run('hi');
    assert.equal(frames.result.result, 'here we are');
    const retry = frames.only('system', 'api_retry');
    assert.deepEqual([retry.attempt, retry.error_status], [1, status]);
    assert.ok(retry.max_retries >= 1);
    assert.ok(retry.retry_delay_ms >= 0);
    assert.equal(retry.error, { 429: 'rate_limit', 500: 'server_error', 529: 'overloaded' }[status]);
    assert.equal(frames.result.is_error, false);
  });
}

conforms('a service that stays overloaded ends the turn after the last try', async (w) => {
  await w.api.otherwise({ error: 529, message: 'full', ...soon });
  const { frames } = await w.fails('hi', { env: { CLAUDE_CODE_MAX_RETRIES: '2' } });
  assert.deepEqual(frames.of('system', 'api_retry').map((m) => m.attempt), [1, 2]);
  assert.equal(frames.result.is_error, true);
  assert.equal(frames.result.api_error_status, 529);
  assert.equal((await w.api.requests()).length, 3);
});

conforms('a wrong key is told as such', async (w) => {
  await w.api.otherwise({ error: 401, message: 'invalid x-api-key', ...soon });
  const { frames, error } = await w.fails('hi', { env: { CLAUDE_CODE_MAX_RETRIES: '1' } });
  assert.equal(frames.result.is_error, true);
  assert.equal(frames.of('assistant').at(-1).error, 'authentication_failed');
  assert.ok(error);
});

conforms('without a key the turn ends with a hint', async (w) => {
  const { frames } = await w.fails('hi', { env: { ANTHROPIC_API_KEY: undefined } });
  assert.equal(frames.result.is_error, true);
  assert.equal(frames.of('assistant').at(-1).error, 'authentication_failed');
  assert.equal((await w.api.requests()).length, 0);
}, { agreed: 'an address without a key is a gateway that needs none; without either the offline model answers' });

conforms('nobody listening at the address is told after the tries', async (w) => {
  const { frames } = await w.fails('hi', { env: { ANTHROPIC_BASE_URL: 'http://127.0.0.1:1', CLAUDE_CODE_MAX_RETRIES: '1' } });
  assert.equal(frames.result.is_error, true);
  assert.ok(frames.of('system', 'api_retry').every((m) => m.error_status === null));
});

conforms('a prompt that is too long ends the turn with its own reason', async (w) => {
  await w.api.otherwise({ error: 400, message: 'prompt is too long: 250000 tokens > 200000 maximum' });
  const { frames } = await w.fails('hi');
  assert.equal(frames.result.is_error, true);
  assert.equal(frames.result.terminal_reason, 'prompt_too_long');
});

conforms('an answer cut at the limit of tokens is gone on with', async (w) => {
  await w.api.reply(say('The first half', { stop: 'max_tokens' }), say('and the second.'));
  const frames = await w.run('hi');
  assert.equal(frames.result.is_error, false);
  assert.match(frames.result.result, /and the second\./);
  assert.equal((await w.api.requests()).length, 2);
});

conforms('a refusal twice ends the turn with its reason', async (w) => {
  await w.api.otherwise({ text: '', refusal: { category: 'cyber', explanation: 'No.' } });
  const { frames } = await w.fails('hi');
  assert.equal(frames.result.stop_reason, 'refusal');
  const [told] = frames.of('system', 'model_refusal_no_fallback');
  assert.deepEqual([told.original_model, told.api_refusal_category, told.api_refusal_explanation], [MODEL, 'cyber', 'No.']);
  assert.match(told.request_id, /^req_/);
  assert.equal(typeof told.refused_user_message_uuid, 'string');
});

conforms('an empty answer is asked for once more', async (w) => {
  await w.api.reply({}, say('now then'));
  const frames = await w.run('hi');
  assert.equal(frames.result.result, 'now then');
});

conforms('a stream that ends without an end is repeated', async (w) => {
  await w.api.reply(say('half of', { cut: { after: 4, how: 'EOF' } }), say('all of it'));
  const frames = await w.run('hi');
  assert.equal(frames.result.result, 'all of it');
  assert.equal(frames.of('result').length, 1);
});

conforms('an error inside a stream is tried again', async (w) => {
  await w.api.reply(say('half of', { errorAfter: { after: 3 } }), say('all of it'));
  const frames = await w.run('hi');
  assert.equal(frames.result.result, 'all of it');
});

conforms('an error after a tool keeps the result of the tool for the next turn', async (w) => {
  await w.api.reply(callTool('Bash', { command: 'echo hoisted' }), { error: 403, message: 'no' }, say('fine'));
  const s = w.live(free);
  const failed = await s.turn('one');
  assert.equal(failed.is_error, true);
  const good = await s.turn('two');
  assert.equal(good.result, 'fine');
  const last = (await w.api.requests()).at(-1);
  assert.match(told(last), /hoisted/);
});

conforms('a session goes on after an error of the service', async (w) => {
  await w.api.reply({ error: 403, message: 'no' }, say('fine'));
  const s = w.live();
  assert.equal((await s.turn('one')).is_error, true);
  assert.equal((await s.turn('two')).result, 'fine');
});

conforms('a fallback model takes over when the first is overloaded', async (w) => {
  await w.api.reply({ error: 529, message: 'full', ...soon, times: 3 });
  await w.api.otherwise(say('from the other'));
  const frames = await w.run('hi', { fallbackModel: 'claude-haiku-4-5' });
  assert.equal(frames.result.result, 'from the other');
  const [told] = frames.of('system', 'model_fallback');
  assert.deepEqual([told.trigger, told.original_model, told.fallback_model], ['overloaded', MODEL, 'claude-haiku-4-5']);
  assert.match(told.content, /\S/);
  assert.deepEqual(frames.of('system', 'api_retry').map((m) => m.attempt), [1, 2]);
});

conforms('a folder that is not there is told', async (w) => {
  const { error } = await w.fails('hi', { cwd: w.path('none') });
  assert.ok(error.message.length > 10);
});

conforms('a schema that is none is told', async (w) => {
  const { frames, error } = await w.fails('hi', { outputFormat: { type: 'json_schema', schema: { type: 'nonsense' } } });
  assert.ok(error || frames.result?.is_error);
  assert.match(`${error?.message} ${w.errors.join('')} ${JSON.stringify(frames.result ?? '')}`, /schema/i);
});

conforms('a model that does not exist is told by its name', async (w) => {
  const { frames, error } = await w.fails('hi', { model: 'claude-none-1' });
  assert.equal(frames.of('assistant').at(-1).error, 'model_not_found');
  assert.match(error.message, /claude-none-1/);
}, { settings: { models: ['claude-sonnet-5'] } });
