import fs from 'node:fs';
import path from 'node:path';
import { assert, callTool, conforms, say, sdk, told } from '../lib/harness.mjs';

/** The session helpers of the SDK read CLAUDE_CONFIG_DIR of their own process. */
async function inConfig(w, body) {
  const before = process.env.CLAUDE_CONFIG_DIR;
  process.env.CLAUDE_CONFIG_DIR = w.config;
  try {
    return await body();
  } finally {
    if (before === undefined) delete process.env.CLAUDE_CONFIG_DIR;
    else process.env.CLAUDE_CONFIG_DIR = before;
  }
}

const id = '0b0b0b0b-1111-4222-8333-444444444444';
const text = (m) => (typeof m.message.content === 'string' ? m.message.content : m.message.content.map((b) => b.text ?? '').join(''));

conforms('a resumed session remembers and keeps its id', async (w) => {
  await w.api.reply(say('Noted.'), say('It was halyard.'));
  const first = await w.run('The word is halyard.');
  const second = await w.run('Which word?', { resume: first.init.session_id });
  assert.equal(second.init.session_id, first.init.session_id);
  const [, request] = await w.api.requests();
  assert.match(told(request), /The word is halyard\.[\s\S]*Noted\.[\s\S]*Which word\?/);
  assert.equal(w.transcripts().length, 1);
});

conforms('a session may be resumed many times without doubling its lines', async (w) => {
  await w.api.otherwise(say('ok'));
  const { init } = await w.run('one');
  for (const word of ['two', 'three', 'four']) await w.run(word, { resume: init.session_id });
  const uuids = w.lines().map((l) => l.uuid).filter(Boolean);
  assert.equal(new Set(uuids).size, uuids.length, 'a line is there twice');
  const last = (await w.api.requests()).at(-1);
  for (const word of ['one', 'two', 'three', 'four']) assert.equal(told(last, 'user').split(`${word}`).length - 1 >= 1, true, word);
});

conforms('continue goes on with the newest session of the folder', async (w) => {
  await w.api.otherwise(say('ok'));
  await w.run('older: anchor');
  const newer = await w.run('newer: capstan');
  const third = await w.run('and now', { continue: true });
  assert.equal(third.init.session_id, newer.init.session_id);
  const last = (await w.api.requests()).at(-1);
  assert.match(told(last), /capstan/);
  assert.doesNotMatch(told(last), /anchor/);
});

conforms('continue without a session starts one', async (w) => {
  await w.api.reply(say('ok'));
  const frames = await w.run('hi', { continue: true });
  assert.equal(frames.result.result, 'ok');
});

conforms('a fork has a new id and leaves the old session alone', async (w) => {
  await w.api.otherwise(say('ok'));
  const first = await w.run('The word is halyard.');
  const before = fs.readFileSync(w.transcripts()[0], 'utf8').length;
  const fork = await w.run('Which word?', { resume: first.init.session_id, forkSession: true });
  assert.notEqual(fork.init.session_id, first.init.session_id);
  assert.match(told((await w.api.requests()).at(-1)), /halyard/);
  assert.equal(w.transcripts().length, 2);
  const old = w.transcripts().find((f) => f.includes(first.init.session_id));
  assert.equal(fs.readFileSync(old, 'utf8').length, before);
});

conforms('a session may be resumed at an earlier message', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live();
  await s.turn('one: anchor');
  const at = s.of('assistant')[0].uuid;
  await s.turn('two: capstan');
  const session = s.of('result')[0].session_id;
  s.end();
  await s.done;
  await w.run('three', { resume: session, resumeSessionAt: at, forkSession: true });
  const last = (await w.api.requests()).at(-1);
  assert.match(told(last), /anchor/);
  assert.doesNotMatch(told(last), /capstan/);
});

conforms('the id of a session may be chosen', async (w) => {
  await w.api.reply(say('ok'));
  const frames = await w.run('hi', { sessionId: id });
  assert.equal(frames.init.session_id, id);
  assert.ok(w.transcripts()[0].endsWith(`${id}.jsonl`));
});

conforms('a chosen id that is no uuid is refused with a sentence', async (w) => {
  const { error } = await w.fails('hi', { sessionId: 'not-a-uuid' });
  assert.match(error.message + w.errors.join(''), /uuid/i);
});

conforms('a session without persistence leaves no transcript', async (w) => {
  await w.api.reply(say('ok'));
  const frames = await w.run('hi', { persistSession: false });
  assert.equal(frames.result.result, 'ok');
  assert.deepEqual(w.transcripts(), []);
});

conforms('the transcript lies where the helpers of the SDK look', async (w) => {
  await w.api.reply(say('ok'));
  const { init } = await w.run('hi');
  assert.deepEqual(w.transcripts(), [path.join(w.config, 'projects', w.cwd.replace(/[^A-Za-z0-9]/g, '-'), `${init.session_id}.jsonl`)]);
});

