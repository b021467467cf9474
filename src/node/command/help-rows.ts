const WIDTH = 80;

/** Breaks a text into lines of at most `width`. */
const breakLines = (text: string, width: number): string[] => {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
};

/** A row of `--help`: what is on the left, and a text that is broken into lines beside it. */
export const helpRow = (left: string, text: string, width: number): string => {
  const [first = '', ...more] = breakLines(text, WIDTH - width - 2);
  const indent = ' '.repeat(width + 2);
  const head = left.length < width ? `  ${left.padEnd(width)}${first}` : `  ${left}\n${indent}${first}`;
  return [head, ...more.map((line) => indent + line)].join('\n');
};
