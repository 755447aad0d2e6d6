// The frames of a test in a form that two engines can be compared in: what kind, which keys, and the values that a program decides on.

const NOT_COMPARED = new Set(['keep_alive']);
/** Whether an engine has time to say that it is idle or through with a message depends on when the host says more, or leaves. Tests of their own look at it. */
const BY_CHANCE = /^(system\/session_state_changed\/(idle|running)|command_lifecycle\/completed)$/;
/** Their order means nothing: they are paired by ids, or bundle what was written by then. */
const UNORDERED = /control_|stream_event|transcript_mirror/;
/** Keys whose values programs branch on. Everything else is an id, a time, a measure, or wording. */
const DECISIVE = new Set(['type', 'subtype', 'is_error', 'stop_reason', 'terminal_reason', 'status', 'error', 'num_turns', 'result_index', 'permissionMode', 'role', 'api_error_status', 'error_status', 'attempt', 'max_retries',
  'aborted', 'isReplay', 'isSynthetic', 'state', 'apiKeySource', 'output_style', 'name', 'interrupted', 'isImage', 'mode', 'numFiles', 'numLines', 'startLine', 'totalLines', 'replaceAll', 'userModified', 'truncated',
  'hook_event', 'outcome', 'level', 'prevent_continuation', 'tool_name', 'decision_reason_type', 'behavior', 'destination', 'trigger', 'method', 'server_name', 'display_name']);
/** Objects whose keys are data. */
const OPEN = /(^|\.)(input|tool_input|modelUsage|arguments|structured_output|params|properties|inputSchema|answers|server_capabilities|config|model_usage|model_usage_since_last_result)$/;

/** What a frame is called: its type, subtype, and what is in it. */
export function label(frame) {
  const inner = frame.type === 'control_request' ? frame.request?.subtype : frame.type === 'control_response' ? frame.response?.subtype : frame.type === 'stream_event' ? frame.event?.type : frame.subtype;
  const content = Array.isArray(frame.message?.content) ? frame.message.content[0]?.type : frame.message ? 'string' : null;
  const state = frame.subtype === 'session_state_changed' || frame.type === 'command_lifecycle' ? frame.state : null;
  return [frame.type, inner, content, state].filter(Boolean).join('/');
}

/** Adds the paths of an object's keys, and the values of the decisive ones, to a map. */
function walk(value, at, into) {
  if (Array.isArray(value)) {
    for (const each of value.slice(0, 50)) walk(each, `${at}[]`, into);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    const here = at ? `${at}.${key}` : key;
    const values = into.get(here) ?? into.set(here, new Set()).get(here);
    if (DECISIVE.has(key) && (inner === null || typeof inner !== 'object')) values.add(JSON.stringify(inner));
    if (!OPEN.test(here)) walk(inner, here, into);
  }
}

/** The labels of each session in order, repeats squeezed, and for each label its key paths with decisive values. */
export function shapeOf(record) {
  const orders = new Map();
  const shapes = new Map();
  for (const { from, frame } of record.frames) {
    const name = label(frame);
    if (from !== 'engine' || NOT_COMPARED.has(frame.type) || BY_CHANCE.test(name)) continue;
    const order = orders.get(frame.session_id) ?? orders.set(frame.session_id, []).get(frame.session_id);
    if (order.at(-1) !== name) order.push(name);
    const shape = shapes.get(name) ?? shapes.set(name, new Map()).get(name);
    walk(frame, '', shape);
  }
  return { orders: [...orders].filter(([id]) => id).map(([, order]) => order), shapes };
}

/** What differs, one line each; `missing` and `extra` are seen from our side. */
export function differencesOf(official, ours) {
  const a = shapeOf(official);
  const b = shapeOf(ours);
  const found = [];
  for (const name of a.shapes.keys()) if (!b.shapes.has(name)) found.push(`missing frame ${name}`);
  for (const name of b.shapes.keys()) if (!a.shapes.has(name)) found.push(`extra frame ${name}`);
  for (const [name, theirs] of a.shapes) {
    const mine = b.shapes.get(name);
    if (!mine) continue;
    for (const key of theirs.keys()) if (!mine.has(key) && (!parentOf(key) || mine.has(parentOf(key)))) found.push(`missing key ${name} ${key}`);
    for (const key of mine.keys()) if (!theirs.has(key) && (!parentOf(key) || theirs.has(parentOf(key)))) found.push(`extra key ${name} ${key}`);
    for (const [key, values] of theirs) {
      const other = mine.get(key);
      const [x, y] = [[...values].sort().join(' '), other && [...other].sort().join(' ')];
      if (other && x !== y) found.push(`value ${name} ${key}: ${x} is ${y || 'something else'}`);
    }
  }
  const common = (order, shapes) => order.filter((name) => shapes.has(name) && !UNORDERED.test(name)).filter((name, i, all) => name !== all[i - 1]).join(' > ');
  const [x, y] = [a.orders.map((o) => common(o, b.shapes)).sort(), b.orders.map((o) => common(o, a.shapes)).sort()];
  for (let i = 0; i < Math.max(x.length, y.length); i++) if (x[i] !== y[i]) found.push(`order ${x[i]} is ${y[i]}`);
  return found;
}

const parentOf = (key) => (key.includes('.') ? key.slice(0, key.lastIndexOf('.')).replace(/(\[\])+$/, '') : '');