conforms('the lines of a transcript form one chain of parents', async (w) => {
  w.write('a.txt', 'x');
  await w.api.reply(callTool('Read', { file_path: w.path('a.txt') }), say('done'));
  await w.run('go');
  const chained = w.lines().filter((l) => l.uuid);
  const known = new Set(chained.map((l) => l.uuid));
  assert.equal(chained.filter((l) => l.parentUuid === null).length, 1);
  for (const l of chained) assert.ok(l.parentUuid === null || known.has(l.parentUuid), `${l.type} has no parent`);
});

conforms('lines of a transcript carry what other readers need', async (w) => {
  await w.api.reply(say('ok'));
  const { init } = await w.run('hi');
  for (const type of ['user', 'assistant']) {
    const line = w.lines().find((l) => l.type === type);
    assert.equal(line.sessionId, init.session_id);
    assert.equal(line.cwd, w.cwd);
    assert.equal(line.isSidechain, false);
    assert.ok(line.version && line.timestamp && line.message);
  }
  const answer = w.lines().find((l) => l.type === 'assistant');
  assert.equal(answer.message.stop_reason, 'end_turn');
});

conforms('listSessions shows the session with its first prompt', async (w) => {
  await w.api.reply(say('ok'));
  const { init } = await w.run('Hoist the mainsail');
  const list = await inConfig(w, () => sdk.listSessions({ dir: w.cwd }));
  assert.equal(list.length, 1);
  assert.equal(list[0].sessionId, init.session_id);
  assert.match(list[0].summary, /Hoist the mainsail/);
  assert.match(list[0].firstPrompt, /Hoist the mainsail/);
  assert.equal(list[0].cwd, w.cwd);
});

conforms('getSessionMessages gives the conversation in order', async (w) => {
  w.write('a.txt', 'x');
  await w.api.reply(callTool('Read', { file_path: w.path('a.txt') }), say('It says x.'));
  const { init } = await w.run('What is in it?');
  const messages = await inConfig(w, () => sdk.getSessionMessages(init.session_id, { dir: w.cwd }));
  assert.deepEqual(messages.map((m) => m.type), ['user', 'assistant', 'user', 'assistant']);
  assert.equal(text(messages[0]), 'What is in it?');
  assert.equal(text(messages[3]), 'It says x.');
  assert.deepEqual(messages[0].message.content, [{ type: 'text', text: 'What is in it?' }]);
});

conforms('a prompt that came as a string is stored as one, and one that came as a list as a list', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live();
  await s.turn('as a string');
  await s.turn([{ type: 'text', text: 'as a list' }]);
  const { session_id } = s.frames.find((m) => m.subtype === 'init');
  await s.close();
  const messages = await inConfig(w, () => sdk.getSessionMessages(session_id, { dir: w.cwd }));
  const said = messages.filter((m) => m.type === 'user').map((m) => m.message.content);
  assert.deepEqual(said, ['as a string', [{ type: 'text', text: 'as a list' }]]);
});

conforms('getSessionInfo tells about one session', async (w) => {
  await w.api.reply(say('ok'));
  const { init } = await w.run('hi');
  const info = await inConfig(w, () => sdk.getSessionInfo(init.session_id, { dir: w.cwd }));
  assert.equal(info.sessionId, init.session_id);
});

conforms('a session that was renamed by the SDK has that title and resumes', async (w) => {
  await w.api.otherwise(say('ok'));
  const { init } = await w.run('hi');
  await inConfig(w, async () => {
    await sdk.renameSession(init.session_id, 'Trip to port', { dir: w.cwd });
    const [info] = await sdk.listSessions({ dir: w.cwd });
    assert.equal(info.customTitle, 'Trip to port');
  });
  const again = await w.run('on', { resume: init.session_id });
  assert.equal(again.result.result, 'ok');
  await inConfig(w, async () => assert.equal((await sdk.listSessions({ dir: w.cwd }))[0].customTitle, 'Trip to port'));
});

conforms('a session that was tagged by the SDK has that tag and resumes', async (w) => {
  await w.api.otherwise(say('ok'));
  const { init } = await w.run('hi');
  await inConfig(w, async () => {
    await sdk.tagSession(init.session_id, 'harbour', { dir: w.cwd });
    assert.equal((await sdk.listSessions({ dir: w.cwd }))[0].tag, 'harbour');
  });
  assert.equal((await w.run('on', { resume: init.session_id })).result.result, 'ok');
});

conforms('a session forked by the helper of the SDK resumes with its history', async (w) => {
  await w.api.otherwise(say('ok'));
  const { init } = await w.run('The word is halyard.');
  const fork = await inConfig(w, () => sdk.forkSession(init.session_id, { dir: w.cwd }));
  const frames = await w.run('Which word?', { resume: fork.sessionId });
  assert.equal(frames.init.session_id, fork.sessionId);
  assert.match(told((await w.api.requests()).at(-1)), /halyard/);
});

conforms('a session deleted by the helper of the SDK is gone', async (w) => {
  await w.api.reply(say('ok'));
  const { init } = await w.run('hi');
  await inConfig(w, async () => {
    await sdk.deleteSession(init.session_id, { dir: w.cwd });
    assert.deepEqual(await sdk.listSessions({ dir: w.cwd }), []);
  });
});

