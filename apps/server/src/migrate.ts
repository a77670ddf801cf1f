import { existsSync } from 'node:fs';
import { migrate } from '@app/database';
import { loadConfig } from '@app/platform';
import { explainFailure } from './explain-failure';

/** `npm run migrate`: brings the schema up to date without starting a server. Ends with 0, or says why not and ends with 1. */
async function run(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const names = await migrate(loadConfig(process.env).values);
  for (const name of names) process.stdout.write(`ran ${name}\n`);
  process.stdout.write(names.length === 0 ? 'the schema is up to date\n' : `${names.length} migrations were run\n`);
}

run().catch((error: unknown) => {
  process.stderr.write(`not migrated: ${explainFailure(error)}\n`);
  process.exitCode = 1;
});
