import { MAX_BUSY, median, ratioOf, type Row } from './row.mts';
import type { Report } from './report.mts';

export function toMarkdown({ machine, method, calibration, rows, failures }: Report): string {
  return [
    ...Object.entries(machine).map(([name, value]) => `- ${name}: ${value}`),
    ...Object.entries(method).map(([name, value]) => `- ${name}: ${value}`),
    ...calibration.map((line) => `- ${line}`),
    '',
    '| scenario | ours | beside | figures | ratio | goal (wish) | met | load busy |',
    '| --- | --- | --- | ---: | ---: | --- | --- | ---: |',
    ...rows.map(toLine),
    ...failures.map(({ scenario, reason }) => `\n**${scenario} failed**: ${reason}`),
    '',
  ].join('\n');
}

function toLine(row: Row): string {
  const { what, unit, base, ours, goal, isMet, busy } = row;
  const figures = base ? `${show(median(ours.rounds))} ÷ ${show(median(base.rounds))}` : show(median(ours.rounds));
  const load =
    busy === undefined ? '–' : `${(busy * 100).toFixed(0)} %${busy > MAX_BUSY ? ' **limited by the load**' : ''}`;
  const ratio = base ? ratioOf(row).toFixed(2) : '–';
  const cells = [what, ours.name, base?.name ?? '–', `${figures} ${unit}`, ratio, goal, isMet ? 'yes' : '**no**', load];
  return `| ${cells.join(' | ')} |`;
}

/** To three figures, whole from a hundred on. */
function show(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
