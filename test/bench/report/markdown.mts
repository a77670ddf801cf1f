import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { MAX_BUSY, median, ratioOf, type Row } from './row.mts';
import type { Report } from './report.mts';

export function toMarkdown({ machine, method, calibration, rows, failures }: Report): string {
  return [
    ...Object.entries(machine).map(([name, value]) => `- ${name}: ${value}`),
    ...Object.entries(method).map(([name, value]) => `- ${name}: ${value}`),
    ...calibration.map((line) => `- ${line}`),
    `- the most that a server brought the load: ${show(mostOf(rows))} deliveries/s`,
    '',
    '| scenario | ours | beside | figures | ratio | goal (wish) | met | server CPU per message | load busy |',
    '| --- | --- | --- | ---: | ---: | --- | --- | ---: | ---: |',
    ...rows.map(toLine),
    ...failures.map(({ scenario, reason }) => `\n**${scenario} failed**: ${reason}`),
    '',
  ].join('\n');
}

function mostOf(rows: readonly Row[]): number {
  return Math.max(0, ...rows.map(({ deliveriesPerSecond = 0 }) => deliveriesPerSecond));
}

function toLine(row: Row): string {
  const { what, unit, base, ours, goal, isMet, busy, cpuPerMessage } = row;
  const figures = base ? `${show(median(ours.rounds))} ÷ ${show(median(base.rounds))}` : show(median(ours.rounds));
  const load =
    busy === undefined ? '–' : `${(busy * 100).toFixed(0)} %${busy > MAX_BUSY ? ' **limited by the load**' : ''}`;
  const ratio = base ? ratioOf(row).toFixed(2) : '–';
  const cpu = cpuPerMessage ? `${show(cpuPerMessage.ours)} ÷ ${show(cpuPerMessage.base)} µs` : '–';
  const verdict = [goal, isMet ? 'yes' : '**no**', cpu, load];
  const cells = [what, ours.name, base?.name ?? '–', `${figures} ${unit}`, ratio, ...verdict];
  return `| ${cells.join(' | ')} |`;
}

/** To three figures, whole from a hundred on. */
function show(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

const BEGIN = '<!-- written by `npm run bench`: begin -->';
const END = '<!-- written by `npm run bench`: end -->';

/** Writes it to a file: in the place that is marked for it, where there is one. */
export async function writeMarkdown(file: string, markdown: string): Promise<void> {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [start, end] = [before.indexOf(BEGIN), before.indexOf(END)];
  const isMarked = start >= 0 && end > start;
  const after = isMarked ? `${before.slice(0, start)}${BEGIN}\n\n${markdown}\n${before.slice(end)}` : markdown;
  writeFileSync(file, await format(after, { parser: 'markdown' }));
}
