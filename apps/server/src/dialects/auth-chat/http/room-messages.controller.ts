import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListLatestMessages, SendMessage } from '@app/messages';
import { Actor } from '../../../transport/auth';
import { findLinkedMedia } from '../../../transport/http/media-links';
import { CountsAsMessage } from '../../../transport/limits';
import { messageToWire, MessageWire } from '../shapes/message.shape';
import { TAGS } from '../tags';
import { roomDocs } from './docs/rooms.docs';
import { MessagesQuery, NewMessageDto } from './dto/rooms.dto';
import { RoomIdPipe } from './room-id';

@ApiTags(TAGS.rooms)
@Controller('chat/chat_rooms/:room_id/messages')
export class RoomMessagesController {
  constructor(
    private readonly sendMessage: SendMessage,
    private readonly listLatest: ListLatestMessages,
  ) {}

  @Post()
  @CountsAsMessage()
  @roomDocs.send
  async send(
    @Actor() actor: Actor,
    @Param('room_id', RoomIdPipe) chatId: number,
    @Body() { content }: NewMessageDto,
  ): Promise<MessageWire> {
    const { message } = await this.sendMessage.execute(actor, {
      chatId,
      content,
      linkedMediaIds: findLinkedMedia(content),
    });
    return messageToWire(message);
  }

  @Get()
  @roomDocs.messages
  async list(
    @Actor() actor: Actor,
    @Param('room_id', RoomIdPipe) chatId: number,
    @Query() { limit, before }: MessagesQuery,
  ): Promise<MessageWire[]> {
    const messages = await this.listLatest.execute(actor, chatId, { limit, before });
    return messages.map(messageToWire);
  }
}
