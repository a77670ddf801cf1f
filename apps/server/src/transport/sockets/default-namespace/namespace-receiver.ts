import { Injectable, Logger } from '@nestjs/common';
import { Config, DomainError, Metrics, RateLimits, ServiceStopping } from '@app/platform';
import { Connections } from '@app/realtime';
import { Sessions } from '@app/users';
import { toDomainError } from '../../errors';
import { checkDepth } from '../../http/json-depth';
import { Pace } from '../../pacing/pace';
import type { Started } from '../inbox';
import { UnknownEvent } from '../sockets.errors';
import { DefaultNamespace } from './default-namespace';
import type { NamespaceEvent } from './namespace-dialect';
import type { OpenNamespaceConnection } from './open-namespace-connection';

type Acknowledge = (answer: unknown) => void;

/** The one way in for events of the default namespace: order, limits, the dialect's own part, and an answer. Never throws. */
@Injectable()
export class NamespaceReceiver {
  private readonly logger = new Logger(NamespaceReceiver.name);

  constructor(
    private readonly namespace: DefaultNamespace,
    private readonly connections: Connections,
    private readonly sessions: Sessions,
    private readonly config: Config,
    private readonly limits: RateLimits,
    private readonly metrics: Metrics,
    private readonly pace: Pace,
  ) {}

  /** @param args what came with the event: a payload, or none, and perhaps a callback at the end */
  async receive(connection: OpenNamespaceConnection, name: string, args: readonly unknown[]): Promise<void> {
    this.pace.giveWay();
    const last = args.at(-1);
    const acknowledge = typeof last === 'function' ? (last as Acknowledge) : undefined;
    const payload = acknowledge && args.length === 1 ? undefined : args[0];
    const found = this.namespace.findEvent(name);
    this.metrics.frames.inc({ transport: connection.transport, type: found ? name : 'unknown' });
    if (found) connection.noteSpoken(found.dialect);
    const dialect = found?.dialect ?? connection.dialect;
    try {
      const answer = await connection.inbox.receive(() => this.start(connection, found?.event, payload));
      acknowledge?.(answer);
    } catch (error) {
      if (!(error instanceof DomainError)) this.logger.error({ err: error, event: name }, 'an event failed');
      const message = dialect.sentenceOf(toDomainError(error));
      connection.emit('error', { message });
      acknowledge?.({ ok: false, message });
    }
  }

  private async start(
    connection: OpenNamespaceConnection,
    event: NamespaceEvent | undefined,
    payload: unknown,
  ): Promise<Started<unknown>> {
    // What waited in the inbox meanwhile is not done for a log-in that has ended, nor by a server that stops.
    if (this.connections.isStopping) throw new ServiceStopping();
    await this.sessions.requireLive(connection.actor);
    await this.limits.consume(this.config.limits[event?.counts ?? 'requests'], `user:${connection.actor.userId}`);
    if (!event) throw new UnknownEvent(this.namespace.events);
    checkDepth(payload);
    const answer = event.run(connection, payload);
    if (!event.isOrderedAtOnce) await answer.catch(() => undefined);
    return { answer };
  }
}
