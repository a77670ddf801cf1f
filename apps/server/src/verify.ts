import { existsSync } from 'node:fs';
import { explainFailure } from './explain-failure';
import { verify } from './verify/verify';

const SOUND = 0;
const DAMAGED = 1;
const NOT_VERIFIED = 2;

/** `npm run verify`: ends with 0 if the store is sound, 1 if it is damaged, 2 if it could not be looked at. */
async function run(): Promise<number> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const isSound = await verify(process.env, (line) => process.stdout.write(`${line}\n`));
    return isSound ? SOUND : DAMAGED;
  } catch (error) {
    process.stderr.write(`not verified: ${explainFailure(error)}\n`);
    return NOT_VERIFIED;
  }
}

void run().then((status) => {
  process.exitCode = status;
});
