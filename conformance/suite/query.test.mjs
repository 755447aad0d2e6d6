import { assert, conforms, say } from '../lib/harness.mjs';

conforms('a string prompt gives init, an answer and one result', async (w) => {
  await w.api.reply(say('Hello there.'));
  const frames = await w.run('hi');
  console.error(frames.kinds());
  console.error(JSON.stringify((await w.api.calls()).map(c=>[c.target,c.body.model,c.body.max_tokens,c.body.tools?.map(t=>t.name)])));
  assert.equal(frames.only('result').result, 'Hello there.');
});
