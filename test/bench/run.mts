import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { calibrate } from './load/calibration.mts';
import { toMarkdown, writeMarkdown } from './report/markdown.mts';
import { describeMachine, describeMethod, type Report } from './report/report.mts';
import { MAX_BUSY, type Row } from './report/row.mts';
import { chatList } from './scenarios/chat-list.mts';
import { history } from './scenarios/history.mts';
import { idle } from './scenarios/idle.mts';
import { latency } from './scenarios/latency.mts';
import { logins } from './scenarios/logins.mts';
import { compareNodes } from './scenarios/nodes.mts';
import { pairs } from './scenarios/pairs.mts';
import { reconnect } from './scenarios/reconnect.mts';
import { room } from './scenarios/room.mts';
import type { Run, Scenario } from './scenarios/scenario.mts';
import { Scope } from './scope.mts';
import { pinLoad } from './servers/cores.mts';

const SCENARIOS: readonly Scenario[] = [room, pairs, latency, idle, history, chatList, logins, reconnect];

/** Not in the repository. */
const PROFILES = 'profiles';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: SCENARIOS.map(({ name }) => name).join(',') },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    json: { type: 'string' },
    markdown: { type: 'string' },
    nodes: { type: 'string', default: '1' },
  },
});

const run: Run = {
  rounds: positive('rounds', values.rounds),
  seconds: positive('seconds', values.seconds),
  isQuick: values.quick,
  profiles: values.profile ? PROFILES : undefined,
};

function positive(name: string, given: string): number {
  if (Number(given) >= 1) return Number(given);
  throw new Error(`--${name}: a number from 1 on, "${given}" given`);
}

function chosen(): Scenario[] {
  return values.only.split(',').map((name) => {
    const scenario = SCENARIOS.find((one) => one.name === name);
    if (scenario) return scenario;
    throw new Error(`--only: some of ${SCENARIOS.map((one) => one.name).join(', ')}; "${name}" given`);
  });
}

/** @throws if it takes longer than it may */
async function measure(scenario: Scenario): Promise<Row[]> {
  const scope = new Scope();
  const clock = new AbortController();
  const limit = setTimeout(scenario.limitSeconds * 1000, undefined, { signal: clock.signal }).then(() => {
    throw new Error(`not over within ${scenario.limitSeconds} s`);
  });
  limit.catch(() => undefined);
  try {
    return await Promise.race([scenario.measure(run, scope), limit]);
  } finally {
    clock.abort();
    await scope.close();
  }
}

async function measureAll(): Promise<Report> {
  const machine = describeMachine();
  const calibration = await calibrate();
  const rows: Row[] = [];
  const failures: { scenario: string; reason: string }[] = [];
  for (const scenario of chosen()) {
    console.error(`${scenario.name} …`);
    try {
      rows.push(...(await measure(scenario)));
    } catch (error) {
      failures.push({ scenario: scenario.name, reason: String(error) });
    }
  }
  return { machine, method: describeMethod(run), calibration, rows, failures };
}

if (values.nodes === '2') console.log(await compareNodes(run));
else {
  pinLoad();
  const report = await measureAll();
  console.log(toMarkdown(report));
  if (values.markdown !== undefined) await writeMarkdown(values.markdown, toMarkdown(report));
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(report, undefined, 2));
  const isLimited = report.rows.some(({ busy }) => busy !== undefined && busy > MAX_BUSY);
  process.exit(report.failures.length > 0 || isLimited ? 1 : 0);
}
