import { writeFileSync } from 'node:fs';

const TITLE = 'What an operation costs on the JSON file, by the number of users';
const WIDTH = 640;
const HEIGHT = 360;
const EDGE = { left: 64, right: 120, top: 40, bottom: 48 };
const COLOURS = ['#1f77b4', '#d62728', '#2ca02c', '#9467bd'];

const text = (x, y, words, more = '') => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${words}</text>`;

const powers = (from, to) => {
  const all = [];
  for (let value = 10 ** Math.floor(Math.log10(from)); value <= to * 1.01; value *= 10) all.push(value);
  return all;
};

/** Writes a picture of what operations cost (ms) by size, both in powers of ten: what does not grow is a level line. */
export const plot = (path, sizes, curves) => {
  const costs = curves.flatMap((curve) => curve.costs);
  const ticks = powers(Math.min(...costs), 10 ** Math.ceil(Math.log10(Math.max(...costs))));
  const scale = (value, [from, to], [start, end]) =>
    start + (Math.log10(value / from) / Math.log10(to / from)) * (end - start);
  const x = (size) => scale(size, [sizes[0], sizes.at(-1)], [EDGE.left, WIDTH - EDGE.right]);
  const y = (cost) => scale(cost, [ticks[0], ticks.at(-1)], [HEIGHT - EDGE.bottom, EDGE.top]);
  const grid = ticks.map(
    (tick) =>
      `<line x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#ddd"/>` +
      text(EDGE.left - 8, y(tick) + 4, `${tick < 1 ? tick.toPrecision(1) : tick} ms`, 'text-anchor="end"'),
  );
  const bottom = sizes.map((size) =>
    text(x(size), HEIGHT - EDGE.bottom + 20, size.toLocaleString('en'), 'text-anchor="middle"'),
  );
  const ends = curves.map(({ costs: line }) => y(line.at(-1)) + 4);
  const order = [...ends.keys()].sort((one, other) => ends[one] - ends[other]);
  for (const [rank, i] of order.entries()) if (rank > 0) ends[i] = Math.max(ends[i], ends[order[rank - 1]] + 15);
  const lines = curves.map(({ name, costs: line }, i) => {
    const points = line.map((cost, at) => `${x(sizes[at]).toFixed(1)},${y(cost).toFixed(1)}`);
    const dots = points.map((point) => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="3"/>`);
    return (
      `<g fill="${COLOURS[i]}"><polyline points="${points.join(' ')}" fill="none" stroke="${COLOURS[i]}" stroke-width="2"/>` +
      `${dots.join('')}${text(WIDTH - EDGE.right + 10, ends[i], `${name}, ${line.at(-1).toFixed(2)} ms`)}</g>`
    );
  });
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${TITLE}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    text(EDGE.left, 22, TITLE, 'font-size="14" font-weight="bold"'),
    ...grid,
    ...bottom,
    text((EDGE.left + WIDTH - EDGE.right) / 2, HEIGHT - 10, 'users', 'text-anchor="middle"'),
    ...lines,
    '</svg>',
  ];
  writeFileSync(path, `${svg.join('\n')}\n`);
};
