// One prompt, one answer. Run: node hello.mjs "What files are here?"
import { fileURLToPath } from 'node:url';
import { query } from '@anthropic-ai/claude-agent-sdk';

const pathToClaudeCodeExecutable = process.env.BOWLINE ?? fileURLToPath(new URL('../../bowline', import.meta.url));

for await (const message of query({ prompt: process.argv[2] ?? 'What files are in the working directory?', options: { pathToClaudeCodeExecutable } })) {
  if (message.type === 'result') console.log(message.result);
}
