import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { CallToolRequestSchema, CallToolResult, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { JsonObject } from '../../parse/record.ts';
import { messageOf } from '../json/file-error.ts';
import { loadPeer } from '../server/peers.ts';
import { checkArguments, type Subject, type Tool, toInputSchema } from './tool.ts';
import { TOOLS } from './tools.ts';

type Sdk = {
  readonly Server: typeof Server;
  readonly StdioServerTransport: typeof StdioServerTransport;
  readonly CallToolRequestSchema: typeof CallToolRequestSchema;
  readonly ListToolsRequestSchema: typeof ListToolsRequestSchema;
};

const SDK = '@modelcontextprotocol/sdk';

const MISSING = `Failed to start: mcp speaks through ${SDK}, which is missing. Run npm install --save-dev ${SDK}`;

const INSTRUCTIONS =
  'An emulator of Parse Server for development and tests: users, sessions, mail and rights, over GraphQL and REST. Nothing here is real. ' +
  'Call about for its addresses, log_in_as for a session of any user, inbox for the mail that it would have sent, and requests to see why something was refused.';

/** The official SDK, which is an optional peer. Throws an error that says how to install it when it is missing. */
export const loadSdk = (from?: readonly string[]): Sdk => {
  const load = (path: string) => loadPeer(`${SDK}/${path}`, MISSING, from) as Sdk; // each has its part
  const { Server } = load('server/index.js');
  const { StdioServerTransport } = load('server/stdio.js');
  const { CallToolRequestSchema, ListToolsRequestSchema } = load('types.js');
  return { Server, StdioServerTransport, CallToolRequestSchema, ListToolsRequestSchema };
};

const toResult = (answer: unknown, isError = false): CallToolResult => ({
  content: [{ type: 'text', text: typeof answer === 'string' ? answer : JSON.stringify(answer, null, 2) }],
  ...(isError && { isError }),
});

const call = async (tool: Tool, given: JsonObject, subject: Subject): Promise<CallToolResult> => {
  try {
    checkArguments(tool, given);
    return toResult(await tool.run(given, subject));
  } catch (error) {
    return toResult(messageOf(error), true); // for the agent, which may do better
  }
};

/** Serves the tools over standard input and output, or over another transport. Resolves once it is connected, with what resolves when the agent is gone. */
export const serveTools = async (
  { Server, StdioServerTransport, CallToolRequestSchema, ListToolsRequestSchema }: Sdk,
  version: string,
  subject: Subject,
  transport: Transport = new StdioServerTransport(),
): Promise<{ readonly gone: Promise<void>; close(): Promise<void> }> => {
  const server = new Server(
    { name: 'parse-users-emulator', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: TOOLS.map((tool) => ({
      name: tool.name,
      description: tool.description,
      inputSchema: toInputSchema(tool),
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, ({ params: { name, arguments: given = {} } }) => {
    const tool = TOOLS.find((one) => one.name === name);
    return tool ? call(tool, given as JsonObject, subject) : toResult(`There is no tool "${name}"`, true);
  });
  const gone = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.once('end', resolve).once('close', resolve);
  });
  await server.connect(transport);
  return { gone, close: () => server.close() };
};
