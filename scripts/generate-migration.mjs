/**
 * Writes a migration for what the entities say and the migrations do not yet: `npm run migration:generate -- AddSomething`.
 * It starts on an empty database, runs the migrations that are there, and notes the difference.
 * Without a MYSQL_HOST it writes for the embedded store; with one, for MySQL: name an empty database that may be filled.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { NestFactory } = require('@nestjs/core');
const { FastifyAdapter } = require('@nestjs/platform-fastify');
const { DataSource } = require('typeorm');
const { loadConfig, PlatformModule } = require('../dist/libs/platform/src/index.js');
const { DatabaseModule } = require('../dist/libs/database/src/index.js');
const { MessagesModule } = require('../dist/libs/messages/src/index.js');

const FOLDER = `libs/database/src/migrations/${process.env.MYSQL_HOST ? 'mysql' : 'sqlite'}`;

const [name] = process.argv.slice(2);
if (!/^[A-Z][A-Za-z]+$/.test(name ?? '')) {
  console.error('Name the migration in PascalCase: npm run migration:generate -- AddSomething');
  process.exit(1);
}

const dataDir = mkdtempSync(join(tmpdir(), 'chat-migration-'));
try {
  const statements = await findDifference();
  if (statements.length === 0) console.log('The migrations say all that the entities do: nothing to write.');
  else write(statements);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

async function findDifference() {
  const mysql = Object.entries(process.env).filter(([name]) => name.startsWith('MYSQL_'));
  const config = loadConfig({ ...Object.fromEntries(mysql), DATA_DIR: dataDir });
  class Everything {}
  // Assembled, not started: what runs at the start expects the tables.
  const app = await NestFactory.create(
    { module: Everything, imports: [PlatformModule.register(config), DatabaseModule, MessagesModule] },
    new FastifyAdapter(),
    { logger: false, abortOnError: false },
  );
  const { upQueries, downQueries } = await app.get(DataSource).driver.createSchemaBuilder().log();
  await app.close();
  return upQueries.length === 0 ? [] : [upQueries, downQueries.reverse()];
}

function write([up, down]) {
  const timestamp = Date.now();
  const className = `${name}${timestamp}`;
  const quote = (query) => (query.includes('`') ? JSON.stringify(query) : `\`${query}\``);
  const render = (queries) => queries.map(({ query }) => `    await queryRunner.query(${quote(query)});`).join('\n');
  const file = join(FOLDER, `${timestamp}-${name}.ts`);
  writeFileSync(
    file,
    `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${className} implements MigrationInterface {
  name = '${className}';

  async up(queryRunner: QueryRunner): Promise<void> {
${render(up)}
  }

  async down(queryRunner: QueryRunner): Promise<void> {
${render(down)}
  }
}
`,
  );
  console.log(`Wrote ${file}. Add ${className} to ${FOLDER}/index.ts.`);
}
