import { DataDirInUse, StoreNotFound } from '@app/database';
import { ConfigError, StoreUnreachable } from '@app/platform';

/** Their messages say all that an operator needs. */
const FORESEEN = [ConfigError, DataDirInUse, StoreNotFound, StoreUnreachable];

/** What an operator has to know about a server that did not start; a stack only where nobody could foresee the failure. */
export function explainFailure(error: unknown): string {
  if (FORESEEN.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, syscall, message, address, port } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  if (code === 'EADDRINUSE') return `PORT ${port} on ${address} is in use: choose another PORT, or stop who has it`;
  if (code === 'EACCES' && syscall === 'listen')
    return `PORT ${port} may not be used by this user: choose one above 1023`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST is no address of this machine: ${message}`;
  if (syscall !== undefined) return `The server can not start: ${message}`;
  return `The server can not start: ${error instanceof Error ? error.stack : String(error)}`;
}
