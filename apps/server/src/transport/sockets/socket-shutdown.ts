import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { ChatLog } from '@app/chats';
import { Connections } from '@app/realtime';
import { UpgradeRouter } from './upgrade-router';

/** How long sockets are given to take their leave. */
const FAREWELL_MS = 2000;

/** The sockets' part of an orderly end: nobody new comes in, what is under way is answered, then everyone is told. */
@Injectable()
export class SocketShutdown implements BeforeApplicationShutdown {
  constructor(
    private readonly router: UpgradeRouter,
    private readonly log: ChatLog,
    private readonly connections: Connections,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    this.router.stop();
    this.connections.stop();
    await this.log.drain();
    this.connections.closeAll('stopping');
    await this.connections.waitUntilClosed(FAREWELL_MS);
  }
}
