import type { Outcome } from './play.ts';

/** What a comparison came to. */
export type Report = {
  /** The address of the server that was asked. */
  readonly server: string;
  /** The version of Parse Server behind it. */
  readonly parseServerVersion: string;
  /** What became of each step, in order. */
  readonly outcomes: readonly Outcome[];
  /** Steps whose difference was allowed, by name. */
  readonly allowed: readonly string[];
  /** What could not be taken away afterwards. */
  readonly leftBehind: readonly string[];
};

/** The outcomes that differ, and are not allowed to. */
export const differencesOf = ({ outcomes, allowed }: Report): readonly Outcome[] =>
  outcomes.filter(({ step, result }) => result === 'differs' && !allowed.includes(step));

const count = ({ outcomes }: Report, result: Outcome['result']): number =>
  outcomes.filter((outcome) => outcome.result === result).length;

const summary = (report: Report): string => {
  const differs = differencesOf(report).length;
  const allowed = report.outcomes.filter(
    ({ step, result }) => result === 'differs' && report.allowed.includes(step),
  ).length;
  const parts = [
    `${count(report, 'same')} the same`,
    `${differs} ${differs === 1 ? 'differs' : 'differ'}`,
    ...(allowed > 0 ? [`${allowed} allowed to differ`] : []),
    ...(count(report, 'skipped') > 0 ? [`${count(report, 'skipped')} left out`] : []),
  ];
  return `${report.outcomes.length} steps with Parse Server ${report.parseServerVersion}: ${parts.join(', ')}.`;
};

const lines = ({ step, difference }: Outcome): string[] =>
  difference
    ? [step, `  at ${difference.place}`, `    server:   ${difference.server}`, `    emulator: ${difference.emulator}`]
    : [step];

const toText = (report: Report): string =>
  [
    ...differencesOf(report).flatMap((outcome) => [...lines(outcome), '']),
    ...report.leftBehind.map((message) => `Left behind: ${message}`),
    ...reasonsOf(report),
    summary(report),
  ].join('\n');

const reasonsOf = ({ outcomes }: Report): string[] =>
  [...new Set(outcomes.flatMap(({ reason }) => reason ?? []))].map((reason) => `Left out: ${reason}`);

const escapeXml = (text: string): string =>
  text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[^\P{Cc}\t\n]/gu, '');

const toCase = (outcome: Outcome, allowed: readonly string[]): string => {
  const { step, result, difference, reason } = outcome;
  const head = `    <testcase classname="verify" name="${escapeXml(step)}"`;
  if (result === 'skipped' || allowed.includes(step)) {
    return `${head}><skipped message="${escapeXml(reason ?? 'it is allowed to differ')}"/></testcase>`;
  }
  if (!difference) return `${head}/>`;
  const message = escapeXml(`differs at ${difference.place}`);
  return `${head}><failure message="${message}">${escapeXml(lines(outcome).join('\n'))}</failure></testcase>`;
};

const toJUnit = (report: Report): string => {
  const { outcomes, allowed } = report;
  const differing = outcomes.filter(({ step, result }) => result === 'differs' && allowed.includes(step)).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="verify ${escapeXml(report.server)}" tests="${outcomes.length}" failures="${differencesOf(report).length}" skipped="${count(report, 'skipped') + differing}">`,
    ...outcomes.map((outcome) => toCase(outcome, allowed)),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
};

const escapeCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const toMarkdown = (report: Report): string =>
  [
    `# ${escapeCell(report.server)}`,
    '',
    summary(report),
    ...(differencesOf(report).length > 0 ? ['', '| step | place | server | emulator |', '|---|---|---|---|'] : []),
    ...differencesOf(report).map(({ step, difference }) =>
      difference
        ? `| ${[step, difference.place, `\`${difference.server}\``, `\`${difference.emulator}\``].map(escapeCell).join(' | ')} |`
        : '',
    ),
  ].join('\n');

/** The forms that a report has. */
export const REPORT_FORMS: { readonly [form: string]: (report: Report) => string } = {
  text: toText,
  json: (report) => JSON.stringify({ ...report, differences: differencesOf(report).length }, null, 2),
  junit: toJUnit,
  markdown: toMarkdown,
};
