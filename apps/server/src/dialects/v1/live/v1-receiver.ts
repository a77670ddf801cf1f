import { Injectable, Logger } from '@nestjs/common';
import { Config, DomainError, Metrics, RateLimits, ServiceStopping } from '@app/platform';
import { Connections } from '@app/realtime';
import { Sessions } from '@app/users';
import { checkDepth } from '../../../transport/http/json-depth';
import { Pace } from '../../../transport/pacing/pace';
import { validateInput } from '../../../transport/validation';
import { problemOf } from './problem-of';
import type { Started } from '../../../transport/sockets/inbox';
import type { Reply } from './replies';
import { OtherChat, UnknownFrameType } from './live.errors';
import { AnswerFields, FrameHandler, V1Handlers } from './v1-handlers';
import type { V1Connection } from './v1-connection';

/**
 * The one way in for frames of both transports: checks, limits, order, the handler, and a reply for everything.
 * Never throws.
 */
@Injectable()
export class V1Receiver {
  private readonly logger = new Logger(V1Receiver.name);

  constructor(
    private readonly handlers: V1Handlers,
    private readonly connections: Connections,
    private readonly sessions: Sessions,
    private readonly config: Config,
    private readonly limits: RateLimits,
    private readonly metrics: Metrics,
    private readonly pace: Pace,
  ) {}

  async receive(connection: V1Connection, type: string, payload: unknown): Promise<Reply> {
    this.pace.giveWay();
    const handler = this.handlers.find(type);
    const kind = handler?.answer ?? 'error';
    this.metrics.frames.inc({ transport: connection.transport, type: handler ? type : 'unknown' });
    try {
      const fields = await connection.inbox.receive(() => this.start(connection, handler, payload));
      return { kind, ok: true, fields };
    } catch (error) {
      if (!(error instanceof DomainError)) this.logger.error({ err: error, type }, 'a frame failed');
      return { kind, ok: false, error: problemOf(error) };
    }
  }

  /** For what could not even be read: it counts like a frame, and is answered in its turn. */
  async refuse(connection: V1Connection, error: unknown): Promise<Reply> {
    this.metrics.frames.inc({ transport: connection.transport, type: 'unreadable' });
    try {
      await connection.inbox.receive(async () => {
        await this.limits.consume(this.config.limits.requests, `user:${connection.actor.userId}`);
        return { answer: Promise.resolve() };
      });
      return { kind: 'error', ok: false, error: problemOf(error) };
    } catch (refusal) {
      return { kind: 'error', ok: false, error: problemOf(refusal) };
    }
  }

  private async start(
    connection: V1Connection,
    handler: FrameHandler<object> | undefined,
    payload: unknown,
  ): Promise<Started<AnswerFields>> {
    // What waited in the inbox meanwhile is not done for a log-in that has ended, nor by a server that stops.
    if (this.connections.isStopping) throw new ServiceStopping();
    await this.sessions.requireLive(connection.actor);
    await this.limits.consume(handler?.limit ?? this.config.limits.requests, `user:${connection.actor.userId}`);
    if (!handler) throw new UnknownFrameType(this.handlers.types);
    checkDepth(payload);
    const frame: { chat_id?: number | null } = validateInput(handler.frame, payload);
    const chatId = chatOf(connection, frame.chat_id);
    const answer = handler.run(connection, chatId, frame);
    if (!handler.isOrderedAtOnce) await answer.catch(() => undefined);
    return { answer };
  }
}

/** The chat that a frame is about. A connection that hears one chat speaks about no other. */
function chatOf({ onlyChatId }: V1Connection, given: number | null | undefined): number | undefined {
  if (onlyChatId !== undefined && given !== undefined && given !== null && given !== onlyChatId)
    throw new OtherChat(onlyChatId);
  return given ?? onlyChatId;
}
