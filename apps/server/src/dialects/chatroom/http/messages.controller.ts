import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListLatestMessages, SendMessage } from '@app/messages';
import { Actor } from '../../../transport/auth';
import { CountsAsMessage } from '../../../transport/limits';
import { Words } from '../errors/words.decorator';
import { WORDINGS } from '../errors/wordings';
import { ChatIdPipe, chatIdFrom } from '../ids';
import { messageFrom } from '../message-from';
import { MESSAGES } from '../paths';
import { messageToWire, MessageWire } from '../shapes/message.shape';
import { messageDocs } from './docs/messages.docs';
import { SendMessageDto } from './dto/chatroom.dto';
import { MessagesQuery } from './dto/queries.dto';

@ApiTags('Chatroom messages')
@Controller(MESSAGES)
export class MessagesController {
  constructor(
    private readonly sendMessage: SendMessage,
    private readonly listLatestMessages: ListLatestMessages,
  ) {}

  @Post()
  @HttpCode(200)
  @CountsAsMessage()
  @Words(...WORDINGS.messages)
  @messageDocs.send
  async send(@Actor() actor: Actor, @Body() { chatroom, message: given }: SendMessageDto): Promise<MessageWire> {
    const said = messageFrom(given);
    const { message } = await this.sendMessage.execute(actor, { chatId: chatIdFrom(chatroom), ...said });
    return messageToWire(message);
  }

  @Get(':chatroom')
  @Words(...WORDINGS.messages)
  @messageDocs.list
  async list(
    @Actor() actor: Actor,
    @Param('chatroom', ChatIdPipe) chatId: number,
    @Query() { before, limit }: MessagesQuery,
  ): Promise<MessageWire[]> {
    return (await this.listLatestMessages.execute(actor, chatId, { before, limit })).map(messageToWire);
  }
}
