import { didYouMean } from '../../parse/did-you-mean.ts';
import { UserError } from '../../parse/user-error.ts';
import { type EmulatorEvent, EVENT_KINDS, type Events } from '../steering/events.ts';
import type { HttpResponse, Stream } from '../wire/message.ts';

type Kind = EmulatorEvent['kind'];

const readKinds = (query: URLSearchParams): ReadonlySet<Kind> => {
  const named = query.get('kind')?.split(',');
  if (!named) return new Set(EVENT_KINDS);
  return new Set(
    named.map((name) => {
      const kind = EVENT_KINDS.find((one) => one === name);
      if (kind) return kind;
      throw new UserError(
        `Failed to watch: there are no events of the kind "${name}".${didYouMean(name, EVENT_KINDS)}`,
      );
    }),
  );
};

/** An event as a stream of server-sent events has it. JSON has no line breaks. */
const toText = (kind: string, data: unknown): string => `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;

const streamOf = (kinds: ReadonlySet<Kind>, appId: string, events: Events): Stream => ({
  begin(send, end) {
    const stop = events.watch((event) => {
      if (event.appId !== appId || !kinds.has(event.kind) || send(toText(event.kind, event))) return;
      stop(); // who does not keep up must not fill the memory; it may come again
      end();
    }, end);
    return stop;
  },
});

/**
 * Server-sent events of one application, `?kind=mail,request` those kinds alone. The first is `ready`: what happens from then on
 * is told. Throws for a kind that there is none of.
 */
export const answerEvents = (
  query: URLSearchParams,
  { appId, now, events }: { readonly appId: string; readonly now: number; readonly events: Events },
): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
  body: toText('ready', { kind: 'ready', appId, now: new Date(now).toISOString() }),
  stream: streamOf(readKinds(query), appId, events),
});
