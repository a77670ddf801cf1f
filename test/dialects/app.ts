import type { AddressInfo } from 'node:net';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '@app/platform';
import { AppModule } from '../../apps/server/src/app.module';
import { createApp } from '../../apps/server/src/create-app';
import type { Origin } from '../support/server-node';
import { makeTempFolder } from '../support/temp-folder';

type Imports = NonNullable<DynamicModule['imports']>;

/** The whole server in this process, as if `app.module.ts` said something else. Close it at the end. */
export async function startAppWith(
  change: (imports: Imports) => Imports,
): Promise<{ app: NestFastifyApplication; server: Origin }> {
  const config = loadConfig({ DATA_DIR: makeTempFolder(), LOG_LEVEL: 'silent', BCRYPT_COST: '4', RATE_LIMITS: 'off' });
  const { imports = [], ...rest } = AppModule.register(config);
  const register = jest.spyOn(AppModule, 'register').mockReturnValue({ ...rest, imports: change(imports) });
  try {
    const app = await createApp(config);
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.getHttpServer().address() as AddressInfo;
    const server: Origin = { url: `http://127.0.0.1:${port}`, pick: () => server };
    return { app, server };
  } finally {
    register.mockRestore();
  }
}
