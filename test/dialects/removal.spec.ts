import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import ts from 'typescript';
import { request } from '../support/api';
import { startAppWith } from './app';

const ROOT = resolve(__dirname, '../..');
const DIALECTS = join(ROOT, 'apps/server/src/dialects');
const APP_MODULE = join(ROOT, 'apps/server/src/app.module.ts');

/** What is left of `app.module.ts` without the lines about a dialect; and the name of the module that they were about. */
function withoutLineOf(dialect: string): { text: string; moduleName: string } {
  const text = readFileSync(APP_MODULE, 'utf8');
  const [line = '', moduleName = ''] =
    new RegExp(`import \\{ (\\w+) \\} from './dialects/${dialect}/.*\n`).exec(text) ?? [];
  return { text: text.replace(line, '').replace(new RegExp(`^ *${moduleName},\n`, 'm'), ''), moduleName };
}

const { options, fileNames } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config,
  ts.sys,
  ROOT,
);
/** What knows the server by its wire only can't depend on its code. */
const roots = fileNames.filter((path) => /\/(apps|libs)\/.*\.ts$|\.spec\.ts$/.test(path));
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Everything that the compiler says about the project without the folder of a dialect, its line and its own tests. */
function diagnosticsWithout(dialect: string): string[] {
  const isGone = (path: string) => [DIALECTS, __dirname].some((parent) => path.startsWith(`${join(parent, dialect)}/`));
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (path) => !isGone(path) && fileExists.call(host, path);
  host.readFile = (path) => (isGone(path) ? undefined : readFile.call(host, path));
  host.getSourceFile = (path, version) => {
    if (isGone(path)) return undefined;
    if (path === APP_MODULE) return ts.createSourceFile(path, withoutLineOf(dialect).text, version);
    if (!parsed.has(path)) parsed.set(path, getSourceFile.call(host, path, version));
    return parsed.get(path);
  };
  const rootNames = roots.filter((path) => !isGone(path));
  const program = ts.createProgram({ rootNames, options: { ...options, noEmit: true }, host });
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file }) => {
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

// The compiler reads the whole project once for each dialect.
jest.setTimeout(180_000);

/** Each dialect can be removed by deleting its folder and its line in `app.module.ts`. */
describe.each(readdirSync(DIALECTS))('without the dialect %s', (dialect) => {
  test('everything else compiles', () => {
    expect(withoutLineOf(dialect).moduleName).toMatch(/Module$/);
    expect(diagnosticsWithout(dialect)).toEqual([]);
  });

  test('the server starts, describes itself and answers for addresses that are nobody’s', async () => {
    const { moduleName } = withoutLineOf(dialect);
    const nameOf = (one: unknown) => (one as { name?: string; module?: { name: string } }).name;
    const { app, server } = await startAppWith((imports: NonNullable<DynamicModule['imports']>) =>
      imports.filter((one) => nameOf(one) !== moduleName),
    );
    try {
      const document = await request<{ paths: object }>('GET', `${server.url}/openapi.json`);
      expect(document.status).toBe(200);
      expect(document.text).not.toMatch(/"x-(?!tagGroups)/);
      expect((await request('GET', `${server.url}/health`)).status).toBe(200);
      const nowhere = await request<{ detail: string }>('GET', `${server.url}/nowhere`);
      expect([nowhere.status, nowhere.body.detail]).toEqual([404, 'There is nothing at this address.']);
    } finally {
      await app.close();
    }
  });
});
