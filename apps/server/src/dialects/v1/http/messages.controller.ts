import { Body, Controller, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DeleteMessage, EditMessage, ListRevisions, SendMessage } from '@app/messages';
import type { FastifyReply } from 'fastify';
import { Actor } from '../../../transport/auth';
import { CountsAsMessage } from '../../../transport/limits';
import { PageQuery, ParseIdPipe } from '../../../transport/validation';
import { MediaUrls } from '../shapes/media.shape';
import { messageToWire, MessageWire, RevisionPage, revisionToWire } from '../shapes/message.shape';
import { pageToWire } from '../shapes/page.shape';
import { messageDocs } from './docs/messages.docs';
import { clientIdOf } from './dto/alternatives';
import { EditMessageDto, SendMessageDto } from './dto/messages.dto';
import { API } from './locate';
import { IdempotencyKey } from './idempotency-key';

@ApiTags('Messages')
@Controller(`${API}/messages`)
export class MessagesController {
  constructor(
    private readonly sendMessage: SendMessage,
    private readonly editMessage: EditMessage,
    private readonly deleteMessage: DeleteMessage,
    private readonly listRevisions: ListRevisions,
    private readonly urls: MediaUrls,
  ) {}

  @Post()
  @CountsAsMessage()
  @messageDocs.send
  async send(
    @Actor() actor: Actor,
    @Body() body: SendMessageDto,
    @IdempotencyKey() key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageWire> {
    const { chat_id: chatId, content, message_type: type, reply_to: replyTo, media_ids: mediaIds } = body;
    const clientId = clientIdOf(body, key);
    const given = { chatId, content, type: type ?? undefined, clientId, replyTo, mediaIds: mediaIds ?? [] };
    const { message, isReplay } = await this.sendMessage.execute(actor, given);
    if (isReplay) void reply.status(200).header('Idempotency-Replayed', 'true');
    return messageToWire(message, this.urls.signedFor(actor));
  }

  @Put(':message_id')
  @CountsAsMessage()
  @messageDocs.edit
  async edit(
    @Actor() actor: Actor,
    @Param('message_id', ParseIdPipe) messageId: number,
    @Body() { content }: EditMessageDto,
  ): Promise<MessageWire> {
    const message = await this.editMessage.execute(actor, { messageId }, content);
    return messageToWire(message, this.urls.signedFor(actor));
  }

  @Delete(':message_id')
  @CountsAsMessage()
  @messageDocs.delete
  async delete(@Actor() actor: Actor, @Param('message_id', ParseIdPipe) messageId: number): Promise<MessageWire> {
    return messageToWire(await this.deleteMessage.execute(actor, { messageId }));
  }

  @Get(':message_id/revisions')
  @messageDocs.revisions
  async revisions(
    @Actor() actor: Actor,
    @Param('message_id', ParseIdPipe) messageId: number,
    @Query() query: PageQuery,
  ): Promise<RevisionPage> {
    return pageToWire(await this.listRevisions.execute(actor, messageId, query), revisionToWire);
  }
}
