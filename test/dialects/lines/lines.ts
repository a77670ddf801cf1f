/**
 * A dialect in one file, made by following docs/guides/add-a-dialect.md, whose steps it has the numbers of:
 * each line of a POST is a command, each line of the answer its outcome.
 */
import { Body, Controller, Header, HttpCode, Injectable, Module, OnModuleInit, Post } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChatsModule } from '@app/chats';
import { ListLatestMessages, Message, MessageSent, MessagesModule, SendMessage } from '@app/messages';
import { Config, DomainError, DomainEvent, InvalidInput, MalformedInput, RateLimits } from '@app/platform';
import { LiveDialect, LiveFeed, RealtimeModule } from '@app/realtime';
import { IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import type { FastifyInstance } from 'fastify';
import { Actor } from '../../../apps/server/src/transport/auth';
import { addTagGroup, ApiDocument } from '../../../apps/server/src/transport/docs';
import {
  ErrorShape,
  ErrorShapes,
  headersOfError,
  STATUSES,
  toDomainError,
} from '../../../apps/server/src/transport/errors';
import { MAX_BODY_BYTES } from '../../../apps/server/src/transport/http/body-limits';
import { IgnoresUnknownFields, validateInput } from '../../../apps/server/src/transport/validation';

const MEDIA_TYPE = 'application/x-ndjson';
const MAX_LINES = 100;

// 3. Errors: one shape for everything under the path.
const said = (error: DomainError) => ({ ok: false, code: error.code, sentence: error.message });
const shape: ErrorShape = {
  matches: (path) => /^\/lines(\/|$)/.test(path),
  render: (error, status = STATUSES[error.kind]) => ({
    status,
    headers: { 'content-type': MEDIA_TYPE, ...headersOfError(error) },
    body: `${JSON.stringify(said(error))}\n`,
  }),
};

// 4. Input: what a client may send.
@IgnoresUnknownFields()
class Command {
  @IsIn(['send', 'read'])
  do: 'send' | 'read';

  @IsInt()
  chat: number;

  @IsOptional()
  @IsString()
  text?: string;
}

// 5. Shapes: how it looks on the wire.
const messageToWire = ({ id, senderUsername, content }: Message) => ({ id, from: senderUsername, text: content });

// 6. Handlers: they translate, and decide nothing.
@ApiTags('Lines')
@Controller('lines')
class LinesController {
  constructor(
    private readonly sendMessage: SendMessage,
    private readonly listLatest: ListLatestMessages,
    private readonly limits: RateLimits,
    private readonly config: Config,
  ) {}

  @Post()
  @HttpCode(200)
  @Header('content-type', MEDIA_TYPE)
  @ApiOperation({ summary: 'Say and read, line by line' })
  @ApiConsumes(MEDIA_TYPE)
  @ApiOkResponse({ description: 'A line for each line.' })
  async run(@Actor() actor: Actor, @Body() text: unknown): Promise<string> {
    if (typeof text !== 'string') throw new MalformedInput(`The body must be ${MEDIA_TYPE}.`);
    const lines = text.split('\n').filter((line) => line !== '');
    if (lines.length > MAX_LINES) throw InvalidInput.field('lines', 'too_long', `lines: at most ${MAX_LINES}.`);
    const outcomes: object[] = [];
    for (const line of lines)
      outcomes.push(await this.carryOut(actor, line).catch((error: unknown) => said(toDomainError(error))));
    return outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join('');
  }

  private async carryOut(actor: Actor, line: string): Promise<object> {
    const { do: what, chat: chatId, text = '' } = validateInput(Command, parse(line));
    if (what === 'read')
      return { ok: true, said: (await this.listLatest.execute(actor, chatId, { limit: 100 })).map(messageToWire) };
    await this.limits.consume(this.config.limits.messages, `user:${actor.userId}`);
    return { ok: true, ...messageToWire((await this.sendMessage.execute(actor, { chatId, content: text })).message) };
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new MalformedInput('The line is no JSON.');
  }
}

// 7. Live, if it has a live side: here, a count for want of sockets.
@Injectable()
export class LinesLive implements LiveDialect {
  heard = 0;

  deliver(_chatId: number, event: DomainEvent): void {
    if (MessageSent.is(event)) this.heard++;
  }
}

// 8. The module: brings the features that it needs, and announces itself.
@Module({
  imports: [ChatsModule, MessagesModule, RealtimeModule],
  controllers: [LinesController],
  providers: [LinesLive],
})
export class LinesModule implements OnModuleInit {
  constructor(
    private readonly shapes: ErrorShapes,
    private readonly document: ApiDocument,
    private readonly feed: LiveFeed,
    private readonly live: LinesLive,
    private readonly host: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    this.shapes.register(shape);
    this.feed.register(this.live);
    this.document.refine((document) =>
      addTagGroup(document, { name: 'lines', tags: [{ name: 'Lines', description: 'One line each.' }] }),
    );
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addContentTypeParser(MEDIA_TYPE, { parseAs: 'string', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) =>
      done(null, body),
    );
  }
}
