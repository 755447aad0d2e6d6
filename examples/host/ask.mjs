// Asks on the terminal before a tool changes anything. Run: node ask.mjs "Write hello into hello.txt"
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { query } from '@anthropic-ai/claude-agent-sdk';

const pathToClaudeCodeExecutable = process.env.BOWLINE ?? fileURLToPath(new URL('../../bowline', import.meta.url));
const terminal = createInterface({ input: process.stdin, output: process.stderr });

const canUseTool = async (name, input, { suggestions, signal }) => {
  const answer = await terminal.question(`${name} ${JSON.stringify(input)}\nMay it run? (yes, no, always) `, { signal });
  if (answer === 'always') return { behavior: 'allow', updatedInput: input, updatedPermissions: suggestions };
  return answer === 'yes' ? { behavior: 'allow', updatedInput: input } : { behavior: 'deny', message: 'The user said no.' };
};

for await (const message of query({ prompt: process.argv[2] ?? 'run touch hello.txt', options: { pathToClaudeCodeExecutable, canUseTool } })) {
  if (message.type === 'result') console.log(message.result);
}
terminal.close();
