import { Agent, request } from 'node:http';

const send = (agent, url, { method, headers, body }) =>
  new Promise((resolve, reject) => {
    const call = request(
      url,
      { method, agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`Failed: status ${response.statusCode}`)),
        );
      },
    );
    call.on('error', reject);
    call.end(body);
  });

/** Sends the same request over and over on some connections. Answers how many a second went through, and how long each took (ms). */
export const load = async (
  url,
  {
    query,
    method = 'POST',
    body = query ? JSON.stringify({ query }) : '',
    headers,
    connections = 10,
    requests = Number.POSITIVE_INFINITY,
    milliseconds = 2000,
  },
) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times = [];
  const began = performance.now();
  const worker = async () => {
    while (times.length < requests && performance.now() - began < milliseconds) {
      const at = performance.now();
      await send(agent, url, { method, headers, body });
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return { perSecond: (times.length / (performance.now() - began)) * 1000, times };
};

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

export const percentile = (numbers, part) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];

/** Milliseconds that `run` takes, the median of some runs after one that does not count. */
export const time = async (run, runs = 5) => {
  await run();
  const times = [];
  for (let i = 0; i < runs; i++) {
    const at = performance.now();
    await run();
    times.push(performance.now() - at);
  }
  return median(times);
};
