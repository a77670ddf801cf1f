import { parseArgs } from 'node:util';
import { compareWithBare } from './bare.mts';
import { compareNodes } from './nodes.mts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 4);

/** `npm run bench`: beside a bare Socket.IO server; `npm run bench -- --nodes 2`: two nodes beside one. */
const { values } = parseArgs({ options: { nodes: { type: 'string', default: '1' } } });
if (values.nodes !== '1' && values.nodes !== '2') throw new Error(`--nodes: 1 or 2, ${values.nodes} given`);
console.log(await (values.nodes === '2' ? compareNodes : compareWithBare)(ROUNDS, SECONDS));