conforms('an unknown session cannot be resumed and the reason is told', async (w) => {
  const { error, frames } = await w.fails('hi', { resume: id });
  assert.match(`${error?.message} ${JSON.stringify(frames.result?.errors ?? '')} ${w.errors.join('')}`, /No conversation found|session/i);
  assert.equal((await w.api.requests()).length, 0);
});

conforms('a torn last line does not keep a session from being resumed', async (w) => {
  await w.api.otherwise(say('ok'));
  const { init } = await w.run('The word is halyard.');
  fs.appendFileSync(w.transcripts()[0], '{"type":"user","uuid":"torn');
  const frames = await w.run('Which word?', { resume: init.session_id });
  assert.equal(frames.result.result, 'ok');
  assert.match(told((await w.api.requests()).at(-1)), /halyard/);
});

/** A session store in memory. */
function store() {
  const kept = new Map();
  const name = (k) => `${k.projectKey}/${k.sessionId}/${k.subpath ?? ''}`;
  return {
    kept,
    append: async (key, entries) => { kept.set(name(key), [...(kept.get(name(key)) ?? []), ...entries]); },
    load: async (key) => kept.get(name(key)) ?? null,
    listSubkeys: async (key) => [...kept.keys()].filter((k) => k.startsWith(`${key.projectKey}/${key.sessionId}/`)).map((k) => k.split('/').slice(2).join('/')).filter(Boolean),
  };
}

conforms('a session store gets every line before the result', async (w) => {
  const sessionStore = store();
  await w.api.reply(say('Noted.'));
  const frames = await w.run('The word is halyard.', { sessionStore });
  const entries = [...sessionStore.kept.values()].flat();
  assert.ok(entries.some((e) => e.type === 'user' && /halyard/.test(JSON.stringify(e.message))));
  assert.ok(entries.some((e) => e.type === 'assistant'));
  assert.ok([...sessionStore.kept.keys()][0].includes(frames.init.session_id));
  assert.equal(frames.of('system', 'mirror_error').length, 0);
});

conforms('a session is resumed from a store alone', async (w) => {
  const sessionStore = store();
  await w.api.reply(say('Noted.'), say('halyard'));
  const { init } = await w.run('The word is halyard.', { sessionStore });
  fs.rmSync(path.join(w.config, 'projects'), { recursive: true, force: true });
  const frames = await w.run('Which word?', { sessionStore, resume: init.session_id });
  assert.equal(frames.result.result, 'halyard');
  assert.match(told((await w.api.requests()).at(-1)), /The word is halyard\./);
});

conforms('files changed since a message are put back by a rewind', async (w) => {
  const file = w.write('a.txt', 'old\n');
  const uuid = '11111111-2222-4333-8444-777777777777';
  await w.api.reply(callTool('Read', { file_path: file }), callTool('Write', { file_path: file, content: 'new\n' }), callTool('Write', { file_path: w.path('b.txt'), content: 'made\n' }), say('done'));
  const s = w.live({ enableFileCheckpointing: true, permissionMode: 'bypassPermissions', allowDangerouslySkipPermissions: true, extraArgs: { 'replay-user-messages': null } });
  await s.turn('change it', { uuid });
  assert.equal(w.read('a.txt'), 'new\n');
  const plan = await s.query.rewindFiles(uuid, { dryRun: true });
  assert.equal(plan.canRewind, true);
  assert.equal(w.read('a.txt'), 'new\n');
  const done = await s.query.rewindFiles(uuid);
  assert.equal(done.canRewind, true);
  assert.equal(w.read('a.txt'), 'old\n');
  assert.ok(!w.exists('b.txt'));
});

conforms('a rewind to an unknown message says why not', async (w) => {
  await w.api.reply(say('ok'));
  const s = w.live({ enableFileCheckpointing: true });
  await s.turn('hi');
  const answer = await s.query.rewindFiles(id).catch((e) => ({ canRewind: false, error: e.message }));
  assert.equal(answer.canRewind, false);
  assert.ok(answer.error.length > 5);
});

conforms('the command /clear starts a new conversation', async (w) => {
  await w.api.otherwise(say('ok'));
  const s = w.live();
  await s.turn('The word is halyard.');
  const old = s.of('system', 'init')[0].session_id;
  await s.turn('/clear');
  await s.turn('Which word?');
  assert.equal(s.of('conversation_reset').length, 1);
  assert.notEqual(s.of('result').at(-1).session_id, old);
  assert.doesNotMatch(told((await w.api.requests()).at(-1)), /halyard/);
});

conforms('the command /compact puts a summary in place of the history', async (w) => {
  await w.api.reply(say('Noted.'), say('<summary>The word is halyard.</summary>'), say('halyard'));
  const s = w.live();
  await s.turn(`The word is halyard. ${'Long story. '.repeat(300)}`);
  await s.turn('/compact');
  const [boundary] = s.of('system', 'compact_boundary');
  assert.equal(boundary.compact_metadata.trigger, 'manual');
  await s.turn('Which word?');
  const last = (await w.api.requests()).at(-1);
  assert.match(told(last), /The word is halyard\./);
  assert.doesNotMatch(told(last), /Long story\. Long story\./);
});
