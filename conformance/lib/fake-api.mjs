// A fake Messages API of one test, scripted over the server whose URL is in BOWLINE_FAKE_API (see FakeApiServer).

const server = process.env.BOWLINE_FAKE_API;

async function call(method, path, body) {
  const answer = await fetch(server + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  const json = await answer.json();
  if (!answer.ok) throw new Error(`fake API: ${json.error}`);
  return json;
}

/** A message of one text. */
export const say = (text, more = {}) => ({ text, ...more });

/** A message of one tool call, or of several: `call('Read', {...})`, `call(['Read', {...}], ['Bash', {...}])`. */
export function callTool(name, input, more = {}) {
  if (Array.isArray(name)) return { tools: [...arguments].map(([n, i]) => ({ name: n, input: i })) };
  return { tools: [{ name, input }], ...more };
}

export class FakeApi {
  static async start(settings = {}) {
    const { id, baseUrl } = await call('POST', '/apis', settings);
    return new FakeApi(id, baseUrl);
  }

  constructor(id, url) {
    this.path = `/apis/${id}`;
    this.url = url;
  }

  /** Queues replies, one per request to /v1/messages. */
  async reply(...replies) {
    await call('POST', `${this.path}/replies`, replies);
    return this;
  }

  /** What every request gets that finds the queue empty. */
  async otherwise(reply) {
    await call('POST', `${this.path}/otherwise`, reply);
    return this;
  }

  /** The bodies of the message requests so far, once `atLeast` requests of any kind came in. */
  async requests(atLeast = 0) {
    return (await this.calls(atLeast)).map((c) => c.body);
  }

  /** The same with headers. */
  async calls(atLeast = 0) {
    return (await call('GET', `${this.path}/requests/${atLeast}`)).filter((c) => c.target.startsWith('/v1/messages') && !c.target.includes('count_tokens'));
  }

  /** Waits until a reply stands at a gate. */
  reached = (gate) => call('GET', `${this.path}/gates/${gate}`);

  /** Lets it go on. */
  open = (gate) => call('POST', `${this.path}/gates/${gate}`);

  close = () => call('DELETE', this.path);
}

/** All text of a request's messages: what the model was told. */
export function told(request, role = undefined) {
  return request.messages.filter((m) => !role || m.role === role).map((m) => textOf(m.content)).join('\n');
}

/** The text of a content, tool results included. */
export function textOf(content) {
  if (typeof content === 'string') return content;
  return (content ?? []).map((b) => (b.type === 'text' ? b.text : b.type === 'tool_result' ? textOf(b.content) : '')).join('\n');
}

/** The tool results in a request, newest message first. */
export function results(request) {
  return [...request.messages].reverse().flatMap((m) => (Array.isArray(m.content) ? m.content.filter((b) => b.type === 'tool_result') : []));
}

/** The system prompt of a request as one text. */
export const systemOf = (request) => textOf(request.system);
